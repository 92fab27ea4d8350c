from odoo import fields, models


class DealerFollowupCancel(models.TransientModel):
    """Why customers are not to be called."""

    _name = "dealer.followup.cancel"
    _description = "Cancel Follow-ups"
    _inherit = "dealer.dialog.mixin"

    followup_ids = fields.Many2many("dealer.followup", required=True)
    reason = fields.Text("Reason for Not Calling", required=True)

    def action_confirm(self):
        """Cancel them."""
        self.followup_ids.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
