"""Who reads messages, that nobody writes one, and who sends one again."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .message_case import MessageCase, RecordingApi
from .test_messages import DAY, NUMBER


class TestMessageRights(MessageCase):
    @freeze_time(DAY)
    def test_nobody_writes_what_was_sent(self):
        message = self.tell()
        for user in (self.advisor, self.manager):
            with self.assertRaisesRegex(UserError, "recorded by the process"):
                message.with_user(user).write({"text": "something else"})
            with self.assertRaises(AccessError):
                message.with_user(user).unlink()
            with self.assertRaises(AccessError):
                message.with_user(user).create(
                    {
                        "purpose": "service",
                        "channel": "sms",
                        "company_id": self.company.id,
                    }
                )

    @freeze_time(DAY)
    def test_codes_are_read_by_no_advisor(self):
        self.make_occasion("test_code", "code")
        code = self.tell("test_code")
        seen = self.env["dealer.customer.message"].with_user(self.advisor)
        self.assertFalse(seen.search([("id", "=", code.id)]))
        with self.assertRaises(AccessError):
            code.with_user(self.advisor).read(["text"])

    @freeze_time(DAY)
    def test_messages_of_another_shop_are_not_seen(self):
        message = self.tell()
        other = self.env["res.company"].create({"name": "Other Shop"})
        stranger = self.make_user(
            "stranger", "manager", company_ids=[(6, 0, other.ids)], company_id=other.id
        )
        seen = self.env["dealer.customer.message"].with_user(stranger)
        self.assertFalse(seen.search([("id", "=", message.id)]))
        with self.assertRaises(AccessError):
            message.with_user(stranger).action_send_again()

    @freeze_time(DAY)
    def test_manager_sends_again_what_has_failed_and_only_that(self):
        RecordingApi.answers = {NUMBER: {"state": "rejected"}}
        message = self.tell()
        with self.assertRaisesRegex(UserError, "only a message that has failed"):
            message.with_user(self.manager).action_send_again()
        self.send()
        with self.assertRaises(AccessError):
            message.with_user(self.advisor).action_send_again()
        RecordingApi.answers = {}
        message.with_user(self.manager).action_send_again()
        again = self.all_messages() - message
        self.assertEqual(again.origin_id, message)
        self.assertNotEqual(again.reference, message.reference)
        self.send()
        self.assertEqual((message.state, again.state), ("failed", "sent"))
        with self.assertRaisesRegex(UserError, "already"):
            message.with_user(self.manager).action_send_again()

    @freeze_time(DAY)
    def test_what_is_sent_again_goes_to_the_number_of_today(self):
        RecordingApi.answers = {NUMBER: {"state": "rejected"}}
        named = "+8613733334444"
        RecordingApi.answers[named] = {"state": "rejected"}
        by_card, by_number = self.tell(), self.tell(number=named)
        self.send()
        self.assertEqual((by_card.state, by_number.state), ("failed", "failed"))
        RecordingApi.answers, RecordingApi.handed = {}, []
        self.customer.phone = "139 1111 2222"
        for message in (by_card, by_number):
            message.with_user(self.manager).action_send_again()
        self.send()
        numbers = {number for number, _text in RecordingApi.handed}
        self.assertEqual(numbers, {"+8613911112222", named})

    @freeze_time(DAY)
    def test_number_that_is_wrong_by_now_is_not_written_to_again(self):
        RecordingApi.answers = {NUMBER: {"state": "rejected"}}
        message = self.tell()
        self.send()
        self.customer.is_phone_wrong = True
        with self.assertRaisesRegex(UserError, "the way to the customer"):
            message.with_user(self.manager).action_send_again()
