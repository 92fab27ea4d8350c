from odoo import fields, models


class ResCompany(models.Model):
    """What a shop decides about its service department."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_filing_number = fields.Char(
        "Filing Number",
        help="Of the repair business at the transport authority; printed on the "
        "settlement list.",
    )

    # opening hours and capacity
    dealer_calendar_id = fields.Many2one(
        "resource.calendar",
        "Service Hours",
        help="Opening hours of the service department. Empty: those of the company.",
    )
    dealer_slot_minutes = fields.Integer("Booking Slot (min)", default=30)
    dealer_receptions_per_advisor = fields.Integer(
        "Receptions per Slot and Advisor", default=1
    )
    dealer_utilisation = fields.Float(
        "Utilisation (%)",
        default=85.0,
        help="Share of the technicians' attendance that can be sold.",
    )
    dealer_reserve_walkin_hours = fields.Float(
        "Hours Reserved for Walk-ins",
        default=8.0,
        help="Technician-hours per day that cannot be booked in advance.",
    )
    dealer_reserve_supplement_hours = fields.Float(
        "Hours Reserved for Supplements", default=4.0
    )

    # appointments
    dealer_reminder_day_before = fields.Boolean("Remind the Day Before", default=True)
    dealer_reminder_hours_before = fields.Float(
        "Remind Hours Before", default=1.0, help="0: no second reminder."
    )
    dealer_grace_minutes = fields.Integer(
        "Grace Period (min)",
        default=15,
        help="How late a booked customer may arrive before the visit counts as a "
        "no-show.",
    )

    # promise and waiting customers
    dealer_promise_warn_minutes = fields.Integer(
        "Warn Before Promise (min)", default=30
    )
    dealer_progress_minutes = fields.Integer(
        "Progress Report Every (min)",
        default=60,
        help="How often a waiting customer is told about the progress.",
    )

    # money
    dealer_variance_percent = fields.Float(
        "Settlement Tolerance (%)",
        default=5.0,
        help="A reason is required if the settlement differs from the agreed total "
        "by more than this.",
    )
    dealer_discount_percent = fields.Float(
        "Discount of an Advisor (%)",
        default=0.0,
        help="What a service advisor may take off at the settlement, as a share of "
        "what the customer pays. A service manager may take off more.",
    )
    dealer_rounding_limit = fields.Float(
        "Rounding of an Advisor",
        default=1.0,
        help="How much a service advisor may round off at the settlement. A service "
        "manager may round off more.",
    )
    dealer_team_id = fields.Many2one(
        "crm.team",
        "Sales Team of the Workshop",
        check_company=True,
        help="Keeps workshop sales separate from car sales. Empty: the default team "
        "of the service department.",
    )
    dealer_warranty_partner_id = fields.Many2one(
        "res.partner",
        "Manufacturer",
        help="Receives the invoice for work under warranty.",
    )
    dealer_internal_partner_id = fields.Many2one(
        "res.partner",
        "Internal Work",
        help="Receives the invoice for internal work. Empty: the company itself.",
    )
    dealer_goodwill_partner_id = fields.Many2one(
        "res.partner",
        "Goodwill",
        help="Receives the invoice for goodwill work. Empty: the company itself.",
    )
    dealer_remind_days = fields.Integer(
        "Remind About Declined Work After (days)", default=60
    )
    dealer_remind_safety_days = fields.Integer(
        "Remind About Declined Safety Work After (days)", default=7
    )

    def _dealer_calendar(self):
        """The opening hours of the service department (``resource.calendar``)."""
        self.ensure_one()
        return self.dealer_calendar_id or self.resource_calendar_id

    def _dealer_team(self):
        """The sales team of the orders of visits (``crm.team``); empty: Odoo's own."""
        self.ensure_one()
        # whose sales they are does not depend on who writes the order
        team = self.sudo().dealer_team_id or self._dealer_shipped_team()
        return team.filtered("active")

    def _dealer_shipped_team(self):
        team = self.env["ir.model.data"]._xmlid_to_res_id(
            "dealer_service.crm_team_service"
        )
        # that it is the workshop's does not depend on who asks
        return self.env["crm.team"].sudo().browse(team)
