from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The service department's settings, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_tz = fields.Selection(related="company_id.dealer_tz", readonly=False)
    dealer_hotline = fields.Char(related="company_id.dealer_hotline", readonly=False)
    dealer_filing_number = fields.Char(
        related="company_id.dealer_filing_number", readonly=False
    )
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
    dealer_staff_cover = fields.Integer(
        related="company_id.dealer_staff_cover", readonly=False
    )
    dealer_watch_at_once = fields.Integer(
        related="company_id.dealer_watch_at_once", readonly=False
    )
    dealer_watch_from = fields.Float(
        related="company_id.dealer_watch_from", readonly=False
    )
    dealer_watch_until = fields.Float(
        related="company_id.dealer_watch_until", readonly=False
    )
    dealer_watch_minutes = fields.Integer(
        related="company_id.dealer_watch_minutes", readonly=False
    )
    dealer_watch_by = fields.Char(related="company_id.dealer_watch_by", readonly=False)
    dealer_watch_words = fields.Text(
        related="company_id.dealer_watch_words", readonly=False
    )
    dealer_first_visit_plan_id = fields.Many2one(
        related="company_id.dealer_first_visit_plan_id", readonly=False
    )
    dealer_first_visit_user_id = fields.Many2one(
        related="company_id.dealer_first_visit_user_id", readonly=False
    )
    dealer_first_return_months = fields.Integer(
        related="company_id.dealer_first_return_months", readonly=False
    )
    dealer_progress_minutes = fields.Integer(
        related="company_id.dealer_progress_minutes", readonly=False
    )
    dealer_autocomplete_abroad = fields.Boolean(
        "Company Autocomplete by Odoo",
        config_parameter="dealer_service.autocomplete_abroad",
    )
    dealer_variance_percent = fields.Float(
        related="company_id.dealer_variance_percent", readonly=False
    )
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
    dealer_sms_provider = fields.Selection(
        related="company_id.dealer_sms_provider", readonly=False
    )
    dealer_message_mail = fields.Boolean(
        related="company_id.dealer_message_mail", readonly=False
    )
    dealer_message_order = fields.Selection(
        related="company_id.dealer_message_order", readonly=False
    )
    dealer_quiet_from = fields.Float(
        related="company_id.dealer_quiet_from", readonly=False
    )
    dealer_quiet_until = fields.Float(
        related="company_id.dealer_quiet_until", readonly=False
    )
    dealer_message_months = fields.Integer(
        related="company_id.dealer_message_months", readonly=False
    )
    dealer_stop_words = fields.Char(
        related="company_id.dealer_stop_words", readonly=False
    )
    dealer_online_booking = fields.Boolean(
        related="company_id.dealer_online_booking", readonly=False
    )
    dealer_video_seconds = fields.Integer(
        related="company_id.dealer_video_seconds", readonly=False
    )
    dealer_video_mb = fields.Integer(
        related="company_id.dealer_video_mb", readonly=False
    )
    dealer_online_days = fields.Integer(
        related="company_id.dealer_online_days", readonly=False
    )
    dealer_online_notice = fields.Float(
        related="company_id.dealer_online_notice", readonly=False
    )
    dealer_online_share = fields.Integer(
        related="company_id.dealer_online_share", readonly=False
    )
    dealer_online_change_hours = fields.Float(
        related="company_id.dealer_online_change_hours", readonly=False
    )
    dealer_online_package_ids = fields.Many2many(
        related="company_id.dealer_online_package_ids", readonly=False
    )
    dealer_online_user_id = fields.Many2one(
        related="company_id.dealer_online_user_id", readonly=False
    )
    dealer_online_privacy = fields.Text(
        related="company_id.dealer_online_privacy", readonly=False
    )
    dealer_icp_number = fields.Char(
        related="company_id.dealer_icp_number", readonly=False
    )
    dealer_pay_first = fields.Boolean(
        related="company_id.dealer_pay_first", readonly=False
    )
    dealer_gate_pass = fields.Boolean(
        related="company_id.dealer_gate_pass", readonly=False
    )
    dealer_gate_minutes = fields.Integer(
        related="company_id.dealer_gate_minutes", readonly=False
    )
    dealer_statement_days = fields.Integer(
        related="company_id.dealer_statement_days", readonly=False
    )
    dealer_call_prefixes = fields.Char(
        related="company_id.dealer_call_prefixes", readonly=False
    )
    dealer_dial_url = fields.Char(related="company_id.dealer_dial_url", readonly=False)
    dealer_call_minutes = fields.Integer(
        related="company_id.dealer_call_minutes", readonly=False
    )
    dealer_recording_announced = fields.Boolean(
        related="company_id.dealer_recording_announced", readonly=False
    )
    dealer_recording_since = fields.Datetime(
        related="company_id.dealer_recording_since"
    )
    dealer_recording_user_id = fields.Many2one(
        related="company_id.dealer_recording_user_id"
    )
    dealer_recording_days = fields.Integer(
        related="company_id.dealer_recording_days", readonly=False
    )
    dealer_call_days = fields.Integer(
        related="company_id.dealer_call_days", readonly=False
    )
    dealer_voucher_days = fields.Integer(
        related="company_id.dealer_voucher_days", readonly=False
    )
    dealer_discount_percent = fields.Float(
        related="company_id.dealer_discount_percent", readonly=False
    )
    dealer_rounding_limit = fields.Float(
        related="company_id.dealer_rounding_limit", readonly=False
    )
    dealer_team_id = fields.Many2one(
        related="company_id.dealer_team_id", readonly=False
    )
    dealer_warranty_partner_id = fields.Many2one(
        related="company_id.dealer_warranty_partner_id", readonly=False
    )
    dealer_internal_partner_id = fields.Many2one(
        related="company_id.dealer_internal_partner_id", readonly=False
    )
    dealer_goodwill_partner_id = fields.Many2one(
        related="company_id.dealer_goodwill_partner_id", readonly=False
    )
    dealer_remind_days = fields.Integer(
        related="company_id.dealer_remind_days", readonly=False
    )
    dealer_remind_safety_days = fields.Integer(
        related="company_id.dealer_remind_safety_days", readonly=False
    )
