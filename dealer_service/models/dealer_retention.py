from odoo import fields, models


class DealerRetention(models.Model):
    """A law that makes the shop keep papers, and for how long."""

    _name = "dealer.retention"
    _description = "Retention Period"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    code = fields.Char(
        required=True, readonly=True, help="By it the program knows what is meant."
    )
    name = fields.Char("Papers", required=True, translate=True)
    years = fields.Integer(
        required=True, aggregator=None, help="Counted from the youngest of the papers."
    )
    legal_basis = fields.Char(help="The rule behind the figure.")

    _code_uniq = models.UniqueIndex("(code)", "A retention period has one record.")
    _check_years = models.Constraint(
        "CHECK(years >= 0)", "The years of a retention period cannot be negative."
    )
