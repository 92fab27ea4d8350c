"""Automation rules on follow-ups: run by test_beside_modules.py on a database of its
own. Needs ``base_automation``, which the suite does not depend on.
"""

from datetime import date

from freezegun import freeze_time

from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users

from .survey.survey_case import SurveyCase, cn


@freeze_time(cn(2, 10))
class TestAutomationRules(SurveyCase):
    @classmethod
    def make_automation(cls, field, code="record.write({'note': 'fired'})", **values):
        """A rule of an administrator that notes on the follow-up that it was fired."""
        # an administrator makes the rules, whoever makes them fire
        env = cls.env(user=SUPERUSER_ID)
        model_name = values.pop("model", "dealer.followup")
        action = values.pop("action", {"state": "code", "code": code})
        model = env["ir.model"]._get(model_name)
        watched = env["ir.model.fields"]._get(model_name, field)
        rule = env["base.automation"].create(
            {
                "name": field,
                "model_id": model.id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [Command.set(watched.ids)],
                **values,
            }
        )
        env["ir.actions.server"].create(
            {
                "name": field,
                "model_id": model.id,
                "base_automation_id": rule.id,
                "usage": "base_automation",
                **action,
            }
        )
        return rule

    @users("caller")
    def test_a_rule_fires_when_a_call_settles_the_follow_up(self):
        task = self.make_task()
        self.make_automation("state", filter_domain="[('state', '=', 'done')]")
        self.call(task, "no_answer")
        self.env.flush_all()
        self.assertFalse(task.note)
        with freeze_time(cn(2, 15)):
            self.call(task, "reached")
            self.env.flush_all()
        self.assertEqual(task.note, "fired")

    @users("caller")
    def test_a_rule_fires_on_each_state_of_a_follow_up(self):
        task = self.make_task()
        self.make_automation(
            "state",
            "record.write({'note': (record.note or '') + record.state + ' '})",
        )
        self.call(task, "call_later", promised_at=cn(2, 15))
        self.env.flush_all()
        with freeze_time(cn(2, 15)):
            self.call(task, "reached")
            self.env.flush_all()
        self.assertEqual(task.note.split(), ["waiting", "done"])

    @users("caller")
    def test_a_rule_fires_on_the_result(self):
        refused = self.result("refused")
        self.make_automation(
            "result_id", filter_domain=f"[('result_id', '=', {refused.id})]"
        )
        content, unwilling = (
            self.make_task(),
            self.make_task(partner=self.make_partner(name="李梅", phone="13900001111")),
        )
        self.call(content, "reached", note="fine")
        self.call(unwilling, "refused", note="No more calls")
        self.env.flush_all()
        self.assertEqual(content.note, "fine")
        self.assertEqual(unwilling.note, "fired")

    def test_a_rule_fires_when_the_night_lets_a_follow_up_expire(self):
        task = self.make_task(expire_date=date(2026, 3, 1))
        self.make_automation("state", filter_domain="[('state', '=', 'expired')]")
        self.Followup._expire()
        self.env.flush_all()
        self.assertEqual(task.note, "fired")

    def test_a_rule_fires_when_the_generator_makes_a_follow_up(self):
        self.make_automation("state", trigger="on_create")
        rule = self.make_rule("sale")
        self.vehicle.sale_date = date(2026, 2, 27)
        self.run_rules(cn(2, 10), rule)
        self.env.flush_all()
        self.assertEqual(self.tasks(rule).note, "fired")

    @users("caller")
    def test_a_rule_fires_on_an_unhappy_answer(self):
        task = self.make_visit_task()
        self.make_automation(
            "is_unhappy",
            "record.write({'note': (record.note or '') + ' fired'})",
            filter_domain="[('is_unhappy', '=', True)]",
        )
        self.ask(task, factors=2, nps=1)
        self.env.flush_all()
        self.assertIn("fired", task.note)

    @users("caller")
    def test_a_rule_cannot_write_the_state_either(self):
        task = self.make_task()
        self.make_automation("note", "record.write({'state': 'done'})")
        with self.assertRaisesRegex(UserError, "is set by the process"):
            task.with_env(self.env).note = "Call in the evening"
            self.env.flush_all()

    @users("advisor")
    def test_a_rule_of_another_model_creates_a_callback(self):
        self.make_automation(
            "date_promised",
            model="dealer.reception",
            action={"state": "dealer_callback"},
        )
        visit = self.make_reception(state="arrived").with_env(self.env)
        visit.date_promised = cn(2, 17)
        self.env.flush_all()
        rule = self.env.ref("dealer_followup.care_rule_hand").sudo()
        task = self.Followup.sudo().search([("rule_id", "=", rule.id)])
        self.assertEqual(task.partner_id, self.customer)
        self.assertEqual(task.vehicle_id, self.vehicle)

    @users("handler")
    def test_a_rule_of_the_complaint_creates_a_callback(self):
        recall = self.env.ref("dealer_followup.care_rule_recall")
        self.make_automation(
            "level",
            model="dealer.complaint",
            action={
                "state": "dealer_callback",
                "dealer_care_rule_id": recall.id,
                "dealer_callback_days": 1,
            },
        )
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        complaint.with_env(self.env).level = "complaint"
        self.env.flush_all()
        self.assertTrue(self.Followup.sudo().search([("rule_id", "=", recall.id)]))
