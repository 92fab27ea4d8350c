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
