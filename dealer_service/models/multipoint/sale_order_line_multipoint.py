from odoo import fields, models

from ...tools import groups


class SaleOrderLine(models.Model):
    """A line that an inspection has proposed knows what was found."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    multipoint_finding_ids = fields.Many2many(
        "dealer.multipoint.finding",
        "dealer_multipoint_finding_line_rel",
        "line_id",
        "finding_id",
        "Found by Inspection",
        readonly=True,
        copy=False,
        groups=groups.ADVISOR,
    )
