"""The questionnaire as a link: sent when it may be, answered once, for some days."""

import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged, users

from .survey_case import SurveyCase, cn


class LinkCase(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "wang@example.com"
        cls.open_text_account()

    def send(self, task, channel="wechat", user=None):
        """The caller opens the dialog and sends the link."""
        action = task.with_user(user or self.caller).action_survey_link()
        dialog = self.env[action["res_model"]].with_user(user or self.caller)
        dialog = dialog.browse(action["res_id"])
        getattr(dialog, f"action_{channel}")()
        return dialog

    def mails(self):
        mails = self.env["mail.mail"].sudo()
        return mails.search([("model", "=", "dealer.followup")], order="id")


@freeze_time(cn(2, 10))
class TestSending(LinkCase):
    @users("caller")
    def test_the_dialog_shows_link_and_words_to_copy(self):
        task = self.make_visit_task()
        dialog = self.send(task)
        self.assertIn(task.survey_input_id.access_token, dialog.url)
        self.assertTrue(dialog.url.startswith("http"))
        self.assertIn(dialog.url, dialog.text)
        self.assertIn("王建国", dialog.text)

    def test_the_task_waits_for_the_answer_as_long_as_the_link_lives(self):
        self.company.dealer_survey_days = 5
        task = self.make_visit_task()
        self.send(task)
        deadline = fields.Datetime.now() + timedelta(days=5)
        self.assertRecordValues(
            task,
            [
                {
                    "state": "waiting",
                    "survey_channel": "wechat",
                    "survey_sent_at": fields.Datetime.now(),
                    "survey_deadline": deadline,
                    "next_try_at": deadline,
                }
            ],
        )
        self.assertEqual(task.attempt_ids.result_id.code, "link_sent")
        self.assertEqual(task.attempt_ids.channel, "wechat")
        self.assertFalse(self.open_sheet())
        with freeze_time(cn(7, 11)):
            self.assertEqual(self.open_sheet().followup_ids, task)

    def test_a_task_lives_as_long_as_its_link(self):
        self.company.dealer_survey_days = 30
        task = self.make_visit_task()
        self.send(task)
        with freeze_time(cn(31, 2)):
            self.Followup._expire()
        self.assertEqual(task.state, "waiting")

    @users("caller")
    def test_a_mail_goes_into_the_queue_in_the_language_of_the_customer(self):
        task = self.make_visit_task()
        self.send(task, "email")
        mail = self.mails()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn(task.survey_input_id.access_token, mail.body_html)
        self.assertIn("王建国", mail.body_html)
        self.assertFalse(mail.scheduled_date)

    def test_a_mail_of_the_night_leaves_in_the_morning(self):
        task = self.make_visit_task()
        with freeze_time(cn(2, 22)):
            self.send(task, "email")
        self.assertEqual(self.mails().scheduled_date, cn(3, 9))

    def test_without_an_address_there_is_no_mail(self):
        self.customer.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self.send(self.make_visit_task(), "email")

    def test_a_text_message_goes_into_the_queue_where_sms_is_installed(self):
        task = self.make_visit_task()
        if "sms.sms" not in self.env:
            with self.assertRaisesRegex(UserError, "no account"):
                self.send(task, "sms")
            return
        self.send(task, "sms")
        message = self.env["dealer.customer.message"].search(
            [("partner_id", "=", self.customer.id), ("channel", "=", "sms")]
        )
        self.assertEqual(message.state, "waiting")
        self.assertEqual(message.address, "+8613805531234")
        token = task.sudo()._link_token()
        self.assertIn(f"/r/{token}", message._to_send("text"))
        self.assertNotIn(token, message.text, "nobody but the customer reads it")
        path = self.env["dealer.message.link"]._path_of(token)
        self.assertIn(task.survey_input_id.access_token, path)

    def test_a_link_is_sent_on_a_sheet_of_somebody_without_time(self):
        task = self.make_visit_task()
        sheet = self.open_sheet(task)
        action = sheet.action_survey_link()
        self.assertEqual(action["res_model"], "dealer.followup.link")

    def test_a_rule_without_a_questionnaire_has_no_link(self):
        with self.assertRaisesRegex(UserError, "no questionnaire"):
            self.make_task().action_survey_link()

    @users("other_caller")
    def test_nobody_sends_the_link_of_a_colleagues_task(self):
        task = self.make_visit_task(user_id=self.caller.id).with_env(self.env)
        with self.assertRaises(AccessError):
            task.action_survey_link()


@freeze_time(cn(2, 10))
class TestAllowed(LinkCase):
    def assert_refused(self, task, words, channel="wechat"):
        with self.assertRaisesRegex(UserError, words):
            self.send(task, channel)
        self.assertFalse(task.survey_sent_at)

    def test_whoever_withdrew_consent_gets_no_link(self):
        task = self.make_visit_task()
        task.rule_id.suppress_complaint = False
        self.consent("withdrawn", "satisfaction", channel="wechat")
        self.assert_refused(task, "Consent Withdrawn")

    def test_consent_is_asked_by_the_channel_of_the_link(self):
        self.consent("withdrawn", "satisfaction", channel="sms")
        task = self.make_visit_task()
        if "sms.sms" in self.env:
            with self.assertRaisesRegex(UserError, "Consent Withdrawn"):
                task._send_link("sms")
        self.send(task, "email")
        self.assertEqual(task.survey_channel, "email")

    def test_during_a_complaint_nobody_is_asked(self):
        task = self.make_visit_task()
        self.make_complaint(vehicle_id=self.vehicle.id)
        self.assert_refused(task, "Open Complaint")

    def test_calls_and_messages_of_a_day_count_together_by_number(self):
        self.company.dealer_calls_per_day = 2
        twin = self.make_partner(name="李梅", phone="13805531234")
        neighbour = self.make_task(partner=twin)
        self.call(neighbour, "no_answer")
        self.send(self.make_visit_task())
        self.assert_refused(self.make_visit_task(), "2 times today")
        with freeze_time(cn(3, 9)):
            self.send(self.make_visit_task())

    def test_no_limit_is_no_limit(self):
        self.company.dealer_calls_per_day = 0
        for _number in range(5):
            self.send(self.make_visit_task())

    def test_a_task_that_ended_sends_nothing(self):
        task = self.make_visit_task()
        task.action_cancel()
        self.assert_refused(task, "has ended")

    def test_an_answered_questionnaire_is_not_sent(self):
        task = self.make_visit_task()
        task._answer_by_phone(self.answers())
        self.assert_refused(task, "already been answered")


@tagged("standard", "post_install", "-at_install")
class OnTheTelephone(LinkCase, HttpCase):
    """A customer without a login, on the telephone. No time is frozen: a server
    answers, and Odoo compares with its clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # at any hour the test runs
        cls.company.dealer_call_hours = "00:00-24:00"
        today = cls.company._dealer_today()
        cls.task = cls.make_visit_task(
            due_date=today,
            expire_date=today + timedelta(days=10),
            next_try_at=fields.Datetime.now(),
        )
        cls.task.with_user(cls.caller)._send_link("wechat")
        cls.answer = cls.task.survey_input_id

    def setUp(self):
        super().setUp()
        self.env.flush_all()

    def path(self, answer=None):
        answer = answer or self.answer
        return f"{self.survey.access_token}/{answer.access_token}"

    def start(self, answer=None):
        return self.url_open((answer or self.answer).get_start_url())

    def post(self, what, answer=None, **params):
        response = self.url_open(
            f"/survey/{what}/{self.path(answer)}",
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()

    def hand_in(self, answer=None, **answers):
        self.post("begin", answer)
        return self.post("submit", answer, **self.answers(**answers))

    def assert_closed(self, page):
        self.assertNotIn("o_survey_start", page.text)
        name = self.question("quality").id
        self.assertNotIn(f'name="{name}"', page.text)


@tagged("standard", "post_install", "-at_install")
class TestTheLink(OnTheTelephone):
    def test_a_customer_answers_and_the_task_is_done(self):
        page = self.start()
        self.assertIn("o_survey_start", page.text)
        self.assertIn(self.survey.title, page.text)
        self.hand_in(factors=9, nps=10, better="一切都好")
        self.assertEqual(self.answer.state, "done")
        self.assertEqual(self.answer.dealer_index, 900)
        self.assertEqual(self.task.state, "done")
        self.assertEqual(self.task.result_id.code, "answered")
        self.assertEqual(self.task.note, "一切都好")
        self.assertEqual(self.task.attempt_ids.mapped("channel"), ["wechat", "wechat"])
        self.assertFalse(self.task.complaint_id)

    def test_an_unhappy_answer_becomes_a_complaint_with_the_customers_words(self):
        self.hand_in(factors=2, nps=1, better="等了三个小时没人管")
        complaint = self.task.complaint_id
        self.assertEqual(complaint.subject, "等了三个小时没人管")
        self.assertIn("Index 200 of 1000", complaint.description)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertFalse(complaint.user_id)
        self.assertTrue(self.task.is_unhappy)

    def test_an_unhappy_answer_without_words_names_its_figures(self):
        self.hand_in(factors=9, nps=10, facility=1)
        self.assertIn("Service Facility: 1.0 of 10", self.task.complaint_id.subject)

    def test_the_link_is_answered_once(self):
        self.hand_in(factors=9)
        again = self.post("submit", **self.answers(factors=1))
        self.assertIn("error", str(again["result"]))
        self.assertEqual(self.answer.dealer_index, 900)
        self.assertEqual(len(self.answer.dealer_score_ids), 5)
        self.assertEqual(len(self.task.attempt_ids), 2)
        self.assert_closed(self.start())

    def test_a_second_try_by_the_page_is_refused(self):
        for state in ("new", "done"):
            if state == "done":
                self.hand_in(factors=9)
            self.url_open(f"/survey/retry/{self.path()}")
            self.env.invalidate_all()
            self.assertEqual(
                self.survey.user_input_ids.filtered(
                    lambda a: a.invite_token == self.answer.invite_token
                ),
                self.answer,
            )

    def test_an_expired_link_is_closed(self):
        self.answer.deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        self.assert_closed(self.start())
        self.hand_in(factors=9)
        self.assertNotEqual(self.answer.state, "done")
        self.assertEqual(self.task.state, "waiting")

    def test_a_link_that_expires_between_opening_and_sending_is_closed(self):
        self.post("begin")
        self.answer.deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        self.post("submit", **self.answers())
        self.assertNotEqual(self.answer.state, "done")

    def test_a_task_that_ended_closes_its_link(self):
        self.task.action_cancel()
        self.env.flush_all()
        self.assert_closed(self.start())
        self.hand_in(factors=9)
        self.assertNotEqual(self.answer.state, "done")
        self.assertEqual(self.task.state, "cancelled")

    def test_a_wrong_token_opens_nothing(self):
        page = self.url_open(
            f"/survey/start/{self.survey.access_token}?answer_token=no-such-token"
        )
        self.assert_closed(page)

    def test_without_a_token_nobody_starts_a_questionnaire(self):
        page = self.url_open(f"/survey/start/{self.survey.access_token}")
        self.assert_closed(page)
        self.env.invalidate_all()
        self.assertEqual(self.survey.user_input_ids, self.answer)

    def test_the_token_of_another_questionnaire_opens_nothing(self):
        other = self.env.ref("dealer_followup.survey_7d")
        page = self.url_open(f"/survey/{other.access_token}/{self.answer.access_token}")
        self.assert_closed(page)

    def test_another_customer_who_is_logged_in_is_refused(self):
        stranger = new_test_user(self.env, "stranger", groups="base.group_portal")
        self.env.flush_all()
        self.authenticate(stranger.login, stranger.login)
        self.assert_closed(self.start())

    def test_the_customer_with_a_login_may_answer(self):
        user = new_test_user(self.env, "wang", groups="base.group_portal")
        user.partner_id = self.customer
        self.env.flush_all()
        self.authenticate("wang", "wang")
        self.assertIn("o_survey_start", self.start().text)
        self.hand_in(factors=9)
        self.assertEqual(self.task.state, "done")

    def test_a_number_outside_the_scale_is_refused(self):
        for wrong in ("11", "-1", "999999", "ten", "9.5"):
            task = self.make_visit_task(
                expire_date=self.task.expire_date, due_date=self.task.due_date
            )
            answer = task._begin_survey()
            self.env.flush_all()
            self.post("begin", answer)
            values = self.answers() | {str(self.question("quality").id): wrong}
            result = self.post("submit", answer, **values)
            self.assertIn("validation", str(result), wrong)
            self.assertNotEqual(answer.state, "done")

    def test_two_answers_to_one_customer_are_two(self):
        second = self.make_visit_task(
            expire_date=self.task.expire_date, due_date=self.task.due_date
        )
        second.with_user(self.caller)._send_link("wechat")
        self.env.flush_all()
        self.hand_in(factors=9)
        self.assertEqual(second.state, "waiting")
        self.hand_in(second.survey_input_id, factors=8)
        self.assertEqual(second.state, "done")
        self.assertEqual(second.survey_input_id.dealer_index, 800)

    def test_the_page_speaks_the_language_of_the_customer(self):
        self.customer.lang = "zh_CN"
        task = self.make_visit_task(
            expire_date=self.task.expire_date, due_date=self.task.due_date
        )
        task.with_user(self.caller)._send_link("wechat")
        self.survey.with_context(lang="zh_CN").title = "售后满意度调查"
        self.env.flush_all()
        page = self.start(task.survey_input_id)
        self.assertIn("售后满意度调查", page.text)
