"""Automation rules on visits: run by test_beside_modules.py on a database of its own.

Needs ``base_automation``, which the suite does not depend on.
"""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users

from .orders.test_consent import ConsentCase


class TestAutomationRules(ConsentCase):
    @classmethod
    def make_rule(cls, field, code="record.write({'belongings': 'fired'})", **values):
        """A rule of an administrator that notes on the visit that it was fired."""
        # an administrator makes the rules, whoever makes them fire
        env = cls.env(user=SUPERUSER_ID)
        model = env["ir.model"]._get("dealer.reception")
        watched = env["ir.model.fields"]._get("dealer.reception", field)
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
                "state": "code",
                "code": code,
                "base_automation_id": rule.id,
                "usage": "base_automation",
            }
        )
        return rule

    @classmethod
    def make_count_rule(cls, field, before, after):
        """A rule that adds a stroke each time the field goes from one to the other."""
        return cls.make_rule(
            field,
            "record.write({'belongings': (record.belongings or '') + '|'})",
            filter_pre_domain=f"[('{field}', '{before[0]}', '{before[1]}')]",
            filter_domain=f"[('{field}', '=', '{after}')]",
        )

    def fired(self):
        self.env.flush_all()
        return len(self.reception.belongings or "")

    def tick_clock(self, moment):
        """The cron of the promise runs at a moment."""
        env = self.env(user=SUPERUSER_ID)
        cron = env.ref("dealer_service.ir_cron_dealer_service_promise")
        with freeze_time(moment), self.enter_registry_test_mode():
            cron.method_direct_trigger()

    @users("advisor")
    def test_rule_fires_when_a_button_moves_the_visit(self):
        self.make_count_rule("state", ("!=", "inspected"), "inspected")
        reception = self.reception.with_env(self.env)
        reception.action_greet()
        reception.concern_ids = [Command.create({"name": "刹车异响"})]
        self.tick(reception)
        self.assertEqual(self.fired(), 0)
        reception.action_inspect()
        self.assertEqual(self.fired(), 1)
        reception.wash = False
        self.assertEqual(self.fired(), 1)

    @users("advisor")
    def test_rule_fires_on_every_state_of_a_visit(self):
        self.make_rule(
            "state",
            "record.write({'belongings': (record.belongings or '') + record.state + ' '"
            "})",
        )
        # nobody hands parts out here
        self.order.order_line.filtered(
            lambda line: line.product_id == self.part
        ).unlink()
        self.bring_to(self.reception, "delivered")
        self.env.flush_all()
        self.assertEqual(
            self.reception.belongings.split(),
            "inspected authorized working quality ready settled delivered".split(),
        )

    def test_rule_fires_when_the_state_is_set_to_one(self):
        field = self.env["ir.model.fields"]._get("dealer.reception", "state")
        ready = field.selection_ids.filtered(lambda value: value.value == "ready")
        rule = self.make_rule("state", trigger="on_state_set")
        rule.trg_selection_field_id = ready
        self.bring_to(self.reception, "quality")
        self.assertFalse(self.reception.belongings)
        self.bring_to(self.reception, "ready")
        self.assertEqual(self.reception.belongings, "fired")

    def promise(self):
        self.company.dealer_promise_warn_minutes = 30
        promised = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=2)
        self.reception.date_promised = promised
        self.env.flush_all()
        return promised

    def test_rule_on_the_promise_fires_by_time_once(self):
        self.make_count_rule("promise_state", ("!=", "at_risk"), "at_risk")
        promised = self.promise()
        self.tick_clock(promised - timedelta(minutes=31))
        self.assertEqual(self.fired(), 0)
        self.tick_clock(promised - timedelta(minutes=29))
        self.assertEqual(self.fired(), 1)
        self.tick_clock(promised - timedelta(minutes=28))
        self.assertEqual(self.fired(), 1)

    def test_rule_on_the_promise_fires_when_the_car_becomes_late(self):
        self.make_count_rule("promise_state", ("!=", "late"), "late")
        promised = self.promise()
        self.tick_clock(promised)
        self.assertEqual(self.fired(), 0)
        self.tick_clock(promised + timedelta(seconds=1))
        self.assertEqual(self.fired(), 1)

    @users("advisor")
    def test_other_change_by_a_user_neither_fires_the_promise_nor_swallows_it(self):
        self.make_count_rule("promise_state", ("!=", "late"), "late")
        promised = self.promise()
        with freeze_time(promised + timedelta(minutes=1)):
            self.env.invalidate_all()
            self.reception.with_env(self.env).wash = False
            self.assertEqual(self.reception.promise_state, "late")
            self.assertEqual(self.fired(), 0)
        self.tick_clock(promised + timedelta(minutes=2))
        self.assertEqual(self.fired(), 1)

    @users("advisor")
    def test_rule_fires_when_a_supplement_is_offered_and_when_it_is_decided(self):
        self.bring_to(self.reception, "authorized")
        self.make_rule(
            "supplement_state",
            "record.write({'belongings': (record.belongings or '') + str("
            "record.supplement_state) + ' '})",
        )
        first = self.make_order(self.reception, self.part)
        self.env.flush_all()
        self.agree(first)
        self.env.flush_all()
        second = self.make_order(self.reception, self.part)
        self.env.flush_all()
        self.agree(second, declined={second.order_line.id: "太贵"})
        self.env.flush_all()
        self.assertEqual(
            self.reception.belongings.split(),
            ["pending", "approved", "pending", "partial"],
        )

    @users("advisor")
    def test_rule_may_press_a_button(self):
        self.make_rule(
            "date_greeted", "record.check_ids.action_done()\nrecord.action_inspect()"
        )
        self.reception.with_env(self.env).action_greet()
        self.assertEqual(self.reception.state, "inspected")

    @users("advisor")
    def test_rule_cannot_write_the_state_either(self):
        self.make_rule("wash", "record.write({'state': 'delivered'})")
        with self.assertRaisesRegex(UserError, "is set by the process"):
            self.reception.with_env(self.env).wash = False
