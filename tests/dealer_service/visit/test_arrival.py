"""Arrival: type the plate, four touches, one visit."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, users

from ...common import DealerServiceCase, what_opens

NOW = "2026-03-02 02:00:00"  # ten in the morning in the shop


@freeze_time(NOW)
class TestArrival(DealerServiceCase):
    def arrive(self, query, **values):
        """Type ``query``, fill in what is asked, press the button.

        :return: the visit that opens
        """
        form = Form(self.env["dealer.arrival"])
        form.query = query
        for name, value in values.items():
            setattr(form, name, value)
        action = what_opens(form.save().action_arrive())
        self.assertEqual(action["res_model"], "dealer.reception")
        return self.env["dealer.reception"].browse(action["res_id"])

    @users("advisor")
    def test_known_car_arrives_with_one_word_and_one_button(self):
        for query in ("皖b a1234", "A1234", "13805531234", "王建国"):
            with self.subTest(query=query):
                visit = self.arrive(query)
                self.assertEqual(visit.state, "arrived")
                self.assertEqual(visit.vehicle_id, self.vehicle)
                self.assertEqual(visit.partner_id, self.customer)
                self.assertEqual(visit.advisor_id, self.advisor)
                visit.action_cancel()

    @users("advisor")
    def test_archived_car_that_comes_back_keeps_its_history(self):
        self.vehicle.action_archive()
        self.assertEqual(self.arrive("皖ba1234").vehicle_id, self.vehicle)
        self.assertTrue(self.vehicle.active)

    @users("advisor")
    def test_plate_of_an_archived_car_belongs_to_who_has_it_now(self):
        self.vehicle.action_archive()
        other = self.make_vehicle(license_plate="皖B·A1234")
        self.assertEqual(self.arrive("皖B·A1234").vehicle_id, other)
        self.assertFalse(self.vehicle.active)

    @users("advisor")
    def test_tapping_twice_makes_one_visit(self):
        form = Form(self.env["dealer.arrival"])
        form.query = "A1234"
        dialog = form.save()
        first, second = (what_opens(dialog.action_arrive()) for _tap in range(2))
        self.assertEqual(first["res_id"], second["res_id"])
        self.assertEqual(self.arrive("皖BA1234").id, first["res_id"])

    @users("advisor")
    def test_booked_slot_of_today_is_used(self):
        booking = self.make_reception(date_appointment="2026-03-02 03:00:00")
        self.make_reception(date_appointment="2026-03-09 03:00:00")
        form = Form(self.env["dealer.arrival"])
        form.query = "A1234"
        self.assertEqual(form.booking_id, booking)
        self.assertIn("not prepared", form.notices)
        visit = self.arrive("A1234")
        self.assertEqual(visit, booking)
        self.assertEqual(visit.state, "arrived")

    @users("advisor")
    def test_today_is_the_day_of_the_shop_not_of_the_user(self):
        booking = self.make_reception(date_appointment="2026-03-02 03:00:00")
        self.advisor.tz = "Pacific/Honolulu"
        self.assertEqual(self.arrive("A1234"), booking)

    @users("advisor")
    def test_late_customer_is_received_on_the_slot_he_had(self):
        booking = self.make_reception(date_appointment="2026-03-02 03:00:00")
        booking._write_by_method({"state": "no_show"})
        visit = self.arrive("A1234")
        self.assertEqual(visit, booking)
        self.assertEqual(visit.state, "arrived")

    @users("advisor")
    def test_booking_of_a_former_owner_is_not_taken(self):
        self.make_reception(date_appointment="2026-03-02 03:00:00")
        self.vehicle.owner_id = self.make_partner(name="新车主")
        visit = self.arrive("A1234")
        self.assertEqual(visit.partner_id.name, "新车主")

    @users("advisor")
    def test_several_cars_have_to_be_chosen(self):
        other = self.make_vehicle(license_plate="皖B·C5678")
        form = Form(self.env["dealer.arrival"])
        form.query = "王建国"
        self.assertFalse(form.vehicle_id)
        self.assertEqual(form.candidate_count, 2)
        with self.assertRaises(UserError):
            self.arrive("王建国")
        chosen = other.with_env(self.env).action_recognise()
        form = Form(self.env["dealer.arrival"].with_context(**chosen["context"]))
        self.assertEqual(form.vehicle_id, other)
        self.assertEqual(form.query, "皖B·C5678")
        action = what_opens(form.save().action_arrive())
        visit = self.env["dealer.reception"].browse(action["res_id"])
        self.assertEqual(visit.vehicle_id, other)

    @users("advisor")
    def test_typing_errors_are_pointed_out_before_the_car_is_entered(self):
        form = Form(self.env["dealer.arrival"])
        form.query = "皖bz9999"
        self.assertFalse(form.new_hints)
        for name, wrong, hint, right in (
            ("new_vin", "LVVDB11B5RD04567", "17 characters", "LVVDB11B5RD045678"),
            ("new_plate", "皖Z", "format of a Chinese plate", "皖B·Z9999"),
            ("new_phone", "139 5530 12a", "no complete phone number", "13955301234"),
            ("new_phone", "0553", "no complete phone number", "0553-1234567"),
        ):
            with self.subTest(name, wrong=wrong):
                setattr(form, name, wrong)
                self.assertIn(hint, form.new_hints)
                self.assertNotIn("VIN:", form.new_hints)
                setattr(form, name, right)
                self.assertNotIn(hint, form.new_hints or "")
        # a hint, no refusal: some cars and numbers are like that
        form.new_vin = "LVVDB11B5RD04567"
        form.new_model_id = self.model.with_env(self.env)
        form.new_name = "赵敏"
        self.assertTrue(what_opens(form.save().action_arrive())["res_id"])

    @users("advisor")
    def test_unknown_car_and_customer_are_entered_in_the_same_dialog(self):
        visit = self.arrive(
            "皖bz9999",
            new_model_id=self.model.with_env(self.env),
            new_name="赵敏",
            new_phone="139 1234 5678",
        )
        car = visit.vehicle_id
        self.assertEqual(car.license_plate, "皖B·Z9999")
        self.assertTrue(car.is_customer_vehicle)
        self.assertEqual(car.owner_id.phone_key, "+8613912345678")
        self.assertEqual(visit.partner_id, car.owner_id)
        self.assertTrue(visit.is_first_visit)

    @users("advisor")
    def test_known_phone_brings_the_known_customer(self):
        visit = self.arrive(
            "皖B·Z9999",
            new_model_id=self.model.with_env(self.env),
            new_phone="138-0553-1234",
        )
        self.assertEqual(visit.partner_id, self.customer)

    @users("advisor")
    def test_what_was_typed_goes_where_it_belongs(self):
        cases = {
            "皖B·Z9999": ("new_plate", "皖B·Z9999"),
            "LVVDB11B5RD045678": ("new_vin", "LVVDB11B5RD045678"),
            "13912345678": ("new_phone", "13912345678"),
            "赵敏": ("new_name", "赵敏"),
        }
        for query, (field, value) in cases.items():
            form = Form(self.env["dealer.arrival"])
            form.query = query
            with self.subTest(query=query):
                self.assertTrue(form.is_unknown)
                self.assertEqual(form[field], value)

    @users("advisor")
    def test_car_needs_plate_or_vin(self):
        with self.assertRaises(UserError):
            self.arrive(
                "赵敏",
                new_model_id=self.model.with_env(self.env),
                new_name="赵敏",
            )

    @users("advisor")
    def test_notices_tell_what_matters(self):
        self.customer.write({"drink": "Green tea", "is_phone_wrong": True})
        self.vehicle.write(
            {
                "insurance_expiry": "2026-03-20",
                "inspection_expiry": "2026-01-31",
                "next_service_date": "2026-02-01",
            }
        )
        notices = dict(
            (text, level)
            for level, text in self.vehicle.with_env(self.env)._arrival_notices()
        )
        told = "\n".join(notices)
        for text in ("First visit", "phone number is wrong", "service is due"):
            self.assertIn(text, told)
        self.assertIn("Insurance Expiry: 2026-03-20", told)
        self.assertIn("The inspection expired on 2026-01-31.", told)
        self.assertIn("Green tea", told)

    def test_manner_of_the_customer_is_told_with_how_to_meet_it(self):
        manner = self.env.ref("dealer_service.dealer_customer_manner_hurried")
        self.customer.manner_id = manner
        told = [text for _kind, text in self.vehicle._arrival_notices()]
        self.assertIn(f"{manner.name}: {manner.advice}", told)

    @users("advisor")
    def test_notices_are_text_not_markup(self):
        self.customer.habits = "<script>alert(1)</script>"
        form = Form(self.env["dealer.arrival"])
        form.query = "A1234"
        self.assertNotIn("<script>", form.notices)
        self.assertIn("&lt;script&gt;", form.notices)

    @users("advisor")
    def test_last_visits_are_shown(self):
        visit = self.make_reception(state="arrived", odometer=1000)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_reception SET state = 'delivered' WHERE id = %s", [visit.id]
        )
        self.env.invalidate_all()
        form = Form(self.env["dealer.arrival"])
        form.query = "A1234"
        self.assertEqual(form.last_reception_ids.ids, visit.ids)
        self.assertFalse(form.in_house_id)

    @users("advisor")
    def test_owner_pays_and_the_usual_bringer_comes(self):
        bringer = self.make_partner(name="李小明")
        self.vehicle.contact_id = bringer
        visit = self.arrive("A1234")
        self.assertEqual(visit.partner_id, self.customer)
        self.assertEqual(visit.contact_id, bringer)

    @users("technician")
    def test_technician_does_not_receive_cars(self):
        with self.assertRaises(AccessError):
            self.vehicle.with_env(self.env).action_arrive_now()

    def test_today_is_the_day_of_the_shop(self):
        visit = self.make_reception()
        appointments = {
            "2026-03-01 15:59:00": False,  # yesterday, 23:59
            "2026-03-01 16:00:00": True,  # today, midnight
            "2026-03-02 15:59:00": True,
            "2026-03-02 16:00:00": False,  # tomorrow, midnight
        }
        car = self.vehicle.with_user(self.advisor)
        for date, is_today in appointments.items():
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE dealer_reception SET date_appointment = %s WHERE id = %s",
                (date, visit.id),
            )
            with self.subTest(date=date):
                self.assertEqual(bool(car._booking_of_today()), is_today)
