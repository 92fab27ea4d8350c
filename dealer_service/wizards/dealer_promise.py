from odoo import api, fields, models


class DealerPromise(models.TransientModel):
    """When the car will be ready, for a visit that has agreed work but no promise."""

    _name = "dealer.promise"
    _description = "Promised Time"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    date_promised = fields.Datetime(
        "Promised For",
        compute="_compute_date_promised",
        store=True,
        readonly=False,
    )

    @api.depends("reception_id")
    def _compute_date_promised(self):
        """A proposal for the advisor, who knows how busy the workshop is."""
        for dialog in self:
            visit = dialog.reception_id
            dialog.date_promised = visit and visit._propose_promise()

    def action_authorize(self):
        """Enter the promise, and let the work begin."""
        self.ensure_one()
        self.reception_id.date_promised = self.date_promised
        self.reception_id.action_authorize()
        return {"type": "ir.actions.act_window_close"}
