from odoo import fields, models


class DealerRetention(models.Model):
    """A law that makes the shop keep papers, and for how long."""

    _name = "dealer.retention"
    _description = "Retention Period"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    code = fields.Char(
        required=True,
        readonly=True,
        help="Technical code by which the program recognises this record.",
    )
    name = fields.Char("Documents", required=True, translate=True)
    years = fields.Integer(
        required=True, aggregator=None, help="Counted from the most recent record."
    )
    legal_basis = fields.Char(translate=True, help="The rule behind the figure.")

    _code_uniq = models.UniqueIndex("(code)", "A retention period has one record.")
    _check_years = models.Constraint(
        "CHECK(years >= 0)", "The years of a retention period cannot be negative."
    )
