"""A factor of satisfaction that is to become better."""

from datetime import date

from freezegun import freeze_time

from odoo.tools import SQL

from .survey_case import cn
from .test_satisfaction_report import ReportCase


@freeze_time(cn(2, 10))
class TestSatisfactionImprovement(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer_many([9, 8])
        cls.make_answer(factors=9, facility=3)

    def propose(self):
        report = self.env["dealer.satisfaction.gap.report"]
        return report.with_user(self.care_manager).action_propose_improvement()

    def test_the_weakest_factor_is_one_click_away(self):
        context = self.propose()["context"]
        self.assertEqual(context["default_subject"], "satisfaction")
        factor = self.env["dealer.csi.factor"].browse(context["default_factor_id"])
        self.assertEqual(factor.code, "facility")

    def test_its_scores_are_measured_in_points(self):
        factor = self.propose()["context"]["default_factor_id"]
        improvement = self.env["dealer.improvement"].create(
            {"subject": "satisfaction", "factor_id": factor}
        )
        sample = improvement._sample(date(2026, 3, 1), date(2026, 3, 31))
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*), AVG(s.score), STDDEV_SAMP(s.score)
                FROM dealer_csi_score s
                JOIN dealer_csi_factor f ON f.id = s.factor_id
                JOIN survey_user_input a ON a.id = s.user_input_id
                WHERE f.code = 'facility' AND a.dealer_company_id = %s
                AND a.end_datetime BETWEEN '2026-02-28 16:00'
                    AND '2026-03-31 15:59:59'""",
                self.company.id,
            )
        )
        self.assertEqual(sample.count, 3)
        self.assertEqual(sample.count, row[0])
        self.assertAlmostEqual(sample.mean, float(row[1]), 4)
        self.assertAlmostEqual(sample.deviation, float(row[2]), 4)
        self.assertEqual(improvement.unit, "points")
        other = improvement._sample(date(2026, 4, 1), date(2026, 4, 30))
        self.assertFalse(other.count)
