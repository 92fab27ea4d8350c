"""The way of an activity: approve, invite, start, finish, evaluate, cancel."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, users
from odoo.tools import mute_logger

from ...activity_common import ActivityCase, cn


class TestActivityFlow(ActivityCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))

    def test_approving_asks_for_purpose_and_place(self):
        activity = self.make_activity(purpose=False, place=False)
        with self.assertRaisesRegex(UserError, "Purpose, Place"):
            activity.action_plan()
        activity.write({"purpose": "Help", "area": "无为市"})
        activity.action_plan()
        self.assertEqual(activity.state, "planned")

    @users("care_manager")
    def test_the_whole_way(self):
        activity = self.make_activity().with_env(self.env)
        activity.action_plan()
        self.assertTrue(activity.campaign_id)
        activity.action_invite()
        self.assertEqual(self.row(activity).state, "listed")
        activity.action_start()
        activity.action_finish()
        with freeze_time(cn(9, 17).replace(month=5)):
            with self.assertRaisesRegex(UserError, "the lessons learnt"):
                activity.action_evaluate()
            activity.lessons = "提前一周再打一次电话"
            activity.action_evaluate()
        self.assertEqual(activity.state, "evaluated")
        activity.action_reopen()
        self.assertEqual((activity.state, activity.date_evaluated), ("done", False))

    def test_what_was_evaluated_stands_until_it_is_reopened(self):
        activity = self.make_inviting(
            lessons="提前一周再打一次电话",
            budget_ids=[(0, 0, {"name": "茶点", "planned": 500, "actual": 465})],
        )
        row = self.row(activity)
        activity.action_start()
        row.action_check_in()
        activity.action_finish()
        with freeze_time(cn(9, 17).replace(month=5)):
            activity.action_evaluate()
        guest = row.with_user(self.caller)
        mine = activity.with_user(self.care_manager)
        for rewrite in (
            guest.action_undo_check_in,
            lambda: guest.write({"is_lead": True}),
            lambda: mine.write({"effect_days": 300}),
            lambda: mine.write({"subsidy_per_car": 99}),
            lambda: mine.write({"lessons": "…"}),
            lambda: mine.budget_ids.write({"actual": 1}),
            lambda: mine.budget_ids.unlink(),
            lambda: mine.budget_ids.create({"name": "x", "activity_id": mine.id}),
        ):
            with self.assertRaisesRegex(UserError, "has been evaluated"):
                rewrite()
        guest.note = "Called to thank"
        mine.action_reopen()
        mine.budget_ids.actual = 480
        guest.is_lead = True

    def test_it_is_not_evaluated_while_its_effect_is_counted(self):
        activity = self.make_inviting(lessons="…")
        activity.action_start()
        activity.action_finish()
        with freeze_time(cn(9, 18)), self.assertRaisesRegex(UserError, "counted until"):
            activity.action_evaluate()

    def test_states_are_not_written_by_hand(self):
        activity = self.make_activity()
        with self.assertRaises(UserError):
            activity.state = "running"
        with self.assertRaises(UserError):
            self.make_activity(state="running")
        with self.assertRaisesRegex(UserError, "“Draft” to “Done”"):
            activity.action_finish()

    def test_nobody_to_invite_is_said_before_inviting(self):
        activity = self.make_activity(vehicle_domain="[('id', '=', 0)]")
        activity.action_plan()
        with self.assertRaisesRegex(UserError, "nobody left to invite"):
            activity.action_invite()

    def test_preparation_is_given_out_and_taken_back(self):
        activity = self.make_activity()
        activity.action_plan()
        todos = activity.activity_ids
        self.assertEqual(len(todos), 5)
        self.assertEqual(todos.user_id, self.care_manager)
        # three days before, and the day after
        self.assertIn("2026-03-06", map(str, todos.mapped("date_deadline")))
        self.assertIn("2026-03-10", map(str, todos.mapped("date_deadline")))
        activity.action_draft()
        self.assertFalse(activity.activity_ids)

    def test_help_in_a_disaster_area_does_not_wait_for_invitations(self):
        activity = self.make_activity(kind="disaster")
        activity.action_plan()
        activity.action_start()
        self.assertEqual(activity.state, "running")

    def test_kinds_without_seats(self):
        seatless = {"scenic", "roving", "visiting", "seasonal", "disaster"}
        for kind, _label in self.Activity._fields["kind"].selection:
            has_seats = self.make_activity(kind=kind).has_seats
            self.assertEqual(has_seats, kind not in seatless, kind)

    def test_cancelled_guests_are_told_once_and_calls_end(self):
        other = self.make_owner(1)
        activity = self.make_inviting()
        activity.action_invite_call()
        self.row(activity).action_coming()
        activity.action_cancel()
        notice = self.env.ref("dealer_followup.care_rule_notice")
        told = self.tasks(notice)
        self.assertEqual(told.vehicle_id, self.vehicle)
        invitation = self.row(activity, other).followup_id
        self.assertEqual(invitation.state, "cancelled")
        self.row(activity)._notify("cancelled")
        self.assertEqual(self.tasks(notice), told)

    def test_a_notice_reaches_who_wants_no_marketing(self):
        activity = self.make_inviting()
        self.row(activity).action_coming()
        self.consent("withdrawn")
        activity.action_cancel()
        [task] = self.tasks(self.env.ref("dealer_followup.care_rule_notice"))
        self.assertEqual(task.state, "todo")
        sheet = self.open_sheet(task)
        self.assertIn("will not take place", str(sheet.script))

    def test_an_approved_activity_is_not_deleted(self):
        activity = self.make_activity()
        activity.action_plan()
        with self.assertRaises(UserError):
            activity.unlink()
        self.make_activity().unlink()

    def test_a_copy_is_a_draft_with_the_budget_and_nobody_on_the_list(self):
        activity = self.make_inviting()
        activity.budget_ids = [(0, 0, {"name": "场地", "planned": 1000})]
        copy = activity.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.invitee_ids)
        self.assertFalse(copy.campaign_id)
        self.assertEqual(copy.cost_planned, 1000)

    @mute_logger("odoo.sql_db")
    def test_it_ends_after_it_has_begun(self):
        with self.assertRaises(Exception) as caught:
            with self.env.cr.savepoint():
                self.make_activity(date_end=cn(9, 13))
        self.assertIn("check_period", str(caught.exception))

    def test_a_domain_that_chooses_no_cars_is_refused(self):
        with self.assertRaises(ValidationError):
            self.make_activity(vehicle_domain="[('nonsense', '=', 1)]")

    def test_budget_over_plan_is_seen(self):
        activity = self.make_activity(
            budget_ids=[
                (0, 0, {"name": "场地", "kind": "venue", "planned": 1000}),
                (0, 0, {"name": "厂家", "kind": "subsidy", "planned": 600}),
            ]
        )
        self.assertEqual(activity.cost_planned, 1000)
        self.assertEqual(activity.subsidy_planned, 600)
        activity.budget_ids[0].actual = 900
        self.assertFalse(activity.is_over_budget)
        activity.budget_ids[0].actual = 1001
        self.assertTrue(activity.is_over_budget)

    @users("care_manager")
    def test_the_form_plans_an_activity(self):
        with Form(self.env["dealer.activity"]) as form:
            form.name = "夏季空调检测"
            form.kind = "seasonal"
            form.purpose = "提升进厂台次"
            form.place = "本店"
            form.date_start = cn(10, 9)
            form.date_end = cn(20, 17)
        activity = form.record
        self.assertFalse(activity.has_seats)
        activity.action_plan()
        self.assertEqual(activity.campaign_id.title, "夏季空调检测")

    @users("caller")
    def test_a_caller_plans_nothing(self):
        activity = self.make_activity().with_env(self.env)
        for action in (activity.action_plan, activity.action_refresh_audience):
            with self.assertRaises(AccessError):
                action()
