from odoo import fields, models


class DealerCallDecision(models.TransientModel):
    """Whose call it was, and why that is known; or that it was none of a customer's."""

    _name = "dealer.call.decision"
    _description = "Decision About a Call"
    _inherit = "dealer.dialog.mixin"

    call_id = fields.Many2one("dealer.call.record", required=True, readonly=True)
    number = fields.Char(related="call_id.number")
    proposal_ids = fields.Many2many(related="call_id.proposal_ids")
    partner_id = fields.Many2one("res.partner", "Customer")
    reason = fields.Char(required=True)

    def action_apply(self):
        """The call was this customer's."""
        self.call_id.action_decide(self.partner_id.id, self.reason)
        return {"type": "ir.actions.act_window_close"}

    def action_set_aside(self):
        """The call was none of a customer's."""
        self.call_id.action_set_aside(self.reason)
        return {"type": "ir.actions.act_window_close"}
