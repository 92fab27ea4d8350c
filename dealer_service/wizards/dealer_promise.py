from odoo import api, fields, models

from ..tools.work_time import clock_hours


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
    basis = fields.Char(
        "Proposed From",
        compute="_compute_basis",
        help="What the proposed time is reckoned from.",
    )
    message = fields.Text(
        "Message to the Customer",
        compute="_compute_message",
        help="For WeChat or a text message.",
    )

    @api.depends("reception_id")
    def _compute_date_promised(self):
        """A proposal for the advisor, who knows more."""
        for dialog in self:
            visit = dialog.reception_id
            dialog.date_promised = visit and visit._propose_promise()

    @api.depends("reception_id")
    def _compute_basis(self):
        for dialog in self:
            visit = dialog.reception_id
            if not visit:
                dialog.basis = False
                continue
            wait, work, check = map(clock_hours, visit._promise_hours())
            dialog.basis = self.env._(
                "In opening hours: the wait for a technician is %(wait)s h, the work "
                "takes %(work)s h, the quality check %(check)s h.",
                wait=wait,
                work=work,
                check=check,
            )

    @api.depends("reception_id", "date_promised")
    def _compute_message(self):
        for dialog in self:
            date = dialog.date_promised
            dialog.message = date and dialog.reception_id._promise_text(date)

    def action_authorize(self):
        """Enter the promise, and let the work begin."""
        self.ensure_one()
        self.reception_id.date_promised = self.date_promised
        self.reception_id.action_authorize()
        return {"type": "ir.actions.act_window_close"}
