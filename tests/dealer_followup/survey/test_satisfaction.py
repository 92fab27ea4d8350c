"""The index of answers: weighed as published, frozen, honest about what is missing."""

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, users
from odoo.tools import mute_logger

from .survey_case import SurveyCase, cn


@freeze_time(cn(2, 10))
class TestIndex(SurveyCase):
    def test_weights_that_sum_up_to_101_make_900_of_nines(self):
        self.assertEqual(sum(self.csi_model.factor_ids.mapped("weight")), 101)
        answer = self.make_answer(factors=9)
        self.assertTrue(answer.dealer_has_index)
        self.assertEqual(answer.dealer_index, 900)
        self.assertEqual(answer.dealer_csi_model_id, self.csi_model)

    def test_what_was_not_answered_does_not_lower_the_index(self):
        answer = self.make_answer(factors=9, facility=None)
        self.assertEqual(answer.dealer_index, 900)
        self.assertEqual(len(answer.dealer_score_ids), 4)

    def test_under_sixty_percent_of_the_weight_there_is_no_index(self):
        answer = self.make_answer(factors=None, quality=9, facility=9)
        self.assertFalse(answer.dealer_has_index)
        self.assertEqual(answer.dealer_score_ids.mapped("score"), [9, 9])

    def test_nothing_answered_at_all_is_no_index_and_no_recommendation(self):
        answer = self.make_answer(factors=None, nps=None, better="…")
        self.assertFalse(answer.dealer_has_index)
        self.assertFalse(answer.dealer_has_nps)
        self.assertFalse(answer.dealer_score_ids)

    def test_zero_is_an_answer(self):
        answer = self.make_answer(factors=0, nps=0)
        self.assertTrue(answer.dealer_has_index)
        self.assertEqual(answer.dealer_index, 0)
        self.assertTrue(answer.dealer_has_nps)
        self.assertEqual(answer.dealer_score_ids.mapped("score"), [0] * 5)

    def test_a_factor_is_the_mean_of_its_answered_questions(self):
        second = self.question("quality").copy({"survey_id": self.survey.id})
        task = self.make_visit_task()
        task._answer_by_phone(self.answers(quality=10) | {str(second.id): "5"})
        score = task.survey_input_id.dealer_score_ids.filtered(
            lambda line: line.factor_id.code == "quality"
        )
        self.assertEqual((score.score, score.question_count), (7.5, 2))

    def test_a_survey_of_somebody_else_gets_no_index(self):
        answer = self.survey._create_answer(partner=self.customer, test_entry=False)
        answer._save_lines(self.question("quality"), "9")
        answer._mark_done()
        self.assertFalse(answer.dealer_company_id)
        self.assertFalse(answer.dealer_score_ids)


@freeze_time(cn(2, 10))
class TestVersions(SurveyCase):
    def test_weights_that_were_used_do_not_change(self):
        self.make_answer()
        factor = self.csi_model.factor_ids[0]
        for change in (
            lambda: factor.write({"weight": 50}),
            lambda: factor.unlink(),
            lambda: factor.copy({"code": "another"}),
        ):
            with self.assertRaisesRegex(UserError, "New Version"):
                change()
        factor.name = "Another name is no other weight"

    @users("care_manager")
    def test_a_new_version_takes_the_questionnaires_and_leaves_the_past(self):
        old = self.make_answer(factors=9, quality=5)
        before = old.dealer_index
        action = self.csi_model.with_env(self.env).action_new_version()
        version = self.env["dealer.csi.model"].browse(action["res_id"])
        self.assertEqual(self.survey.dealer_csi_model_id, version)
        question = self.question("quality")
        self.assertEqual(question.dealer_factor_id.model_id, version)
        self.assertEqual(question.dealer_factor_id.code, "quality")
        version.factor_ids.filtered(lambda f: f.code == "quality").weight = 90
        new = self.make_answer(factors=9, quality=5)
        self.assertLess(new.dealer_index, before)
        self.assertEqual(old.dealer_index, before)
        self.assertEqual(old.dealer_csi_model_id, self.csi_model)

    def test_a_question_that_moves_leaves_the_past(self):
        answer = self.make_answer(factors=8)
        factors = answer.dealer_score_ids.factor_id
        self.question("quality").dealer_factor_id = False
        self.assertEqual(answer.dealer_score_ids.factor_id, factors)

    def test_the_seven_factors_have_one_known_weight_and_say_so(self):
        seven = self.env.ref("dealer_followup.csi_model_service_seven")
        self.assertEqual(len(seven.factor_ids), 7)
        self.assertEqual([f.weight for f in seven.factor_ids if f.weight], [12.1])
        self.assertTrue(seven.is_incomplete)
        self.assertIn("(incomplete)", seven.display_name)
        self.assertIn("(incomplete)", seven.factor_ids[0].display_name)
        self.assertFalse(self.csi_model.is_incomplete)
        self.assertNotIn("incomplete", self.csi_model.factor_ids[0].display_name)

    def test_an_incomplete_set_makes_no_index_of_twelve_percent(self):
        seven = self.env.ref("dealer_followup.csi_model_service_seven")
        scores = dict.fromkeys(seven.factor_ids, 9)
        self.assertIsNone(seven._index(scores))
        seven.factor_ids.filtered(lambda f: f.code == "quality").weight = 60
        self.assertTrue(seven.is_incomplete)
        self.assertEqual(round(seven._index(scores)), 900)

    def test_the_published_sets_are_complete(self):
        for code, total in (("service_2014", 101), ("sales_2015", 100)):
            model = self.env["dealer.csi.model"].search([("code", "=", code)])
            self.assertEqual(len(model.factor_ids), 5)
            self.assertEqual(sum(model.factor_ids.mapped("weight")), total)
            self.assertFalse(model.is_incomplete)

    @mute_logger("odoo.sql_db")
    def test_a_weight_is_not_negative(self):
        with self.assertRaises(psycopg2.errors.CheckViolation):
            self.csi_model.factor_ids[0].weight = -1
            self.env.flush_all()


@freeze_time(cn(2, 10))
class TestQuestions(SurveyCase):
    def test_a_question_of_the_index_has_a_scale_from_0_to_10(self):
        question = self.question("quality")
        with self.assertRaises(ValidationError):
            question.scale_max = 5
        with self.assertRaises(ValidationError):
            self.question("better").is_dealer_nps = True

    def test_a_factor_of_another_set_is_refused(self):
        other = self.env.ref("dealer_followup.csi_factor_2015_deal")
        with self.assertRaises(ValidationError):
            self.question("quality").dealer_factor_id = other

    def test_another_set_keeps_what_it_knows_by_code(self):
        seven = self.env.ref("dealer_followup.csi_model_service_seven")
        self.survey.dealer_csi_model_id = seven
        self.assertEqual(self.question("quality").dealer_factor_id.model_id, seven)
        self.assertFalse(self.question("facility").dealer_factor_id)

    def test_answers_that_were_handed_in_are_not_rewritten(self):
        answer = self.make_answer()
        line = answer.user_input_line_ids[0]
        for change in (
            lambda: line.write({"value_scale": 1}),
            lambda: line.unlink(),
            lambda: line.copy(),
            lambda: answer.unlink(),
            lambda: self.survey.unlink(),
        ):
            with self.assertRaises(UserError):
                change()

    @users("care_manager")
    def test_an_answer_that_counts_is_nobodys_to_write(self):
        answer = self.make_answer().with_env(self.env)
        self.env.invalidate_all()
        before = answer.read()
        for vals in (
            {"state": "new"},
            {"partner_id": self.env.user.partner_id.id},
            {"end_datetime": "2020-01-01 00:00:00"},
            {"test_entry": True},
            {"nickname": "x"},
            {"scoring_percentage": 100},
            {"survey_id": self.survey.copy().id},
            {"dealer_company_id": False},
            {"dealer_index": 1000},
        ):
            with self.assertRaises(UserError):
                answer.write(vals)
        with self.assertRaises(UserError):
            answer.unlink()
        self.env.invalidate_all()
        self.assertEqual(answer.read(), before)

    @users("care_manager")
    def test_nobody_makes_up_an_answer_that_counts(self):
        survey = self.survey.with_env(self.env)
        answers = self.env["survey.user_input"]
        for vals in (
            {"dealer_company_id": self.company.id, "state": "done"},
            {"dealer_has_index": True, "dealer_index": 1000},
            {"dealer_has_nps": True, "dealer_nps": 10},
        ):
            with self.assertRaises(UserError):
                answers.create({"survey_id": survey.id, **vals})
            own = answers.create({"survey_id": survey.id})
            with self.assertRaises(UserError):
                own.write(vals)
        with self.assertRaises(UserError):
            self.make_answer().with_env(self.env).copy()

    @users("care_manager")
    def test_an_open_questionnaire_of_ours_is_filled_in_by_nobody_else(self):
        answer = self.make_visit_task()._begin_survey().with_user(self.care_manager)
        with self.assertRaises(UserError):
            answer.write({"state": "done"})

    def test_every_shipped_questionnaire_can_be_asked(self):
        for code in ("3d", "7d", "visit", "complaint"):
            survey = self.env.ref(f"dealer_followup.survey_{code}")
            survey.check_validity()
            self.assertTrue(survey.question_ids.filtered("title"))
            self.assertEqual(survey.access_mode, "token")
        rules = self.Rule.with_context(active_test=False).search(
            [("code", "in", ("3d", "7d", "visit", "complaint"))]
        )
        self.assertEqual(len(rules), 4)

    def test_seven_days_and_after_service_make_a_whole_index(self):
        for code in ("7d", "visit"):
            survey = self.env.ref(f"dealer_followup.survey_{code}")
            self.assertEqual(
                survey.question_ids.dealer_factor_id,
                survey.dealer_csi_model_id.factor_ids,
            )
            self.assertEqual(len(survey.question_ids.filtered("is_dealer_nps")), 1)

    def test_somebody_without_rights_on_factors_edits_questionnaires(self):
        officer = new_test_user(
            self.env,
            login="survey_officer",
            groups="base.group_user,survey.group_survey_user",
        )
        question = self.question("quality").with_user(officer)
        question.title = "How well was it done?"
        question.survey_id.copy()
        with self.assertRaises(AccessError):
            question.dealer_factor_id.read(["weight"])


@freeze_time(cn(2, 10))
class TestRights(SurveyCase):
    @users("caller")
    def test_a_caller_reads_weights_and_changes_none(self):
        model = self.csi_model.with_env(self.env)
        self.assertTrue(model.factor_ids[0].weight)
        for change in (
            lambda: model.write({"name": "Mine"}),
            lambda: model.factor_ids[0].write({"weight": 1}),
            lambda: model.action_new_version(),
        ):
            with self.assertRaises(AccessError):
                change()

    @users("caller")
    def test_a_caller_reads_neither_answers_nor_scores_nor_reports(self):
        answer = self.make_answer()
        for record in (
            answer,
            answer.dealer_score_ids,
            self.env["dealer.satisfaction.report"],
            self.env["dealer.satisfaction.gap.report"],
        ):
            with self.assertRaises(AccessError):
                record.with_env(self.env).check_access("read")

    @users("care_manager")
    def test_a_manager_reads_answers_of_the_own_shops_only(self):
        answer = self.make_answer()
        shop = self.company.env["res.company"].create({"name": "Other shop"})
        answer.with_env(self.env).check_access("read")
        answer.with_env(self.env).user_input_line_ids.check_access("read")
        answer.dealer_score_ids.with_env(self.env).check_access("read")
        answer.dealer_company_id = shop
        answer.dealer_score_ids.company_id = shop
        self.env.invalidate_all()
        for record in (answer, answer.user_input_line_ids, answer.dealer_score_ids):
            with self.assertRaises(AccessError):
                record.with_env(self.env).check_access("read")

    @users("care_manager")
    def test_nobody_writes_scores_by_hand(self):
        score = self.make_answer().dealer_score_ids[0].with_env(self.env)
        with self.assertRaises(AccessError):
            score.score = 10

    def test_anonymised_answers_keep_their_figures_and_lose_the_words(self):
        answer = self.make_answer(factors=9, better="Ask for Mr Wang, 138 0553 1234")
        self.customer.with_user(self.care_manager).action_anonymise_customer()
        self.assertNotIn("Wang", str(answer._dealer_words()))
        self.assertNotIn("王", answer.nickname or "")
        self.assertFalse(answer.email)
        self.assertEqual(answer.dealer_index, 900)
