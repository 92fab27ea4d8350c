from odoo import fields, models


class DealerStaffScale(models.Model):
    """What a measure is worth from a day on: its weight and its bands.

    Whoever changes what counts adds a scale with a later day. The months before it, and
    every sheet that was discussed, keep what they were judged by.
    """

    _name = "dealer.staff.scale"
    _description = "Weight and Bands of a Measure"
    _inherit = ["dealer.group.mixin"]
    _order = "measure_id, date_from desc, id"
    _rec_name = "date_from"

    measure_id = fields.Many2one(
        "dealer.staff.measure", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="measure_id.company_id", store=True, index=True
    )
    date_from = fields.Date(
        "Holds From",
        required=True,
        help="It counts for months that begin on this day or later.",
    )
    weight = fields.Float(
        digits=(5, 1),
        required=True,
        default=10.0,
        help="Beside the weights of the other measures of the role. 0, or no bands: "
        "shown, and worth no points.",
    )
    source = fields.Char(
        translate=True, help="Where it comes from: a rule of the group, a year."
    )
    band_ids = fields.One2many("dealer.staff.band", "scale_id", "Bands", copy=True)

    _date_uniq = models.UniqueIndex(
        "(measure_id, date_from)", "Another scale of this measure begins on that day."
    )
    _check_weight = models.Constraint(
        "CHECK(weight >= 0)", "A weight is not below zero."
    )
