"""The customer books alone, and a stranger tries what he can."""

from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from odoo.addons.dealer_service.models.online.dealer_booking_phone import (
    DealerBookingPhone,
)

from .online_common import PHONE, OnlineCase


@tagged("standard", "post_install", "-at_install")
class TestOnlineEdges(OnlineCase):
    """What a stranger has tried on the pages."""

    def test_long_words_are_kept_whole(self):
        words = "跑高速时方向盘抖动" * 30 + "请务必检查安全气囊"
        self.choose(wish=words, stay="leave")
        self.book(self.prove())
        concerns = self.bookings().reception_id.concern_ids
        self.assertEqual("".join(concerns.sorted("id").mapped("name")), words)
        self.assertGreater(len(concerns), 1)

    def test_more_lines_than_we_take_are_refused_in_words(self):
        page = self.send("what", wish="\n".join("甲乙丙丁戊己庚辛壬"), stay="leave")
        self.assertIn("8 lines at most", self.told(page))

    def test_couple_with_one_telephone_says_who_comes(self):
        husband = self.make_partner(name="赵丈夫", phone=PHONE)
        wife = self.make_partner(name="钱妻子", phone=PHONE)
        self.choose()
        page = self.prove()
        self.assertIn('name="name"', page.text)
        self.book(page, name="钱妻子")
        self.assertEqual(self.bookings().reception_id.contact_id, wife)
        self.assertNotEqual(self.bookings().reception_id.partner_id, husband)

    def test_code_that_was_not_sent_counts_for_nothing(self):
        self.choose()
        with patch.object(DealerBookingPhone, "_tell_code", lambda row, company: False):
            page = self.send("code", phone=PHONE, agree="yes")
        self.assertIn("cannot send", self.told(page))
        # it may be tried at once
        self.send("code", phone=PHONE, agree="yes")
        self.assertEqual(len(self.codes), 1)

    def test_shop_without_text_messages_says_so_first(self):
        self.company.dealer_sms_provider = False
        self.assertIn("cannot send text messages", self.told(self.open()))

    def test_what_the_shop_notes_is_not_shown_as_the_customers_words(self):
        self.choose(wish="刹车异响", stay="leave")
        page = self.book(self.prove())
        booking = self.bookings()
        note = self.env["dealer.reception.concern"].create(
            {"name": "此客户爱投诉", "reception_id": booking.reception_id.id}
        )
        note.flush_recordset()
        self.env.cr.execute(
            "UPDATE dealer_reception_concern SET create_date = now() + '1 minute'"
            " WHERE id = %s",
            (note.id,),
        )
        self.env.invalidate_all()
        page = self.open(page.url)
        self.assertIn("刹车异响", page.text)
        self.assertNotIn("此客户爱投诉", page.text)

    def test_car_that_the_shop_finds_is_shown_when_it_has_come(self):
        page = self.book(plate="皖B·T8899")
        visit = self.bookings().reception_id
        owner = self.make_partner(name="别人")
        visit.vehicle_id = self.make_vehicle(
            license_plate="皖A·G0461", owner_id=owner.id
        )
        self.assertNotIn("皖A·G0461", self.open(page.url).text)
        self.assertEqual(visit._plate_for_customer(), visit.told_plate)
        self.assertFalse(visit._portal_values()["model"])
        visit.action_arrive()
        self.assertEqual(visit._plate_for_customer(), "皖A·G0461")

    def test_number_of_a_login_is_proved_by_nobody(self):
        self.make_partner(name="马桂英", phone=PHONE)
        portal = new_test_user(self.env, "kunde", "base.group_portal")
        portal.partner_id.phone = PHONE
        self.authenticate("kunde", "kunde")
        for slot in (0, 1):
            self.choose(slot)
            page = self.open(f"{self.base}?step=check")
            page = self.book(page, plate=f"皖B·T889{slot}", agree="yes")
        self.assertEqual(set(self.bookings().mapped("phone")), {False})
        # whoever has proved the number may book
        self.authenticate(None, None)
        self.book(slot=2, name="马桂英", plate="皖B·T8892")
        self.assertEqual(len(self.bookings()), 3)

    def book_by(self, way, slot):
        page = None
        if way == "login":
            self.choose(slot)
            page = self.open(f"{self.base}?step=check")
        plate = f"皖B·T88{slot}{len(way)}"
        return self.book(page, slot, plate=plate, name="马桂英", agree="yes")

    def test_two_open_bookings_first_signed_in_then_with_a_code(self):
        self.two_ways("login", "code")

    def test_two_open_bookings_first_with_a_code_then_signed_in(self):
        self.two_ways("code", "login")

    def two_ways(self, *ways):
        portal = new_test_user(self.env, "kunde", "base.group_portal", name="马桂英")
        portal.partner_id.phone = PHONE
        for way in ways:
            self.authenticate(*(["kunde"] * 2 if way == "login" else [None] * 2))
            for slot in (0, 1):
                page = self.book_by(way, slot)
        self.assertIn("already have 2 open", self.told(page))
        self.assertEqual(len(self.bookings()), 2)

    def test_who_books_and_cancels_all_day_calls(self):
        new_test_user(self.env, "kunde", "base.group_portal", name="马桂英")
        self.authenticate("kunde", "kunde")
        for _round in range(5):
            page = self.book_by("login", -1)
            self.send("cancel", base=page.url)
        self.assertIn("booked 5 times today", self.told(self.book_by("login", -1)))

    def test_slots_at_the_ends_of_the_calendar_are_taken(self):
        page = self.book(slot=-1)
        ends = (
            "9999-12-31 23:59:59",
            "0001-01-01 00:00:00",
            "x",
            "2026-02-30 00:00:00",
        )
        for slot in ends:
            with self.subTest(slot):
                moved = self.send("move", base=page.url, slot=slot)
                self.assertIn("has just been taken", self.told(moved))
                self.send("what", package=self.package.id, stay="wait")
                self.assertIn(
                    "has just been taken", self.told(self.send("when", slot=slot))
                )

    def test_where_it_is_already_it_is_not_moved(self):
        page = self.book(slot=-1)
        visit = self.bookings().reception_id
        day = self.company._dealer_day(visit.date_appointment)
        offered = self.slots(self.open(f"{page.url}?step=move&day={day}"))
        self.assertTrue(offered)
        self.assertNotIn(str(visit.date_appointment), offered)

    def test_booking_is_moved_a_few_times_and_then_by_telephone(self):
        page = self.book(slot=-1)
        booking = self.bookings()
        booking._write_by_method({"change_count": 5})
        slots = self.slots(self.open(f"{page.url}?step=move&day=2026-03-03"))
        page = self.send("move", base=page.url, slot=slots[0])
        self.assertIn("Please call us", self.told(page))
        page = self.send("cancel", base=page.url.split("?")[0])
        self.assertEqual(booking.state, "cancelled")
        page = self.open(page.url)
        self.company.dealer_online_booking = False
        self.assertNotIn("/book/", self.open(page.url).text)
