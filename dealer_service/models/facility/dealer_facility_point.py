from odoo import fields, models

#: What customers see of a shop, and where they are.
AREAS = [
    ("waiting", "Waiting Area"),
    ("toilet", "Toilets"),
    ("offer", "Drinks and Snacks"),
    ("network", "Network and Charging"),
    ("workshop", "Workshop, Tidy and Safe"),
    ("outside", "Entrance and Parking"),
    ("other", "Other"),
]


class DealerFacilityPoint(models.Model):
    """Something of the rooms that is looked at on every round (巡检项目)."""

    _name = "dealer.facility.point"
    _description = "Point of the Facility Round"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("What to Look At", required=True, translate=True)
    area = fields.Selection(AREAS, required=True, default="waiting")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)
