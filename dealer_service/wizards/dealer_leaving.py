from odoo import fields, models

from ..models.visit.dealer_reception_left import LEAVING_REASONS


class DealerLeaving(models.TransientModel):
    """Why the customer leaves before the car was served."""

    _name = "dealer.leaving"
    _description = "Customer Left"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    reason = fields.Selection(LEAVING_REASONS, "Reason for Leaving", required=True)
    note = fields.Text("What the Customer Said")

    def action_leave(self):
        """End the visit."""
        self.ensure_one()
        self.reception_id.action_leave(self.reason, self.note)
        return {"type": "ir.actions.act_window_close"}
