"""One telephone for two people, and bookings that are not made for this car and day."""

import doctest
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, users

from odoo.addons.dealer_service.tools import typed

from ...common import what_opens
from .booking_common import BookingCase, shanghai

PHONE = "138 0553 1234"


def test_doctests():
    assert not doctest.testmod(typed).failed


class TestOnePhoneForTwo(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wife = cls.make_partner(name="李梅", phone=PHONE)

    def arrive(self, **values):
        form = Form(self.env["dealer.arrival"])
        form.query = "皖B·N0001"
        form.new_model_id = self.model
        for name, value in values.items():
            form[name] = value
        return form

    @users("advisor")
    def test_nobody_is_taken_for_the_other(self):
        form = self.arrive(new_phone=PHONE)
        self.assertFalse(form.partner_id)
        self.assertEqual(form.phone_owner_ids[:], self.customer + self.wife)
        form.new_name = "李梅"
        self.assertEqual(form.partner_id, self.wife)

    @users("advisor")
    def test_name_that_was_typed_is_a_person_of_its_own(self):
        form = self.arrive(new_name="王小明", new_phone=PHONE)
        visit = self.Reception.browse(what_opens(form.save().action_arrive())["res_id"])
        self.assertEqual(visit.partner_id.name, "王小明")
        self.assertEqual(visit.vehicle_id.owner_id, visit.partner_id)
        self.assertNotIn(visit.partner_id, self.customer + self.wife)

    @users("advisor")
    def test_who_is_chosen_of_them_is_the_customer(self):
        form = self.arrive(new_phone=PHONE)
        form.partner_id = self.wife
        visit = self.Reception.browse(what_opens(form.save().action_arrive())["res_id"])
        self.assertEqual(visit.partner_id, self.wife)

    @users("advisor")
    def test_dialogs_ask_who_is_meant(self):
        arrival = self.env["dealer.arrival"].create(
            {
                "query": "皖B·N0001",
                "new_plate": "皖B·N0001",
                "new_model_id": self.model.id,
                "new_phone": PHONE,
            }
        )
        booking = self.env["dealer.booking"].create(
            {
                "is_new_car": True,
                "new_phone": PHONE,
                "date_appointment": shanghai(2, 9),
            }
        )
        for action in (arrival.action_arrive, booking.action_book):
            with self.assertRaisesRegex(UserError, "王建国, 李梅"):
                action()

    @users("advisor")
    def test_known_telephone_makes_no_second_card(self):
        self.wife.phone = "139 0000 0001"
        values = {"is_new_car": True, "date_appointment": shanghai(2, 9)}
        for new in (
            {"new_phone": PHONE},
            {"new_phone": "+8613805531234", "new_customer": "王建国"},
        ):
            booking = self.env["dealer.booking"].create({**values, **new})
            visit = self.Reception.browse(booking.action_book()["res_id"])
            self.assertEqual(visit.partner_id, self.customer)
        form = Form(self.env["dealer.booking"])
        form.is_new_car = True
        form.new_phone = PHONE
        self.assertEqual(form.partner_id, self.customer)


class TestBookingDialogNewCar(BookingCase):
    @users("advisor")
    def test_what_is_typed_for_an_unknown_car_is_not_lost(self):
        for text, name, value in (
            ("皖b n0001", "new_plate", "皖B·N0001"),
            ("13900000001", "new_phone", "13900000001"),
            ("赵敏", "new_customer", "赵敏"),
            ("LVVDB11B5RD045678", "wish", "VIN LVVDB11B5RD045678"),
        ):
            # the list of the cars offers it as a new one
            booking = self.env["dealer.booking"].new({"typed": text})
            booking._onchange_typed()
            with self.subTest(text):
                self.assertTrue(booking.is_new_car)
                self.assertEqual(booking[name], value)

    @users("advisor")
    def test_what_is_booked_already_is_told(self):
        form = Form(self.env["dealer.booking"])
        form.vehicle_id = self.vehicle
        self.assertFalse(form.booked_note)
        visit = self.make_reception(date_appointment=shanghai(3, 9))
        form = Form(self.env["dealer.booking"])
        form.vehicle_id = self.vehicle
        self.assertIn(visit.name, form.booked_note)
        self.assertIn("2026-03-03 09:00", form.booked_note)

    def test_customer_is_not_demanded_before_anything_is_typed(self):
        form = Form(self.env["dealer.booking"])
        self.assertFalse(form._get_modifier("partner_id", "required"))


class TestBookingToTake(BookingCase):
    def come(self, car=None):
        car = car or self.vehicle
        return car.with_env(self.env)._arrive()

    @users("advisor")
    def test_booked_by_phone_without_a_car_comes_with_its_plate(self):
        booked = self.make_reception(
            vehicle_id=False,
            date_appointment=shanghai(2, 9),
            concern_ids=[Command.create({"name": "保养"})],
        )
        with freeze_time(shanghai(2, 9)):
            visit = self.come()
        self.assertEqual(visit, booked)
        self.assertEqual(visit.vehicle_id, self.vehicle)
        self.assertEqual(visit.state, "arrived")
        self.assertTrue(visit.is_show)

    @users("advisor")
    def test_new_car_of_who_booked_by_phone_is_received_on_the_booking(self):
        booking = self.env["dealer.booking"].create(
            {
                "is_new_car": True,
                "new_customer": "赵敏",
                "new_phone": "139 0000 0001",
                "date_appointment": shanghai(2, 9),
            }
        )
        booked = self.Reception.browse(booking.action_book()["res_id"])
        with freeze_time(shanghai(2, 9)):
            form = Form(self.env["dealer.arrival"])
            form.query = "皖B·N0001"
            form.new_model_id = self.model
            form.new_phone = "13900000001"
            self.assertEqual(form.booking_id, booked)
            visit = self.Reception.browse(
                what_opens(form.save().action_arrive())["res_id"]
            )
        self.assertEqual(visit, booked)
        self.assertEqual(visit.vehicle_id.license_plate, "皖B·N0001")

    @users("advisor")
    def test_who_comes_a_day_early_has_come(self):
        booked = self.make_reception(date_appointment=shanghai(3, 9))
        with freeze_time(shanghai(2, 10)):
            visit = self.come()
        self.assertEqual(visit, booked)
        self.assertEqual(visit.state, "arrived")
        with freeze_time(shanghai(3, 10)):
            self.assertFalse(visit.is_overdue)

    @users("advisor")
    def test_booking_of_a_later_week_stays(self):
        booked = self.make_reception(date_appointment=shanghai(10, 9))
        with freeze_time(shanghai(2, 10)):
            visit = self.come()
        self.assertNotEqual(visit, booked)
        self.assertFalse(visit.date_appointment)
        self.assertEqual(booked.state, "booked")

    @users("advisor")
    def test_booking_of_somebody_else_without_a_car_stays(self):
        other = self.make_partner(name="赵敏")
        booked = self.make_reception(
            vehicle_id=False,
            partner_id=other.id,
            contact_id=other.id,
            date_appointment=shanghai(2, 9),
        )
        with freeze_time(shanghai(2, 9) + timedelta(minutes=5)):
            self.assertNotEqual(self.come(), booked)

    @users("advisor")
    def test_booking_of_today_comes_before_one_of_tomorrow(self):
        tomorrow = self.make_reception(date_appointment=shanghai(3, 9))
        today = self.make_reception(vehicle_id=False, date_appointment=shanghai(2, 9))
        with freeze_time(shanghai(2, 9)):
            self.assertEqual(self.come(), today)
        self.assertEqual(tomorrow.state, "booked")
