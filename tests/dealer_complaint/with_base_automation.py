"""Automation rules on complaints: run by test_beside_modules.py on a database of its
own.

Needs ``base_automation``, which the suite does not depend on.
"""

from freezegun import freeze_time

from odoo.api import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import new_test_user, users

from ..complaint_common import DealerComplaintCase, cn

STROKE = "record.write({'root_cause': (record.root_cause or '') + '|'})"


class TestComplaintRules(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint()

    @classmethod
    def make_rule(cls, field, **values):
        # an administrator makes the rules, whoever makes them fire
        env = cls.env(user=SUPERUSER_ID)
        watched = env["ir.model.fields"]._get("dealer.complaint", field)
        return env["base.automation"].create(
            {
                "name": field,
                "model_id": env["ir.model"]._get("dealer.complaint").id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [Command.set(watched.ids)],
                **values,
            }
        )

    @classmethod
    def make_count_rule(cls, field, after):
        """A rule that adds a stroke each time the field becomes something."""
        rule = cls.make_rule(
            field,
            filter_pre_domain=f"[('{field}', '!=', '{after}')]",
            filter_domain=f"[('{field}', '=', '{after}')]",
        )
        rule.env["ir.actions.server"].create(
            {
                "name": field,
                "model_id": rule.model_id.id,
                "state": "code",
                "code": STROKE,
                "base_automation_id": rule.id,
                "usage": "base_automation",
            }
        )

    @classmethod
    def make_shipped_rule(cls, action, field, after, **values):
        """A rule one of whose steps is a server action that the addon ships."""
        rule = cls.make_rule(
            field, filter_domain=f"[('{field}', '=', '{after}')]", **values
        )
        cls.env.ref(f"dealer_complaint.complaint_server_action_{action}").sudo().copy(
            {"base_automation_id": rule.id, "usage": "base_automation"}
        )

    def fired(self):
        self.env.flush_all()
        self.complaint.invalidate_recordset()
        return len(self.complaint.root_cause or "")

    def cron(self, moment):
        """The engine's cron, as the server runs it."""
        cron = self.tick_cron.with_env(self.env(user=SUPERUSER_ID))
        with freeze_time(moment), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # FIRED BY TIME
    # ------------------------------------------------------------------

    def test_rule_fires_once_when_the_clock_comes_to_its_warning(self):
        self.make_count_rule("sla_state", "warning")
        for moment, times in (
            (cn(2, 10, 29), 0),
            (cn(2, 10, 30), 1),
            (cn(2, 10, 31), 1),
            (cn(2, 11, 0, 1), 1),
        ):
            self.cron(moment)
            self.assertEqual(self.fired(), times, moment)

    def test_rule_fires_once_when_the_clock_is_missed(self):
        self.make_count_rule("sla_state", "breached")
        for moment, times in (
            (cn(2, 11), 0),
            (cn(2, 11, 0, 1), 1),
            (cn(2, 12), 1),
        ):
            self.cron(moment)
            self.assertEqual(self.fired(), times, moment)

    @users("handler")
    def test_other_change_by_a_user_neither_fires_the_miss_nor_swallows_it(self):
        self.make_count_rule("sla_state", "breached")
        with freeze_time(cn(2, 11, 5)):
            complaint = self.complaint.with_env(self.env)
            complaint.invalidate_recordset()
            complaint.subject = "Something else"
            self.assertEqual(complaint.sla_state, "breached")
        self.assertEqual(self.fired(), 0)
        self.cron(cn(2, 11, 6))
        self.assertEqual(self.fired(), 1)

    def test_rule_fires_when_the_clock_raises_the_grade(self):
        self.make_count_rule("grade", "escalated")
        # the first contact, then the feedback: missed twice
        self.cron(cn(2, 11, 0, 1))
        self.assertEqual(self.fired(), 0)
        self.cron(cn(5, 17, 30, 1))
        self.assertEqual(self.complaint.grade, "escalated")
        self.assertEqual(self.fired(), 1)

    # ------------------------------------------------------------------
    # FIRED BY PEOPLE
    # ------------------------------------------------------------------

    def test_rule_fires_on_level_grade_and_state(self):
        for field, after, act in (
            ("level", "grievance", lambda c: c.action_promote()),
            ("grade", "major", lambda c: c.write({"is_safety": True})),
            ("state", "investigating", lambda c: c.action_investigate()),
            ("state", "rejected", lambda c: c.action_reject()),
        ):
            with self.subTest(field=field, after=after):
                complaint = self.complaint = self.make_complaint(
                    level="dissatisfaction",
                    partner_id=self.make_partner(name=after).id,
                    reject_reason="No fault found",
                    recourse="12315",
                )
                self.make_count_rule(field, after)
                before = self.fired()
                act(complaint.with_user(self.handler))
                self.assertEqual(self.fired(), before + 1)

    def test_rule_fires_when_clocks_are_paused_and_run_on(self):
        with freeze_time(cn(2, 9, 30)):
            self.make_contact(self.complaint)
        self.make_count_rule("sla_state", "paused")
        with freeze_time(cn(2, 10)):
            self.complaint.with_user(self.officer).action_pause("parts", "Ordered")
        self.assertEqual(self.fired(), 1)

    # ------------------------------------------------------------------
    # THE SHIPPED ACTIONS
    # ------------------------------------------------------------------

    def test_escalate_runs_when_the_clock_is_missed(self):
        self.make_shipped_rule("escalate", "sla_state", "breached")
        self.cron(cn(2, 11, 0, 1))
        self.assertEqual(self.complaint.grade, "escalated")
        self.assertIn(self.complaint_manager, self.complaint.activity_ids.user_id)

    def test_hand_over_runs_when_the_clock_is_missed(self):
        self.make_shipped_rule("handover", "sla_state", "breached")
        self.cron(cn(2, 11, 0, 1))
        self.assertEqual(self.complaint.handover_state, "pending")
        self.assertEqual(self.complaint.handover_user_id, self.officer)
        self.assertEqual(self.complaint.user_id, self.handler)

    def test_report_runs_when_a_person_names_the_cause(self):
        self.make_shipped_rule("report", "cause", "product")
        self.complaint.with_user(self.handler).cause = "product"
        report = self.complaint.report_ids
        self.assertEqual((report.state, report.user_id), ("draft", self.handler))

    def test_rules_run_for_a_customer_who_files_at_the_portal(self):
        customer = new_test_user(self.env, login="owner", groups="base.group_portal")
        for action in ("escalate", "handover", "report"):
            self.make_shipped_rule(action, "source", "portal")
        # the page files it for the customer, who has no right at the desk
        complaint = (
            self.env["dealer.complaint"]
            .with_user(customer)
            .sudo()
            .create(
                {
                    "subject": "Filed by the customer",
                    "source": "portal",
                    "partner_id": customer.partner_id.id,
                    "company_id": self.company.id,
                }
            )
        )
        self.assertEqual(complaint.grade, "escalated")
        self.assertEqual(complaint.handover_user_id, self.officer)
        self.assertEqual(len(complaint.report_ids), 1)
        self.assertFalse(complaint.report_ids.user_id)
