from odoo import models


class SaleOrderLine(models.Model):
    """How much of a line is told to customers, in words of the trade."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _unit_label(self):
        """The unit of this line: Odoo counts in “Units” whatever has no other."""
        self.ensure_one()
        unit, kind = self.product_uom_id, self.dealer_kind
        if unit == self.env.ref("uom.product_uom_unit", raise_if_not_found=False):
            return self.env._("pcs") if kind == "part" else self.env._("item(s)")
        hour = self.env.ref("uom.product_uom_hour", raise_if_not_found=False)
        if kind == "labour" and unit == hour:
            return self.env._("hours of labour")
        return unit.name
