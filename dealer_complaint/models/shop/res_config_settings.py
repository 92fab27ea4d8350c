from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The complaint desk's settings, by company."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_complaint_needs_callback = fields.Boolean(
        related="company_id.dealer_complaint_needs_callback", readonly=False
    )
    dealer_contact_proof = fields.Boolean(
        related="company_id.dealer_contact_proof", readonly=False
    )
    dealer_contact_seconds = fields.Integer(
        related="company_id.dealer_contact_seconds", readonly=False
    )
    dealer_complaint_repeat_days = fields.Integer(
        related="company_id.dealer_complaint_repeat_days", readonly=False
    )
    dealer_dissatisfaction_days = fields.Integer(
        related="company_id.dealer_dissatisfaction_days", readonly=False
    )
    dealer_complaint_cluster_size = fields.Integer(
        related="company_id.dealer_complaint_cluster_size", readonly=False
    )
    dealer_complaint_cluster_days = fields.Integer(
        related="company_id.dealer_complaint_cluster_days", readonly=False
    )
    dealer_complaint_on_low_rating = fields.Selection(
        related="company_id.dealer_complaint_on_low_rating", readonly=False
    )
    dealer_pause_total_days = fields.Integer(
        related="company_id.dealer_pause_total_days", readonly=False
    )
    dealer_complaint_remedy_limit = fields.Monetary(
        related="company_id.dealer_complaint_remedy_limit", readonly=False
    )
    dealer_complaint_remedy_days = fields.Integer(
        related="company_id.dealer_complaint_remedy_days", readonly=False
    )
    dealer_value_yearly = fields.Monetary(
        related="company_id.dealer_value_yearly", readonly=False
    )
    dealer_value_years = fields.Float(
        related="company_id.dealer_value_years", readonly=False
    )
    dealer_value_repurchase = fields.Float(
        related="company_id.dealer_value_repurchase", readonly=False
    )
    dealer_value_vehicle = fields.Monetary(
        related="company_id.dealer_value_vehicle", readonly=False
    )
    dealer_value_told_percent = fields.Float(
        related="company_id.dealer_value_told_percent", readonly=False
    )
    dealer_general_manager_id = fields.Many2one(
        related="company_id.dealer_general_manager_id", readonly=False
    )
    dealer_sla_digest_size = fields.Integer(
        related="company_id.dealer_sla_digest_size", readonly=False
    )
    dealer_complaint_alias_name = fields.Char(
        related="company_id.dealer_complaint_alias_name", readonly=False
    )
    dealer_complaint_alias_email = fields.Char(
        related="company_id.dealer_complaint_alias_email"
    )
    dealer_complaint_mail_customer = fields.Boolean(
        related="company_id.dealer_complaint_mail_customer", readonly=False
    )
