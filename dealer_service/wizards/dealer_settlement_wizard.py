from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.orders.dealer_reception_settlement import VarianceReasonRequired


class DealerSettlementWizard(models.TransientModel):
    """The settlement is explained: agreed beside actual, then the invoices."""

    _name = "dealer.settlement.wizard"
    _description = "Settlement"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    version = fields.Char(help="Fingerprint of what the dialog shows.")
    currency_id = fields.Many2one(related="reception_id.currency_id")
    settlement_html = fields.Html(related="reception_id.settlement_html")
    agreed = fields.Monetary(related="reception_id.estimate_total")
    settled = fields.Monetary(compute="_compute_variance")
    difference = fields.Monetary(compute="_compute_variance")
    needs_reason = fields.Boolean(compute="_compute_variance")
    variance_reason = fields.Text(
        "Reason for the Difference",
        compute="_compute_from_visit",
        store=True,
        readonly=False,
    )
    old_parts = fields.Selection(
        [
            ("taken", "Taken Along"),
            ("given_up", "Left with the Shop"),
            ("none", "No Old Parts"),
        ],
        compute="_compute_from_visit",
        store=True,
        readonly=False,
        required=True,
    )
    odometer_out = fields.Integer(
        "Odometer Out (km)",
        compute="_compute_from_visit",
        store=True,
        readonly=False,
        aggregator=None,
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        reception = self.env["dealer.reception"].browse(values.get("reception_id"))
        if reception and "version" in fields:
            values["version"] = reception._settlement_version()
        return values

    @api.depends("reception_id")
    def _compute_variance(self):
        for wizard in self:
            visit = wizard.reception_id
            wizard.settled, wizard.difference, wizard.needs_reason = (
                visit._variance() if visit else (0, 0, False)
            )

    @api.depends("reception_id")
    def _compute_from_visit(self):
        for wizard in self:
            reception = wizard.reception_id
            # a reason of another difference is none for what is explained now
            is_explained = reception and not reception._unexplained()
            wizard.variance_reason = reception.variance_reason if is_explained else ""
            wizard.old_parts = reception.old_parts
            wizard.odometer_out = reception.odometer_out or reception.odometer

    def action_settle(self):
        """Take over the declarations, then settle."""
        self.ensure_one()
        if self.version and self.version != self.reception_id._settlement_version():
            raise UserError(
                self.env._(
                    "The settlement of %(visit)s has changed since you opened it. "
                    "Please open it again and explain the current one.",
                    visit=self.reception_id.name,
                )
            )
        if self.needs_reason and not (self.variance_reason or "").strip():
            raise VarianceReasonRequired(
                self.env._("Please enter the reason for the difference.")
            )
        self.reception_id.write(
            {
                "variance_reason": self.variance_reason,
                "old_parts": self.old_parts,
                "odometer_out": self.odometer_out,
            }
        )
        return self.reception_id.action_settle()
