from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The follow-up settings, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_call_hours = fields.Char(
        related="company_id.dealer_call_hours", readonly=False
    )
    dealer_calls_per_day = fields.Integer(
        related="company_id.dealer_calls_per_day", readonly=False
    )
    dealer_call_gap_minutes = fields.Integer(
        related="company_id.dealer_call_gap_minutes", readonly=False
    )
    dealer_followup_proof = fields.Boolean(
        related="company_id.dealer_followup_proof", readonly=False
    )
    dealer_reached_seconds = fields.Integer(
        related="company_id.dealer_reached_seconds", readonly=False
    )
    dealer_marketing_limit = fields.Integer(
        related="company_id.dealer_marketing_limit", readonly=False
    )
    dealer_marketing_limit_days = fields.Integer(
        related="company_id.dealer_marketing_limit_days", readonly=False
    )
    dealer_marketing_needs_consent = fields.Boolean(
        related="company_id.dealer_marketing_needs_consent", readonly=False
    )
    dealer_conversion_days = fields.Integer(
        related="company_id.dealer_conversion_days", readonly=False
    )
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
    dealer_lounge_survey_id = fields.Many2one(
        related="company_id.dealer_lounge_survey_id", readonly=False
    )
    dealer_unhappy_action = fields.Selection(
        related="company_id.dealer_unhappy_action", readonly=False
    )
    dealer_certificate_days = fields.Integer(
        related="company_id.dealer_certificate_days", readonly=False
    )
