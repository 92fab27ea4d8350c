"""A technician tells from the phone what else he found, and reads his card."""

import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .workshop_case import ARRIVAL, WorkshopCase


def picture():
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(target, "JPEG")
    return base64.b64encode(target.getvalue())


@tagged("post_install", "-at_install")
class TestFinding(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_visit("working", date_authorized=ARRIVAL)
        cls.job = cls.make_job(cls.visit, technician_id=cls.mechanic.id)

    def report(self, job=None, user=None, **values):
        job = job or self.job
        dialogs = self.env["dealer.finding"].with_user(user or self.technician)
        dialog = dialogs.create(
            {"job_id": job.id, "note": "Front pads 2 mm", "urgency": "safety", **values}
        )
        return dialog.action_report()

    def supplements(self):
        return self.visit.order_ids.filtered(lambda o: o.dealer_kind == "supplement")

    # -- reporting

    @users("technician")
    def test_advisor_gets_a_draft_supplement_with_the_photo_and_a_task(self):
        answer = self.report(photo=picture())
        self.assertIn(self.advisor.name, answer["params"]["message"])
        order = self.supplements()
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.user_id, self.advisor)
        self.assertEqual(order.dealer_reason, "Front pads 2 mm")
        self.assertEqual(order.dealer_urgency, "safety")
        photo = order.dealer_photo_ids.with_user(self.advisor)
        self.assertEqual(photo.mimetype, "image/jpeg")
        self.assertEqual((photo.res_model, photo.res_id), ("sale.order", order.id))
        task = self.visit.activity_ids.filtered(lambda a: "Found work" in a.summary)
        self.assertEqual(task.user_id, self.advisor)
        self.assertIn("At Once, for Safety", task.summary)
        self.assertIn("Front pads 2 mm", task.note)
        self.assertIn(order.name, task.note)

    def test_without_a_photo_as_well(self):
        self.report(urgency="later")
        self.assertFalse(self.supplements().dealer_photo_ids)

    @users("technician")
    def test_one_dialog_is_one_report_however_often_it_is_tapped(self):
        dialog = self.env["dealer.finding"].create(
            {"job_id": self.job.id, "note": "Front pads 2 mm"}
        )
        first = dialog.action_report()
        self.assertEqual(dialog.action_report(), first)
        self.assertEqual(len(self.supplements()), 1)
        self.assertEqual(len(self.visit.activity_ids), 1)
        self.report(note="Rear pads 3 mm")
        self.assertEqual(len(self.supplements()), 2, "another dialog is another find")

    @users("technician")
    def test_nothing_is_not_reported(self):
        with self.assertRaisesRegex(UserError, "Say first"):
            self.env["dealer.finding"].action_report()

    def test_button_opens_the_dialog_about_the_own_job(self):
        action = self.job.with_user(self.technician).action_report_finding()
        self.assertEqual(action["context"], {"default_job_id": self.job.id})
        foreign = self.make_job(self.visit, technician_id=self.colleague.id)
        for attempt in (
            lambda: foreign.with_user(self.technician).action_report_finding(),
            lambda: self.report(foreign),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                attempt()

    def test_inspector_reads_the_job_but_reports_on_own_jobs_only(self):
        self.visit._write_by_method({"state": "quality"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.report(user=self.colleague_user)
        self.report()

    def test_no_finding_before_the_authorization_or_after_the_check(self):
        for state in ("inspected", "ready", "delivered"):
            self.visit._write_by_method({"state": state})
            with self.subTest(state), self.refused(UserError, "until the quality"):
                self.report()
            with self.subTest(state), self.refused(UserError, "until the quality"):
                self.job.with_user(self.technician).action_report_finding()

    def test_drawing_and_endless_text_are_refused(self):
        drawing = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        with self.refused(ValidationError, "must be an image"):
            self.report(photo=drawing)
        with self.refused(ValidationError, "too long"):
            self.report(note="x" * 10_001)

    # -- the card

    @users("technician")
    def test_card_shows_the_customers_words_and_why_a_job_came_back(self):
        self.visit.concern_ids = [
            (0, 0, {"name": "It squeals"}),
            (0, 0, {"name": "Smells"}),
        ]
        card = self.job.with_env(self.env)
        self.assertEqual(card.concern_words, "It squeals\nSmells")
        self.assertFalse(card.rework_reason)
        other = self.make_job(self.visit, technician_id=self.mechanic.id)
        (self.job | other)._write_by_method({"state": "done"})
        self.visit._write_by_method({"state": "quality"})
        for note in ("Vent still smells", "Still"):
            self.visit._write_by_method({"state": "quality"})
            self.env["dealer.quality.check"].with_user(self.advisor).create(
                {
                    "reception_id": self.visit.id,
                    "level": "final",
                    "result": "fail",
                    "failed_job_ids": [(6, 0, self.job.ids)],
                    "note": note,
                }
            )
        self.env.invalidate_all()
        self.assertEqual(card.rework_reason, "Still", "the last one")
        self.assertFalse(other.with_env(self.env).rework_reason)

    @users("technician")
    def test_car_is_sent_on_with_its_last_job_only(self):
        other = self.make_job(self.visit, technician_id=self.colleague.id)
        self.job._write_by_method({"state": "done"})
        card = self.job.with_env(self.env)
        self.assertFalse(card.is_visit_done, "a colleague's job is open")
        other._write_by_method({"state": "done"})
        self.env.invalidate_all()
        self.assertTrue(card.is_visit_done)
        card.action_send_to_quality()
        self.assertEqual(self.visit.state, "quality")

    def test_empty_screen_of_a_technician_shows_no_samples(self):
        action = self.env.ref("dealer_service.dealer_job_action_mine")
        views = self.env["dealer.job"].get_views(
            [(view or False, kind) for view, kind in action.views]
        )
        for kind, view in views["views"].items():
            self.assertNotIn("sample=", view["arch"], kind)

    @users("technician")
    def test_card_says_what_was_reported_until_the_customer_has_decided(self):
        card = self.job.with_env(self.env)
        self.assertFalse(card.finding_words)
        self.report()
        self.env.invalidate_all()
        self.assertEqual(card.finding_words, "Front pads 2 mm · with the advisor")
        order = self.supplements().sudo()
        order._write_by_method({"state": "sent"})
        self.env.invalidate_all()
        self.assertEqual(card.finding_words, "Front pads 2 mm · with the customer")
        order._write_by_method({"state": "cancel"})
        self.env.invalidate_all()
        self.assertFalse(card.finding_words)

    def test_card_of_whoever_worked_offers_the_self_check(self):
        self.job._write_by_method({"state": "done"})
        self.visit._write_by_method({"state": "quality"})
        card = self.job.with_user(self.technician)
        self.assertTrue(card.is_check_mine)
        self.assertEqual(card.check_level, "self")
        self.assertFalse(self.job.with_user(self.colleague_user).is_check_mine)
        action = card.action_check_quality()
        self.assertEqual(action["context"]["default_level"], "self")
        with self.refused(UserError, "comes next"):
            self.job.with_user(self.advisor).action_check_quality()
