from odoo import fields, models


class IrActionsServer(models.Model):
    """“Create a Callback”: a kind of action for a rule of any model."""

    _name = "ir.actions.server"
    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[("dealer_callback", "Create a Callback"), ("followers",)],
        ondelete={"dealer_callback": "cascade"},
    )
    dealer_care_rule_id = fields.Many2one(
        "dealer.care.rule",
        domain="[('source', '=', 'manual')]",
        ondelete="restrict",
        help="The rule whose script and callers the callback uses; by default, the "
        "callback by hand.",
    )
    dealer_callback_days = fields.Integer(
        "Call After (days)", help="0: call today, during the next calling hours."
    )

    def _run_action_dealer_callback_multi(self, eval_context=None):
        """One callback for each record; a record that names no customer has none."""
        records = eval_context.get("records") or eval_context.get("record")
        # whoever makes the rule fire has no rights on care rules and follow-ups
        rules = self.env["dealer.care.rule"].sudo()
        # nor, perhaps, on all that the record names: its customer, car and shop
        for record in (records or self.browse()).sudo():
            shop = rules._named_by(record, "res.company", "company_id")
            today = (shop or self.env.company)._dealer_today()
            rules._callback_for(
                record,
                day=fields.Date.add(today, days=self.dealer_callback_days),
                # applied by whoever sets the action off, who need not read rules
                # as above: the rule belongs to the managers
                rule=self.dealer_care_rule_id.sudo(),
            )
        return False
