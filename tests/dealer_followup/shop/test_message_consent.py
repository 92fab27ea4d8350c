"""Consent, caps and hours of messages, against tables written from the design."""

from datetime import timedelta
from itertools import product
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields

from ...dealer_service.messages.message_case import MessageCase, RecordingApi

NUMBER = "+8613805531234"
PURPOSES = ("code", "staff", "service", "satisfaction", "greeting", "marketing")
#: Purposes that a decision about them stops; and those that need one to begin with.
STOPPED = ("satisfaction", "greeting", "marketing")
NEEDS = ("marketing",)


class TestMessageConsent(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "dealer_call_hours": "09:00-12:00, 14:00-20:00",
                "dealer_quiet_from": 21.0,
                "dealer_quiet_until": 8.0,
            }
        )
        for purpose in PURPOSES:
            cls.make_occasion(f"test_{purpose}_matrix", purpose)

    def decide(self, purpose, decision, channel="any"):
        self.env["dealer.consent"].create(
            {
                "phone": NUMBER,
                "partner_id": self.customer.id,
                "purpose": purpose,
                "decision": decision,
                "channel": channel,
                "evidence": "Said so at the counter",
            }
        )

    @freeze_time("2026-03-02 02:00:00")  # Monday, ten in the morning
    def test_each_purpose_and_each_decision(self):
        decisions = (None, "given", "withdrawn")
        for purpose, decision in product(PURPOSES, decisions):
            with self.subTest(purpose=purpose, decision=decision):
                savepoint = self.env.cr.savepoint(flush=True)
                if decision and purpose in STOPPED:
                    self.decide(purpose, decision)
                told = self.tell(f"test_{purpose}_matrix")
                # oracle: two sentences of the design, and nothing else
                may = not (decision == "withdrawn" and purpose in STOPPED)
                may = may and not (purpose in NEEDS and decision != "given")
                self.assertEqual(bool(told), may)
                if not may:
                    refused = self.all_messages()[:1]
                    self.assertEqual(refused.state, "refused")
                    self.assertIn("consent", refused.reason)
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_each_purpose_at_each_hour_of_a_day(self):
        self.decide("marketing", "given")
        for hour, purpose in product(range(24), PURPOSES):
            moment = fields.Datetime.to_datetime("2026-03-01 16:30:00")
            moment += timedelta(hours=hour)  # half past the hour, in the shop
            with self.subTest(hour=hour, purpose=purpose):
                due = self.company._message_due(purpose, "sms", moment)
                if purpose in ("code", "staff"):
                    leaves = True
                elif purpose == "service":
                    leaves = 8 <= hour < 21
                else:
                    leaves = hour in (9, 10, 11, 14, 15, 16, 17, 18, 19)
                    opening = self.company._dealer_opening(
                        moment, moment + timedelta(minutes=1)
                    )
                    leaves = leaves and bool(opening)
                self.assertEqual(due == moment, leaves)
                self.assertGreaterEqual(due, moment)

    def test_marketing_stops_at_the_cap_of_the_shop(self):
        self.decide("marketing", "given")
        self.company.write(
            {"dealer_marketing_limit": 2, "dealer_marketing_limit_days": 30}
        )
        with freeze_time("2026-03-02 02:00:00"):
            for _number in range(3):
                self.tell("test_marketing_matrix")
            self.send()
            self.env.cr.execute(
                "UPDATE dealer_customer_message SET create_date = %s",
                ("2026-03-02 02:00:00",),
            )
            self.env.invalidate_all()
        self.assertEqual(len(RecordingApi.handed), 2, "asked again when they leave")
        states = self.all_messages().mapped("state")
        self.assertEqual(sorted(states), ["refused", "sent", "sent"])
        with freeze_time("2026-03-02 02:05:00"):
            self.assertFalse(self.tell("test_marketing_matrix"))
            self.assertTrue(self.tell())
        with freeze_time("2026-04-02 02:00:00"):
            self.assertTrue(self.tell("test_marketing_matrix"))

    @freeze_time("2026-03-02 02:00:00")
    def test_withdrawn_while_it_waited(self):
        self.decide("marketing", "given")
        message = self.tell("test_marketing_matrix")
        with patch.object(
            fields.Datetime,
            "now",
            lambda: fields.Datetime.to_datetime("2026-03-02 02:01:00"),
        ):
            self.decide("marketing", "withdrawn")
            self.send()
        self.assertEqual(message.state, "refused")
        self.assertEqual(RecordingApi.handed, [])

    def test_mail_that_waited_is_asked_again_before_it_leaves(self):
        self.customer.email = "wang@example.com"
        queue = self.env["mail.mail"]
        for decision, left in (("given", "sent"), ("withdrawn", "refused")):
            with self.subTest(decision):
                with freeze_time("2026-03-02 14:00:00"):  # ten in the evening
                    self.decide("marketing", "given")
                    message = self.tell("test_marketing_matrix", channel="mail")
                    self.assertEqual(message.state, "held")
                with freeze_time("2026-03-02 15:00:00"):
                    self.decide("marketing", decision)
                    queue.process_email_queue(message.mail_id.ids)
                    self.assertEqual(message.state, "held", "not before its hour")
                with freeze_time("2026-03-03 02:00:00"):
                    queue.process_email_queue(message.mail_id.ids)
                self.assertEqual(message.state, left)
                self.assertFalse(message.mail_id.exists().state == "outgoing")
        self.assertIn("withdrawn", message.reason)

    def test_mail_whose_words_are_not_so_any_more_does_not_leave(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        self.customer.email = "wang@example.com"
        self.env["dealer.message.occasion"]._of("ready").purpose = "satisfaction"
        with freeze_time("2026-03-02 14:00:00"):
            self.visit._write_by_method({"state": "ready"})
            message = self.tell("ready", channel="mail")
            self.assertEqual(message.state, "held")
            self.visit._write_by_method({"state": "delivered"})
        with freeze_time("2026-03-03 02:00:00"):
            self.env["mail.mail"].process_email_queue(message.mail_id.ids)
        self.assertEqual(message.state, "refused")
        # the queue has no language: the shop reads it in its own
        self.assertRegex(message.reason, "[一-鿿]")

    def test_evidence_of_a_reply_is_read_by_the_shop(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        self.tell()
        self.env["dealer.customer.message"]._reply("13805531234", "TD")
        [line] = self.env["dealer.consent"].search([("phone", "=", NUMBER)])
        self.assertRegex(line.origin, "[一-鿿]")
        self.assertRegex(line.evidence, "[一-鿿].*TD")

    def test_reply_with_a_word_of_refusal_counts_at_once(self):
        with freeze_time("2026-03-02 14:00:00"):
            self.decide("marketing", "given")
        messages = self.env["dealer.customer.message"]
        with freeze_time("2026-03-02 15:00:00"):
            held = self.tell("test_marketing_matrix")
            service = self.tell()
            for text in ("好的，谢谢", "TDD", "", "谢谢 T"):
                self.assertFalse(messages._reply("13805531234", text), text)
            self.assertEqual(held.state, "held")
            for text in ("TD", "td ", "ｔｄ", "R", "r。", "T", "退订", "【退订】"):
                self.assertTrue(messages._reply("86-138 0553 1234", text), text)
        self.assertEqual(held.state, "refused")
        self.assertEqual(service.state, "held", "the service goes on")
        lines = self.env["dealer.consent"].search(
            [("phone", "=", NUMBER), ("decision", "=", "withdrawn")]
        )
        self.assertEqual(len(lines), 1, "said often, recorded once")
        self.assertEqual((lines.purpose, lines.channel), ("marketing", "any"))
        self.assertIn("TD", lines.evidence)
