"""The questionnaire asked by a caller: on the sheet, saved with the call."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged, users

from .survey_case import FACTORS, SurveyCase, cn


@freeze_time(cn(2, 10))
class TestOnTheSheet(SurveyCase):
    def test_the_questions_are_on_the_sheet_in_their_order(self):
        task = self.make_visit_task()
        sheet = self.open_sheet(task)
        titles = [question["title"] for question in sheet.survey_form["questions"]]
        self.assertEqual(titles, self.survey.question_ids.mapped("title"))
        self.assertEqual(sheet.survey_form["title"], self.survey.title)
        self.assertFalse(sheet.survey_elsewhere)

    def test_nothing_is_warned_of_unless_the_customer_is_unhappy(self):
        sheet = self.open_sheet(self.make_visit_task())
        self.assertFalse(sheet.survey_warning)
        sheet.survey_answers = self.answers(factors=10, nps=10)
        self.assertFalse(sheet.survey_warning)
        sheet.survey_answers = self.answers(factors=1, nps=1)
        self.assertIn("Unhappy", sheet.survey_warning)

    def test_a_rule_without_a_questionnaire_asks_nothing(self):
        sheet = self.open_sheet(self.make_task())
        self.assertFalse(sheet.survey_form)
        for ask in (sheet.action_open_survey, sheet.action_survey_link):
            with self.assertRaisesRegex(UserError, "has an open questionnaire"):
                ask()

    @users("caller")
    def test_one_save_records_call_and_answers(self):
        task = self.make_visit_task()
        answer = self.ask(task, factors=9, nps=10, better="Nothing")
        self.assertEqual(task.state, "done")
        self.assertEqual(answer.state, "done")
        self.assertEqual(answer.partner_id, self.customer)
        self.assertEqual(answer.dealer_company_id, self.company)
        self.assertEqual(len(answer.dealer_score_ids), len(FACTORS))
        self.assertEqual(task.with_env(self.env).survey_index, 900)
        self.assertEqual(task.with_env(self.env).survey_nps, 10)
        self.assertFalse(task.is_unhappy)
        self.assertFalse(task.complaint_id)
        self.assertEqual(len(task.attempt_ids), 1)

    def test_who_has_answered_was_reached(self):
        task = self.make_visit_task()
        sheet = self.open_sheet(task)
        sheet.survey_answers = self.answers()
        sheet.action_save()
        self.assertEqual(task.result_id, self.result("reached"))

    def test_without_answers_nothing_is_counted(self):
        task = self.make_visit_task()
        self.call(task, "reached")
        self.assertEqual(task.state, "done")
        self.assertFalse(task.survey_input_id)

    def test_a_customer_who_hangs_up_has_answered_half(self):
        answer = self.ask(self.make_visit_task(), factors=None, nps=None, quality=9)
        self.assertEqual(answer.state, "done")
        self.assertFalse(answer.dealer_has_index)
        self.assertFalse(answer.dealer_has_nps)
        self.assertEqual(answer.dealer_score_ids.score, 9)

    def test_an_interrupted_call_goes_on_where_it_was(self):
        task = self.make_visit_task()
        sheet = self.open_sheet(task)
        sheet.write(
            {
                "survey_answers": self.answers(factors=None, nps=None, quality=7),
                "result_id": self.result("call_later").id,
                "promised_at": cn(2, 15),
            }
        )
        sheet.action_save()
        self.assertEqual(task.survey_input_id.state, "in_progress")
        with freeze_time(cn(2, 15)):
            sheet = self.open_sheet(task)
            self.assertEqual(
                sheet.survey_answers, {str(self.question("quality").id): "7"}
            )
            answer = self.ask(task, factors=9, quality=7)
        self.assertEqual(answer.state, "done")
        self.assertEqual(len(answer.dealer_score_ids), 5)

    def test_answers_of_a_customer_who_was_not_reached_are_refused(self):
        task = self.make_visit_task()
        with self.assertRaisesRegex(UserError, "one of them is wrong"):
            self.ask(task, result="no_answer")
        self.assertEqual(task.state, "todo")

    def test_an_answer_that_is_none_is_refused(self):
        task = self.make_visit_task()
        wrong = (
            {"quality": 11},
            {"quality": -1},
            {"quality": "nine"},
            {"quality": "9" * 5000},
            {"promise": self.question("better").id + 10_000},
        )
        for answers in wrong:
            with self.assertRaisesRegex(UserError, "is not a valid answer"):
                task._answer_by_phone(self.answers(**answers))
        self.assertEqual(task.state, "todo")

    def test_answers_that_are_no_answers_are_refused(self):
        task = self.make_visit_task()
        for value in (["9"], "9", 9):
            with self.assertRaises(UserError):
                task._answer_by_phone(value)

    def test_a_choice_is_kept(self):
        task = self.make_visit_task()
        late = self.question("promise").suggested_answer_ids[1]
        sheet = self.open_sheet(task)
        sheet.survey_answers = self.answers() | {
            str(self.question("promise").id): late.id
        }
        sheet.result_id = self.result("reached")
        sheet.action_save()
        lines = task.survey_input_id.user_input_line_ids
        self.assertEqual(lines.suggested_answer_id, late)

    def test_a_question_that_no_answer_called_up_is_left_out(self):
        yes = self.question("promise").suggested_answer_ids[0]
        self.question("better").triggering_answer_ids = yes
        task = self.make_visit_task()
        task._answer_by_phone(self.answers(better="left out"))
        self.assertEqual(task.survey_input_id._dealer_words(), "")
        task = self.make_visit_task()
        task._answer_by_phone(
            self.answers(better="asked") | {str(self.question("promise").id): yes.id}
        )
        self.assertEqual(task.survey_input_id._dealer_words(), "asked")

    def test_an_answered_questionnaire_is_not_asked_again(self):
        task = self.make_visit_task()
        self.ask(task)
        with self.assertRaisesRegex(UserError, "already been answered"):
            task._answer_by_phone(self.answers())
        with self.assertRaisesRegex(UserError, "already been answered"):
            task.action_open_survey()

    def test_a_matrix_is_asked_on_a_page_of_its_own(self):
        self.survey.question_ids[0].copy(
            {
                "survey_id": self.survey.id,
                "question_type": "matrix",
                "dealer_factor_id": False,
            }
        )
        sheet = self.open_sheet(self.make_visit_task())
        self.assertTrue(sheet.survey_elsewhere)
        self.assertIn("/survey/start/", sheet.action_open_survey()["url"])

    @users("caller")
    def test_a_colleagues_task_is_not_answered(self):
        task = self.make_visit_task(user_id=self.other_caller.id)
        with self.assertRaises(AccessError):
            task.with_env(self.env)._answer_by_phone(self.answers())

    def test_the_sheet_saves_from_its_form(self):
        task = self.make_visit_task()
        sheet = self.open_sheet(task)
        with Form(sheet.with_user(self.caller)) as form:
            form.survey_answers = self.answers(factors=1)
            self.assertIn("Index 100", form.survey_warning)
            form.survey_answers = self.answers(factors=9)
            self.assertFalse(form.survey_warning)


@freeze_time(cn(2, 10))
class TestUnhappy(SurveyCase):
    @users("caller")
    def test_low_answers_become_a_complaint_though_the_caller_says_content(self):
        task = self.make_visit_task()
        self.ask(task, factors=3, nps=2, note="He will not come again.")
        self.assertTrue(task.is_unhappy)
        complaint = task.complaint_id
        self.assertEqual(complaint.source, "callback")
        self.assertEqual(complaint.vehicle_id, self.vehicle)
        self.assertIn("He will not come again.", complaint.description)
        self.assertIn("Index 300 of 1000", complaint.description)
        self.assertIn("2 of 10", complaint.description)

    @users("caller")
    def test_not_content_and_low_answers_are_one_complaint(self):
        task = self.make_visit_task()
        before = self.env["dealer.complaint"].sudo().search_count([])
        self.ask(task, result="unhappy", factors=3, nps=2, note="Waited two hours.")
        self.assertEqual(task.complaint_id.state, "new")
        after = self.env["dealer.complaint"].sudo().search_count([])
        self.assertEqual(after, before + 1)

    def test_each_threshold_is_a_setting_of_the_shop(self):
        cases = (
            ({"factors": 5}, {"dealer_index_low": 600}, True),
            ({"factors": 5}, {"dealer_index_low": 0}, False),
            ({"facility": 3}, {"dealer_factor_low": 4}, True),
            ({"facility": 4}, {"dealer_factor_low": 4}, False),
            ({"facility": 3}, {"dealer_factor_low": 0}, False),
            ({"nps": 6}, {"dealer_nps_low": 6}, True),
            ({"nps": 7}, {"dealer_nps_low": 6}, False),
            ({"nps": 0}, {"dealer_nps_low": -1}, False),
        )
        for answers, setting, unhappy in cases:
            with self.subTest(answers=answers, setting=setting):
                self.company.write(
                    {
                        "dealer_index_low": 0,
                        "dealer_factor_low": 0,
                        "dealer_nps_low": -1,
                        **setting,
                    }
                )
                task = self.make_visit_task()
                task._answer_by_phone(self.answers(**answers))
                self.assertEqual(task.is_unhappy, unhappy)

    def test_a_shop_may_prefer_to_call_first(self):
        self.company.dealer_unhappy_action = "callback"
        task = self.make_visit_task()
        self.ask(task, factors=2, nps=1, note="Nobody listened.")
        self.assertFalse(task.complaint_id)
        rule = self.env.ref("dealer_followup.care_rule_unhappy")
        callback = self.tasks(rule)
        self.assertEqual(callback.partner_id, self.customer)
        self.assertEqual(callback.vehicle_id, self.vehicle)
        self.assertEqual(callback.state, "todo")
        self.assertIn("Nobody listened.", callback.note)

    def test_after_the_remedy_low_answers_open_the_complaint_again(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        rule = self.env.ref("dealer_followup.care_rule_complaint")
        rule.survey_id = self.env.ref("dealer_followup.survey_complaint")
        self.resolve(complaint)
        task = self.Followup.search([("complaint_id", "=", complaint.id)])
        nps = self.env.ref("dealer_followup.survey_complaint_nps")
        task._answer_by_phone({str(nps.id): "1"}, words="Still broken")
        self.assertEqual(complaint.state, "investigating")
        self.assertEqual(task.complaint_id, complaint)


@freeze_time(cn(2, 10))
@tagged("standard", "post_install", "-at_install")
class TestOwnPage(SurveyCase, HttpCase):
    """Odoo's survey page, opened by somebody who is logged in."""

    def open_page(self, task, login):
        action = task.with_user(self.caller).action_open_survey()
        self.env.flush_all()
        self.authenticate(login, login)
        return self.url_open(action["url"])

    def test_a_caller_opens_the_page_for_the_customer(self):
        task = self.make_visit_task(user_id=self.caller.id)
        page = self.open_page(task, "caller")
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.survey.title, page.text)
        self.assertIn("o_survey_start", page.text)

    def test_whoever_may_not_call_is_refused(self):
        task = self.make_visit_task(user_id=self.caller.id)
        for login in ("other_caller", "advisor"):
            page = self.open_page(task, login)
            self.assertNotIn("o_survey_start", page.text)

    def test_the_page_is_open_for_the_caller_when_the_link_has_expired(self):
        task = self.make_visit_task(user_id=self.caller.id)
        task._begin_survey().deadline = cn(1, 10)
        page = self.open_page(task, "caller")
        self.assertIn("o_survey_start", page.text)
