from odoo import api, fields, models


class DealerStaffBand(models.Model):
    """From which value on a figure is worth how many points, of 100."""

    _name = "dealer.staff.band"
    _description = "Band of Points"
    _inherit = ["dealer.group.mixin"]
    _order = "scale_id, value, id"

    scale_id = fields.Many2one(
        "dealer.staff.scale", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scale_id.company_id", store=True, index=True)
    value = fields.Float("From", required=True, aggregator=None)
    points = fields.Float("Score", required=True, aggregator=None)

    _value_uniq = models.UniqueIndex(
        "(scale_id, value)", "Two bands begin with the same value."
    )
    _check_points = models.Constraint(
        "CHECK(points BETWEEN 0 AND 100)", "Points are between 0 and 100."
    )

    @api.depends("points", "value")
    def _compute_display_name(self):
        for band in self:
            band.display_name = f"{band.value:g} → {band.points:g}"
