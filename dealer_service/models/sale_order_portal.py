from odoo import models


class SaleOrder(models.Model):
    """The orders of a visit have a page of their own, where the customer decides."""

    _name = "sale.order"
    _inherit = "sale.order"

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for order in self.filtered("reception_id"):
            order.access_url = f"/my/service/orders/{order.id}"
        return result

    def _shop_threads(self):
        """What is written about the order of a visit; other sales are Odoo's."""
        return self.exists().filtered("reception_id")
