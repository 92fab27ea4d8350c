"""After the service the customer has no time on the telephone and takes the link."""

import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .care_story import CareStory


@tagged("standard", "post_install", "-at_install")
class TestSurveyByLink(CareStory, HttpCase):
    """The time is today's: a server answers, and its clock is not ours to stop."""

    codes = ("visit",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_call_hours = "00:00-24:00"
        cls.rules["visit"].avoid_closed_days = False
        now = fields.Datetime.now()
        cls.visit = cls.make_reception(
            state="arrived", date_arrived=now - timedelta(days=3, hours=3)
        )
        cls.visit._write_by_method(
            {"state": "delivered", "date_delivered": now - timedelta(days=3)}
        )

    def browse_link(self, path, **params):
        response = self.url_open(
            path,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()["result"]

    def test_the_link_is_sent_answered_and_heard(self):
        # The third day: the customer is driving and asks for a message.
        self.rules["visit"]._run()
        task = self.task("visit")
        self.assertEqual(task.visit_id, self.visit)
        sheet = self.next_call()
        sheet.action_dial()
        action = sheet.action_survey_link()
        dialog = self.env[action["res_model"]].with_user(self.caller)
        dialog = dialog.browse(action["res_id"])
        self.assertIn(dialog.url, dialog.text)
        dialog.action_wechat()
        self.assertEqual(task.state, "waiting")
        self.assertFalse(self.next_call(), "nobody calls while the link is open")

        # In the evening he taps on it, on his telephone, without a login.
        self.env.flush_all()
        page = self.url_open(dialog.url)
        self.assertEqual(page.status_code, 200)
        self.assertIn("o_survey_start", page.text)
        answer = task.survey_input_id
        path = f"{answer.survey_id.access_token}/{answer.access_token}"
        self.browse_link(f"/survey/begin/{path}")
        better = self.env.ref("dealer_followup.survey_visit_better")
        self.browse_link(
            f"/survey/submit/{path}",
            **self.score(
                "visit",
                initiation=8,
                advisor=8,
                facility=2,
                quality=9,
                pickup=7,
                nps=5,
            ),
            **{str(better.id): "休息区没有座位，等了两小时。"},
        )

        # The task is done, the criticism is a complaint, the figures are counted.
        self.assertEqual(task.state, "done")
        self.assertEqual(task.survey_nps, 5)
        self.assertEqual(task.complaint_id.subject, "休息区没有座位，等了两小时。")
        rows = self.env["dealer.satisfaction.report"].with_user(self.care_manager)
        found = rows.search([("followup_id", "=", task.id)])
        self.assertEqual(found.person_id, self.advisor)
        self.assertEqual(
            found.filtered(lambda row: row.factor_id.code == "facility").value, 2
        )

        # The link leads nowhere any more.
        self.assertNotIn("o_survey_start", self.url_open(dialog.url).text)
        again = self.browse_link(
            f"/survey/submit/{path}", **self.score("visit", nps=10)
        )
        self.assertIn("unauthorized", str(again))
        self.assertEqual(task.survey_nps, 5)
