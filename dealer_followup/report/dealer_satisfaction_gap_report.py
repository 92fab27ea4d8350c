from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.arguments import CONDITIONS, arguments

from ..tools.satisfaction import Z95


class DealerSatisfactionGapReport(models.Model):
    """Weak factor, weak step: what customers say beside what the visits did.

    Each row is a score that a customer gave a factor, or a step of a visit that feeds
    this factor, with the share of its standards that was carried out. Grouped by
    factor both stand side by side; below it, the steps.
    """

    _name = "dealer.satisfaction.gap.report"
    _description = "Weak Factor and Weak Step"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "factor_name"
    _depends = {
        "dealer.csi.factor": ["code", "model_id"],
        "dealer.csi.model": ["active", "is_incomplete", "kind", "sequence"],
        "dealer.csi.score": ["factor_id", "score", "user_input_id"],
        "dealer.followup": ["survey_input_id", "visit_id"],
        "dealer.reception": ["advisor_id", "company_id", "date_planned"],
        "dealer.reception.check": ["is_done", "is_lapse", "reception_id", "step_id"],
        "dealer.service.step": ["factor_code", "target_minutes"],
        "survey.user_input": [
            "dealer_company_id",
            "dealer_visit_id",
            "end_datetime",
            "state",
        ],
    }

    factor_id = fields.Many2one("dealer.csi.factor", readonly=True)
    factor_name = fields.Char(related="factor_id.name")
    step_id = fields.Many2one("dealer.service.step", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    date = fields.Datetime(readonly=True)
    person_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    is_incomplete = fields.Boolean(
        "Incomplete", readonly=True, aggregator="bool_or", help="Weights are missing."
    )
    score = fields.Float(
        "Factor Score (0–10)", digits=(4, 2), readonly=True, aggregator="avg"
    )
    score_count = fields.Integer("n Answers", readonly=True, aggregator="sum")
    score_half = fields.Float(
        "± Score (95 %)", digits=(4, 2), readonly=True, aggregator="avg"
    )
    compliance = fields.Float(
        "Standards Executed (%)", digits=(5, 1), readonly=True, aggregator="avg"
    )
    visit_count = fields.Integer("n Visits", readonly=True, aggregator="sum")
    compliance_half = fields.Float(
        "± Standards (95 %)", digits=(5, 1), readonly=True, aggregator="avg"
    )
    over_target = fields.Float(
        "Over Target (%)", digits=(5, 1), readonly=True, aggregator="avg"
    )

    @property
    def _table_query(self):
        gaps = self.env["dealer.service.gap.report"]._table_query
        return SQL(
            """
            WITH latest AS (%s)
            SELECT s.id * 2 AS id, latest.id AS factor_id, NULL::int AS step_id,
                a.dealer_company_id AS company_id, a.end_datetime AS date,
                r.advisor_id AS person_id, latest.is_incomplete,
                s.score::float AS score, 1 AS score_count, s.score::float AS score_half,
                NULL::float AS compliance, 0 AS visit_count,
                NULL::float AS compliance_half, NULL::float AS over_target
            FROM dealer_csi_score s
            JOIN dealer_csi_factor f ON f.id = s.factor_id
            JOIN dealer_csi_model m ON m.id = f.model_id AND m.kind = 'service'
            JOIN latest ON latest.code = f.code
            JOIN survey_user_input a ON a.id = s.user_input_id AND a.state = 'done'
            LEFT JOIN dealer_followup t ON t.survey_input_id = a.id
            LEFT JOIN dealer_reception r
                ON r.id = COALESCE(t.visit_id, a.dealer_visit_id)
            UNION ALL
            SELECT gap.id * 2 + 1, latest.id, gap.step_id, gap.company_id, gap.date,
                gap.advisor_id, latest.is_incomplete, NULL, 0, NULL,
                gap.compliance::float, 1, gap.compliance::float, gap.over_target::float
            FROM (%s) gap
            JOIN latest ON latest.code = gap.factor_code
            """,
            self.env["dealer.csi.factor"]._service_factors(),
            gaps,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Error bars in the same query."""
        measured = {"score_half:avg": "score", "compliance_half:avg": "compliance"}
        if aggregate_spec not in measured:
            return super()._read_group_select(aggregate_spec, query)
        value = self._field_to_sql(self._table, measured[aggregate_spec], query)
        return SQL(
            """CASE WHEN COUNT(%(value)s) > 1 THEN
                %(z)s * STDDEV_SAMP(%(value)s) / SQRT(COUNT(%(value)s)) END""",
            value=value,
            z=Z95,
        )

    @api.model
    @arguments(domain=CONDITIONS)
    def action_propose_improvement(self, domain=()):
        """Begin an improvement of the factor with the lowest score of these rows.

        :param list domain: restricts the rows of this report
        :raise UserError: when nobody has answered
        """
        improvements = self.env["dealer.improvement"]
        improvements.check_access("create")
        mine = Domain(domain or ()) & Domain("company_id", "=", self.env.company.id)
        rows = self._read_group(mine, ["factor_id"], ["score:avg"])
        scores = [row for row in rows if isinstance(row[1], float)]
        if not scores:
            improvements._raise_nothing_to_pick()
        factor = min(scores, key=lambda row: row[1])[0]
        return improvements._propose(
            self, mine, "date", subject="satisfaction", factor_id=factor.id
        )
