from odoo import fields, models
from odoo.tools import SQL

CLASSES = [
    ("a", "A – Regular"),
    ("b", "B – Occasional"),
    ("c", "C – Rare"),
    ("d", "D – None for a Year"),
]
LIFE_CYCLES = [
    ("new", "New"),
    ("active", "Active Customer"),
    ("dormant", "Dormant"),
    ("lost", "Lost"),
    ("won_back", "Won Back"),
    ("left", "Left"),
]


class DealerSegment(models.Model):
    """A class or a stage of life, to choose whom a rule is meant for.

    One record for each value of the two selections; the program knows what they mean,
    so there is nothing to add.
    """

    _name = "dealer.segment"
    _description = "Customer Segment"
    _order = "kind desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("class", "Class"), ("life_cycle", "Life Cycle")], required=True
    )
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex(
        "(kind, code)", "There can be only one segment for each class and stage."
    )


class DealerCareRule(models.Model):
    """Rules for some classes and stages of life only."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    segment_ids = fields.Many2many(
        "dealer.segment",
        string="Class and Life Cycle",
        help="Only customers of these classes and in these stages. Empty: everyone.",
    )

    def _vehicle_condition(self):
        condition = super()._vehicle_condition()
        columns = {"class": "customer_class", "life_cycle": "life_cycle"}
        for kind, segments in self.segment_ids.grouped("kind").items():
            condition = SQL(
                "%s AND %s IN %s",
                condition,
                SQL.identifier("v", columns[kind]),
                tuple(segments.mapped("code")),
            )
        return condition
