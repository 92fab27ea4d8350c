"""What the providers push: put down at once, done afterwards, once and forward."""

import json
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...common import DealerServiceCase

RECEIPT = {
    "phone_number": "13805531234",
    "send_time": "2026-11-30 10:00:00",
    "report_time": "2026-11-30 10:00:05",
    "success": True,
    "err_code": "DELIVERED",
    "err_msg": "用户接收成功",
    "sms_size": "1",
    "biz_id": "9000^0",
}


@tagged("post_install", "-at_install")
class TestSmsCallback(HttpCase, DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_sms_provider = "aliyun"
        cls.company.action_renew_sms_addresses()
        cls.customer.phone = "138 0553 1234"
        cls.message = cls.make_message(cls.company, "9000^0")
        cls.tracker = cls.env["sms.tracker"].create({"sms_uuid": cls.message.reference})
        cls.receipt = {**RECEIPT, "out_id": cls.message.reference}

    @classmethod
    def make_message(cls, company, provider_reference, purpose="marketing"):
        return cls.env["dealer.customer.message"]._create_by_method(
            {
                "purpose": purpose,
                "channel": "sms",
                "company_id": company.id,
                "partner_id": cls.customer.id,
                "address": "+8613805531234",
                "text": "您的爱车已完工",
                "state": "sent",
                "provider_reference": provider_reference,
            }
        )

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def push(self, rows, what="receipts", company=None, provider=None, **options):
        company = company or self.company
        key = options.pop("key", company.dealer_sms_callback_key)
        provider = provider or company.dealer_sms_provider
        body = rows if isinstance(rows, bytes) else json.dumps(rows).encode()
        return self.url_open(
            f"/dealer/sms/{provider}/{what}/{key}",
            data=body,
            headers={"Content-Type": "application/json"},
            **options,
        )

    def do(self):
        inbox = self.env["dealer.sms.inbox"]
        for row in inbox.search([]):
            if row._do_safely():
                row.unlink()
        return inbox.search([])

    # ------------------------------------------------------------------
    # RECEIPTS
    # ------------------------------------------------------------------

    def test_receipt_is_answered_before_it_is_done(self):
        answer = self.push([self.receipt])
        self.assertEqual(answer.json()["code"], 0)
        self.assertEqual(self.message.state, "sent")
        self.assertFalse(self.do())
        self.assertEqual(self.message.state, "delivered")

    def test_receipt_ends_in_odoo_tracker(self):
        notification = self.env["mail.notification"].create(
            {
                "mail_message_id": self.env["mail.message"].create({}).id,
                "notification_type": "sms",
                "notification_status": "pending",
                "res_partner_id": self.customer.id,
            }
        )
        self.tracker.mail_notification_id = notification
        self.push([self.receipt])
        self.do()
        self.assertEqual(notification.notification_status, "sent")

    def test_receipt_twice_and_late_goes_forward_only(self):
        failed = {**self.receipt, "success": False, "err_code": "MOBILE_SEND_LIMIT"}
        for row in (self.receipt, self.receipt, failed):
            self.push([row])
            self.do()
        self.assertEqual(self.message.state, "delivered")

    def test_dead_number_is_marked(self):
        self.push([{**self.receipt, "success": False, "err_code": "INVALID_NUMBER"}])
        self.do()
        self.assertEqual(self.message.state, "failed")
        self.assertIn("INVALID_NUMBER", self.message.reason)
        self.assertTrue(self.customer.is_phone_wrong)

    def test_number_in_the_provider_words_is_not_kept(self):
        row = {**self.receipt, "success": False, "err_code": "X"}
        self.push([{**row, "err_msg": "号码13805531234停机"}])
        self.do()
        self.assertNotIn("13805531234", self.message.reason)

    def test_unknown_ids_are_not_even_put_down(self):
        self.push([{**self.receipt, "out_id": "0" * 32}, {**self.receipt, "out_id": 7}])
        self.assertFalse(self.env["dealer.sms.inbox"].search([]))

    def test_receipt_of_another_number_changes_nothing(self):
        self.push([{**self.receipt, "phone_number": "13900000000"}])
        self.do()
        self.assertEqual(self.message.state, "sent")

    def test_one_shop_says_nothing_about_the_message_of_another(self):
        other = self.env["res.company"].create(
            {"name": "合肥店", "dealer_sms_provider": "aliyun"}
        )
        other.action_renew_sms_addresses()
        self.assertEqual(self.push([self.receipt], company=other).status_code, 200)
        self.do()
        self.assertEqual(self.message.state, "sent")

    def test_tencent_names_its_own_number_only(self):
        self.company.dealer_sms_provider = "tencent"
        answer = self.push(
            [
                {
                    "user_receive_time": "2026-11-30 10:00:04",
                    "nationcode": "86",
                    "mobile": "13805531234",
                    "report_status": "SUCCESS",
                    "errmsg": "DELIVRD",
                    "description": "用户短信送达成功",
                    "sid": "9000^0",
                }
            ]
        )
        self.assertEqual(answer.json(), {"result": 0, "errmsg": "OK"})
        self.do()
        self.assertEqual(self.message.state, "delivered")

    def test_receipt_before_its_message_waits_a_while(self):
        self.company.dealer_sms_provider = "tencent"
        row = {"nationcode": "86", "mobile": "13805531234", "sid": "9001^0"}
        self.push([{**row, "report_status": "SUCCESS"}])
        self.assertTrue(self.do())
        message = self.make_message(self.company, "9001^0")
        self.assertFalse(self.do())
        self.assertEqual(message.state, "delivered")

    def test_receipt_of_no_message_is_forgotten(self):
        self.company.dealer_sms_provider = "tencent"
        self.push([{"sid": "nobody's", "report_status": "SUCCESS"}])
        self.assertTrue(self.do())
        now = self.env["dealer.sms.inbox"].search([]).create_date
        with freeze_time(now + timedelta(minutes=16)):
            self.assertFalse(self.do())

    # ------------------------------------------------------------------
    # REPLIES
    # ------------------------------------------------------------------

    def test_reply_reaches_the_shop_that_was_answered(self):
        asked = []
        model = type(self.env["dealer.customer.message"])

        def reply(messages, number, text, company=None):
            asked.append((number, text, company))

        self.patch(model, "_reply", reply)
        row = {"phone_number": "13805531234", "content": " td ", "dest_code": "106"}
        answer = self.push([row], what="replies")
        self.assertEqual(answer.json()["code"], 0)
        self.assertFalse(self.do())
        self.assertEqual(asked, [("13805531234", " td ", self.company)])

    def test_tencent_pushes_one_reply_at_a_time(self):
        self.company.dealer_sms_provider = "tencent"
        row = {"nationcode": "86", "mobile": "13805531234", "text": "T", "sign": "店"}
        self.assertEqual(self.push(row, what="replies").json()["result"], 0)
        kept = self.env["dealer.sms.inbox"].search([])
        self.assertEqual((kept.number, kept.text), ("+8613805531234", "T"))

    def test_short_reply_with_a_word_to_unsubscribe_is_a_refusal(self):
        messages = self.env["dealer.customer.message"]
        words = self.company._message_stop_words()
        for text in ("退订谢谢", "回复R", "TD退订", "R退订", " td ", "我要拒收", "ｔ"):
            with self.subTest(text):
                self.assertTrue(messages._is_refusal(messages._word_of(text), words))
        for text in (
            "我要改到周五",
            "OUTDOOR",
            "好的",
            "你们什么时候能给我打电话说退订的事情啊",
        ):
            with self.subTest(text):
                self.assertFalse(messages._is_refusal(messages._word_of(text), words))

    def test_what_the_customer_writes_back_is_read_by_somebody(self):
        visit = self.make_reception()
        self.message._write_by_method(
            {
                "purpose": "service",
                "res_model": visit._name,
                "res_id": visit.id,
                "user_id": self.advisor.id,
            }
        )
        row = {"phone_number": "13805531234", "content": "我要改到周五"}
        self.push([row], what="replies")
        self.do()
        posted = visit.message_ids[:1]
        self.assertIn("我要改到周五", posted.body)
        self.assertIn(self.advisor.partner_id, posted.notified_partner_ids)

    def test_half_a_character_keeps_nobody_from_unsubscribing(self):
        body = rb'[{"phone_number":"13805531234","content":"\u9000\u8ba2\ud83d"}]'
        self.assertEqual(self.push(body, what="replies").status_code, 200)
        kept = self.env["dealer.sms.inbox"].search([])
        self.assertEqual(kept.text, "退订")

    def test_what_the_provider_before_has_sent_comes_back_from_there(self):
        failed = {**self.receipt, "success": False, "err_code": "INVALID_NUMBER"}
        for provider in ("tencent", False):
            self.company.dealer_sms_provider = provider
            self.push([failed], provider="aliyun")
            self.assertFalse(self.do())
        self.assertEqual(self.message.state, "failed")
        self.assertTrue(self.customer.is_phone_wrong)

    @mute_logger("odoo.addons.dealer_service.models.messages.dealer_sms_inbox")
    def test_more_than_we_take_is_to_be_sent_again(self):
        self.assertEqual(self.push([self.receipt] * 501).status_code, 503)
        self.assertFalse(self.env["dealer.sms.inbox"].search([]))

    # ------------------------------------------------------------------
    # STRANGERS
    # ------------------------------------------------------------------

    def test_only_the_right_address_is_a_door(self):
        right = self.company.dealer_sms_callback_key
        for options in (
            {"key": "x" * 32},
            {"key": "short"},
            {"provider": "other"},
            {"what": "others"},
        ):
            self.assertEqual(self.push([self.receipt], **options).status_code, 404)
        self.company.action_renew_sms_addresses()
        self.assertEqual(self.push([self.receipt], key=right).status_code, 404)
        self.assertFalse(self.env["dealer.sms.inbox"].search([]))

    def test_nonsense_is_refused_and_kept_nowhere(self):
        for body in (b" ", b"{", b"\xff\xfe", b"[" * 100_000):
            self.assertEqual(self.push(body).status_code, 400, body[:9])
        for rows in (7, None, "x", [[]], [None], ["x"], [{"out_id": ["a"]}]):
            self.assertEqual(self.push(rows).status_code, 200, rows)
        self.assertEqual(self.push(b" " * 1_000_001).status_code, 400)
        self.push([{**self.receipt, "err_msg": "a\0b", "err_code": "x" * 9999}])
        self.do()

    def test_keys_are_read_by_administrators_only(self):
        manager = self.make_user("m", "manager")
        company = self.company.with_user(manager)
        secrets = (
            "dealer_sms_key_secret",
            "dealer_sms_key_id",
            "dealer_sms_callback_key",
            "dealer_sms_receipt_url",
        )
        for name in secrets:
            with self.assertRaises(AccessError, msg=name):
                company.read([name])
        with self.assertRaises(AccessError):
            company.action_renew_sms_addresses()
        # nobody exports them, the administrator neither
        shown = self.env["res.company"].fields_get(secrets, ["exportable"])
        self.assertEqual({row["exportable"] for row in shown.values()}, {False})
