from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.satisfaction import MINIMUM_ANSWERS, Z95


class DealerSatisfactionReport(models.Model):
    """Every answered questionnaire, measured: index, recommendation, factors.

    One row for each answer and measure. Whatever it is grouped by, each figure comes
    with the number of answers and half the width of its 95 % interval; below
    :data:`MINIMUM_ANSWERS` answers there is no figure to rank by.
    """

    _name = "dealer.satisfaction.report"
    _description = "Satisfaction"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "measure_name"
    _rec_names_search = ["factor_id"]
    _depends = {
        "dealer.csi.factor": ["code"],
        "dealer.csi.model": ["is_incomplete"],
        "dealer.csi.score": ["factor_id", "score", "user_input_id"],
        "dealer.followup": ["rule_id", "survey_input_id", "user_id", "vehicle_id"],
        "dealer.reception": ["advisor_id", "vehicle_id"],
        "fleet.vehicle": ["model_id", "seller_id"],
        "survey.user_input": [
            "dealer_company_id",
            "dealer_csi_model_id",
            "dealer_has_index",
            "dealer_has_nps",
            "dealer_index",
            "dealer_nps",
            "dealer_visit_id",
            "end_datetime",
            "state",
            "test_entry",
        ],
    }

    measure = fields.Selection(
        [("index", "Index"), ("nps", "Recommendation (NPS)"), ("factor", "Factor")],
        readonly=True,
    )
    figure = fields.Selection("_selection_figure", readonly=True)
    measure_name = fields.Char("Figure Name", compute="_compute_measure_name")
    csi_model_id = fields.Many2one("dealer.csi.model", "Index Model", readonly=True)
    factor_id = fields.Many2one("dealer.csi.factor", readonly=True)
    is_incomplete = fields.Boolean(
        "Incomplete", readonly=True, aggregator="bool_or", help="Weights are missing."
    )
    user_input_id = fields.Many2one("survey.user_input", "Answer", readonly=True)
    followup_id = fields.Many2one("dealer.followup", "Follow-up", readonly=True)
    rule_id = fields.Many2one("dealer.care.rule", "Care Rule", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    date = fields.Datetime("Answered On", readonly=True)
    person_id = fields.Many2one(
        "res.users",
        "Advisor or Seller",
        readonly=True,
        help="Whom the answer is about.",
    )
    caller_id = fields.Many2one("res.users", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", readonly=True)
    value = fields.Float(
        "Mean",
        digits=(6, 1),
        readonly=True,
        aggregator="avg",
        help="Index: 0 to 1000. Factor: 0 to 10. NPS: −100 to 100.",
    )
    answer_count = fields.Integer("n", readonly=True, aggregator="sum")
    half_width = fields.Float(
        "± (95 %)",
        digits=(6, 1),
        readonly=True,
        aggregator="avg",
        help="95 % confidence interval: the true mean lies within this distance of "
        "the one shown, 19 times out of 20.",
    )
    ranked_value = fields.Float(
        "Mean (from 30 answers on)",
        digits=(6, 1),
        readonly=True,
        aggregator="avg",
        help="Empty below 30 answers, as a ranking based on fewer answers would be "
        "random.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT measured.id, measured.measure, measured.factor_id, measured.value,
                COALESCE('factor:' || c.code, measured.measure) AS figure,
                measured.value AS half_width, measured.value AS ranked_value,
                1 AS answer_count, a.dealer_csi_model_id AS csi_model_id,
                COALESCE(m.is_incomplete, FALSE) AS is_incomplete,
                a.id AS user_input_id, f.id AS followup_id, f.rule_id,
                a.dealer_company_id AS company_id, a.end_datetime AS date,
                COALESCE(r.advisor_id, v.seller_id) AS person_id,
                f.user_id AS caller_id, v.model_id
            FROM survey_user_input a
            -- the measures of the answers that are asked for, not of all there are
            CROSS JOIN LATERAL (
                SELECT a.id * 2 AS id, 'index' AS measure, NULL::int AS factor_id,
                    a.dealer_index::float AS value
                WHERE a.dealer_has_index
                UNION ALL
                SELECT a.id * 2 + 1, 'nps', NULL::int, CASE
                    WHEN a.dealer_nps >= 9 THEN 100.0
                    WHEN a.dealer_nps <= 6 THEN -100.0 ELSE 0.0 END
                WHERE a.dealer_has_nps
                UNION ALL
                SELECT -s.id, 'factor', s.factor_id, s.score::float
                FROM dealer_csi_score s WHERE s.user_input_id = a.id
            ) measured
            LEFT JOIN dealer_csi_factor c ON c.id = measured.factor_id
            LEFT JOIN dealer_csi_model m ON m.id = a.dealer_csi_model_id
            LEFT JOIN dealer_followup f ON f.survey_input_id = a.id
            LEFT JOIN dealer_reception r
                ON r.id = COALESCE(f.visit_id, a.dealer_visit_id)
            LEFT JOIN fleet_vehicle v ON v.id = COALESCE(f.vehicle_id, r.vehicle_id)
            WHERE a.state = 'done' AND a.dealer_company_id IS NOT NULL
                AND a.test_entry IS NOT TRUE
            """
        )

    @api.model
    def _selection_figure(self):
        """Index, recommendation, and each factor by its code."""
        factors = self.env["dealer.csi.factor"].sudo()  # names are no secret
        names = {}
        for factor in factors.search([("model_id.active", "=", True)]):
            names.setdefault(f"factor:{factor.code}", factor.display_name)
        return [
            ("index", self.env._("Index")),
            ("nps", self.env._("Recommendation (NPS)")),
            *names.items(),
        ]

    @api.depends("measure", "factor_id")
    @api.depends_context("lang")
    def _compute_measure_name(self):
        labels = dict(self._fields["measure"]._description_selection(self.env))
        for row in self:
            row.measure_name = row.factor_id.display_name or labels[row.measure]

    def _read_group_select(self, aggregate_spec, query):
        """Error bars in the same query, for any grouping the reader chooses.

        What has no meaning is left empty: the mean of an index and a share, the
        interval of several factors of the same answers. The deviation is that of a
        sample; of the recommendation, whose values are shares of a whole, of the whole.
        """
        if aggregate_spec == "answer_count:sum":
            answer = self._field_to_sql(self._table, "user_input_id", query)
            return SQL("COUNT(DISTINCT %s)", answer)
        if aggregate_spec not in ("value:avg", "half_width:avg", "ranked_value:avg"):
            return super()._read_group_select(aggregate_spec, query)
        parts = {
            "value": self._field_to_sql(self._table, "value", query),
            "measure": self._field_to_sql(self._table, "measure", query),
            "figure": self._field_to_sql(self._table, "figure", query),
            "z": Z95,
            "least": MINIMUM_ANSWERS,
        }
        if aggregate_spec == "value:avg":
            return SQL(
                "CASE WHEN MIN(%(measure)s) = MAX(%(measure)s) THEN AVG(%(value)s) END",
                **parts,
            )
        if aggregate_spec == "ranked_value:avg":
            return SQL(
                """CASE WHEN MIN(%(figure)s) = MAX(%(figure)s)
                    AND COUNT(%(value)s) >= %(least)s THEN AVG(%(value)s) END""",
                **parts,
            )
        return SQL(
            """CASE WHEN MIN(%(figure)s) = MAX(%(figure)s) AND COUNT(%(value)s) > 1
                THEN %(z)s / SQRT(COUNT(%(value)s)) * CASE
                    WHEN MIN(%(measure)s) = 'nps' THEN STDDEV_POP(%(value)s)
                    ELSE STDDEV_SAMP(%(value)s) END END""",
            **parts,
        )
