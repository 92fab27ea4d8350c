"""Who is asked for a certification, who holds it, and until when.

The days and the percent in these tests were reckoned by hand.
"""

from datetime import date

from odoo.exceptions import ValidationError

from .certification_case import NOON, CertificationCase


class TestCertificates(CertificationCase):
    def test_seven_of_eight_right_answers_pass(self):
        self.assertEqual(len(self.exam.question_ids), 8)
        for wrong, percent, is_passed in ((0, 100, True), (1, 87.5, True), (2, 75, 0)):
            with self.subTest(wrong=wrong):
                exam = self.take(self.advisor, NOON, wrong)
                self.assertEqual(exam.scoring_percentage, percent)
                self.assertEqual(exam.scoring_success, bool(is_passed))

    def test_each_question_has_one_right_answer_of_three(self):
        for question in self.exam.question_ids:
            with self.subTest(question.title):
                answers = question.suggested_answer_ids
                self.assertEqual(len(answers), 3)
                self.assertEqual(sum(answers.mapped("is_correct")), 1)
                right = answers.filtered("is_correct")
                self.assertEqual(sum(answers.mapped("answer_score")), 10)
                self.assertEqual(right.answer_score, 10)

    def test_a_certificate_is_missing_valid_runs_out_and_has_expired(self):
        self.assertRow("missing")
        # on the evening of 30 January in UTC it is the 31st in the shop
        self.take(self.advisor, "2026-01-30 17:00:00", wrong=1)
        end = date(2027, 1, 31)
        row = self.assertRow("valid", end)
        self.assertEqual(row.passed_on, date(2026, 1, 31))
        self.assertEqual((row.score, row.attempts), (87.5, 1))
        # 60 days before the end is 2 December
        for moment, state in (
            ("2026-12-01 15:59:00", "valid"),
            ("2026-12-01 16:01:00", "soon"),
            ("2027-01-31 15:59:00", "soon"),
            ("2027-01-31 16:01:00", "expired"),
        ):
            with self.subTest(moment=moment):
                self.assertRow(state, end, at=moment)

    def test_a_month_that_is_shorter_ends_on_its_last_day(self):
        self.exam.dealer_valid_months = 1
        self.take(self.advisor, "2026-01-31 04:00:00")
        self.assertRow("soon", date(2026, 2, 28), at="2026-02-28 04:00:00")
        self.assertRow("expired", date(2026, 2, 28), at="2026-03-01 04:00:00")

    def test_without_months_it_is_valid_without_end(self):
        self.exam.dealer_valid_months = 0
        self.take(self.advisor, "2011-01-31 04:00:00")
        self.assertRow("valid", None)

    def test_the_last_exam_that_was_passed_counts(self):
        self.take(self.advisor, "2025-01-10 04:00:00")
        self.assertRow("expired", date(2026, 1, 10))
        # who fails when repeating it has what was held before
        self.take(self.advisor, "2026-02-01 04:00:00", wrong=3)
        row = self.assertRow("expired", date(2026, 1, 10))
        self.assertEqual(row.attempts, 2)
        self.take(self.advisor, "2026-02-10 04:00:00", wrong=1)
        row = self.assertRow("valid", date(2027, 2, 10))
        self.assertEqual((row.score, row.attempts), (87.5, 3))
        self.take(self.advisor, "2026-02-20 04:00:00", wrong=3)
        row = self.assertRow("valid", date(2027, 2, 10))
        self.assertEqual((row.score, row.attempts), (87.5, 4))

    def test_trials_and_exams_of_others_are_none(self):
        self.take(self.colleague, NOON)
        trial = self.take(self.advisor, NOON)
        trial.test_entry = True
        self.exam._create_answer(user=self.advisor, check_attempts=False)
        row = self.assertRow("missing")
        self.assertEqual(row.attempts, 0)
        self.assertRow("valid", date(2027, 3, 2), user=self.colleague)


class TestWhoIsAsked(CertificationCase):
    def asked(self):
        rows = self.Report.search([("survey_id", "=", self.exam.id)])
        people = self.advisor + self.colleague + self.technician + self.manager
        people += self.caller + self.care_manager + self.handler
        return rows.user_id & people

    def test_a_role_asks_those_who_have_it(self):
        for role, people in (
            ("advisor", self.advisor + self.colleague),
            ("technician", self.technician),
            ("handler", self.handler),
            ("caller", self.caller),
        ):
            with self.subTest(role=role):
                self.required.role = role
                self.assertEqual(self.asked(), people)

    def test_the_chosen_advisors_of_the_shop_are_asked(self):
        self.company.dealer_advisor_ids = self.colleague
        self.assertEqual(self.asked(), self.colleague)

    def test_whoever_does_the_final_inspection_is_asked(self):
        self.required.role = "inspector"
        self.assertFalse(self.asked())
        self.bring_to(self.make_reception(state="arrived"), "ready")
        checks = self.env["dealer.quality.check"].search([("level", "=", "final")])
        self.assertTrue(checks)
        for user in (self.technician, self.colleague):
            self.env.cr.execute(
                "UPDATE dealer_quality_check SET user_id = %s WHERE id IN %s",
                [user.id, tuple(checks.ids)],
            )
            self.assertEqual(self.asked(), user)

    def test_a_standard_asks_those_who_carry_out_its_step(self):
        self.required.role = False
        self.assertFalse(self.asked())
        standard = self.env.ref("dealer_service.dealer_service_standard_greet_in_time")
        standard.certification_ids = self.required
        self.assertEqual(self.required.standard_ids, standard)
        self.assertEqual(self.asked(), self.advisor + self.colleague)
        recheck = self.env.ref("dealer_service.dealer_service_standard_recheck")
        self.required.standard_ids += recheck
        self.assertEqual(self.asked(), self.advisor + self.colleague + self.technician)
        recheck.active = False
        self.assertEqual(self.asked(), self.advisor + self.colleague)
        # a shop with a step of its own goes by that one
        standard.step_id.copy({"company_id": self.company.id}).standard_ids.unlink()
        self.assertFalse(self.asked())

    def test_who_is_asked_twice_has_one_row(self):
        standard = self.env.ref("dealer_service.dealer_service_standard_greet_in_time")
        self.required.standard_ids = standard
        self.assertEqual(len(self.row()), 1)

    def test_what_another_shop_asks_is_not_asked_here(self):
        self.required.company_id = self.env["res.company"].create({"name": "另一家店"})
        self.assertFalse(self.asked())
        self.required.company_id = False
        self.assertEqual(self.asked(), self.advisor + self.colleague)
        self.required.active = False
        self.assertFalse(self.asked())

    def test_who_works_in_two_shops_has_a_row_in_each(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        self.required.company_id = False
        self.advisor.company_ids += other
        both = self.Report.with_context(allowed_company_ids=(self.company + other).ids)
        rows = both.search([("user_id", "=", self.advisor.id)])
        self.assertEqual(rows.company_id, self.company + other)
        self.assertEqual(len(rows), 2)

    def test_who_has_left_and_an_exam_that_is_over_are_not_listed(self):
        self.colleague.active = False
        self.assertEqual(self.asked(), self.advisor)
        self.exam.active = False
        self.assertFalse(self.asked())

    def test_only_a_certification_is_asked_for(self):
        survey = self.env.ref("dealer_followup.survey_visit")
        with self.assertRaisesRegex(ValidationError, "no certification"):
            self.required.survey_id = survey
