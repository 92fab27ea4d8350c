"""The dialog and the day of the booking, and who may see them."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)

from .booking_common import BookingCase, shanghai


class TestDialog(BookingCase):
    @users("advisor")
    def test_dialog_books_car_wish_hours_and_slot(self):
        with Form(self.env["dealer.booking"]) as form:
            form.vehicle_id = self.vehicle
            self.assertEqual(form.partner_id, self.customer)
            form.wish = "刹车有异响\n保养"
            form.planned_hours = 2.0
            form.day = date(2026, 3, 2)
        form.record.date_appointment = shanghai(2, 9)
        action = form.record.action_book()
        visit = self.env["dealer.reception"].browse(action["res_id"])
        self.assertEqual(visit.state, "booked")
        self.assertEqual(visit.date_appointment, shanghai(2, 9))
        self.assertEqual(visit.concern_ids.mapped("name"), ["刹车有异响", "保养"])
        self.assertEqual(visit.planned_hours, 2.0)

    @users("advisor")
    def test_nobody_stays_who_came_with_the_car_chosen_before(self):
        stray = self.make_vehicle(license_plate="皖B88888")
        stray.sudo().write({"owner_id": False, "contact_id": False})
        with Form(self.env["dealer.booking"]) as form:
            form.vehicle_id = self.vehicle
            self.assertEqual(form.contact_id, self.customer)
            form.vehicle_id = stray
            self.assertFalse(form.partner_id)
            self.assertFalse(form.contact_id)

    @users("advisor")
    def test_what_was_typed_for_a_new_car_goes_when_it_is_none(self):
        booking = self.env["dealer.booking"].new({"typed": "皖B77777"})
        booking._onchange_typed()
        self.assertEqual((booking.is_new_car, booking.new_plate), (True, "皖B·77777"))
        self.assertFalse(booking.typed, "the same may be typed once more")
        with Form(self.env["dealer.booking"]) as form:
            form.is_new_car = True
            form.new_plate = "皖B77777"
            form.new_phone = self.customer.phone
            self.assertEqual(form.partner_id, self.customer)
            form.is_new_car = False
            self.assertFalse(form.partner_id)
            form.is_new_car = True
            self.assertFalse(form.new_plate)
            self.assertFalse(form.new_phone)

    @users("advisor")
    def test_full_slot_is_shown_as_such_and_other_days_are_offered(self):
        self.book(shanghai(2, 9))
        self.book(shanghai(2, 9))
        booking = self.env["dealer.booking"].create({"day": "2026-03-02"})
        slots = {slot["label"]: slot for slot in booking.slot_data["slots"]}
        self.assertEqual(slots["09:00"]["refusal"], "slot_full")
        self.assertFalse(slots["09:30"]["refusal"])
        self.assertEqual(booking.slot_data["days"][0]["date"], "2026-03-03")
        self.assertEqual(booking.slot_data["days"][0]["count"], 13)

    @users("advisor")
    def test_day_mistyped_by_decades_asks_for_no_more_than_its_own_weeks(self):
        Company = self.registry["res.company"]
        book_of = Company._dealer_book
        spans = []

        def measured(company, first, last, **options):
            spans.append((last - first).days)
            return book_of(company, first, last, **options)

        self.patch(Company, "_dealer_book", measured)
        for day in ("2062-03-01", "1926-03-02"):
            booking = self.env["dealer.booking"].create({"day": day})
            self.assertEqual(len(booking.slot_data["days"]), 5)
        offered = booking.slot_data["days"][0]["date"]
        self.assertEqual(offered, "2026-03-02")
        self.assertEqual(set(spans), {60})

    @users("advisor")
    def test_slot_taken_meanwhile_is_refused_at_booking(self):
        booking = self.env["dealer.booking"].create(
            {
                "vehicle_id": self.vehicle.id,
                "day": "2026-03-02",
                "date_appointment": shanghai(2, 9),
            }
        )
        self.book(shanghai(2, 9))
        self.book(shanghai(2, 9))
        with self.assertRaises(BookingRefused):
            booking.action_book()

    @users("advisor")
    def test_unknown_car_and_customer_are_created_in_the_dialog(self):
        booking = self.env["dealer.booking"].create(
            {
                "is_new_car": True,
                "new_plate": "皖B99999",
                "new_model_id": self.model.id,
                "new_customer": "赵敏",
                "new_phone": "13805530000",
                "date_appointment": shanghai(2, 9),
            }
        )
        visit = self.env["dealer.reception"].browse(booking.action_book()["res_id"])
        self.assertEqual(visit.vehicle_id.owner_id.name, "赵敏")
        self.assertEqual(visit.partner_id, visit.vehicle_id.owner_id)

    @users("advisor")
    def test_dialog_without_slot_or_customer_says_what_is_missing(self):
        booking = self.env["dealer.booking"].create({})
        with self.assertRaisesRegex(UserError, "Choose a free slot"):
            booking.action_book()
        booking.date_appointment = shanghai(2, 9)
        with self.assertRaisesRegex(UserError, "Choose the car or the customer"):
            booking.action_book()

    @users("advisor")
    def test_dialog_moves_an_appointment_and_ignores_its_own_slot(self):
        visit = self.book(shanghai(2, 9), env=self.env, planned_hours=7.0)
        action = visit.action_open_reschedule()
        booking = self.env["dealer.booking"].browse(action["res_id"])
        slots = {slot["label"]: slot for slot in booking.slot_data["slots"]}
        self.assertEqual(slots["09:00"]["left"], 2)
        booking.date_appointment = shanghai(2, 13)
        booking.action_book()
        self.assertEqual(visit.date_appointment, shanghai(2, 13))

    @users("advisor")
    def test_day_screen_shows_advisors_visits_and_hours(self):
        visit = self.book(
            shanghai(2, 9), env=self.env, advisor_id=self.advisor.id, planned_hours=2.0
        )
        data = self.env["dealer.reception"].get_booking_day()
        self.assertEqual(data["day"], "2026-03-02")
        self.assertEqual(data["now"], 8 * 60)
        rows = {row["id"]: row for row in data["advisors"]}
        self.assertEqual(rows[self.advisor.id]["cells"][0], "advisor_full")
        self.assertEqual(rows[self.advisor2.id]["cells"][0], "")
        self.assertEqual(data["visits"][0]["id"], visit.id)
        self.assertEqual(data["visits"][0]["start"], 9 * 60)
        self.assertEqual(data["capacity"]["booked"], 2.0)
        self.assertEqual(data["capacity"]["bookable"], 14.0)

    @users("technician")
    def test_technician_cannot_book(self):
        with self.assertRaises(AccessError):
            self.env["dealer.booking"].create({})


class TestRights(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Another Shop"})
        cls.foreign_manager = cls.make_user("foreign-manager", "manager")
        cls.foreign_manager.write(
            {"company_ids": [(6, 0, cls.other.ids)], "company_id": cls.other.id}
        )

    def test_days_of_another_shop_are_not_seen(self):
        self.book(shanghai(2, 9))
        days = self.env["dealer.booking.day"]
        self.assertTrue(days.with_user(self.manager).search([]))
        self.assertFalse(days.with_user(self.foreign_manager).search([]))

    def test_dialog_of_another_shop_is_not_seen(self):
        self.manager.company_ids |= self.other
        booking = self.env["dealer.booking"].with_user(self.manager).create({})
        self.assertTrue(booking.read(["day"]))
        booking.invalidate_recordset()
        elsewhere = booking.with_context(allowed_company_ids=self.other.ids)
        with self.assertRaises(AccessError):
            elsewhere.read(["day"])

    @users("manager")
    def test_day_of_the_lock_is_written_by_nobody(self):
        self.book(shanghai(2, 9))
        day = self.env["dealer.booking.day"].search([], limit=1)
        with self.assertRaises(AccessError):
            day.revision = 0

    @users("technician")
    def test_technician_sees_only_his_cars_on_the_day_and_books_none(self):
        self.book(shanghai(2, 9))
        data = self.env["dealer.reception"].get_booking_day("2026-03-02")
        self.assertFalse(data["visits"])
        self.assertEqual(data["capacity"]["booked"], 1.0)
        with self.assertRaises(AccessError):
            self.env["dealer.reception"].action_new_booking()
