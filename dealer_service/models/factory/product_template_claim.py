from odoo import fields, models

#: What a claim is for. Whoever sells the car and services it first is paid flat sums.
CLAIM_KINDS = [
    ("repair", "Warranty Repair"),
    ("first_service", "First Service"),
    ("pre_delivery", "Pre-Delivery Inspection"),
    ("campaign", "Recall or Campaign"),
]
#: Those that are recognised by the work itself.
FLAT_KINDS = CLAIM_KINDS[1:3]


class ProductTemplate(models.Model):
    """Work that the manufacturer pays a flat sum for."""

    _name = "product.template"
    _inherit = "product.template"

    dealer_claim_kind = fields.Selection(
        FLAT_KINDS,
        "Claimed As",
        help="An order with this work, paid by the manufacturer, is claimed as such, "
        "at the prices of the order. Empty: as a warranty repair.",
    )
