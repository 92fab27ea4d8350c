"""The customer books alone: what, when, who – and it is a visit like any other."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..booking.booking_common import MONDAY_8, shanghai
from .online_common import KEY, PHONE, OnlineCase


@tagged("standard", "post_install", "-at_install")
class TestOnlineBooking(OnlineCase):
    def test_customer_books(self):
        page = self.open()
        self.assertEqual(page.status_code, 200)
        self.assertIn("小保养", page.text)
        self.assertIn("300.00", page.text)
        self.assertIn("90 min", page.text)
        page = self.book()
        self.assertEqual(self.told(page), "Your appointment is booked.")
        self.assertIn("/b/", page.url)
        booking = self.bookings()
        visit = booking.reception_id
        self.assertEqual(visit.state, "booked")
        self.assertTrue(visit.is_by_customer)
        self.assertTrue(visit.is_waiting)
        # two hours before is the earliest notice
        self.assertEqual(visit.date_appointment, shanghai(2, 10))
        self.assertEqual(visit.planned_hours, 1.5)
        self.assertEqual(visit.partner_id.name, "陈一")
        self.assertEqual(visit.partner_id.phone_key, KEY)
        self.assertEqual(visit.license_plate, "皖B·T8899")
        self.assertFalse(visit.vehicle_id)
        self.assertEqual(booking.phone, KEY)
        self.assertEqual(booking.notice, self.company._online_notice())
        self.assertEqual(booking.date_agreed, MONDAY_8)

    def test_price_is_the_posted_one(self):
        tax = self.env["account.tax"].create(
            {"name": "13 %", "amount": 13.0, "type_tax_use": "sale"}
        )
        lines = self.package.sale_order_template_line_ids
        lines.product_id.taxes_id = tax
        posted = self.env["dealer.public.price"].create({"package_id": self.package.id})
        [offered] = self.company._online_packages()
        self.assertEqual(offered["price"], self.company._public_money(posted.price))
        self.assertIn("339.00", offered["price"])

    def test_own_words_become_concerns(self):
        self.choose(wish="刹车异响\n\n空调不凉", stay="leave")
        visit_page = self.book(self.prove())
        visit = self.bookings().reception_id
        self.assertEqual(visit.concern_ids.mapped("name"), ["刹车异响", "空调不凉"])
        self.assertFalse(visit.is_waiting)
        self.assertFalse(visit.package_id)
        self.assertIn("空调不凉", visit_page.text)

    def test_nothing_wanted_is_asked_for(self):
        page = self.send("what", stay="wait")
        self.assertIn("Choose a package", self.told(page))

    def test_known_phone_chooses_the_own_car(self):
        self.choose()
        page = self.prove(self.customer.phone)
        self.assertIn("皖B·A1234", page.text)
        self.assertNotIn(self.customer.name, page.text)
        self.book(page, vehicle=self.vehicle.id, plate="", name="")
        visit = self.bookings().reception_id
        self.assertEqual(visit.vehicle_id, self.vehicle)
        self.assertEqual(visit.partner_id, self.customer)
        self.assertFalse(visit.told_plate)

    def test_who_types_a_plate_learns_nothing(self):
        self.choose()
        page = self.prove()
        self.assertNotIn("皖B·A1234", page.text)
        page = self.book(page, plate="皖B·A1234", vehicle=self.vehicle.id)
        visit = self.bookings().reception_id
        # not even the car of the number that was sent along
        self.assertFalse(visit.vehicle_id)
        for secret in (self.customer.name, "Tiggo", self.vehicle.display_name):
            self.assertNotIn(secret, page.text)

    def test_booking_without_a_car_finds_it_by_the_plate(self):
        self.book(plate="皖b t8899")
        visit = self.bookings().reception_id
        owner = visit.partner_id
        car = self.make_vehicle(license_plate="皖B·T8899", owner_id=owner.id)
        with freeze_time(visit.date_appointment):
            self.assertEqual(car.with_user(self.advisor)._arrive(), visit)
        self.assertEqual(visit.state, "arrived")
        self.assertEqual(visit.vehicle_id, car)
        self.assertEqual(visit.partner_id, owner)

    def test_plate_of_somebody_else_gives_no_right_to_the_visit(self):
        page = self.book(plate="皖B·A1234")
        visit = self.bookings().reception_id
        stranger = visit.partner_id
        with freeze_time(visit.date_appointment):
            self.assertEqual(self.vehicle.with_user(self.advisor)._arrive(), visit)
        self.assertEqual(visit.partner_id, self.customer)
        self.assertEqual(visit.contact_id, self.customer)
        self.assertIn(stranger.name, visit.message_ids[:3].mapped("body").__str__())
        page = self.open(page.url)
        self.assertNotIn("A1234", page.text)
        self.assertIn("This appointment is over.", page.text)

    def test_unknown_plate_at_arrival_offers_who_booked(self):
        self.book(plate="皖B·T8899")
        visit = self.bookings().reception_id
        with freeze_time(visit.date_appointment):
            arrival = (
                self.env["dealer.arrival"]
                .with_user(self.advisor)
                .new({"query": "皖B·T8899"})
            )
            self.assertTrue(arrival.is_unknown)
            self.assertEqual(arrival.booking_id._origin, visit)
            self.assertEqual(arrival.partner_id._origin, visit.partner_id)

    def test_logged_in_customer_needs_no_code(self):
        self.env["res.users"].create(
            {
                "name": "王建国",
                "login": "owner_portal",
                "password": "owner_portal",
                "partner_id": self.customer.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.authenticate("owner_portal", "owner_portal")
        page = self.open("/my")
        self.assertIn(self.base, page.text)
        page = self.choose()
        self.assertIn("皖B·A1234", page.text)
        page = self.book(page, vehicle=self.vehicle.id, plate="", name="")
        self.assertIn("agree", self.told(page))
        page = self.book(page, vehicle=self.vehicle.id, plate="", agree="yes")
        booking = self.bookings()
        self.assertEqual(booking.proof, "login")
        self.assertEqual(booking.reception_id.contact_id, self.customer)
        self.assertFalse(self.codes)

    def test_staff_books_for_nobody(self):
        self.authenticate(self.advisor.login, "advisorx")
        page = self.choose()
        self.assertIn("signed in as staff", page.text)
        page = self.book(page, agree="yes")
        self.assertFalse(self.bookings())

    def test_switched_off_there_is_no_page(self):
        self.company.dealer_online_booking = False
        self.assertEqual(self.open().status_code, 404)
        self.company.dealer_online_booking = True
        self.company.with_user(self.manager).action_revoke_online_link()
        self.assertEqual(self.open().status_code, 404)

    # ------------------------------------------------------------------
    # THE SLOT
    # ------------------------------------------------------------------

    def test_taken_slot_is_told_and_the_rest_is_kept(self):
        self.choose(wish="刹车异响", stay="wait")
        page = self.prove()
        for advisor in (self.advisor, self.advisor2):
            car = self.make_vehicle(license_plate=f"皖B·B100{advisor.id % 10}")
            self.make_reception(
                vehicle_id=car.id,
                advisor_id=advisor.id,
                date_appointment=shanghai(2, 10),
            )
        page = self.book(page)
        self.assertIn("has just been taken", self.told(page))
        self.assertFalse(self.bookings())
        self.assertNotIn(fields.Datetime.to_string(shanghai(2, 10)), self.slots(page))
        self.assertFalse(
            self.env["res.partner"].search_count([("phone_key", "=", KEY)]),
            "a refused booking leaves nobody behind",
        )
        page = self.send("when", slot=self.slots(page)[0])
        for kept in ("刹车异响", "皖B·T8899", "陈一"):
            self.assertIn(kept, page.text)
        self.book(page)
        self.assertEqual(len(self.bookings()), 1)

    def test_customers_have_a_share(self):
        self.company.dealer_online_share = 50
        self.book()
        slots = self.company._online_slots(1.5)
        monday = [str(start) for start in slots[shanghai(2, 10).date()]]
        # two advisors receive: one of the two is open to customers
        self.assertNotIn(str(shanghai(2, 10)), monday)
        # 14 hours of two technicians: seven are open, 1.5 are taken
        hours = self.company._online_slots(6.0)
        self.assertNotIn(shanghai(2, 10).date(), hours)

    def test_as_far_ahead_as_the_shop_says(self):
        self.company.dealer_online_days = 3
        days = list(self.company._online_slots(1.0))
        self.assertEqual(max(days), shanghai(5, 10).date())
        self.company.dealer_online_notice = 48
        days = list(self.company._online_slots(1.0))
        self.assertEqual(min(days), shanghai(4, 10).date())

    def test_a_time_that_is_not_offered_is_refused(self):
        self.send("what", package=self.package.id, stay="wait")
        for slot in ("2026-03-02 02:10:00", "2026-03-02 00:30:00", "x", ""):
            page = self.send("when", slot=slot)
            self.assertIn("taken", self.told(page))

    def test_two_open_bookings_are_enough(self):
        for slot in (0, 3):
            self.book(slot=slot)
        self.assertEqual(len(self.bookings()), 2)
        page = self.book(slot=6)
        self.assertIn("already have 2 open appointments", self.told(page))
        self.assertEqual(len(self.bookings()), 2)
        self.company.dealer_online_change_hours = 0
        self.bookings()[0]._call_off()
        # another browser with the same phone is no way around it
        self.book(slot=6)
        self.assertEqual(len(self.bookings()), 3)
        self.opener.cookies.clear()
        self.authenticate(None, None)
        with freeze_time(MONDAY_8 + timedelta(minutes=10)):
            page = self.book(slot=8)
        self.assertIn("already have 2 open appointments", self.told(page))

    # ------------------------------------------------------------------
    # WHO COMES BY
    # ------------------------------------------------------------------

    def test_double_tap_books_once(self):
        self.choose()
        page = self.prove()
        data = {"key": self.key(page), "plate": "皖B·T8899", "name": "陈一"}
        first, second = self.send("book", **data), self.send("book", **data)
        self.assertEqual(first.url, second.url)
        self.assertEqual(len(self.bookings()), 1)

    def test_previews_book_nothing(self):
        page = self.book()
        booking = self.bookings()
        for path in (self.base, page.url, f"{page.url}?step=cancel"):
            for method in ("GET", "HEAD"):
                self.assertEqual(self.open(path, method=method).status_code, 200)
        for step in ("book", "code", "prove", "what", "when"):
            self.assertEqual(self.open(f"{self.base}/{step}").status_code, 405)
        self.assertEqual(self.open(f"{page.url}/cancel").status_code, 405)
        self.assertEqual(booking.state, "booked")
        self.assertEqual(len(self.bookings()), 1)

    def test_a_robot_fills_in_the_field_that_nobody_sees(self):
        self.choose()
        self.send("code", phone=PHONE, agree="yes", website="https://x.example")
        self.assertFalse(self.codes)

    @mute_logger("odoo.http")
    def test_a_form_without_its_secret_is_refused(self):
        answer = self.url_open(f"{self.base}/what", data={"wish": "x"})
        self.assertEqual(answer.status_code, 400)

    def test_wechat_gets_the_same_page(self):
        agent = "Mozilla/5.0 (iPhone) AppleWebKit/605 MicroMessenger/8.0.40"
        page = self.open(headers={"User-Agent": agent})
        self.assertEqual(page.status_code, 200)
        for word in ("<script", "alert(", "download", "http://", "cdn"):
            self.assertNotIn(word, page.text)

    # ------------------------------------------------------------------
    # THE SHOP
    # ------------------------------------------------------------------

    def test_advisor_is_asked_to_look(self):
        self.choose(
            package=self.package.id, wish="异响", advisor=self.advisor2.id, stay="wait"
        )
        self.book(self.prove())
        visit = self.bookings().reception_id
        self.assertEqual(visit.advisor_id, self.advisor2)
        activity = visit.activity_ids
        self.assertEqual(activity.user_id, self.advisor2)
        self.assertIn("异响", activity.note)
        self.tick(visit)
        visit.with_user(self.advisor2).action_prepare()
        self.assertFalse(visit.activity_ids)

    def test_without_an_advisor_somebody_of_the_shop_is_asked(self):
        self.book()
        visit = self.bookings().reception_id
        self.assertFalse(visit.advisor_id)
        self.assertIn(visit.activity_ids.user_id, self.advisor | self.advisor2)
        self.assertTrue(visit._caretaker()._is_internal())

    def test_home_counts_them(self):
        self.book()
        home = self.env["dealer.home"].with_user(self.advisor)
        tile = next(
            tile for tile in home._home_tiles("service") if tile["key"] == "online"
        )
        visits = self.env["dealer.reception"].search(tile["domain"])
        self.assertEqual(visits, self.bookings().reception_id)
