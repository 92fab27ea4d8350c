"""Colleagues are told in WeCom, without a browser and without a customer's name."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dealer_service.tools.messages import wecom

from ...providers.wecom import Wecom
from .provider_case import LoopbackCase


class WecomCase(LoopbackCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = Wecom()
        cls.addClassCleanup(cls.server.stop)
        cls.company.write(
            {
                "dealer_wecom_corp_id": cls.server.corp_id,
                "dealer_wecom_agent_id": cls.server.agent_id,
                "dealer_wecom_secret": cls.server.secret,
                "dealer_wecom_endpoint": cls.server.address,
            }
        )
        cls.advisor = cls.make_user("wl", "user")
        cls.advisor.name = "王磊"
        cls.advisor.wecom_userid = "wanglei"
        cls.visit = cls.make_reception()
        cls.messages = cls.env["dealer.customer.message"].sudo()

    def setUp(self):
        super().setUp()
        server = self.server
        for kept in (server.delivered, server.group, server.seen, server.faults):
            kept.clear()
        server.requests.clear()
        server.trusted = True

    def alert(self, text="请在 10:30 前致电", users=None):
        return self.messages._alert(
            users or self.advisor, "投诉 CP0012 超时", text, self.visit
        )

    def send_all(self, limit=200):
        for _number in range(limit):
            message = self.messages._claim()
            if not message:
                return
            self.messages._send_claimed(message)

    def sent(self, *faults):
        """One alert by the application, with what goes wrong."""
        self.server.faults.extend(faults)
        message = self.alert()
        self.send_all()
        return message


@tagged("post_install", "-at_install")
class TestWecom(WecomCase):
    # ------------------------------------------------------------------
    # THE APPLICATION
    # ------------------------------------------------------------------

    def test_nothing_leaves_within_the_transaction_of_the_alert(self):
        message = self.alert()
        self.assertEqual((message.channel, message.state), ("wecom", "waiting"))
        self.assertFalse(self.server.requests)

    def test_colleague_is_told_with_the_way_to_the_record(self):
        message = self.sent()
        self.assertEqual(message.state, "sent", message.reason)
        [(user, text, _at)] = self.server.delivered
        self.assertEqual(user, "wanglei")
        self.assertIn("投诉 CP0012 超时\n请在 10:30 前致电\n", text)
        self.assertIn(f"res_id={self.visit.id}", text)

    def test_token_is_shared_and_asked_for_once(self):
        before = self.server.tokens_given
        self.company.sudo().dealer_wecom_token = False
        for number in range(3):
            self.alert(str(number))
        self.send_all()
        self.assertEqual(len(self.server.delivered), 3)
        self.assertEqual(self.server.tokens_given, before + 1)

    def test_token_that_was_ended_is_asked_for_anew(self):
        self.sent()
        for end in (self.server.tokens.clear, self._expire):
            end()
            with self.subTest(end.__name__):
                self.server.delivered.clear()
                self.server.seen.clear()
                self.assertEqual(self.sent().state, "sent")
                self.assertEqual(len(self.server.delivered), 1)

    def _expire(self):
        self.server.tokens.update(dict.fromkeys(self.server.tokens, 0))

    def test_token_that_is_never_accepted_is_a_problem_for_the_administrator(self):
        message = self.sent(40014, 40014)
        self.assertEqual(message.state, "failed")
        self.assertIn("40014", self.company.dealer_wecom_problem)

    def test_address_that_is_not_trusted_is_shown_to_the_administrator(self):
        self.server.trusted = False
        self.company.sudo().dealer_wecom_token = False
        message = self.sent()
        self.assertEqual(message.state, "failed")
        self.assertIn("可信IP", message.reason)
        self.assertIn("60020", self.company.dealer_wecom_problem)
        with self.assertRaisesRegex(UserError, "60020"):
            self.company.action_check_wecom()
        self.server.trusted = True
        self.company.action_check_wecom()
        self.assertFalse(self.company.dealer_wecom_problem)

    def test_busy_wecom_is_tried_later(self):
        for code in (-1, 45009):
            with self.subTest(code):
                message = self.sent(code)
                self.assertEqual(message.state, "waiting")
                self.assertIn(str(code), message.reason)
                message._write_by_method({"date_due": False})

    def test_person_whom_wecom_does_not_know(self):
        self.advisor.wecom_userid = "nobody"
        message = self.sent()
        self.assertEqual(message.state, "failed")
        self.assertIn("81013", message.reason)
        self.assertFalse(self.company.dealer_wecom_problem)

    def test_whoever_wecom_does_not_reach_is_told_by_text_message(self):
        self.company.dealer_sms_provider = "outbox"
        self.advisor.partner_id.phone = "13900001111"
        self.advisor.wecom_userid = "nobody"
        first = self.sent()
        again = self.messages.search([("origin_id", "=", first.id)])
        self.assertEqual((again.channel, again.address), ("sms", "+8613900001111"))
        self.assertEqual(again.text, first.text)

    def test_limit_does_not_wait_until_wecom_is_back(self):
        """Whoever has another way is told by it a few minutes later."""
        self.company.dealer_wecom_endpoint = "http://127.0.0.1:9"
        self.advisor.partner_id.phone = "13900001111"
        start = fields.Datetime.now()
        for provider, told in (("outbox", "sms"), (False, None)):
            with self.subTest(provider):
                self.company.dealer_sms_provider = provider
                with freeze_time(start):
                    message = self.alert("时限将到")
                    self.set_born(message, start)
                for minutes in range(1, 11):
                    with freeze_time(start + timedelta(minutes=minutes)):
                        self.send_all()
                again = self.messages.search([("origin_id", "=", message.id)])
                self.assertEqual(again.channel or None, told)
                self.assertEqual(message.state, "failed" if told else "waiting")
                if told:
                    self.assertLessEqual(again.date_due - start, timedelta(minutes=5))

    def set_born(self, message, moment):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_customer_message SET create_date = %s WHERE id = %s",
            (moment, message.id),
        )
        message.invalidate_recordset()

    def test_thirty_a_minute_and_the_others_later(self):
        for number in range(32):
            self.alert(f"第 {number} 条")
        self.send_all()
        self.assertEqual(len(self.server.delivered), 30)
        waiting = self.messages.search([("state", "=", "waiting")])
        self.assertEqual(len(waiting), 2)
        self.assertIn("a minute", waiting[0].reason)

    def test_long_words_are_cut_within_a_character(self):
        message = self.alert("超" * 2000)
        self.send_all()
        self.assertEqual(message.state, "sent", message.reason)
        self.assertLessEqual(len(self.server.delivered[0][1].encode()), 2048)

    # ------------------------------------------------------------------
    # NOBODY KNOWS
    # ------------------------------------------------------------------

    def test_lost_answer_is_sent_again_and_arrives_once(self):
        message = self.sent("lost")
        self.assertEqual(message.state, "unknown")
        [(state, _reason)] = message._ask_provider().values()
        self.assertEqual(state, "absent")
        message._settle("waiting", date_due=message.date_sending)
        self.send_all()
        self.assertEqual(message.state, "sent")
        self.assertEqual(len(self.server.delivered), 1)

    def test_late_answer_is_unknown(self):
        with patch.object(wecom, "READ_SECONDS", 1):
            message = self.sent("late")
        self.server.gate.set()
        self.server.gate.clear()
        self.assertEqual(message.state, "unknown")

    def test_server_that_is_off_has_taken_nothing(self):
        self.sent()
        self.company.dealer_wecom_endpoint = "http://127.0.0.1:9"
        message = self.sent()
        self.assertEqual(message.state, "waiting")
        self.assertIn("cannot be reached", self.company.dealer_wecom_problem)

    # ------------------------------------------------------------------
    # THE GROUP
    # ------------------------------------------------------------------

    def open_group(self):
        self.company.dealer_wecom_robot_key = self.server.robot_key

    def test_group_is_told_who_is_to_act_and_nothing_of_the_customer(self):
        self.open_group()
        self.customer.name = "赵国强"
        subject = "赵国强 皖B·A1234 13805531234 投诉 CP0012 超时"
        self.messages._alert(self.advisor, subject, "赵国强很生气", self.visit)
        self.send_all()
        [(text, _at)] = self.server.group
        self.assertIn("王磊", text)
        self.assertIn("CP0012", text)
        for secret in ("赵国强", "A1234", "13805531234", "生气"):
            self.assertNotIn(secret, text)

    def test_group_is_told_even_if_nobody_has_a_phone(self):
        self.open_group()
        self.advisor.wecom_userid = False
        self.alert()
        self.send_all()
        self.assertEqual(len(self.server.group), 1)
        self.assertFalse(self.server.delivered)

    def test_twenty_a_minute_for_the_group(self):
        self.open_group()
        for number in range(22):
            self.alert(str(number))
        self.send_all()
        self.assertEqual(len(self.server.group), 20)

    def test_robot_is_told_at_most_once(self):
        self.open_group()
        self.advisor.wecom_userid = False
        message = self.sent("lost")
        self.assertEqual(message.state, "unknown")
        self.assertIn("at most once", message.reason)
        self.assertEqual(message._ask_provider(), {})
        self.assertEqual(len(self.server.group), 1)

    def test_robot_that_was_removed_is_shown_to_the_administrator(self):
        self.company.dealer_wecom_robot_key = "gone"
        self.advisor.wecom_userid = False
        message = self.sent()
        self.assertEqual(message.state, "failed")
        self.assertIn("93000", self.company.dealer_wecom_problem)

    # ------------------------------------------------------------------
    # SECRETS
    # ------------------------------------------------------------------

    def test_secrets_are_read_by_administrators_only(self):
        manager = self.make_user("m", "manager")
        for name in ("dealer_wecom_secret", "dealer_wecom_robot_key"):
            with self.assertRaises(AccessError, msg=name):
                self.company.with_user(manager).read([name])
        admin = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            self.company.with_user(admin).read(["dealer_wecom_token"])

    def test_address_in_clear_is_refused(self):
        for address in ("http://qyapi.weixin.qq.com", "ftp://x", "qyapi"):
            for name in ("dealer_wecom_endpoint", "dealer_sms_endpoint"):
                with self.assertRaises(UserError, msg=address):
                    self.company[name] = address
