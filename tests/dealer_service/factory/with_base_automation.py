"""Automation rules on claims, old parts and recalls: run by test_beside_modules.py on a
database of its own.

Needs ``base_automation``, which the suite does not depend on.
"""

from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users

from .claim_case import HandedOut
from .test_campaigns import CampaignCase


class TestRulesOfTheFactory(HandedOut, CampaignCase):
    @classmethod
    def make_rule(cls, model, trigger="state"):
        """A rule of an administrator that notes each state on a card."""
        # an administrator makes the rules, whoever makes them fire
        env = cls.env(user=SUPERUSER_ID)
        card = env["res.partner"].create({"name": model})
        rule = env["base.automation"].create(
            {
                "name": model,
                "model_id": env["ir.model"]._get(model).id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [
                    Command.set(env["ir.model.fields"]._get(model, trigger).ids)
                ],
            }
        )
        env["ir.actions.server"].create(
            {
                "name": model,
                "model_id": rule.model_id.id,
                "state": "code",
                "code": f"card = env['res.partner'].browse({card.id})\n"
                "card.write({'ref': (card.ref or '') + record.state + ' '})",
                "base_automation_id": rule.id,
                "usage": "base_automation",
            }
        )
        return card

    def states(self, card):
        self.env.flush_all()
        card.invalidate_recordset()
        return (card.ref or "").split()

    @users("manager")
    def test_rule_fires_on_every_state_of_a_claim(self):
        card = self.make_rule("dealer.warranty.claim")
        claim = self.answered(labour=300.0)
        claim.action_appeal("有照片为证")
        claim.action_answer()
        claim.action_invoice()
        claim._factory_bills().sudo().action_post()
        claim.line_ids[0].write({"rest_to": "internal", "rest_reason": "车间承担"})
        claim.action_settle()
        self.assertEqual(
            self.states(card),
            "draft submitted answered submitted answered settled".split(),
        )

    @users("manager")
    def test_rule_fires_on_a_claim_that_is_sent_back_and_given_up(self):
        card = self.make_rule("dealer.warranty.claim")
        claim = self.submitted()
        claim.action_sent_back("缺照片")
        claim.action_give_up("超出期限")
        self.assertEqual(self.states(card), ["draft", "submitted", "draft", "answered"])

    @users("manager")
    def test_rule_fires_on_every_state_of_an_old_part(self):
        card = self.make_rule("dealer.old.part")
        part = self.claim().old_part_ids
        part.action_put_on_list()
        part.action_take_off_list()
        part.action_put_on_list()
        part.return_id.action_send()
        self.assertEqual(
            self.states(card), ["kept", "listed", "kept", "listed", "returned"]
        )

    @users("manager")
    def test_rule_fires_on_a_parcel_that_leaves(self):
        card = self.make_rule("dealer.old.part.return")
        part = self.claim().old_part_ids
        part.action_put_on_list()
        part.return_id.action_send()
        self.assertEqual(self.states(card), ["open", "sent"])

    @users("manager")
    def test_rule_fires_on_every_state_of_a_car_of_a_recall(self):
        card = self.make_rule("dealer.factory.campaign.car")
        row = self.campaign.car_ids.with_env(self.env)
        row.action_exclude("已报废")
        row.action_include()
        row.action_done_elsewhere("南京店 2026-03-02")
        self.assertEqual(self.states(card), ["excluded", "open", "done"])

    @users("advisor")
    def test_rule_fires_when_the_visit_does_the_recall(self):
        card = self.make_rule("dealer.factory.campaign.car")
        visit = self.reception.with_env(self.env)
        order = self.env["sale.order"].browse(visit.action_add_campaigns()["res_id"])
        order.order_line = [(0, 0, {"product_id": self.hose.id})]
        self.settle()
        self.assertEqual(self.states(card), ["done"])

    @users("manager")
    def test_rule_cannot_write_the_state_of_a_claim_either(self):
        claim = self.submitted()
        card = self.make_rule("dealer.warranty.claim", trigger="factory_number")
        action = self.env["ir.actions.server"].sudo().search([("name", "=", card.name)])
        action.code = "record.write({'state': 'settled'})"
        with self.assertRaisesRegex(UserError, "is set by the process"):
            claim.factory_number = "QR-88"
