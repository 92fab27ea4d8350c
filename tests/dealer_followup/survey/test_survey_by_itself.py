"""Questionnaires that are sent by themselves."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields

from .survey_case import cn
from .test_survey_link import LinkCase


@freeze_time(cn(2, 10))
class TestByItself(LinkCase):
    """Rules that write: the cron sends, waits, and goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.channel = "email"

    def make_mail_task(self, **values):
        return self.make_visit_task(**{"channel": "email", **values})

    def cron(self, moment=None):
        cron = self.env.ref("dealer_followup.ir_cron_dealer_followup_links")
        with freeze_time(moment or fields.Datetime.now()):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_what_is_due_is_sent_once(self):
        task = self.make_mail_task()
        later = self.make_mail_task(next_try_at=cn(3, 9))
        self.cron()
        self.cron()
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(task.state, "waiting")
        self.assertEqual(later.state, "todo")

    def test_without_an_address_it_fails_or_is_called(self):
        self.customer.email = False
        failed = self.make_mail_task()
        self.cron()
        self.assertEqual(failed.state, "failed")
        self.rule.unreached_channel = "call"
        called = self.make_mail_task()
        self.cron()
        self.assertRecordValues(called, [{"state": "todo", "channel": "call"}])

    def test_nobody_tapped_and_the_rule_calls(self):
        self.rule.unreached_channel = "call"
        task = self.make_mail_task()
        self.cron()
        self.cron(cn(9, 9))
        self.assertEqual(task.state, "waiting")
        self.cron(cn(9, 11))
        self.assertRecordValues(task, [{"state": "todo", "channel": "call"}])
        with freeze_time(cn(9, 11)):
            self.assertEqual(self.open_sheet().followup_ids, task)

    def test_nobody_tapped_and_nothing_follows(self):
        task = self.make_mail_task()
        self.cron()
        self.cron(cn(9, 11))
        self.assertEqual(task.state, "failed")

    def test_whoever_withdrew_in_between_is_left_alone_for_good(self):
        task = self.make_mail_task()
        self.consent("withdrawn", "satisfaction")
        self.assertEqual(task.state, "suppressed")
        other = self.make_mail_task()
        self.cron()
        self.assertEqual(other.state, "suppressed")
        self.assertFalse(self.mails())

    def test_a_complaint_puts_it_off(self):
        task = self.make_mail_task()
        self.make_complaint(vehicle_id=self.vehicle.id)
        self.cron()
        self.assertEqual(task.state, "todo")
        self.assertEqual(task.next_try_at, cn(2, 14))
        self.assertFalse(self.mails())

    def test_the_limit_of_the_day_puts_it_off_to_the_next(self):
        self.company.dealer_calls_per_day = 1
        first, second = self.make_mail_task(), self.make_mail_task()
        self.cron()
        self.assertEqual(first.state, "waiting")
        self.assertEqual(second.next_try_at, cn(3, 0))
        self.cron(cn(3, 0))
        self.assertEqual(second.state, "waiting")

    def test_text_messages_leave_by_themselves_only_where_the_shop_wants_it(self):
        if "sms.sms" not in self.env:
            self.skipTest("Odoo's SMS is not installed")
        task = self.make_mail_task(channel="sms")
        self.cron()
        self.assertEqual(task.state, "todo")
        self.company.dealer_survey_sms = True
        self.cron(cn(2, 21))
        self.assertEqual((task.state, task.next_try_at), ("todo", cn(3, 9)))
        self.cron(cn(3, 9))
        self.assertEqual((task.state, task.survey_channel), ("waiting", "sms"))

    def test_one_that_cannot_be_sent_keeps_nobody_else_waiting(self):
        broken, good = self.make_mail_task(), self.make_mail_task()
        send = type(self.Followup)._send_link

        def fail_once(task, channel):
            if task == broken:
                raise ZeroDivisionError("no such mail server")
            return send(task, channel)

        with patch.object(type(self.Followup), "_send_link", fail_once):
            with self.assertLogs("odoo.addons.dealer_followup", "ERROR"):
                self.cron()
        self.assertEqual(good.state, "waiting")
        self.assertEqual(broken.next_try_at, cn(2, 14))
