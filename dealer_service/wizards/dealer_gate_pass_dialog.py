from odoo import api, fields, models

from ..models.gate.dealer_gate_pass import BY_VISIT, REASONS


class DealerGatePassDialog(models.TransientModel):
    """Why a car in the house goes out, and how long it may take."""

    _name = "dealer.gate.pass.dialog"
    _description = "Issue a Gate Pass"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    reason = fields.Selection(
        [(key, label) for key, label in REASONS if key not in BY_VISIT],
        required=True,
        default="road_test",
    )
    minutes = fields.Integer(
        "Valid For (min)", compute="_compute_minutes", store=True, readonly=False
    )

    @api.depends("reception_id")
    def _compute_minutes(self):
        for dialog in self:
            # how long a pass is valid is a matter of the shop, not of who asks
            shop = dialog.reception_id.sudo().company_id
            dialog.minutes = shop.dealer_gate_minutes

    def action_issue(self):
        """Issue the pass, and show it to be printed."""
        self.ensure_one()
        gate_pass = self.reception_id.action_send_out(self.reason, self.minutes)
        return gate_pass.action_print()
