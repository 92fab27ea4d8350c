from odoo import fields, models


class ProductTemplate(models.Model):
    """What the workshop has to know about labour."""

    _name = "product.template"
    _inherit = "product.template"

    repair_warranty_id = fields.Many2one(
        "dealer.repair.warranty",
        index="btree_not_null",
        ondelete="restrict",
        help="How long the shop answers for this kind of work.",
    )
