from odoo import api, fields, models


class SaleOrderTemplate(models.Model):
    """A service package (保养套餐) knows how long the workshop needs for it."""

    _name = "sale.order.template"
    _inherit = "sale.order.template"

    dealer_hours = fields.Float(
        "Technician-hours",
        compute="_compute_dealer_hours",
        # whoever books may know how long a package takes, not what it costs
        compute_sudo=True,
        help="Sum of the standard hours of its labour.",
    )

    @api.depends(
        "sale_order_template_line_ids.product_uom_qty",
        "sale_order_template_line_ids.product_id.dealer_hours",
    )
    def _compute_dealer_hours(self):
        for package in self:
            package.dealer_hours = sum(
                line.product_uom_qty * line.product_id.dealer_hours
                for line in package.sale_order_template_line_ids
            )
