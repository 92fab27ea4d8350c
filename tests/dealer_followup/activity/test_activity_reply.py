"""Inviting by call, message, mail and link; replies, seats and the waiting list."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import users

from odoo.addons.dealer_followup.models.activity.dealer_activity_invitee_reply import (
    ReplyRefused,
)

from ...activity_common import ActivityCase, cn


class TestActivityReply(ActivityCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))
        self.open_text_account()
        self.cars = [self.make_owner(number) for number in range(1, 4)]
        self.activity = self.make_inviting(seat_limit=2)
        self.first, self.second, self.third = (
            self.row(self.activity, car) for car in self.cars
        )

    def states(self):
        return [row.state for row in (self.first, self.second, self.third)]

    # ------------------------------------------------------------------
    # SEATS
    # ------------------------------------------------------------------

    def test_the_last_seat_is_given_once_then_one_waits(self):
        self.first.action_coming()
        self.second.action_coming()
        self.third.action_coming()
        self.assertEqual(self.states(), ["coming", "coming", "waiting"])
        self.assertEqual(self.activity.seats_free, 0)

    def test_a_free_seat_goes_to_who_waits_longest_and_he_is_called(self):
        self.first.action_coming(2)
        with freeze_time(cn(2, 11)):
            self.third.action_coming()
        with freeze_time(cn(2, 12)):
            self.second.action_coming()
        self.first.action_declined()
        self.assertEqual(self.states(), ["declined", "coming", "coming"])
        notice = self.tasks(self.env.ref("dealer_followup.care_rule_notice"))
        self.assertEqual(notice.mapped("invitee_id"), self.third + self.second)

    def test_who_waits_with_more_persons_than_seats_is_passed_over(self):
        self.first.action_coming(2)
        self.second.action_coming(2)
        with freeze_time(cn(2, 11)):
            self.third.action_coming()
        self.first._reply("coming", 1)
        self.assertEqual(self.states(), ["coming", "waiting", "coming"])

    def test_more_persons_than_seats_keep_the_seats_there_are(self):
        self.first.action_coming()
        self.second.action_coming()
        with self.assertRaisesRegex(ReplyRefused, "not enough seats"):
            self.first.action_coming(2)
        self.assertEqual((self.first.state, self.first.persons), ("coming", 1))

    def test_a_second_tap_keeps_the_place_in_the_queue(self):
        self.first.action_coming(2)
        self.second.action_coming()
        since = self.second.date_replied
        with freeze_time(cn(2, 12)):
            self.second.action_coming()
        self.assertEqual(self.second.date_replied, since)

    def test_more_seats_let_the_waiting_in(self):
        self.first.action_coming(2)
        self.second.action_coming()
        self.activity.seat_limit = 3
        self.assertEqual(self.second.state, "coming")

    def test_without_a_limit_everybody_has_a_seat(self):
        self.activity.seat_limit = 0
        for row in (self.first, self.second, self.third):
            row.action_coming(9)
        self.assertEqual(self.states(), ["coming"] * 3)

    def test_replies_end_with_the_activity(self):
        with freeze_time(cn(9, 16, 1)), self.assertRaises(ReplyRefused):
            self.first.action_coming()
        self.activity.action_cancel()
        with self.assertRaises(ReplyRefused):
            self.first.action_coming()

    def test_nonsense_is_no_reply(self):
        for reply, persons in (("attended", 1), ("coming", 0), ("coming", 10)):
            with self.assertRaises(ReplyRefused):
                self.first._reply(reply, persons)
        self.assertEqual(self.first.state, "listed")

    # ------------------------------------------------------------------
    # CALLS
    # ------------------------------------------------------------------

    def test_the_call_list_is_made_once(self):
        self.activity.action_invite_call()
        self.activity.action_invite_call()
        tasks = self.Followup.search([("activity_id", "=", self.activity.id)])
        self.assertEqual(len(tasks), 4)
        # of use until the doors open
        self.assertEqual(
            set(tasks.mapped("expire_date")), {cn(9).date().replace(day=9)}
        )

    def test_the_reply_is_taken_down_during_the_call(self):
        self.activity.action_invite_call()
        sheet = self.open_sheet(self.first.followup_id)
        self.assertIn("冬季用车讲堂", str(sheet.script))
        self.assertEqual(sheet.activity_seats, "2 of 2 seats are free")
        sheet.write(
            {
                "reply": "coming",
                "persons": 2,
                "result_id": self.result("appointment").id,
            }
        )
        sheet.action_save()
        self.assertEqual((self.first.state, self.first.persons), ("coming", 2))
        self.assertEqual(self.first.channel, "call")
        self.assertEqual(self.first.followup_id.state, "done")

    def test_a_result_alone_is_a_reply_too(self):
        self.activity.action_invite_call()
        self.call(self.first.followup_id, "not_interested")
        self.call(self.second.followup_id, "no_answer")
        self.call(self.third.followup_id, "call_later", promised_at=cn(3, 10))
        self.assertEqual(self.states(), ["declined", "listed", "invited"])

    def test_consent_withdrawn_after_the_list_was_made_stops_the_call(self):
        self.activity.action_invite_call()
        self.consent("withdrawn", partner_id=self.first.partner_id.id)
        self.assertEqual(self.first.followup_id.state, "suppressed")
        self.assertEqual(self.first.exclusion, "withdrawn")

    def test_an_activity_that_moves_moves_the_last_day_of_its_calls(self):
        self.activity.action_invite_call()
        task = self.first.followup_id
        self.activity.write({"date_start": cn(23, 14), "date_end": cn(23, 16)})
        self.assertEqual(task.expire_date, date(2026, 3, 23))
        self.activity.write({"date_start": cn(5, 14), "date_end": cn(5, 16)})
        self.assertEqual(task.expire_date, date(2026, 3, 5))

    def test_who_is_taken_off_the_list_is_not_called_until_he_is_put_back(self):
        self.activity.action_invite_call()
        task = self.first.followup_id
        self.first.action_exclude()
        self.assertEqual((task.state, task.close_reason), ("cancelled", "cause_gone"))
        self.first.action_include()
        self.activity.action_invite_call()
        self.assertEqual(self.first.followup_id.state, "todo")
        self.assertNotEqual(self.first.followup_id, task)

    def test_whose_car_is_not_chosen_any_more_is_not_called(self):
        self.activity.action_invite_call()
        tasks = (self.first + self.second).followup_id
        self.activity.vehicle_domain = f"[('id', '=', {self.second.vehicle_id.id})]"
        self.activity.action_refresh_audience()
        self.assertEqual(tasks.mapped("state"), ["cancelled", "todo"])

    def test_who_has_replied_on_the_own_page_is_not_called(self):
        self.activity.action_invite_call()
        task = self.first.followup_id
        self.first._reply("maybe", channel="link")
        self.assertEqual(task.state, "todo")
        self.first._reply("declined", channel="link")
        self.assertEqual(task.state, "cancelled")

    def test_a_car_sold_after_the_list_was_made_is_not_called(self):
        self.activity.action_invite_call()
        self.cars[0].owner_id = self.customer
        self.assertEqual(self.first.followup_id.state, "cancelled")
        self.assertEqual(self.first.exclusion, "sold")

    def test_hours_hold_when_the_invitation_is_dialled(self):
        self.activity.action_invite_call()
        with (
            freeze_time(cn(2, 21)),
            self.assertRaisesRegex(UserError, "Calling hours are"),
        ):
            self.open_sheet(self.first.followup_id)

    @users("caller")
    def test_a_caller_invites_and_takes_replies(self):
        activity = self.activity.with_env(self.env)
        activity.action_invite_call()
        self.first.with_env(self.env).action_maybe()
        self.assertEqual(self.first.state, "maybe")

    # ------------------------------------------------------------------
    # MESSAGES, MAIL, LINK
    # ------------------------------------------------------------------

    def texts(self, *numbers):
        """The text messages to these numbers."""
        messages = self.env["dealer.customer.message"]
        return messages.search([("channel", "=", "sms"), ("address", "in", numbers)])

    def test_text_messages_wait_in_the_queue_with_each_ones_own_link(self):
        self.activity.action_invite_sms()
        messages = self.texts(self.first.contact_phone, self.second.contact_phone)
        self.assertEqual(len(messages), 2)
        self.assertEqual(set(messages.mapped("state")), {"waiting"})
        for row in (self.first, self.second):
            [mine] = messages.filtered(lambda m, r=row: m.address == r.contact_phone)
            token = row._link_token()
            self.assertIn(f"/r/{token}", mine._to_send("text"))
            self.assertNotIn(token, mine.text, "nobody but the customer reads it")
            self.assertIn("冬季用车讲堂", mine.text)
            path = self.env["dealer.message.link"]._path_of(token)
            self.assertEqual(path, f"/activity/{row.access_token}")
        self.assertEqual(self.states(), ["invited"] * 3)
        self.activity.action_invite_sms()
        self.assertEqual(len(self.texts(self.first.contact_phone)), 1)

    def test_without_an_account_nobody_was_invited_by_text_message(self):
        self.env["iap.account"].search([]).state = "unregistered"
        with self.assertRaises(UserError):
            self.activity.action_invite_sms()
        self.assertEqual(self.states(), ["listed"] * 3)
        self.assertFalse(self.texts(self.first.contact_phone))

    def test_who_withdrew_text_messages_gets_none(self):
        self.consent("withdrawn", partner_id=self.first.partner_id.id, channel="sms")
        self.activity.action_invite_sms()
        self.assertEqual(self.states(), ["listed", "invited", "invited"])

    def test_a_message_goes_to_the_number_that_is_known_now(self):
        self.first.partner_id.phone = "139 1111 2222"
        self.second.vehicle_id.owner_id = self.customer
        self.activity.action_invite_sms()
        self.assertEqual(self.first.contact_phone, "+8613911112222")
        self.assertTrue(self.texts("+8613911112222"))
        self.assertEqual(
            (self.second.state, self.second.exclusion), ("excluded", "sold")
        )

    def test_an_anonymised_guest_stays_counted(self):
        self.first.action_coming()
        self.first._ensure_token()
        self.first.partner_id.with_user(self.care_manager).action_anonymise_customer()
        self.assertNotIn("车主1", self.first.contact_name)
        self.assertFalse(self.first.contact_phone or self.first.access_token)
        self.assertEqual(self.activity.seats_taken, 1)

    def test_mails_wait_in_the_queue(self):
        self.first.partner_id.email = "first@example.com"
        self.activity.action_invite_mail()
        [mail] = self.env["mail.mail"].search(
            [("model", "=", "dealer.activity.invitee"), ("res_id", "=", self.first.id)]
        )
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(self.first.access_token, mail.body_html)
        self.assertEqual(self.states(), ["invited", "listed", "listed"])

    def test_nobody_is_invited_before_it_is_time(self):
        draft = self.make_activity()
        draft.action_refresh_audience()
        for action in ("call", "sms", "mail"):
            with self.assertRaises(UserError):
                getattr(self.row(draft), f"action_invite_{action}")()

    def test_links_are_unguessable_and_made_once(self):
        self.first.action_make_link()
        token = self.first.access_token
        self.first._ensure_token()
        self.assertEqual(self.first.access_token, token)
        self.assertGreaterEqual(len(token), 24)
        self.assertEqual(self.Invitee._by_token(token), self.first)
        for wrong in ("", False, token[:-1], token.swapcase(), None, ["x"], "%"):
            self.assertFalse(self.Invitee._by_token(wrong))

    def test_what_the_process_records_is_not_written_by_hand(self):
        with self.assertRaises(UserError):
            self.first.state = "coming"
        with self.assertRaises(UserError):
            self.first.persons = 5
        self.first.note = "Brings the neighbour"
