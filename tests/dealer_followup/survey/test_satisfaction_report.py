"""Figures with error bars: n and a 95 % interval, no ranking by chance."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import users

from odoo.addons.dealer_followup.tools import satisfaction

from .survey_case import SurveyCase, cn

MEASURES = ["value:avg", "half_width:avg", "answer_count:sum", "ranked_value:avg"]


@freeze_time(cn(2, 10))
class ReportCase(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the answers of these tests are of customers who are content
        cls.company.write(
            {"dealer_index_low": 0, "dealer_factor_low": 0, "dealer_nps_low": -1}
        )

    @classmethod
    def answer_many(cls, factors, nps=None, task_values=None):
        for number, score in enumerate(factors):
            task = cls.make_visit_task(**(task_values or {}))
            cls.make_answer(task=task, factors=score, nps=nps[number] if nps else None)

    def report(self, measure, groupby=(), domain=()):
        return (
            self.env["dealer.satisfaction.report"]
            .with_user(self.care_manager)
            ._read_group([("measure", "=", measure), *domain], list(groupby), MEASURES)
        )


@freeze_time(cn(2, 10))
class TestSatisfactionReport(ReportCase):
    def test_the_index_has_its_n_and_its_interval(self):
        scores = [8, 9, 10, 6, 7]
        self.answer_many(scores)
        [(mean, half, count, ranked)] = self.report("index")
        wanted, wanted_half, n = satisfaction.mean_interval([s * 100 for s in scores])
        self.assertEqual((mean, count), (wanted, n))
        self.assertAlmostEqual(half, wanted_half, 1)
        self.assertIs(ranked, False)

    def test_the_recommendation_is_promoters_less_detractors(self):
        nps = [10, 9, 9, 8, 7, 6, 0, 10]
        self.answer_many([9] * len(nps), nps)
        [(mean, half, count, _ranked)] = self.report("nps")
        wanted, wanted_half, n = satisfaction.net_promoter(nps)
        self.assertEqual((round(mean, 1), count), (wanted, n))
        self.assertAlmostEqual(half, wanted_half, 1)

    def test_under_thirty_answers_there_is_nothing_to_rank_by(self):
        self.answer_many([9] * 29)
        self.assertIs(self.report("index")[0][3], False)
        self.answer_many([9])
        [(_mean, half, count, ranked)] = self.report("index")
        self.assertEqual((count, ranked, half), (30, 900, 0))

    def test_one_answer_has_no_interval(self):
        self.answer_many([9])
        self.assertIs(self.report("index")[0][1], False)

    def test_by_factor_unanswered_ones_count_nothing(self):
        self.make_answer(factors=9, facility=None)
        self.make_answer(factors=5)
        rows = {
            factor.code: (mean, count)
            for factor, mean, _half, count, _ranked in self.report(
                "factor", ["factor_id"]
            )
        }
        self.assertEqual(rows["facility"], (5, 1))
        self.assertEqual(rows["quality"], (7, 2))
        self.assertEqual(len(rows), 5)

    def test_by_person_model_month_rule_and_caller(self):
        task = self.make_visit_task(user_id=self.caller.id)
        self.make_answer(task=task)
        for name, wanted in (
            ("person_id", self.advisor),
            ("caller_id", self.caller),
            ("model_id", self.vehicle.model_id),
            ("rule_id", self.rule),
            ("csi_model_id", self.csi_model),
            ("company_id", self.company),
        ):
            with self.subTest(groupby=name):
                [(value, mean, *_rest)] = self.report("index", [name])
                self.assertEqual((value, mean), (wanted, 900))
        [(month, *_rest)] = self.report("index", ["date:month"])
        self.assertEqual(month.month, 3)

    def test_what_is_about_a_sale_is_about_the_seller(self):
        self.vehicle.seller_id = self.manager
        task = self.make_task(self.rule)
        self.make_answer(task=task)
        self.assertEqual(self.report("index", ["person_id"])[0][0], self.manager)

    def test_tests_of_the_questionnaire_and_open_ones_do_not_count(self):
        self.make_visit_task()._begin_survey()
        tried = self.survey._create_answer(
            user=self.care_manager, test_entry=True, dealer_company_id=self.company.id
        )
        tried._save_lines(self.question("quality"), "1")
        tried._mark_done()
        self.assertFalse(self.report("factor", ["factor_id"]))

    def test_an_incomplete_set_is_marked_and_has_no_index(self):
        seven = self.env.ref("dealer_followup.csi_model_service_seven")
        self.survey.dealer_csi_model_id = seven
        self.make_answer()
        self.assertEqual(self.report("index")[0][2], 0)
        rows = (
            self.env["dealer.satisfaction.report"]
            .with_user(self.care_manager)
            .search([("measure", "=", "factor")])
        )
        self.assertTrue(all(rows.mapped("is_incomplete")))
        self.assertIn("(incomplete)", rows[0].measure_name)

    @users("care_manager")
    def test_another_shop_is_not_counted(self):
        answer = self.make_answer()
        Report = self.env["dealer.satisfaction.report"]
        Gap = self.env["dealer.satisfaction.gap.report"]
        found = Report.search([]), Gap.search([("score_count", "=", 1)])
        self.assertTrue(all(found))
        shop = self.company.env["res.company"].create({"name": "Other shop"})
        answer.dealer_company_id = shop
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(Report.search([]))
        self.assertFalse(Gap.search([("score_count", "=", 1)]))
        with self.assertRaises(AccessError):
            found[0][0].read(["value"])

    def test_any_grouping_is_one_query(self):
        self.answer_many([8, 9])
        self.env.flush_all()
        self.report("factor", ["factor_id", "person_id"])
        with self.assertQueryCount(1):
            self.report("factor", ["factor_id", "person_id"])
        self.answer_many([7] * 8)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.report("factor", ["factor_id", "person_id"])

    def test_what_cannot_be_added_up_is_left_empty(self):
        self.answer_many([8, 9], [9, 10])
        report = self.env["dealer.satisfaction.report"].with_user(self.care_manager)
        [(mean, half, count, ranked)] = report._read_group([], [], MEASURES)
        self.assertEqual((mean, half, ranked), (False, False, False))
        self.assertEqual(count, 2, "answers, not figures")
        [(mean, half, count, ranked)] = self.report("factor")
        self.assertEqual((mean, count), (8.5, 2))
        self.assertEqual((half, ranked), (False, False), "one answer has five factors")

    def test_figures_are_named(self):
        labels = dict(
            self.env["dealer.satisfaction.report"].fields_get(["figure"])["figure"][
                "selection"
            ]
        )
        self.answer_many([8], [9])
        report = self.env["dealer.satisfaction.report"].with_user(self.care_manager)
        found = {key for [key] in report._read_group([], ["figure"])}
        self.assertEqual(len(found), 7)
        self.assertLessEqual(found, set(labels))
        self.assertEqual(labels["factor:facility"], "Service Facility")
        self.assertIn("(incomplete)", labels["factor:in_service"])

    def test_the_screens_read_it(self):
        self.answer_many([8, 9], [9, 10])
        Report = self.env["dealer.satisfaction.report"].with_user(self.care_manager)
        rows = Report.formatted_read_group([], ["measure"], MEASURES)
        self.assertEqual({row["measure"] for row in rows}, {"index", "nps", "factor"})
        groups = Report.web_read_group([], ["factor_id"], MEASURES)
        self.assertTrue(groups["groups"])


@freeze_time(cn(2, 10))
class TestWeakFactorWeakStep(ReportCase):
    """What customers say stands beside what was done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_past_visit(1)
        cls.step = cls.env["dealer.service.step"].search(
            [("factor_code", "=", "facility")], limit=1
        )

    def check_standards(self, *done, visit=None, step=None):
        """Standards of a step, carried out or not.

        :param done: one boolean for each standard
        """
        visit, step = visit or self.visit, step or self.step
        checks = self.env["dealer.reception.check"]
        for number, is_done in enumerate(done):
            standard = self.env["dealer.service.standard"].create(
                {
                    "step_id": step.id,
                    "name": f"Standard {number}",
                    "is_mandatory": True,
                }
            )
            checks |= checks.create(
                {
                    "reception_id": visit.id,
                    "standard_id": standard.id,
                    "step_id": step.id,
                    "is_mandatory": True,
                }
            )
            checks[-1:].sudo().write(
                {"is_done": True} if is_done else {"is_lapse": True}
            )
        self.env.flush_all()

    def gaps(self, groupby):
        return (
            self.env["dealer.satisfaction.gap.report"]
            .with_user(self.care_manager)
            ._read_group(
                [],
                groupby,
                [
                    "score:avg",
                    "score_half:avg",
                    "score_count:sum",
                    "compliance:avg",
                    "compliance_half:avg",
                    "visit_count:sum",
                ],
            )
        )

    def test_a_weak_factor_names_its_weak_step(self):
        self.answer_many([9, 9])
        self.make_answer(factors=9, facility=3)
        self.check_standards(True, False)
        rows = {factor.code: rest for factor, *rest in self.gaps(["factor_id"])}
        weak = min(
            (code for code in rows if rows[code][0] is not False),
            key=lambda code: rows[code][0],
        )
        self.assertEqual(weak, "facility")
        score, half, answers, compliance, _half, visits = rows["facility"]
        self.assertEqual((score, answers), (7, 3))
        self.assertAlmostEqual(half, satisfaction.mean_interval([9, 9, 3])[1], 0)
        self.assertEqual((compliance, visits), (50, 1))
        steps = {
            step: compliance
            for factor, step, _s, _h, _n, compliance, *_rest in self.gaps(
                ["factor_id", "step_id"]
            )
            if factor.code == "facility" and step
        }
        self.assertEqual(steps, {self.step: 50})

    def test_the_steps_name_their_factor(self):
        factor = self.env.ref("dealer_followup.csi_factor_2014_facility")
        self.assertEqual(self.step.factor_name, factor.name)
        step = self.step.with_user(self.technician)
        self.assertEqual(step.factor_name, factor.name)
        self.step.factor_code = "nobody_knows"
        self.assertEqual(self.step.factor_name, "nobody_knows")
        self.step.factor_code = False
        self.assertFalse(self.step.factor_name)

    def test_the_weak_links_of_the_service_are_grouped_by_the_name_of_the_factor(self):
        self.check_standards(True)
        rows = (
            self.env["dealer.service.gap.report"]
            .with_user(self.manager)
            ._read_group([], ["factor_id"], ["compliance:avg"])
        )
        factors = {factor.display_name for factor, _compliance in rows}
        self.assertEqual(factors, {"Service Facility"})

    def test_sales_and_service_are_not_mixed(self):
        sales = self.env.ref("dealer_followup.survey_7d")
        rule = self.make_rule("sale", survey_id=sales.id)
        task = self.make_task(rule)
        question = self.env.ref("dealer_followup.survey_7d_facility")
        task._answer_by_phone({str(question.id): "2"})
        self.assertFalse(
            [row for row in self.gaps(["factor_id"]) if row[0].code == "showroom"]
        )

    def test_any_grouping_is_one_query(self):
        self.answer_many([8, 9])
        self.check_standards(True, False)
        self.gaps(["factor_id", "step_id"])
        with self.assertQueryCount(1):
            self.gaps(["factor_id", "step_id"])
