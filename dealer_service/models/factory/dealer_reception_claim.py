from odoo import api, fields, models

from ...tools import groups
from ...tools.actions import open_form, open_list


class DealerReception(models.Model):
    """The claims of a visit. They hold neither the key nor the settlement."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    claim_ids = fields.One2many(
        "dealer.warranty.claim",
        "reception_id",
        "Warranty Claims",
        readonly=True,
        groups=groups.ADVISOR,
    )
    claim_count = fields.Integer(compute="_compute_claim_count", groups=groups.ADVISOR)

    @api.depends("claim_ids")
    def _compute_claim_count(self):
        for reception in self:
            reception.claim_count = len(reception.claim_ids)

    @api.depends("order_ids.dealer_claim_ids")
    def _compute_settlement_state(self):
        return super()._compute_settlement_state()

    def action_view_claims(self):
        """The warranty claims of the visit."""
        self.ensure_one()
        self.check_access("read")
        self.env["dealer.warranty.claim"].check_access("read")
        if len(self.claim_ids) == 1:
            return open_form(self.claim_ids)
        title = self.env._("Warranty Claims")
        claims = self.env["dealer.warranty.claim"]
        return open_list(claims, title, [("reception_id", "=", self.id)])
