"""Answers through merges, departures and the unreached path: none is lost."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .survey_case import SurveyCase, cn
from .test_survey_link import LinkCase, OnTheTelephone


@freeze_time(cn(2, 10))
class TestAnswersLast(LinkCase):
    def test_merged_customers_keep_their_answers_and_figures(self):
        twin = self.make_partner(name="王建国", phone="13805531234")
        answer = self.make_answer(task=self.make_visit_task(partner=twin))
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin + self.customer).ids, self.customer
        )
        self.assertEqual(answer.partner_id, self.customer)
        self.assertEqual(answer.dealer_followup_ids.partner_id, self.customer)
        self.assertEqual(answer.dealer_index, 900)

    def test_a_pending_link_survives_the_merge_of_its_customer(self):
        twin = self.make_partner(name="王建国", phone="13805531234")
        task = self.make_visit_task(partner=twin)
        self.send(task)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin + self.customer).ids, self.customer
        )
        self.assertEqual(task.survey_input_id.partner_id, self.customer)
        self.assertEqual(task.state, "waiting")

    def test_a_caller_who_leaves_leaves_answers_and_links(self):
        task = self.make_visit_task(user_id=self.caller.id)
        self.send(task)
        answered = self.make_answer(task=self.make_visit_task(user_id=self.caller.id))
        self.caller.action_archive()
        self.assertEqual(task.state, "waiting")
        self.assertFalse(task.user_id)
        self.assertEqual(answered.dealer_index, 900)

    def test_a_question_deleted_later_leaves_the_figures(self):
        answer = self.make_answer(factors=9)
        with self.assertRaises(UserError):
            answer.user_input_line_ids[0].unlink()
        self.question("quality").dealer_factor_id = False
        self.question("promise").unlink()
        self.assertEqual(answer.dealer_index, 900)
        self.assertEqual(len(answer.dealer_score_ids), 5)

    def test_another_questionnaire_of_the_rule_keeps_what_was_begun(self):
        task = self.make_visit_task()
        self.send(task)
        self.rule.survey_id = self.env.ref("dealer_followup.survey_7d")
        self.assertEqual(task.survey_input_id.survey_id, self.survey)
        task._answer_by_phone(self.answers())
        self.assertEqual(task.survey_index, 900)

    def test_a_reopened_task_is_not_asked_twice(self):
        task = self.make_visit_task()
        self.ask(task, result="not_interested")
        self.assertEqual(task.state, "failed")
        task.with_user(self.care_manager).action_reopen()
        with freeze_time(cn(2, 15)):
            sheet = self.open_sheet(task)
            self.assertFalse(sheet.survey_form)

    def test_the_message_after_five_unreached_days_may_carry_the_link(self):
        if "sms.sms" not in self.env:
            self.skipTest("Odoo's SMS is not installed")
        self.open_text_account()
        self.company.dealer_survey_sms = True
        self.rule.write({"max_attempts": 1, "unreached_channel": "sms"})
        task = self.make_visit_task()
        self.call(task, "no_answer")
        self.assertEqual(task.channel, "sms")
        task._send_link_due(fields.Datetime.now())
        self.assertEqual((task.state, task.survey_channel), ("waiting", "sms"))
        with freeze_time(cn(9, 11)):
            task._send_link_due(fields.Datetime.now())
        self.assertEqual(task.state, "failed")


@freeze_time(cn(2, 10))
class TestQuestionsLast(SurveyCase):
    """What a customer has answered is not given other words, nor deleted with them."""

    def test_an_answered_question_keeps_its_words_and_answers(self):
        answer = self.make_answer(better="Coffee")
        question = self.question("better").with_user(self.care_manager)
        for values in (
            {"title": "What did you like?"},
            {"question_type": "char_box"},
            {"survey_id": self.env.ref("dealer_followup.survey_7d").id},
        ):
            with self.assertRaisesRegex(UserError, "already answered"):
                question.write(values)
        with self.assertRaisesRegex(UserError, "already answered"):
            question.survey_id.write({"question_and_page_ids": [(2, question.id)]})
        with self.assertRaisesRegex(UserError, "already answered"):
            self.question("better").unlink()
        self.assertEqual(answer._dealer_words(), "Coffee")
        question.write({"title": question.title, "description": "One or two words"})

    def test_a_ticked_choice_keeps_its_words(self):
        asked = self.question("promise")
        choice = asked.suggested_answer_ids[0]
        answers = self.answers() | {str(asked.id): choice.id}
        self.make_visit_task().sudo()._answer_by_phone(answers)
        mine = choice.with_user(self.care_manager)
        with self.assertRaisesRegex(UserError, "already answered"):
            mine.value = "Always"
        with self.assertRaisesRegex(UserError, "already answered"):
            choice.unlink()

    def test_a_question_nobody_has_answered_is_changed(self):
        question = self.question("better").with_user(self.care_manager)
        question.title = "What shall we do?"
        self.question("better").with_user(self.env.ref("base.user_admin")).unlink()

    def test_the_shops_of_a_group_do_not_rewrite_each_other_s_questionnaire(self):
        own = self.survey.copy()
        rule = self.make_rule("visit", purpose="satisfaction", survey_id=own.id)
        rule.company_id = self.company
        self.make_answer(task=self.make_task(rule))
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = new_test_user(
            self.env,
            login="care_of_other_shop",
            groups="dealer_followup.group_dealer_followup_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for survey in (self.survey, own):
            mine = survey.with_user(stranger)
            for values in ({"active": False}, {"access_token": "known"}):
                with self.assertRaisesRegex(AccessError, "Group Management"):
                    mine.write(values)
            with self.assertRaisesRegex(AccessError, "Group Management"):
                mine.question_ids[1].write({"is_dealer_nps": False})
            with self.assertRaisesRegex(AccessError, "Group Management"):
                mine.question_ids.suggested_answer_ids[0].write({"value": "x"})
        own.with_user(self.care_manager).description = "Ours"


@tagged("standard", "post_install", "-at_install")
class TestZero(OnTheTelephone):
    """Nought is an answer, on the customer's telephone too."""

    def test_nought_everywhere_is_handed_in(self):
        self.hand_in(factors=0, nps=0)
        self.assertEqual(self.answer.state, "done")
        self.assertTrue(self.answer.dealer_has_index)
        self.assertTrue(self.answer.dealer_has_nps)
        self.assertEqual((self.answer.dealer_index, self.answer.dealer_nps), (0, 0))
        self.assertTrue(self.task.is_unhappy)

    def test_the_recommendation_is_asked_for(self):
        self.post("begin")
        result = self.post("submit", **self.answers(nps=None))
        self.assertIn("validation", str(result))
        self.assertNotEqual(self.answer.state, "done")

    def test_the_task_that_a_caller_holds_is_settled_by_the_answer(self):
        self.task.sudo()._write_by_method({"next_try_at": fields.Datetime.now()})
        sheet = self.open_sheet(self.task)
        self.env.flush_all()
        self.hand_in(factors=9)
        self.assertEqual(self.task.state, "done")
        sheet.result_id = self.result("reached")
        with self.assertRaisesRegex(UserError, "already"):
            sheet.action_save()
        self.assertLess(
            self.task.date_closed, fields.Datetime.now() + timedelta(minutes=1)
        )
