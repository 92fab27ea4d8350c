from odoo import fields, models
from odoo.tools import SQL


class DealerCareRule(models.Model):
    """Rules for some classes and stages of life only."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    segment_ids = fields.Many2many(
        "dealer.segment",
        string="Class and Life Cycle",
        help="Only customers of one of these classes, and in one of these stages."
        " Empty: everyone.",
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
