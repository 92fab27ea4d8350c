from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of booking and reminders, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_default_hours = fields.Float(
        related="company_id.dealer_default_hours", readonly=False
    )
    dealer_advisor_ids = fields.Many2many(
        related="company_id.dealer_advisor_ids", readonly=False
    )
    dealer_reminder_day_template_id = fields.Many2one(
        related="company_id.dealer_reminder_day_template_id", readonly=False
    )
    dealer_reminder_hour_template_id = fields.Many2one(
        related="company_id.dealer_reminder_hour_template_id", readonly=False
    )
    dealer_reminder_sms = fields.Boolean(
        related="company_id.dealer_reminder_sms", readonly=False
    )
    dealer_reminder_sms_text = fields.Text(
        related="company_id.dealer_reminder_sms_text", readonly=False
    )
