from odoo import fields, models


class ResCompany(models.Model):
    """What a shop reckons with when it plans its care."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_minutes_per_call = fields.Float(
        "Minutes per Call",
        default=4.0,
        help="Average, including unanswered calls. Used to estimate the workload in "
        "the care calendar.",
    )


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_minutes_per_call = fields.Float(
        related="company_id.dealer_minutes_per_call", readonly=False
    )
