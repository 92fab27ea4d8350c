"""What has failed is tried once on the other way, and then somebody sees it."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .message_case import MessageCase, RecordingApi
from .test_messages import DAY, NUMBER

DEAD = {"state": "rejected", "failure_reason": "Number out of service"}
QUEUE = "odoo.addons.dealer_service.models.messages.dealer_customer_message_queue"
TELL = "odoo.addons.dealer_service.models.messages.dealer_customer_message_tell"
RENDER = "odoo.addons.mail.models.mail_render_mixin"
REFUSED = ("sms", "refused")


@freeze_time(DAY)
class TestOtherwise(MessageCase):
    def setUp(self):
        super().setUp()
        self.customer.email = "wang@example.com"
        # the outbox keeps mails; this shop sends them
        self.company.dealer_sms_provider = "iap"

    def failed(self, answer=DEAD, **options):
        RecordingApi.answers = {NUMBER: answer}
        messages = self.env["dealer.customer.message"].with_user(self.advisor)
        message = messages._tell("test_service", self.visit, **options).sudo()
        self.send()
        return message

    def trouble(self, user=None):
        home = self.env["dealer.home"].with_user(user or self.manager)
        [section] = [
            part
            for part in home.get_home("service")["sections"]
            if part["app"] == "service"
        ]
        counts = {tile["key"]: tile["count"] for tile in section["tiles"]}
        return counts["messages"]

    def test_refused_text_message_becomes_a_mail(self):
        message = self.failed()
        self.assertEqual(message.state, "failed")
        other = message.again_ids
        self.assertEqual((other.channel, other.address), ("mail", "wang@example.com"))
        self.assertEqual((other.state, other.mail_id.state), ("waiting", "outgoing"))
        self.assertEqual(other.user_id, self.advisor)
        # nothing is left for a person to do
        self.assertFalse(self.visit.activity_ids)
        self.assertEqual(self.trouble(), 0)

    def test_it_is_tried_once_and_then_somebody_sees_it(self):
        other = self.failed().again_ids
        other._follow_mail("exception", "mailbox full")
        self.assertEqual(other.state, "failed")
        self.assertEqual(len(self.all_messages()), 2)
        self.assertEqual(self.visit.activity_ids.user_id, self.advisor)
        self.assertEqual(self.trouble(), 1)
        self.assertEqual(self.trouble(self.advisor), 1)

    def test_failed_mail_becomes_a_text_message(self):
        self.company.dealer_message_order = "mail"
        message = self.tell()
        self.assertEqual(message.channel, "mail")
        message.sudo()._follow_mail("exception", "mailbox full")
        self.assertEqual(
            (message.again_ids.channel, message.again_ids.address), ("sms", NUMBER)
        )
        self.send()
        self.assertEqual(RecordingApi.handed, [(NUMBER, message.again_ids.text)])

    @mute_logger(QUEUE)
    def test_what_is_unknown_may_have_arrived(self):
        message = self.failed(ConnectionResetError())
        self.assertEqual(message.state, "unknown")
        self.assertFalse(message.again_ids)
        self.assertEqual(self.trouble(), 1)
        # once the provider says that it has not, it is definite
        self.env["dealer.customer.message"].sudo()._report(
            [message.reference], "failed", "absent"
        )
        self.assertEqual(message.again_ids.channel, "mail")
        # late reports change nothing
        self.env["dealer.customer.message"].sudo()._report(
            [message.reference], "failed", "absent"
        )
        self.assertEqual(len(message.again_ids), 1)

    def test_receipt_of_yesterday_sends_no_news_of_yesterday(self):
        message = self.failed({"state": "success"})
        with freeze_time(fields.Datetime.now() + timedelta(hours=13)):
            self.env["dealer.customer.message"].sudo()._report(
                [message.reference], "failed", "absent"
            )
        self.assertEqual(message.state, "failed")
        self.assertFalse(message.again_ids)
        self.assertTrue(self.visit.activity_ids)

    def test_way_that_is_meant_is_the_only_one(self):
        for options in ({"channel": "sms"}, {"number": NUMBER}):
            with self.subTest(**options):
                message = self.failed(**options)
                self.assertEqual(message.state, "failed")
                self.assertFalse(message.again_ids)

    def test_shop_that_writes_by_both_ways_has_done_so_already(self):
        self.company.dealer_message_order = "both"
        RecordingApi.answers = {NUMBER: DEAD}
        messages = self.tell()
        self.send()
        self.assertEqual(len(messages), 2)
        self.assertEqual(len(self.all_messages()), 2)

    def test_without_an_address_it_stays_with_the_sender(self):
        self.customer.email = False
        self.assertFalse(self.failed().again_ids)
        self.assertEqual(self.trouble(self.advisor), 1)

    def test_code_is_never_sent_elsewhere(self):
        self.make_occasion("test_code", "code")
        RecordingApi.answers = {NUMBER: DEAD}
        code = self.tell("test_code")
        self.send()
        self.assertEqual(code.state, "failed")
        self.assertFalse(code.again_ids)

    def test_code_is_not_sent_again_either(self):
        self.make_occasion("test_code", "code")
        RecordingApi.answers = {NUMBER: DEAD}
        code = self.tell("test_code")
        self.send()
        with self.assertRaisesRegex(UserError, "a new one"):
            code.with_user(self.manager).action_send_again()
        self.assertEqual(len(self.all_messages()), 1)

    # ------------------------------------------------------------------
    # NO WORDS
    # ------------------------------------------------------------------

    def break_text(self):
        self.occasion.sms_template_id.body = "{{ object.no_such_field }}"

    def tell_as_advisor(self, **options):
        messages = self.env["dealer.customer.message"].with_user(self.advisor)
        with self.assertLogs(TELL, "WARNING"):
            return messages._tell("test_service", self.visit, **options).sudo()

    @mute_logger(RENDER)
    def test_broken_text_is_replaced_by_the_mail(self):
        self.break_text()
        mail = self.tell_as_advisor()
        self.assertEqual((mail.channel, mail.mail_id.state), ("mail", "outgoing"))
        self.assertEqual((mail.origin_id.channel, mail.origin_id.state), REFUSED)
        self.assertFalse(self.visit.activity_ids)
        # the mail comes back: the text is not tried a second time
        with self.assertNoLogs(TELL, "WARNING"):
            mail._follow_mail("exception", "mailbox full")
        self.assertEqual(len(self.all_messages()), 2)
        self.assertEqual(self.visit.activity_ids.user_id, self.advisor)

    @mute_logger(RENDER)
    def test_without_another_way_whoever_tells_has_it_on_the_list(self):
        self.break_text()
        self.customer.email = False
        self.assertFalse(self.tell_as_advisor())
        self.assertEqual(self.visit.activity_ids.user_id, self.advisor)
        self.assertIn("template", self.visit.activity_ids.note)

    @mute_logger(RENDER)
    def test_both_texts_broken_ask_for_one_look(self):
        self.break_text()
        template = type(self.env["mail.template"])
        with patch.object(template, "send_mail", side_effect=ValueError):
            self.assertFalse(self.tell_as_advisor())
        self.assertEqual(self.all_messages().mapped("state"), ["refused"] * 2)
        self.assertEqual(len(self.visit.activity_ids), 1)

    @mute_logger(RENDER)
    def test_shop_that_writes_by_both_ways_has_told_by_one(self):
        self.company.dealer_message_order = "both"
        self.break_text()
        self.assertEqual(self.tell_as_advisor().channel, "mail")
        self.assertEqual(len(self.all_messages()), 2)
        self.assertFalse(self.visit.activity_ids)

    @mute_logger(RENDER)
    def test_way_that_is_meant_has_no_other(self):
        self.break_text()
        self.assertFalse(self.tell_as_advisor(channel="sms"))
        self.assertEqual(self.visit.activity_ids.user_id, self.advisor)

    def test_number_that_has_gone_meanwhile_is_replaced_by_the_mail(self):
        message = self.tell()
        self.customer.is_phone_wrong = True
        self.send()
        self.assertEqual((message.channel, message.state), REFUSED)
        self.assertEqual(message.again_ids.channel, "mail")

    def test_visit_of_no_advisor_is_whose_who_entered_it(self):
        self.customer.email = False
        visits = self.env["dealer.reception"].with_user(self.manager)
        visit = visits.create(
            {
                "vehicle_id": self.vehicle.id,
                "partner_id": self.customer.id,
                "advisor_id": False,
            }
        ).sudo()
        RecordingApi.answers = {NUMBER: DEAD}
        # by a scheduled job
        messages = self.env["dealer.customer.message"].with_user(SUPERUSER_ID)
        messages._tell("test_service", visit)
        self.send()
        self.assertEqual(visit.activity_ids.user_id, self.manager)

    # ------------------------------------------------------------------
    # TICKED OFF
    # ------------------------------------------------------------------

    def test_sender_and_manager_tick_off_what_they_have_dealt_with(self):
        self.customer.email = False
        message = self.failed()
        colleague = self.make_user("colleague_of_messages", "user")
        with self.assertRaises(AccessError):
            message.with_user(colleague).action_note()
        self.assertEqual(self.trouble(colleague), 0, "of nobody else")
        message.with_user(self.advisor).action_note()
        self.assertEqual(message.noted_by_id, self.advisor)
        first = message.date_noted
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            message.with_user(self.manager).action_note()
        self.assertEqual(
            (message.date_noted, message.noted_by_id), (first, self.advisor)
        )
        self.assertEqual(self.trouble(), 0)
        self.assertEqual(message.state, "failed", "what happened stays")

    def test_message_that_has_arrived_is_not_ticked_off(self):
        message = self.failed({"state": "success"})
        message.with_user(self.manager).action_note()
        self.assertFalse(message.date_noted)

    # ------------------------------------------------------------------
    # THE OUTBOX
    # ------------------------------------------------------------------

    def test_no_mail_leaves_a_shop_that_has_the_outbox_only(self):
        self.company.dealer_sms_provider = "outbox"
        message = self.tell(channel="mail")
        mail = message.mail_id
        with patch.object(IrMail_Server, "_connect__") as connect:
            mail.send()
        connect.assert_not_called()
        self.assertEqual(message.state, "sent")
        self.assertIn("It is ready", message.body)
        # another shop's mails go on
        self.company.dealer_sms_provider = "iap"
        other = self.tell(channel="mail")
        with patch.object(IrMail_Server, "_connect__") as connect:
            other.mail_id.send()
        connect.assert_called_once()

    def test_colleagues_are_told_in_the_outbox_as_in_wecom(self):
        self.company.dealer_sms_provider = "outbox"
        self.advisor.wecom_userid = "wanglei"
        message = self.env["dealer.customer.message"]._alert(
            self.advisor, "客户已决定", "客户已决定", self.visit
        )
        self.assertEqual((message.channel, message.address), ("wecom", "wanglei"))
        self.send()
        self.assertEqual(message.state, "sent")
