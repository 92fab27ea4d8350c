from odoo import api, fields, models

DEALER_KINDS = [
    ("labour", "Labour"),
    ("part", "Part"),
    ("sublet", "Sublet Work"),
    ("fee", "Fee"),
]


class ProductTemplate(models.Model):
    """Labour and parts as the service department sells them."""

    _name = "product.template"
    _inherit = "product.template"

    dealer_kind = fields.Selection(
        DEALER_KINDS,
        "Kind of Work",
        compute="_compute_dealer_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="Labour and parts are shown separately on the settlement.",
    )
    dealer_hours = fields.Float(
        "Standard Hours", help="Standard hours the manufacturer allows for this labour."
    )
    dealer_part_origin = fields.Selection(
        [
            ("oem", "Original Part"),
            ("aftermarket", "Aftermarket Part"),
            ("refurbished", "Refurbished Part"),
        ],
        "Origin of the Part",
        compute="_compute_dealer_part_origin",
        store=True,
        readonly=False,
        precompute=True,
        help="Must be stated to the customer (JT/T 816).",
    )
    system_id = fields.Many2one(
        "dealer.vehicle.system",
        "Vehicle System",
        index="btree_not_null",
        ondelete="restrict",
        help="The system of the car this belongs to, such as brakes or engine.",
    )
    repair_warranty_id = fields.Many2one(
        "dealer.repair.warranty",
        index="btree_not_null",
        ondelete="restrict",
        help="How long the shop guarantees this kind of work.",
    )

    @api.depends("type")
    def _compute_dealer_kind(self):
        for product in self:
            if not product.dealer_kind or (
                product.type != "service" and product.dealer_kind == "labour"
            ):
                product.dealer_kind = "labour" if product.type == "service" else "part"

    @api.depends("dealer_kind")
    def _compute_dealer_part_origin(self):
        for product in self:
            product.dealer_part_origin = product.dealer_kind == "part" and (
                product.dealer_part_origin or "oem"
            )
