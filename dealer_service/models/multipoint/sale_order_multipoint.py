from odoo import models


class SaleOrder(models.Model):
    """What is decided about an order is decided about what it is to mend."""

    _name = "sale.order"
    _inherit = "sale.order"

    def _decide(self, declined, consent, signature=None):
        result = super()._decide(declined, consent, signature)
        # the customer decides on his link, without rights on inspections
        order = self.sudo()
        if order.reception_id.is_multipoint:
            order.order_line.multipoint_finding_ids._follow_decision()
        return result
