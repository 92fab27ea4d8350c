from odoo import api, models
from odoo.fields import Command


class DealerWarrantyClaim(models.Model):
    """The settlement makes claims: one for each order that the manufacturer pays."""

    _name = "dealer.warranty.claim"
    _inherit = "dealer.warranty.claim"
    _INTAKE = ("_lay_aside",)

    @api.model
    def _make_for(self, orders):
        """Claims for orders that are settled and have none."""
        # whoever settles makes them by it, and enters none
        claims = self.sudo()
        return claims._create_by_method(
            [claims._values_for(order) for order in orders]
        ).with_env(self.env)

    @api.model
    def _values_for(self, order):
        """What is known of a claim the moment the work is settled."""
        visit = order.reception_id
        shop = visit.company_id
        today = shop._dealer_today()
        lines = order.order_line.filtered(lambda line: line._is_claimable())
        kind = lines.product_id.filtered("dealer_claim_kind")[:1].dealer_claim_kind
        if order.dealer_campaign_car_ids:
            kind = "campaign"
        kind = kind or "repair"
        return {
            "company_id": shop.id,
            "kind": kind,
            "reception_id": visit.id,
            "order_id": order.id,
            "vehicle_id": visit.vehicle_id.id,
            "partner_id": order.partner_invoice_id.commercial_partner_id.id,
            "date_repair": today,
            "date_deadline": self._deadline(shop, today),
            "odometer": visit.odometer,
            **self._fault_of(order),
            "asked_total": order._amount_of(lines, "qty_to_invoice"),
            "line_ids": [
                Command.create(line._claim_values(number, kind))
                for number, line in enumerate(lines, 1)
            ],
        }

    @api.model
    def _fault_of(self, order):
        """What failed: what the manufacturer has named itself, or the visit has."""
        if campaign := order.dealer_campaign_car_ids.campaign_id[:1]:
            return {
                "fault_code": campaign.code,
                "fault_text": campaign.name,
                "cause": campaign.text or campaign.name,
            }
        concerns = order.reception_id.concern_ids
        concern = concerns.filtered("fault_code")[:1] or concerns[:1]
        return {
            "fault_code": concern.fault_code,
            "fault_text": concern.name,
            "cause": concern.cause,
        }

    def _lay_aside(self):
        """What was replaced is kept; a single part is the cause."""
        for claim in self:
            parts = claim.line_ids.filtered(lambda line: line.line_kind == "part")
            if claim.kind in ("repair", "campaign"):
                self.env["dealer.old.part"]._keep_for(parts)
            if len(parts) == 1:
                claim.causal_line_id = parts
