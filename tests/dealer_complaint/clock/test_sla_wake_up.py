"""Wake-ups of the clocks, their health, and what they cost."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import users

from ...complaint_common import cn
from .test_sla_engine import SlaEngineCase


class TestSlaWakeUp(SlaEngineCase):
    def triggers(self):
        return self.env["ir.cron.trigger"].search([("cron_id", "=", self.tick_cron.id)])

    def test_one_wake_up_serves_timers_of_the_same_time(self):
        self.triggers().unlink()
        moment = fields.Datetime.now() + timedelta(days=400)
        with freeze_time(moment):
            self.make_complaint()
            self.make_complaint()
        self.assertEqual(len(self.triggers()), 1)

    def test_rolled_back_complaint_leaves_no_wake_up(self):
        self.triggers().unlink()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.received()
            self.env.flush_all()
            raise ZeroDivisionError
        self.assertFalse(self.triggers())

    def test_cron_writes_tells_and_arms_the_next_wake_up(self):
        with freeze_time(fields.Datetime.now() - timedelta(days=9)):
            complaint = self.make_complaint()
        self.triggers().unlink()
        later = self.make_complaint()
        self.triggers().unlink()
        with self.enter_registry_test_mode():
            self.tick_cron.method_direct_trigger()
        self.assertIn("breached", self.kinds(self.timer(complaint)))
        self.assertEqual(set(self.notices(complaint).mapped("state")), {"sent"})
        armed = min(self.triggers().mapped("call_at"))
        self.assertEqual(armed, min(later.timer_ids.mapped("next_event_at")))

    @users("handler")
    def test_browser_whose_countdown_ends_pokes_the_engine(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint().with_env(self.env)
        with freeze_time(cn(2, 11, 0, 1)):
            answer = complaint.action_sla_poke()
            self.assertEqual(answer, {complaint.id: "breached"})
            complaint.action_sla_poke()
        events = complaint.timer_ids.event_ids.filtered(lambda e: e.kind == "breached")
        self.assertEqual(len(events), 1)

    def test_health_turns_red_two_minutes_late_and_when_the_cron_is_off(self):
        self.received()
        health = self.env["dealer.sla.timer"]._health
        self.assertEqual(health(cn(2, 10, 32))["state"], "ok")
        self.assertEqual(health(cn(2, 10, 32, 1))["state"], "late")
        self.assertEqual(health(cn(2, 10, 32, 1))["late_seconds"], 121)
        self.tick_cron.active = False
        self.assertEqual(health(cn(2, 10))["state"], "off")

    # -- intake -----------------------------------------------------------

    def test_two_hundred_complaints_in_one_call_need_few_queries(self):
        def queries(count):
            before = self.env.cr.sql_log_count
            with freeze_time(cn(2, 9)):
                self.env["dealer.complaint"].with_context(tracking_disable=True).create(
                    [
                        {
                            "subject": f"Complaint {number}",
                            "partner_id": self.customer.id,
                            "vehicle_id": self.vehicle.id,
                            "user_id": self.handler.id,
                        }
                        for number in range(count)
                    ]
                )
                self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(2)
        few, many = queries(10), queries(200)
        # the same statements, only longer
        self.assertLessEqual(many, few + 10)
