from odoo import api, models
from odoo.tools import SQL

from .sale_order_line import AGREED_FIELDS


class SaleOrderLine(models.Model):
    """Who changes an offer while it is being decided waits for the decision.

    A line that changes the amount writes to its order, and PostgreSQL lets one of the
    two run again. A line without a price writes nothing there by itself.
    """

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for order, added in lines.grouped("order_id").items():
            if order.currency_id.is_zero(sum(added.mapped("price_total"))):
                added._claim_order()
        return lines

    def write(self, vals):
        if AGREED_FIELDS.intersection(vals):
            self._claim_order()
        return super().write(vals)

    def unlink(self):
        self._claim_order()
        return super().unlink()

    def _claim_order(self):
        """Have the orders to oneself, by a write that changes nothing."""
        ids = self.order_id.filtered("reception_id").ids
        if ids:
            self.env.cr.execute(
                SQL("UPDATE sale_order SET id = id WHERE id IN %s", tuple(ids))
            )
