from odoo import fields, models


class ResCompany(models.Model):
    """When a month of a person is told in points at all."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_staff_cover = fields.Integer(
        "Weights That Must Be Measured (%)",
        default=50,
        help="Where less of the weights rests on enough values, the sheet of the month "
        "shows the figures and no total.",
    )

    _check_dealer_staff_cover = models.Constraint(
        "CHECK(dealer_staff_cover BETWEEN 0 AND 100)",
        "The weights that must be measured are between 0 and 100 percent.",
    )
