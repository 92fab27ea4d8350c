from odoo import fields, models


class ResCompany(models.Model):
    """Whose sales the work is, who pays for it, and when declined work comes up."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_team_id = fields.Many2one(
        "crm.team",
        "Sales Team of the Workshop",
        check_company=True,
        help="Keeps the sales of the workshop apart from those of cars. Empty: the team"
        " that comes with the service department.",
    )

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

    def _dealer_team(self):
        """The sales team of the orders of visits (``crm.team``); empty: Odoo's own."""
        self.ensure_one()
        # whose sales they are does not depend on who writes the order
        teams = self.env["crm.team"].sudo()
        shipped = self.env["ir.model.data"]._xmlid_to_res_id(
            "dealer_service.crm_team_service"
        )
        return (self.dealer_team_id or teams.browse(shipped)).filtered("active")


class ResConfigSettings(models.TransientModel):
    """The same, in the settings."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

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
