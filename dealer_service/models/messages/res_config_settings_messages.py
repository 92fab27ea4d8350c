from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Who carries the messages of a shop: keys that administrators enter."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_sms_sign_name = fields.Char(
        related="company_id.dealer_sms_sign_name", readonly=False
    )
    dealer_sms_key_id = fields.Char(
        related="company_id.dealer_sms_key_id", readonly=False
    )
    dealer_sms_key_secret = fields.Char(
        related="company_id.dealer_sms_key_secret", readonly=False
    )
    dealer_sms_app_id = fields.Char(
        related="company_id.dealer_sms_app_id", readonly=False
    )
    dealer_sms_region = fields.Char(
        related="company_id.dealer_sms_region", readonly=False
    )
    dealer_sms_endpoint = fields.Char(
        related="company_id.dealer_sms_endpoint", readonly=False
    )
    dealer_sms_receipt_url = fields.Char(related="company_id.dealer_sms_receipt_url")
    dealer_sms_reply_url = fields.Char(related="company_id.dealer_sms_reply_url")
    dealer_wecom_corp_id = fields.Char(
        related="company_id.dealer_wecom_corp_id", readonly=False
    )
    dealer_wecom_agent_id = fields.Char(
        related="company_id.dealer_wecom_agent_id", readonly=False
    )
    dealer_wecom_secret = fields.Char(
        related="company_id.dealer_wecom_secret", readonly=False
    )
    dealer_wecom_robot_key = fields.Char(
        related="company_id.dealer_wecom_robot_key", readonly=False
    )
    dealer_wecom_endpoint = fields.Char(
        related="company_id.dealer_wecom_endpoint", readonly=False
    )
    dealer_wecom_problem = fields.Char(related="company_id.dealer_wecom_problem")

    def action_renew_sms_addresses(self):
        """New addresses for what the provider pushes; the old ones are dead."""
        return self.company_id.action_renew_sms_addresses()

    def action_check_sms_provider(self):
        """Say what is missing, before the first customer finds out."""
        return self.company_id.action_check_sms_provider()

    def action_check_wecom(self):
        """Ask WeCom whether keys and trusted address are right."""
        return self.company_id.action_check_wecom()
