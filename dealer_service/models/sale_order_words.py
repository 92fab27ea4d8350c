from odoo import api, fields, models


class SaleOrder(models.Model):
    """The orders of a visit speak the words of the service desk, not of sale."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_state = fields.Selection(
        [
            ("offer", "Estimate"),
            ("sent", "Sent to the Customer"),
            ("agreed", "Work Order"),
            ("cancelled", "Cancelled"),
        ],
        "Stage",
        compute="_compute_dealer_state",
        help="An estimate or supplement becomes a work order with the customer's"
        " consent.",
    )

    @api.depends("state")
    def _compute_dealer_state(self):
        stages = {"draft": "offer", "sent": "sent", "sale": "agreed"}
        for order in self:
            order.dealer_state = stages.get(order.state, "cancelled")

    @api.depends("reception_id", "dealer_kind")
    def _compute_type_name(self):
        ours = self.filtered("reception_id")
        for order in ours:
            if order.state == "sale":
                order.type_name = self.env._("Work Order")
            else:
                order.type_name = order._selection_label("dealer_kind")
        return super(SaleOrder, self - ours)._compute_type_name()
