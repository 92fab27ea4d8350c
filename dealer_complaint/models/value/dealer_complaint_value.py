from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ..common.dealer_complaint_states import VOID_STATES, WORKING_STATES
from .dealer_return_rate import SEVERITIES

#: Less time than this left counts as this much: what is due now goes first.
LEAST_HOURS = 0.25
#: What has no deadline can wait about a month.
MOST_HOURS = 720.0


class DealerComplaint(models.Model):
    """What is lost when this customer does not come back. An estimate throughout."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    value_severity = fields.Selection(
        SEVERITIES,
        "Severity",
        compute="_compute_value_severity",
        store=True,
        readonly=False,
        help="The severity used to look up the return rate.",
    )
    value_at_risk = fields.Monetary(
        "Value at Risk (Estimate)",
        compute="_compute_value",
        store=True,
        compute_sudo=True,
        help="An estimate: what a customer is worth to the shop over the years left,"
        " times the share of such customers who do not come back; with those whom "
        "they tell, where the shop counts them.",
    )
    value_saveable = fields.Monetary(
        "Saveable (Estimate)",
        compute="_compute_value",
        store=True,
        compute_sudo=True,
        help="An estimate: how much of the value at risk the best possible solution "
        "would still save.",
    )
    saveable_per_hour = fields.Float(
        "Saveable per Hour Left (Estimate)",
        compute="_compute_saveable_per_hour",
        store=True,
        digits=(12, 1),
        aggregator=None,
        help="An estimate by which the list is sorted: the more value can be saved "
        "and the less time is left, the higher.",
    )
    value_note = fields.Char("Estimate", compute="_compute_value_note")
    value_figures = fields.Char("Published", compute="_compute_value_figures")

    @api.depends("level", "grade")
    def _compute_value_severity(self):
        for complaint in self:
            is_minor = (
                complaint.level == "dissatisfaction" and complaint.grade == "general"
            )
            complaint.value_severity = "minor" if is_minor else "major"

    # The state is no dependency: between the steps of the work nothing changes, and
    # each would read company, clocks and currency; see :meth:`_estimate_again`.
    @api.depends(
        "decision_answer",
        "value_severity",
        "sla_state",
        "timer_ids.state",
        "company_id.dealer_value_yearly",
        "company_id.dealer_value_years",
        "company_id.dealer_value_repurchase",
        "company_id.dealer_value_vehicle",
        "company_id.dealer_value_told_percent",
    )
    def _compute_value(self):
        for company, complaints in self.grouped("company_id").items():
            shares = complaints._return_shares()
            worth = company._dealer_customer_value() * company._dealer_told_factor()
            for complaint in complaints:
                complaint.value_at_risk, complaint.value_saveable = complaint._values(
                    shares, worth, complaint.value_severity
                )

    @api.depends("value_saveable", "sla_deadline", "date_imported")
    def _compute_saveable_per_hour(self):
        now = fields.Datetime.now()
        for complaint in self:
            hours = MOST_HOURS
            deadline, imported = complaint.sla_deadline, complaint.date_imported
            # what was too late before it came here buries nothing of today
            if deadline and not (imported and deadline < imported):
                left = (deadline - now).total_seconds() / 3600
                hours = max(left, LEAST_HOURS)
            complaint.saveable_per_hour = complaint.value_saveable / hours

    @api.depends("value_at_risk", "value_saveable")
    def _compute_value_note(self):
        for complaint in self:
            shares = complaint._return_shares()
            shop = complaint.company_id
            worth = shop._dealer_customer_value() * shop._dealer_told_factor()
            band = sorted(
                complaint._values(shares, worth, severity)[0]
                for severity, _label in SEVERITIES
            )
            low, high = (
                formatLang(self.env, amount, currency_obj=complaint.currency_id)
                for amount in band
            )
            complaint.value_note = self.env._(
                "Estimate between %(low)s and %(high)s, based on published return "
                "rates and, as they accumulate, your own.",
                low=low,
                high=high,
            )

    @api.depends_context("lang")
    def _compute_value_figures(self):
        """What is quoted about customers like this one, with the source."""
        # figures are the same for whoever takes a complaint in
        figures = (
            self.env["dealer.published.figure"].sudo().search([("active", "=", True)])
        )
        words = " · ".join(figures.mapped("name"))
        for complaint in self:
            complaint.value_figures = words

    def _field_to_sql(self, alias, field_expr, query=None):
        """Sort by the hours that are left at this second, not when it was stored."""
        if field_expr != "saveable_per_hour":
            return super()._field_to_sql(alias, field_expr, query)
        saveable, deadline, imported = (
            super(DealerComplaint, self)._field_to_sql(alias, name, query)
            for name in ("value_saveable", "sla_deadline", "date_imported")
        )
        return SQL(
            """COALESCE(%(saveable)s, 0) / CASE
                WHEN %(deadline)s IS NULL OR %(deadline)s < %(imported)s
                    THEN %(most)s
                ELSE GREATEST(
                    EXTRACT(EPOCH FROM %(deadline)s - %(now)s) / 3600, %(least)s)
            END""",
            saveable=saveable,
            deadline=deadline,
            imported=imported,
            most=MOST_HOURS,
            least=LEAST_HOURS,
            now=fields.Datetime.now(),
        )

    def _estimate_again(self):
        """With the answer, the state decides what can still be kept."""
        self.modified(["decision_answer"])

    @api.model
    def _estimate_anew(self):
        """The return rates have changed."""
        everything = self.with_context(active_test=False)
        counted = everything.search([("state", "not in", VOID_STATES)])
        counted.modified(["value_severity"])

    def _return_shares(self):
        return self.env["dealer.return.rate"]._blended(
            self.company_id[:1].id, fields.Date.today()
        )

    def _values(self, shares, worth, severity):
        """``(at risk, saveable)`` with the rates of ``severity``."""
        self.ensure_one()
        if self.state in VOID_STATES:
            return 0.0, 0.0
        missed = self.sla_state == "breached" or "missed" in self.timer_ids.mapped(
            "state"
        )
        solved = "resolved" if missed else "fast"
        present = "unresolved"
        if self.state in ("resolved", "closed") and self.decision_answer != "refused":
            present = solved
        share = shares.get((severity, present), 0.0)
        at_risk = (1 - share) * worth
        if self.state not in WORKING_STATES:
            return at_risk, 0.0
        best = shares.get((severity, solved), 0.0)
        return at_risk, max(0.0, best - share) * worth
