import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.inspection.multipoint import scale

#: Where on the car, in the order in which one walks around and under it.
AREAS = [
    ("inside", "Inside and Lights"),
    ("front", "Under the Bonnet"),
    ("drive", "High Voltage"),
    ("tyres", "Wheels and Tyres"),
    ("brakes", "Brakes"),
    ("below", "Under the Car"),
    ("road", "Road Test"),
]
WORSE = [("low", "Lower Is Worse"), ("high", "Higher Is Worse")]


class DealerMultipointItem(models.Model):
    """Something of a car that is looked at or measured (检查项目), and what is done
    about it."""

    _name = "dealer.multipoint.item"
    _description = "Inspection Item"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=100)
    name = fields.Char("Item", required=True, translate=True)
    code = fields.Char(
        required=True,
        default=lambda self: self._new_code(),
        help="Values with the same code are the same thing, from visit to visit and "
        "from list to list. The copy of a shop keeps it.",
    )
    area = fields.Selection(AREAS, required=True, default="inside")
    system_id = fields.Many2one(
        "dealer.vehicle.system", index="btree_not_null", ondelete="restrict"
    )
    customer_words = fields.Text(
        "In Plain Words",
        translate=True,
        help="What it means for the customer, when it is not in order.",
    )
    guide = fields.Text(
        "How to Check", translate=True, help="Where and how, for the technician."
    )

    # what is measured
    is_measured = fields.Boolean("Measured")
    unit = fields.Char(translate=True)
    worse = fields.Selection(WORSE, "Direction", required=True, default="low")
    limit_amber = fields.Float(
        "Amber Limit",
        digits=(8, 2),
        help="Beyond it the value is amber. At the limit it is still in order.",
    )
    limit_red = fields.Float("Red Limit", digits=(8, 2))
    source = fields.Char(
        "Source of the Limits",
        translate=True,
        help="The standard with its year, or the practice of the trade. The service "
        "manual of the model comes first.",
    )
    possible_from = fields.Float(
        digits=(8, 2),
        help="A value that is smaller or larger is a slip of the finger, and is "
        "refused. 0 and 0: whatever is measured.",
    )
    possible_to = fields.Float(digits=(8, 2))
    scale_from = fields.Float("Values From", digits=(8, 2))
    scale_to = fields.Float("Values To", digits=(8, 2))
    scale_step = fields.Float(
        "In Steps Of",
        digits=(8, 2),
        help="Values that are offered to be tapped. Any other is typed.",
    )

    # what is done about it
    work = fields.Char(
        "Canned Job",
        translate=True,
        help="What the estimate offers when the item is amber or red. Items with the "
        "same job, such as both front tyres, are offered once.",
    )
    package_id = fields.Many2one(
        "sale.order.template",
        "Package of the Job",
        company_dependent=True,
        help="Each shop has its own. Labour and parts with their prices. Without one, "
        "the job stands on the estimate in its words, and the advisor puts the price.",
    )

    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE active",
        "The shop has a row of its own for this item already. Change that one.",
    )

    @api.model
    def _new_code(self):
        return f"item_{secrets.token_hex(4)}"

    @api.constrains("is_measured", "worse", "limit_amber", "limit_red")
    def _check_limits(self):
        for item in self.filtered("is_measured"):
            first, last = item.limit_red, item.limit_amber
            if item.worse == "high":
                first, last = last, first
            if first > last:
                raise ValidationError(
                    self.env._(
                        "%(item)s: a value comes to the amber limit before it comes "
                        "to the red one.",
                        item=item.name,
                    )
                )

    def _is_possible(self, value):
        """Whether the value can be that of a car at all."""
        self.ensure_one()
        low, high = self.possible_from, self.possible_to
        return low == high or low <= value <= high

    def copy_data(self, default=None):
        """A copy is another item, unless it is that of a shop."""
        rows = super().copy_data(default)
        if not (default or {}).get("company_id"):
            for row in rows:
                row["code"] = self._new_code()
        return rows

    def _scale(self):
        """The values that are offered to be tapped."""
        self.ensure_one()
        if not self.is_measured:
            return []
        return scale(self.scale_from, self.scale_to, self.scale_step)
