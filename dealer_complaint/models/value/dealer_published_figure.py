from odoo import api, fields, models, tools

from odoo.addons.dealer_service.models.common.dealer_cached_mixin import KEPT_FOR


class DealerPublishedFigure(models.Model):
    """A figure that is quoted: from where, of which year, and how sure it is.

    How many customers come back stands in the return rates.
    """

    _name = "dealer.published.figure"
    _description = "Published Figure"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin"]
    _order = "sequence, id"

    code = fields.Char(readonly=True, copy=False)
    name = fields.Char("What It Says", required=True, translate=True)
    value = fields.Float(required=True, digits=(12, 1))
    value_to = fields.Float(
        "Up To", digits=(12, 1), help="Where a range is published; otherwise 0."
    )
    unit = fields.Char(translate=True)
    source = fields.Char("Source of the Figure", required=True, translate=True)
    year = fields.Char(help="As published; empty where no year is known.")
    certainty = fields.Selection(
        [("proven", "Study Known"), ("quoted", "Often Quoted, Study Not Found")],
        "How Sure",
        required=True,
        default="quoted",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "Another figure already has this code."
    )
    _check_range = models.Constraint(
        "CHECK(value >= 0 AND (value_to = 0 OR value_to >= value))",
        "A range does not end before it begins.",
    )

    @api.model
    @tools.ormcache("code", KEPT_FOR)
    def _middle(self, code):
        """The figure, or the middle of its range; 0 where the shop has none."""
        # figures are the same for whoever takes a complaint in
        row = self.sudo().search([("code", "=", code)], limit=1)
        return (row.value + row.value_to) / 2 if row.value_to else row.value

    def write(self, vals):
        result = super().write(vals)
        if {"value", "value_to", "active"} & set(vals):
            # the estimates follow, whoever may see the complaints
            self.env["dealer.complaint"].sudo()._estimate_anew()
        return result
