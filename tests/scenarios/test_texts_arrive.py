"""A shop with a provider in China, which takes approved texts and nothing else: what
somebody counts on really arrives."""

import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..activity_common import ActivityCase, cn
from ..dealer_service.messages.provider_case import LoopbackCase
from ..providers.aliyun import Aliyun


@tagged("post_install", "-at_install")
@freeze_time(cn(2, 10))
class TestTextsArrive(LoopbackCase, ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = Aliyun()
        cls.addClassCleanup(cls.server.stop)
        cls.company.write(
            {
                "name": "芜湖店",
                "dealer_hotline": "0553-1234567",
                "dealer_sms_provider": "aliyun",
                "dealer_sms_endpoint": cls.server.address,
                "dealer_sms_sign_name": "奇瑞芜湖店",
                "dealer_sms_key_id": cls.server.key_id,
                "dealer_sms_key_secret": cls.server.key_secret,
            }
        )
        occasions = cls.env["dealer.message.occasion"].search([])
        texts = occasions.sms_template_id
        for template in texts | cls.env.ref("dealer_service.sms_template_staff"):
            cls.approve(template)

    def setUp(self):
        super().setUp()
        self.server.taken.clear()

    @classmethod
    def approve(cls, template):
        parts = template.with_context(lang="zh_CN")._dealer_parts(cls.company)
        names = [f"v{i}" for i, (_words, value) in enumerate(parts) if value]
        code = f"SMS_{template.id}"
        cls.server.texts[code] = names
        cls.env["dealer.sms.approval"].create(
            {
                "template_id": template.id,
                "company_id": cls.company.id,
                "provider": "aliyun",
                "lang": "zh_CN",
                "code": code,
                "variables": ",".join(names),
            }
        )

    def arrived(self, number):
        """The values that a phone has got, once the queue has run."""
        queue = self.env["dealer.customer.message"].sudo()
        while message := queue._claim():
            queue._send_claimed(message)
            self.assertEqual(message.state, "sent", message.reason)
        found = [row for row in self.server.taken if row["PhoneNumbers"] == number]
        return [list(json.loads(row["TemplateParam"]).values()) for row in found]

    def leads_to(self, values):
        """Where the short link in the values leads to."""
        links = self.env["dealer.message.link"]
        [path] = filter(None, (links._path_of(value) for value in values))
        return path

    def make_survey_task(self):
        survey = self.env.ref("dealer_followup.survey_visit")
        rule = self.make_rule("visit", purpose="satisfaction", survey_id=survey.id)
        visit = self.make_past_visit(1)
        return self.make_task(rule, visit_id=visit.id, anchor_date=cn(1, 17).date())

    def send_survey(self, task):
        action = task.with_user(self.caller).action_survey_link()
        dialog = self.env[action["res_model"]].with_user(self.caller)
        dialog = dialog.browse(action["res_id"])
        self.assertTrue(dialog.has_sms)
        dialog.action_sms()

    def test_questionnaire(self):
        task = self.make_survey_task()
        self.send_survey(task)
        [values] = self.arrived("13805531234")
        self.assertEqual(
            self.leads_to(values), task.survey_input_id.sudo().get_start_url()
        )
        task.survey_input_id.sudo().deadline = cn(1, 10)
        links = self.env["dealer.message.link"]
        self.assertFalse(any(links._path_of(value) for value in values))

    def test_questionnaire_that_is_not_approved_is_offered_to_nobody(self):
        text = self.env.ref("dealer_followup.sms_template_survey")
        text.dealer_approval_ids.unlink()
        task = self.make_survey_task()
        with self.assertRaisesRegex(UserError, "has not approved"):
            task._send_link("sms")
        self.assertFalse(task.survey_sent_at)

    def test_time_limit_reaches_the_responsible_person(self):
        self.handler.partner_id.write({"phone": "139 0000 0001", "lang": "zh_CN"})
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        self.run_engine(cn(2, 14))
        with freeze_time(cn(2, 14)):
            told = self.arrived("13900000001")
        self.assertTrue(told)
        self.assertIn(complaint.name, told[0][0])

    def test_time_limit_without_an_approved_text_goes_by_mail(self):
        self.env.ref("dealer_service.sms_template_staff").dealer_approval_ids.unlink()
        self.handler.partner_id.write(
            {"phone": "139 0000 0001", "email": "handler@example.com"}
        )
        self.env["dealer.sla.level"].search([]).action = "sms"
        with freeze_time(cn(2, 9)):
            self.make_complaint()
        self.run_engine(cn(2, 14))
        with freeze_time(cn(2, 14)):
            self.assertFalse(self.arrived("13900000001"))
        notified = self.env["mail.message"].search(
            [
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.handler.partner_id.ids),
            ]
        )
        self.assertTrue(notified, "told by nothing at all")

    def test_care_without_a_call(self):
        rule = self.make_rule("next_service", purpose="service")
        task = self.make_task(rule, channel="sms")
        task.with_user(self.caller).action_send_care()
        [values] = self.arrived("13805531234")
        self.assertIn(self.customer.name, values)
        self.assertEqual(task.attempt_ids.channel, "sms")
        self.assertNotIn(task.state, ("todo", "waiting"))

    def test_care_that_nobody_wants_is_not_sent(self):
        rule = self.make_rule("insurance", purpose="marketing")
        task = self.make_task(rule, channel="sms")
        self.company.dealer_marketing_needs_consent = True
        with self.assertRaises(UserError), self.cr.savepoint():
            task.with_user(self.caller).action_send_care()
        self.assertFalse(task.attempt_ids)
        self.assertFalse(self.arrived("13805531234"))

    def test_care_of_nobody_is_no_success(self):
        nobody = self.env["dealer.followup"].with_user(self.caller)
        with self.assertRaisesRegex(UserError, "Choose the customers"):
            nobody.action_send_care()

    def test_letter_is_written_by_hand(self):
        task = self.make_task(self.make_rule("manual"), channel="letter")
        with self.assertRaisesRegex(UserError, "written by hand"):
            task.with_user(self.caller).action_send_care()

    def test_invitation(self):
        car = self.make_owner(7)
        activity = self.make_inviting()
        row = self.row(activity, car)
        activity.with_user(self.care_manager).action_invite_sms()
        [values] = self.arrived("13905530007")
        self.assertEqual(row.state, "invited")
        self.assertEqual(self.leads_to(values), f"/activity/{row.access_token}")

    def test_invitation_that_is_not_approved_invites_nobody(self):
        text = self.env.ref("dealer_followup.sms_template_invitation")
        text.dealer_approval_ids.unlink()
        car = self.make_owner(7)
        activity = self.make_inviting()
        with self.assertRaisesRegex(UserError, "has not approved"):
            activity.action_invite_sms()
        self.assertEqual(self.row(activity, car).state, "listed")

    def test_estimate(self):
        visit = self.make_reception(state="arrived")
        order = self.make_order(visit).with_user(self.advisor)
        order.action_send_link()
        [values] = self.arrived("13805531234")
        path = self.leads_to(values)
        self.assertIn(f"/my/service/orders/{order.id}?", path)
        self.assertIn(order.sudo().access_token, path)
        # a second press sends nothing twice
        with self.assertRaisesRegex(UserError, "on its way"):
            order.action_send_link()
        self.env.cr.execute(
            "UPDATE dealer_customer_message SET date_sent = date_sent"
            " - interval '2 minutes' WHERE res_model = %s AND res_id = %s",
            (order._name, order.id),
        )
        self.env.invalidate_all()
        # a link that he has is kept; one that is made anew ends the first
        order.action_send_link()
        self.assertEqual(self.leads_to(self.arrived("13805531234")[1]), path)
        order.action_share_link()
        links = self.env["dealer.message.link"]
        self.assertFalse(any(links._path_of(value) for value in values))
