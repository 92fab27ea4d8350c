"""The phone of a customer who is invited, asked, and has had enough of messages."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..activity_common import ActivityCase
from ..dealer_followup.survey.survey_case import SurveyCase
from .devtools import READY, DevToolsCase


class PhoneCase(DevToolsCase):
    browser_size = "390x844"
    touch_enabled = True

    def wait_next(self, page, condition):
        """The page that follows is there, and hears what is tapped."""
        page.wait(f"{READY} && ({condition})")

    def assertFits(self, page):  # noqa: N802
        self.assertLessEqual(page.js("document.documentElement.scrollWidth"), 390)


@tagged("standard", "post_install", "-at_install")
class TestInvitation(ActivityCase, PhoneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start = fields.Datetime.now() + timedelta(days=7)
        cls.activity = cls.make_inviting(
            seat_limit=5, date_start=start, date_end=start + timedelta(hours=2)
        )
        cls.activity.invitee_ids.action_make_link()
        cls.mine = cls.activity.invitee_ids.filtered(
            lambda row: row.vehicle_id == cls.vehicle
        )

    def test_one_tap_says_that_the_customer_comes(self):
        with self.open_page(f"/activity/{self.mine.access_token}") as page:
            self.wait_next(page, "document.querySelector('#persons')")
            self.assertFits(page)
            page.js("document.querySelector('#persons').value = '2'")
            page.tap("button[value=coming]")
            self.wait_next(page, "document.querySelector('.alert-success')")
        self.mine.invalidate_recordset()
        self.assertEqual((self.mine.state, self.mine.persons), ("coming", 2))

    @mute_logger("odoo.http")
    def test_a_wrong_link_shows_nothing(self):
        with self.open_page("/activity/xxxxxxxxxxxxxxxxxxxxxxxx") as page:
            page.wait("document.readyState === 'complete'")
            self.assertNotIn(self.activity.name, page.text("body"))

    def test_consent_is_withdrawn_with_one_tap(self):
        self.consent("given")
        url = self.customer._consent_url()
        button = "form:has(input[value=marketing]) .btn-outline-danger"
        with self.open_page(url[url.index("/consent/") :]) as page:
            self.wait_next(page, f"document.querySelector('{button}')")
            self.assertFits(page)
            page.tap(button)
            self.wait_next(page, f"!document.querySelector('{button}')")
        lines = self.env["dealer.consent"].search(
            [("phone", "=", self.customer.phone_key)], order="id"
        )
        self.assertEqual(lines.mapped("decision"), ["given", "withdrawn"])


@tagged("standard", "post_install", "-at_install")
class TestQuestionnaire(SurveyCase, PhoneCase):
    def test_the_link_is_answered_on_the_phone(self):
        task = self.make_visit_task()
        action = task.with_user(self.caller).action_survey_link()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        dialog.with_user(self.caller).action_wechat()
        path = dialog.url[dialog.url.index("/", 9) :]
        with self.open_page(path) as page:
            self.wait_next(page, "document.querySelector('.o_survey_form button')")
            self.assertFits(page)
            page.tap(".o_survey_form button[type=submit]")
            page.wait("document.querySelectorAll('.js_question-wrapper').length > 3")
            self.assertFits(page)
            page.js(
                "document.querySelectorAll('.js_question-wrapper').forEach((q) =>"
                " [...q.querySelectorAll('input[type=radio]')].at(-1)?.click())"
            )
            page.tap(".o_survey_form button[type=submit]")
            page.wait_for(".modal-footer .btn-primary")
            page.wait_frames(40)
            page.tap(".modal-footer .btn-primary")
            page.wait("document.querySelector('.o_survey_finished')")
        task.invalidate_recordset()
        self.assertEqual(task.survey_input_id.state, "done")
        self.assertEqual(task.state, "done")
