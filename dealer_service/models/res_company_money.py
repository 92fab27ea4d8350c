from odoo import fields, models


class ResCompany(models.Model):
    """Who pays what the customer does not pay, and when declined work comes up."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_warranty_partner_id = fields.Many2one(
        "res.partner",
        "Manufacturer",
        help="Gets the invoice of the work under warranty.",
    )
    dealer_internal_partner_id = fields.Many2one(
        "res.partner",
        "Internal Work",
        help="Gets the invoice of the shop's own work. Empty: the company itself.",
    )
    dealer_goodwill_partner_id = fields.Many2one(
        "res.partner",
        "Goodwill",
        help="Gets the invoice of what is done out of goodwill. Empty: the company"
        " itself.",
    )
    dealer_remind_days = fields.Integer(
        "Remind of Declined Work After (days)", default=60
    )
    dealer_remind_safety_days = fields.Integer(
        "Remind of Declined Safety Work After (days)", default=7
    )


class ResConfigSettings(models.TransientModel):
    """The same, in the settings."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

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
