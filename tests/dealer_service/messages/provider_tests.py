"""What must hold for every provider of text messages in China: a mixin of tests."""

import logging
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields

from odoo.addons.dealer_service.models.messages import (
    sms_aliyun,
    sms_provider,
    sms_tencent,
)
from odoo.addons.sms.tools.sms_api import SmsApi


class ProviderTests:
    #: What the provider answers, and what becomes of it: state, a word of the reason.
    REFUSALS = {}
    #: As the server names a number.
    NUMBER = "13805531234"

    def told(self):
        """The values of the last message that the server has taken."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # SENT
    # ------------------------------------------------------------------

    def test_approved_text_is_sent_with_its_values(self):
        message = self.send()
        self.assertEqual(message.state, "sent", message.reason)
        self.assertEqual(message.text, "您的皖B·A1234在芜湖店已完工。")
        [taken] = self.server.taken
        self.assertEqual(self.told(), ["皖B·A1234", "芜湖店"])
        self.assertEqual(message.provider_reference, self.reference_of(taken))
        self.assertEqual(self.our_reference(taken), message.reference)

    def test_long_words_are_cut_and_stand_so_in_the_message(self):
        self.approval.variable_size = 6
        self.company.name = "奇瑞汽车芜湖特约服务店"
        self.visit.vehicle_id.license_plate = "皖BA1234"
        message = self.send()
        self.assertEqual(message.state, "sent", message.reason)
        self.assertIn("奇瑞汽车芜…", message.text)

    def test_number_with_words_beside_it_is_sent_as_a_number(self):
        message = self.send(self.tell(number="+86 138-0553-1234（王女士）"))
        self.assertEqual(message.state, "sent", message.reason)

    def test_colleague_is_told_in_the_approved_text_for_colleagues(self):
        staff = self.env.ref("dealer_service.sms_template_staff")
        user = self.make_user("wl", "user", name="王磊")
        user.partner_id.write({"phone": "13900001111", "lang": "zh_CN"})
        messages = self.env["dealer.customer.message"]
        told = messages._alert(user, "CP0012", "CP0012 超时", self.visit)
        self.assertFalse(told, "nothing arrives: whoever alerts goes another way")
        kept = messages.search([("partner_id", "=", user.partner_id.id)])
        self.assertEqual(kept.state, "refused")
        self.assertIn("Approved Texts", kept.reason)
        self.approve("T200", "text", template_id=staff.id)
        message = self.env["dealer.customer.message"]._alert(
            user, "CP0012", "CP0012 超时", self.visit
        )
        self.send(message)
        self.assertEqual(message.state, "sent", message.reason)
        self.assertEqual(self.told(), ["CP0012 超时"])

    # ------------------------------------------------------------------
    # NOT SENT, BY US
    # ------------------------------------------------------------------

    def test_without_an_approved_text_the_customer_gets_the_mail(self):
        self.approval.unlink()
        self.customer.email = "wang@example.com"
        self.occasion.mail_template_id = self.env["mail.template"].create(
            {
                "name": "ready",
                "model_id": self.occasion.model_id.id,
                "subject": "完工",
                "body_html": "<p>已完工。</p>",
                "partner_to": "{{ object.partner_id.id }}",
                "use_default_to": False,
            }
        )
        mail = self.tell()
        self.assertEqual((mail.channel, mail.state), ("mail", "waiting"))
        self.assertIn("Approved Texts", mail.origin_id.reason)
        self.assertFalse(self.visit.activity_ids)
        self.customer.email = False
        self.assertFalse(self.tell())
        self.assertIn("Approved Texts", self.visit.activity_ids.note)

    def only_row(self):
        return self.env["dealer.customer.message"].search(
            [("occasion_id", "=", self.occasion.id)]
        )

    def test_no_approved_text_is_not_sent_and_says_so(self):
        self.approval.unlink()
        self.assertFalse(self.tell())
        row = self.only_row()
        self.assertEqual(row.state, "refused")
        self.assertIn("Approved Texts", row.reason)
        self.assertFalse(self.server.requests)

    def test_approved_text_of_another_shop_is_not_used(self):
        other = self.env["res.company"].create({"name": "合肥店"})
        self.approval.company_id = other
        self.assertFalse(self.tell())

    def test_link_in_a_variable_never_leaves(self):
        self.company.name = "www.chery.cn"
        message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertIn("shop", message.reason)
        self.assertFalse(self.server.requests)

    def test_value_that_may_not_be_cut_never_leaves(self):
        self.approval.variable_size = 6
        self.company.name = "a8Kd93mQz1"
        message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertIn("too long", message.reason)
        self.assertFalse(self.server.requests)

    def test_missing_key_is_named(self):
        self.company.dealer_sms_key_secret = False
        message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertIn("Key Secret", message.reason)

    def test_missing_library_is_named_with_the_command(self):
        with patch.dict("sys.modules", self.no_library()):
            message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertIn("pip install", message.reason)

    def test_odoo_abroad_never_gets_a_message_of_this_shop(self):
        """A text that somebody types is no approved one; it goes nowhere else."""
        with patch.object(SmsApi, "_contact_iap") as abroad:
            sms = self.env["sms.sms"].create({"number": self.NUMBER, "body": "你好"})
            sms.send(unlink_sent=False)
            self.assertEqual(sms.state, "error")
            sms.state = "outgoing"
            sms._send(unlink_sent=False)
            self.assertEqual(sms.state, "error")
        abroad.assert_not_called()
        self.assertFalse(self.server.taken)

    # ------------------------------------------------------------------
    # NOT SENT, BY THE PROVIDER
    # ------------------------------------------------------------------

    def test_every_refusal_has_its_words(self):
        for code, (state, word) in self.REFUSALS.items():
            with self.subTest(code):
                self.customer.is_phone_wrong = False
                message = self.refused_with(code)
                self.assertEqual(message.state, state)
                self.assertIn(word, message.reason)
                if state != "unknown":
                    self.assertIn(code.strip("!"), message.reason)
                self.assertFalse(self.server.taken)
                self.assertEqual(self.customer.is_phone_wrong, "number" in word)
                # it does not come up again by itself within this test
                message.sudo()._write_by_method({"date_due": False, "date_ask": False})

    def test_frequency_is_tried_later_and_then_sent(self):
        self.server.limit = 0
        message = self.send()
        self.assertEqual(message.state, "waiting")
        self.assertIn("Too many", message.reason)
        self.server.limit = 50
        with (
            freeze_time(message.date_due + timedelta(seconds=1), tick=True),
            self.clock(),
        ):
            self.send(message)
        self.assertEqual(message.state, "sent", message.reason)

    def clock(self):
        """The server keeps the time of the test."""
        raise NotImplementedError

    def test_wrong_secret_is_refused_by_the_server(self):
        self.company.dealer_sms_key_secret = "wrong"
        message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertIn("key", message.reason)

    def test_signature_that_is_not_approved(self):
        self.company.dealer_sms_sign_name = "别的签名"
        message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertIn("signature", message.reason)

    def test_server_that_is_off_has_taken_nothing(self):
        self.company.dealer_sms_endpoint = "http://127.0.0.1:9"
        message = self.send()
        self.assertEqual(message.state, "waiting")
        self.assertIn("cannot be reached", message.reason)

    # ------------------------------------------------------------------
    # NOBODY KNOWS
    # ------------------------------------------------------------------

    def ask(self, message):
        queue = self.env["dealer.customer.message"].sudo()
        return queue.browse(message.id)._ask_provider()

    def test_lost_answer_is_unknown_and_never_sent_again(self):
        message = self.refused_with("lost")
        self.assertEqual(message.state, "unknown")
        self.assertEqual(len(self.server.taken), 1)
        self.assertFalse(self.env["dealer.customer.message"].sudo()._claim())

    def test_late_answer_is_unknown(self):
        with (
            patch.object(sms_aliyun, "READ_SECONDS", 1),
            patch.object(sms_tencent, "READ_SECONDS", 1),
        ):
            message = self.refused_with("late")
        self.server.gate.set()
        self.server.gate.clear()
        self.assertEqual(message.state, "unknown")
        self.assertEqual(len(self.server.taken), 1)

    def test_broken_server_is_unknown(self):
        message = self.refused_with(503)
        self.assertEqual(message.state, "unknown")

    def test_unknown_one_that_arrived_is_settled_by_asking(self):
        message = self.refused_with("lost")
        self.report(self.server.taken[-1], True)
        self.assertEqual(self.ask(message), {message.reference: ("delivered", None)})

    def test_unknown_one_that_failed_is_settled_by_asking(self):
        message = self.refused_with("lost")
        self.report(self.server.taken[-1], False)
        [(state, reason)] = self.ask(message).values()
        self.assertEqual(state, "failed")
        self.assertTrue(reason)

    def test_others_of_the_same_number_are_not_taken_for_it(self):
        first = self.send()
        self.report(self.server.taken[-1], True)
        second = self.refused_with("dropped")
        self.assertEqual(second.state, "unknown")
        answer = self.ask(second).get(second.reference)
        self.assertIn(answer, [None, ("absent", None)])
        self.assertEqual(self.ask(first)[first.reference][0], "delivered")

    def test_provider_that_cannot_be_asked_settles_nothing(self):
        message = self.refused_with("lost")
        self.company.dealer_sms_endpoint = "http://127.0.0.1:9"
        self.assertEqual(self.ask(message), {})

    # ------------------------------------------------------------------
    # SECRETS
    # ------------------------------------------------------------------

    def test_log_has_neither_key_nor_number_nor_words(self):
        with patch.object(sms_provider, "_logger") as log:
            message = self.refused_with("lost")
            self.company.dealer_sms_endpoint = "http://127.0.0.1:9"
            self.ask(message)
        said = str(log.mock_calls)
        self.assertIn(message.reference, said)
        for secret in (
            self.server.key_secret,
            self.server.key_id,
            self.NUMBER,
            "芜湖店",
        ):
            self.assertNotIn(secret, said)

    def test_libraries_write_no_request_down(self):
        self.send()
        levels = {logging.getLogger(n).level for n in sms_provider.TALKATIVE}
        self.assertEqual(levels, {logging.WARNING})

    def test_moment_is_kept_for_asking(self):
        message = self.send()
        self.assertLess(
            fields.Datetime.now() - message.sudo().date_sending, timedelta(minutes=1)
        )
