"""Figures of some days read what belongs to these days, however long the past is."""

from datetime import timedelta

from odoo import fields

from ...plans import multiply, rows_read
from .survey_case import SurveyCase

PAST = 10_000


class TestReportDays(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        answer = cls.make_answer()
        answer.flush_recordset()
        now = fields.Datetime.now()
        cls.env.cr.execute(
            "UPDATE survey_user_input SET end_datetime = %s WHERE id = %s",
            (now - timedelta(hours=1), answer.id),
        )
        answer.invalidate_recordset()
        multiply(answer, PAST, "3 hours", access_token="'copy' || number")
        cls.env.cr.execute(
            """INSERT INTO dealer_csi_score (user_input_id, company_id, factor_id,
                score, question_count)
            SELECT a.id, s.company_id, s.factor_id, s.score, 1
            FROM survey_user_input a JOIN dealer_csi_score s ON s.user_input_id = %s
            WHERE a.access_token LIKE 'copy%%'""",
            (answer.id,),
        )
        cls.env.cr.execute("ANALYZE dealer_csi_score")

    def month(self, model, groups, measures):
        report = self.env[model].with_user(self.care_manager)
        days = [("date", ">=", fields.Datetime.now() - timedelta(days=30))]
        return rows_read(
            self.env,
            lambda: report.formatted_read_grouping_sets(days, [[], groups], measures),
        )

    def test_the_answers_of_a_month(self):
        read = self.month(
            "dealer.satisfaction.report", ["figure"], ["value:avg", "half_width:avg"]
        )
        self.assertGreater(read["survey_user_input"], 200)
        self.assertLess(read["survey_user_input"], PAST / 10)
        self.assertLess(read["dealer_csi_score"], PAST)
