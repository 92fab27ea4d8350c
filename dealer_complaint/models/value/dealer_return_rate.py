from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.tools import SQL

from odoo.addons.dealer_service.models.common.dealer_cached_mixin import KEPT_FOR

SEVERITIES = [("minor", "Minor"), ("major", "Major")]
SPEEDS = [
    ("fast", "Resolved in Time"),
    ("resolved", "Resolved Late"),
    ("unresolved", "Not Resolved"),
    ("silent", "Never Complained"),
]
#: The published rate counts as so many cases of our own (shrinkage).
PRIOR_CASES = 50
#: Whoever was here again within so many days has come back.
RETURN_DAYS = 365


class DealerReturnRate(models.Model):
    """How many customers come back, by how fast their complaint was solved.

    Published figures, replaced by the shop's own as cases accumulate:
    ``(returned + 50 × published) / (cases + 50)``. An estimate, wherever it is used.
    """

    _name = "dealer.return.rate"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin", "dealer.label.mixin"]
    _description = "Return Rate"
    _order = "severity, sequence, id"
    _rec_name = "speed"

    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    speed = fields.Selection(SPEEDS, required=True, readonly=True)
    sequence = fields.Integer(default=10)
    percent = fields.Float("Published (%)", digits=(5, 1), required=True)
    note = fields.Char("Source of the Figure", translate=True)
    own_cases = fields.Integer(compute="_compute_own")
    own_percent = fields.Float("Own (%)", compute="_compute_own", digits=(5, 1))
    blended_percent = fields.Float(
        "Applied (Estimate, %)", compute="_compute_own", digits=(5, 1)
    )

    _row_uniq = models.UniqueIndex(
        "(severity, speed)", "There can be only one rate for each severity and speed."
    )
    _check_percent = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 100)", "A rate must be between 0 and 100 %."
    )

    @api.depends_context("company")
    @api.depends("percent")
    def _compute_own(self):
        company = self.env.company.id
        counts = self._own_counts(company, fields.Date.today())
        blended = self._blended(company, fields.Date.today())
        for rate in self:
            cases, returned = counts.get((rate.severity, rate.speed), (0, 0))
            rate.own_cases = cases
            rate.own_percent = 100.0 * returned / cases if cases else 0.0
            rate.blended_percent = 100 * blended.get((rate.severity, rate.speed), 0.0)

    def write(self, vals):
        result = super().write(vals)
        if "percent" in vals:
            # the estimates follow, whoever may see the complaints
            self.env["dealer.complaint"].sudo()._estimate_anew()
        return result

    # ------------------------------------------------------------------
    # RATES
    # ------------------------------------------------------------------

    @api.model
    @tools.ormcache("company_id", "day", KEPT_FOR)
    def _own_counts(self, company_id, day):
        """Cases of the company that are old enough to tell, looked at once a day.

        :return: ``{(severity, speed): (cases, returned)}``
        """
        self.env["dealer.complaint"].flush_model()
        self.env["dealer.reception"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT severity, speed, COUNT(*), COUNT(*) FILTER (WHERE has_returned)
                FROM (
                    SELECT c.value_severity AS severity,
                        CASE
                            WHEN c.state = 'rejected' OR c.decision_answer = 'refused'
                                THEN 'unresolved'
                            WHEN EXISTS (
                                SELECT 1 FROM dealer_sla_timer t
                                WHERE t.complaint_id = c.id AND t.state = 'missed'
                            ) THEN 'resolved'
                            ELSE 'fast'
                        END AS speed,
                        EXISTS (
                            SELECT 1 FROM dealer_reception v
                            WHERE v.vehicle_id = c.vehicle_id
                                AND v.company_id = c.company_id
                                AND v.date_arrived > e.ended
                                AND v.date_arrived <= e.ended + %(term)s
                        ) AS has_returned
                    FROM dealer_complaint c
                    CROSS JOIN LATERAL (
                        SELECT COALESCE(c.date_resolved, c.date_closed) AS ended
                    ) e
                    WHERE c.company_id = %(company)s
                        AND c.vehicle_id IS NOT NULL
                        AND c.state IN ('resolved', 'closed', 'rejected')
                        AND e.ended <= %(until)s
                ) cases
                GROUP BY severity, speed
                """,
                company=company_id,
                term=timedelta(days=RETURN_DAYS),
                until=fields.Datetime.to_datetime(day) - timedelta(days=RETURN_DAYS),
            )
        )
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    @api.model
    @tools.ormcache("company_id", "day", KEPT_FOR)
    def _blended(self, company_id, day):
        """:return: ``{(severity, speed): share}``, between 0 and 1"""
        counts = self._own_counts(company_id, day)
        shares = {}
        # published figures, the same for whoever takes a complaint in
        for rate in self.sudo().search([("percent", ">=", 0)]):
            cases, returned = counts.get((rate.severity, rate.speed), (0, 0))
            published = PRIOR_CASES * rate.percent / 100
            shares[rate.severity, rate.speed] = (returned + published) / (
                cases + PRIOR_CASES
            )
        return shares
