from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The boundaries of classes and life cycle, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_dormant_months = fields.Integer(
        related="company_id.dealer_dormant_months", readonly=False
    )
    dealer_lost_months = fields.Integer(
        related="company_id.dealer_lost_months", readonly=False
    )
    dealer_class_a_visits = fields.Integer(
        related="company_id.dealer_class_a_visits", readonly=False
    )
    dealer_class_b_visits = fields.Integer(
        related="company_id.dealer_class_b_visits", readonly=False
    )
