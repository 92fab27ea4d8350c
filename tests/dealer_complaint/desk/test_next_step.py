"""What is done next about a complaint, by whom and until when."""

from ast import literal_eval

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from ...complaint_common import DealerComplaintCase, cn


class TestNextStep(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint().with_user(self.handler)
            self.plan(self.complaint)

    def plan(self, complaint, date=None, user=None, step="试车确认异响"):
        complaint.write(
            {
                "next_step": step,
                "next_step_user_id": (user or self.handler).id,
                "next_step_date": date or cn(3, 15),
            }
        )

    def tile(self, moment, user=None):
        with freeze_time(moment):
            home = self.env["dealer.home"].with_user(user or self.handler)
            [tile] = [
                tile
                for tile in home._home_tiles("complaint")
                if tile["key"] == "next_step"
            ]
            return home.env["dealer.complaint"].search(tile["domain"])

    def test_step_is_planned_in_the_form_for_whoever_is_responsible(self):
        with freeze_time(cn(2, 10)):
            complaint = self.make_complaint().with_user(self.handler)
            with Form(complaint) as form:
                form.next_step = "联系配件部"
                self.assertEqual(form.next_step_user_id, self.handler)
                form.next_step_date = cn(2, 16)
        self.assertEqual(complaint.next_step_date, cn(2, 16))

    def test_step_says_what_who_and_when(self):
        for name in ("next_step", "next_step_user_id", "next_step_date"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.complaint[name] = False

    def test_step_is_given_to_the_desk_alone(self):
        with self.assertRaises(ValidationError):
            self.plan(self.complaint, user=self.technician)

    def test_home_shows_what_is_due_by_tonight(self):
        self.assertFalse(self.tile(cn(2, 20)))
        self.assertEqual(self.tile(cn(3, 9)), self.complaint)
        self.assertEqual(self.tile(cn(20, 9)), self.complaint)

    def test_done_step_is_told_and_makes_room(self):
        self.complaint.action_next_step_done()
        self.assertFalse(self.complaint.next_step_date)
        self.assertIn(
            "试车确认异响", " ".join(self.complaint.message_ids.mapped("body"))
        )
        with self.assertRaisesRegex(UserError, "no next step"):
            self.complaint.action_next_step_done()

    def test_finished_complaint_owes_no_step(self):
        self.complaint.write({"reject_reason": "无", "recourse": "12315"})
        self.complaint.action_reject()
        self.assertFalse(self.complaint.next_step)
        with self.assertRaisesRegex(ValidationError, "nothing is left"):
            self.plan(self.complaint)

    def test_merged_complaint_hands_its_step_on(self):
        with freeze_time(cn(2, 11)):
            target = self.make_complaint()
            self.complaint.action_merge(target)
        self.assertEqual(target.next_step, "试车确认异响")
        self.assertEqual(target.next_step_date, cn(3, 15))
        self.assertFalse(self.complaint.next_step)

    def test_overdue_step_is_found(self):
        view = self.env.ref("dealer_complaint.dealer_complaint_view_search")
        [node] = [line for line in view.arch.splitlines() if "next_step_late" in line]
        domain = literal_eval(
            node.split('domain="')[1].split('"')[0].replace("&lt;", "<")
        )
        search = self.env["dealer.complaint"].search
        with freeze_time(cn(3, 14)):
            self.assertNotIn(self.complaint, search(domain))
        with freeze_time(cn(3, 16)):
            self.assertIn(self.complaint, search(domain))
