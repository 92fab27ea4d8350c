from odoo import api, fields, models


class ResCompany(models.Model):
    """What a shop decides about its complaint desk."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_complaint_needs_callback = fields.Boolean(
        "Close After Callback",
        default=True,
        help="A complaint can be closed only after the customer has been called back.",
    )
    dealer_complaint_repeat_days = fields.Integer(
        "Repeat Within (days)",
        default=30,
        help="A second complaint of the same car or customer within these days is"
        " escalated. 0: never.",
    )
    dealer_dissatisfaction_days = fields.Integer(
        "Dissatisfied Again Within (days)",
        default=90,
        help="A second dissatisfaction about the same car within these days becomes "
        "a grievance by itself. 0: never.",
    )
    dealer_complaint_cluster_size = fields.Integer(
        "Similar Complaints",
        default=3,
        help="Escalate when this many complaints of one category concern the same "
        "model. 0: never.",
    )
    dealer_complaint_cluster_days = fields.Integer("Similar Within (days)", default=90)
    dealer_complaint_on_low_rating = fields.Selection(
        [
            ("none", "Do Nothing"),
            ("propose", "Ask the Advisor"),
            ("auto", "Open a Complaint"),
        ],
        "On a Low Rating",
        default="propose",
        required=True,
        help="What happens when a customer rates a visit with one star.",
    )
    dealer_pause_total_days = fields.Integer(
        "Paused Altogether (days)",
        default=30,
        help="The time limits of a complaint are paused for no more than these days "
        "altogether, whatever the reasons. 0: no limit.",
    )
    dealer_complaint_remedy_limit = fields.Monetary(
        "Remedies Up To",
        default=500.0,
        help="What a complaint may cost without the approval of a complaint manager. "
        "What the same customer or car was granted in the days before counts as well.",
    )
    dealer_complaint_remedy_days = fields.Integer(
        "Remedies Add Up Over (days)",
        default=30,
        help="So long remedies of other complaints of the customer or the car count "
        "for the limit. 0: each complaint counts by itself.",
    )
    dealer_value_yearly = fields.Monetary(
        "Yearly Margin per Customer",
        default=3000.0,
        help="After-sales margin; an estimate until you enter your own.",
    )
    dealer_value_years = fields.Float("Years a Customer Stays", default=5.0)
    dealer_value_repurchase = fields.Float(
        "Buys Again (%)",
        default=20.0,
        help="Share of customers who buy their next car here.",
    )
    dealer_value_vehicle = fields.Monetary("Margin per Car", default=5000.0)
    dealer_value_told_percent = fields.Float(
        "Of Those Who Are Told, Stay Away (%)",
        digits=(5, 1),
        help="An unhappy customer tells others (Published Figures say how many). How "
        "many of them would have come here and now do not is not published: enter "
        "your own estimate. 0: they are not counted.",
    )
    dealer_general_manager_id = fields.Many2one(
        "res.users", "General Manager", help="Notified at the last escalation levels."
    )
    dealer_sla_digest_size = fields.Integer(
        "Digest From (notices)",
        default=5,
        help="More simultaneous notices to one person than this are combined into "
        "one summary.",
    )

    _check_told_percent = models.Constraint(
        "CHECK(dealer_value_told_percent BETWEEN 0 AND 100)",
        "A share lies between 0 and 100 %.",
    )

    def _dealer_customer_value(self):
        """What a customer is still worth to the shop, as estimated."""
        self.ensure_one()
        return (
            self.dealer_value_yearly * self.dealer_value_years
            + self.dealer_value_repurchase / 100 * self.dealer_value_vehicle
        )

    def _dealer_told_factor(self):
        """By how much more is lost than the customer: those who are told and stay away.

        1 where the shop does not count them.
        """
        self.ensure_one()
        if not self.dealer_value_told_percent:
            return 1.0
        told = self.env["dealer.published.figure"]._middle("people_told")
        return 1 + told * self.dealer_value_told_percent / 100

    @api.constrains("dealer_calendar_id")
    def _check_dealer_calendar_usable(self):
        """Time limits are counted in the service hours."""
        self.dealer_calendar_id._dealer_check_usable()

    def write(self, vals):
        result = super().write(vals)
        if {"dealer_calendar_id", "resource_calendar_id"} & set(vals):
            self.env["dealer.sla.replan"]._queue_calendars(
                [(False, company.id) for company in self]
            )
        return result
