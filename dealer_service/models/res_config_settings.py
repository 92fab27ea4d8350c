from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The service department's settings, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_calendar_id = fields.Many2one(
        related="company_id.dealer_calendar_id", readonly=False
    )
    dealer_slot_minutes = fields.Integer(
        related="company_id.dealer_slot_minutes", readonly=False
    )
    dealer_receptions_per_advisor = fields.Integer(
        related="company_id.dealer_receptions_per_advisor", readonly=False
    )
    dealer_utilisation = fields.Float(
        related="company_id.dealer_utilisation", readonly=False
    )
    dealer_reserve_walkin_hours = fields.Float(
        related="company_id.dealer_reserve_walkin_hours", readonly=False
    )
    dealer_reserve_supplement_hours = fields.Float(
        related="company_id.dealer_reserve_supplement_hours", readonly=False
    )
    dealer_reminder_day_before = fields.Boolean(
        related="company_id.dealer_reminder_day_before", readonly=False
    )
    dealer_reminder_hours_before = fields.Float(
        related="company_id.dealer_reminder_hours_before", readonly=False
    )
    dealer_grace_minutes = fields.Integer(
        related="company_id.dealer_grace_minutes", readonly=False
    )
    dealer_promise_warn_minutes = fields.Integer(
        related="company_id.dealer_promise_warn_minutes", readonly=False
    )
    dealer_progress_minutes = fields.Integer(
        related="company_id.dealer_progress_minutes", readonly=False
    )
    dealer_autocomplete_abroad = fields.Boolean(
        "Complete companies by Odoo's service",
        config_parameter="dealer_service.autocomplete_abroad",
    )
    dealer_variance_percent = fields.Float(
        related="company_id.dealer_variance_percent", readonly=False
    )
