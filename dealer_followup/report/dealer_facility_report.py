from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dealer_service.models.facility.dealer_facility_point import AREAS
from odoo.addons.dealer_service.tools.arguments import CONDITIONS, arguments

from ..tools.satisfaction import Z95


class DealerFacilityReport(models.Model):
    """What the rounds found in the rooms, beside what customers say of them.

    Each row is a point of a finished round, or one answer to one question about the
    rooms. By area and month both stand side by side; by question, the attributes.
    """

    _name = "dealer.facility.report"
    _inherit = "dealer.label.mixin"
    _description = "Rooms and Ratings"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "area"
    _depends = {
        "dealer.facility.round.line": [
            "area",
            "company_id",
            "date",
            "date_done",
            "point_id",
            "result",
        ],
        "survey.question": ["dealer_area", "dealer_factor_id"],
        "survey.user_input": [
            "dealer_company_id",
            "end_datetime",
            "state",
            "test_entry",
        ],
        "survey.user_input.line": [
            "answer_type",
            "question_id",
            "skipped",
            "user_input_id",
            "value_scale",
        ],
    }

    area = fields.Selection(AREAS, "Area of the Rooms", readonly=True)
    point_id = fields.Many2one("dealer.facility.point", readonly=True)
    question_id = fields.Many2one("survey.question", "Attribute", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    date = fields.Datetime(readonly=True)
    score = fields.Float(
        "Rating (0–10)", digits=(4, 2), readonly=True, aggregator="avg"
    )
    score_count = fields.Integer("n Answers", readonly=True, aggregator="sum")
    score_half = fields.Float(
        "± Rating (95 %)", digits=(4, 2), readonly=True, aggregator="avg"
    )
    good = fields.Float(
        "Found in Order (%)", digits=(5, 1), readonly=True, aggregator="avg"
    )
    seen_count = fields.Integer("n Looked At", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT l.id * 2 AS id, l.area, l.point_id, NULL::int AS question_id,
                l.company_id, l.date, NULL::float AS score, 0 AS score_count,
                NULL::float AS score_half,
                CASE l.result WHEN 'good' THEN 100.0 ELSE 0.0 END::float AS good,
                1 AS seen_count
            FROM dealer_facility_round_line l
            WHERE l.date_done IS NOT NULL AND l.result IS NOT NULL
            UNION ALL
            SELECT v.id * 2 + 1, q.dealer_area, NULL, q.id, a.dealer_company_id,
                a.end_datetime, v.value_scale::float, 1, v.value_scale::float,
                NULL, 0
            FROM survey_user_input_line v
            JOIN survey_question q ON q.id = v.question_id
            JOIN survey_user_input a ON a.id = v.user_input_id
            WHERE q.dealer_area IS NOT NULL AND q.dealer_factor_id IS NOT NULL
                AND v.answer_type = 'scale' AND v.skipped IS NOT TRUE
                AND a.state = 'done' AND a.test_entry IS NOT TRUE
                AND a.dealer_company_id IS NOT NULL
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """Error bars in the same query."""
        if aggregate_spec != "score_half:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            """CASE WHEN COUNT(%(value)s) > 1 THEN
                %(z)s * STDDEV_SAMP(%(value)s) / SQRT(COUNT(%(value)s)) END""",
            value=self._field_to_sql(self._table, "score", query),
            z=Z95,
        )

    @api.model
    @arguments(domain=CONDITIONS)
    def action_propose_improvement(self, domain=()):
        """Begin an improvement of the attribute with the lowest rating of these rows.

        :param list domain: restricts the rows of this report
        :raise UserError: when nobody has rated the rooms
        """
        improvements = self.env["dealer.improvement"]
        improvements.check_access("create")
        mine = Domain(domain or ()) & Domain("company_id", "=", self.env.company.id)
        rated = mine & Domain("question_id", "!=", False)
        rows = self._read_group(rated, ["question_id"], ["score:avg"])
        if not rows:
            improvements._raise_nothing_to_pick()
        question = min(rows, key=lambda row: row[1])[0]
        return improvements._propose(
            self, rated, "date", subject="attribute", question_id=question.id
        )
