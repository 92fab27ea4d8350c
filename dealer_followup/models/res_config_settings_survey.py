from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of satisfaction, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_survey_days = fields.Integer(
        related="company_id.dealer_survey_days", readonly=False
    )
    dealer_survey_sms = fields.Boolean(
        related="company_id.dealer_survey_sms", readonly=False
    )
    dealer_index_low = fields.Float(
        related="company_id.dealer_index_low", readonly=False
    )
    dealer_factor_low = fields.Float(
        related="company_id.dealer_factor_low", readonly=False
    )
    dealer_nps_low = fields.Integer(related="company_id.dealer_nps_low", readonly=False)
    dealer_unhappy_action = fields.Selection(
        related="company_id.dealer_unhappy_action", readonly=False
    )
