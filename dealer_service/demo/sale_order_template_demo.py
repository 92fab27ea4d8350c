"""The packages of the demo dealership."""

from odoo import fields, models


class SaleOrderTemplate(models.Model):
    """Lines of the demo packages."""

    _name = "sale.order.template"
    _inherit = "sale.order.template"

    def _demo_lines(self):
        """What the package puts on an order."""
        return [
            fields.Command.create(
                {
                    "product_id": line.product_id.id,
                    "product_uom_qty": line.product_uom_qty,
                }
            )
            for line in self.sale_order_template_line_ids
        ]
