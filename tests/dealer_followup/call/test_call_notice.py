"""What a caller is told after a call, and what stands on the sheet before the next."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestCallNotice(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.caller.group_ids += cls.env.ref(
            "dealer_complaint.group_dealer_complaint_user"
        )

    def save(self, task, code, user=None, **values):
        sheet = self.open_sheet(task, user)
        sheet.write({"result_id": self.result(code).id, **values})
        return sheet.action_save()

    def assertNames(self, action, complaint, words):
        self.assertEqual(action["tag"], "display_notification")
        params = action["params"]
        self.assertIn(words, params["message"])
        self.assertEqual(
            params["links"],
            [{"label": complaint.name, "url": f"/odoo/complaints/{complaint.id}"}],
        )
        self.assertEqual(params["next"]["res_model"], "dealer.followup")

    def test_complaint_that_a_call_opens_is_named_with_the_way_there(self):
        task = self.make_task()
        action = self.save(task, "unhappy", note="The brakes still squeak.")
        self.assertNames(action, task.complaint_id, "was opened")

    def test_complaint_that_a_call_opens_again_is_named_with_the_way_there(self):
        complaint = self.make_complaint(user_id=self.caller.id)
        self.resolve(complaint)
        task = self.make_task(complaint_id=complaint.id)
        action = self.save(task, "unhappy", note="It squeaks again.")
        self.assertEqual(complaint.state, "investigating")
        self.assertNames(action, complaint, "was reopened")

    def test_words_about_a_complaint_that_is_worked_on_go_there(self):
        complaint = self.make_complaint(user_id=self.caller.id)
        task = self.make_task(complaint_id=complaint.id)
        action = self.save(task, "unhappy", note="Nobody has phoned.")
        self.assertNames(action, complaint, "was added")

    def test_caller_without_complaints_is_told_the_number_alone(self):
        task = self.make_task()
        action = self.save(task, "unhappy", self.other_caller, note="It squeaks.")
        self.assertFalse(action["params"]["links"])
        self.assertIn(task.complaint_id.name, action["params"]["message"])

    def test_content_customer_opens_nothing(self):
        action = self.save(self.make_task(), "reached")
        self.assertEqual(action["res_model"], "dealer.followup")

    def test_the_next_customer_comes_behind_the_notice(self):
        neighbour = self.make_partner(name="李梅", phone="13900001111")
        task, other = self.make_task(), self.make_task(partner=neighbour)
        sheet = self.open_sheet(task)
        sheet.write({"result_id": self.result("unhappy").id, "note": "It squeaks."})
        action = sheet.action_save_and_next()
        following = action["params"]["next"]
        self.assertEqual(following["res_model"], "dealer.followup.call")
        sheet = self.env["dealer.followup.call"].browse(following["res_id"])
        self.assertEqual(sheet.followup_ids, other)

    def test_sheet_and_complaint_say_that_the_customer_sold_the_car(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        complaint = complaint.with_user(self.handler)
        self.assertFalse(complaint.owner_line)
        self.vehicle.is_owner_wrong = True
        complaint.invalidate_recordset(["owner_line"])
        self.assertIn("ask who the new owner is", complaint.owner_line)
        self.vehicle.owner_id = self.make_partner(name="新车主")
        self.assertIn("the new owner is 新车主", complaint.owner_line)
        sheet = self.open_sheet(self.make_task())
        self.assertIn("the new owner is 新车主", sheet.briefing)

    def test_follow_up_that_has_ended_meanwhile_is_not_called_by_a_colleague(self):
        task = self.make_task()
        task._close("cancelled", "not_owner")
        with self.assertRaisesRegex(UserError, "already “Cancelled”"):
            self.open_sheet(task)

    def test_call_that_still_runs_leaves_no_hole_on_the_sheet(self):
        sheet = self.open_sheet(self.make_task())
        sheet.action_dial()
        sheet.invalidate_recordset()
        briefing = " ".join(html2plaintext(sheet.briefing).split())
        self.assertIn(f"no result yet · {self.caller.name}", briefing)
        self.assertNotIn("· ·", briefing)


@freeze_time(cn(2, 10))
class TestListOfCalls(DealerFollowupCase):
    def test_what_is_due_stands_before_what_waits_for_its_time(self):
        now = fields.Datetime.now()
        rule = self.make_rule("manual")
        later, soon, due, urgent = (
            self.make_task(
                rule,
                partner=self.make_partner(name=f"Customer {number}"),
                next_try_at=now + timedelta(minutes=minutes),
                priority=priority,
            )
            for number, (minutes, priority) in enumerate(
                ((120, 0), (30, 0), (-5, 50), (-1, 10))
            )
        )
        order = self.env.ref("dealer_followup.dealer_followup_view_list").arch
        self.assertIn("is_due_now desc, priority, next_try_at, id", order)
        tasks = self.Followup.with_user(self.caller).search(
            [("rule_id", "=", rule.id)],
            order="is_due_now desc, priority, next_try_at, id",
        )
        self.assertEqual(tasks, urgent + due + soon + later)
        self.assertEqual(tasks.mapped("is_due_now"), [True, True, False, False])
