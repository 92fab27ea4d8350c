"""At the door: phone number, plate or code, walk-ins, jobs on site."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, users

from ...activity_common import ActivityCase, cn


class TestActivityDoor(ActivityCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(9, 14)))
        self.other = self.make_owner(1)
        self.activity = self.make_inviting()
        self.guest = self.row(self.activity)
        self.guest.action_coming(2)
        self.activity.action_start()

    def screen(self, query, user=None, activity=None):
        screens = self.env["dealer.activity.checkin"].with_user(user or self.caller)
        return screens.create(
            {"activity_id": (activity or self.activity).id, "query": query}
        )

    def test_four_digits_name_and_plate_find_the_guest(self):
        for query in ("1234", "13805531234", "王建国", "皖B·A1234", "皖BA1234"):
            self.assertEqual(self.screen(query).invitee_id, self.guest, query)

    def test_a_scanned_code_finds_the_guest_of_this_activity_only(self):
        self.guest._ensure_token()
        url = f"https://dealer.example/activity/door/{self.guest.sudo().access_token}"
        self.assertEqual(self.screen(url).invitee_id, self.guest)
        self.assertEqual(
            self.screen(self.guest.sudo().access_token).invitee_id, self.guest
        )
        other = self.make_activity()
        self.assertFalse(self.screen(url, activity=other).found_ids)

    def test_check_in_keeps_the_number_of_persons_and_the_screen_is_ready_again(self):
        screen = self.screen("1234")
        self.assertEqual(screen.persons, 2)
        action = screen.action_check_in()
        self.assertEqual((self.guest.state, self.guest.persons), ("attended", 2))
        self.assertIn("王建国", action["context"]["default_welcome"])
        self.assertEqual(self.screen("").attended, 2)

    def test_checking_in_twice_counts_once(self):
        self.screen("1234").action_check_in()
        first = self.guest.date_attended
        with freeze_time(cn(9, 15)):
            self.screen("1234").action_check_in()
        self.assertEqual(self.guest.date_attended, first)
        self.assertEqual(self.activity.came, 1)

    def test_who_is_not_sure_chooses(self):
        self.make_partner(name="王小明")
        self.guest.note = "x"
        self.activity._walk_in("王建民", "13900001234")
        screen = self.screen("1234")
        self.assertEqual(len(screen.found_ids), 2)
        self.assertFalse(screen.invitee_id)
        with self.assertRaisesRegex(UserError, "choose the guest"):
            screen.action_check_in()

    @users("caller")
    def test_a_walk_in_brings_a_new_customer_and_car_in_one_go(self):
        with Form(
            self.env["dealer.activity.checkin"].with_context(
                default_activity_id=self.activity.id
            )
        ) as form:
            form.query = "139 9999 8888"
            self.assertTrue(form.is_unknown)
            self.assertEqual(form.new_phone, "139 9999 8888")
            form.new_name = "赵六"
            form.new_plate = "皖B·W8888"
            form.new_model_id = self.model
        form.record.action_check_in()
        row = self.Invitee.search([("contact_name", "=", "赵六")])
        self.assertEqual((row.state, row.is_walk_in), ("attended", True))
        self.assertEqual(row.vehicle_id.license_plate, "皖B·W8888")
        self.assertEqual(row.vehicle_id.owner_id, row.partner_id)
        self.assertEqual(row.contact_phone, "+8613999998888")

    def test_a_known_number_makes_no_second_customer(self):
        partner = self.make_partner(name="陈七", phone="139 7777 6666")
        row = self.activity.with_user(self.caller)._walk_in("陈七", "13977776666")
        self.assertEqual(row.partner_id, partner)
        again = self.activity.with_user(self.caller)._walk_in("陈七", "13977776666")
        self.assertEqual(again, row)

    def test_who_was_left_out_is_welcome_at_the_door(self):
        row = self.row(self.activity, self.other)
        row.action_exclude()
        row.action_check_in()
        self.assertEqual((row.state, row.exclusion), ("attended", False))

    def test_a_walk_in_needs_name_and_number_and_the_model_of_a_new_car(self):
        with self.assertRaisesRegex(UserError, "name and the phone"):
            self.activity._walk_in("赵六", "")
        with self.assertRaisesRegex(UserError, "model"):
            self.activity._walk_in("赵六", "13999998888", "皖B·W8888")

    def test_nobody_is_checked_in_before_the_start(self):
        later = self.make_inviting(date_start=cn(10, 9), date_end=cn(10, 12))
        with self.assertRaisesRegex(UserError, "start it first"):
            self.row(later).action_check_in()
        with self.assertRaisesRegex(UserError, "start it first"):
            later._walk_in("赵六", "13999998888")

    def test_a_check_in_of_somebody_else_is_taken_back(self):
        self.guest.action_check_in()
        self.guest.action_undo_check_in()
        self.assertEqual(
            (self.guest.state, self.guest.date_attended), ("coming", False)
        )

    def test_who_came_is_not_called_any_more(self):
        row = self.row(self.activity, self.other)
        row.action_invite_call()
        row.action_check_in()
        self.assertEqual(row.followup_id.state, "done")

    def test_who_did_not_come_stayed_away(self):
        self.activity.action_finish()
        self.assertEqual(self.guest.state, "no_show")

    # ------------------------------------------------------------------
    # JOBS ON SITE
    # ------------------------------------------------------------------

    def make_roving(self):
        roving = self.make_activity(kind="roving", name="巡回服务")
        roving.action_plan()
        roving.action_refresh_audience()
        roving.action_start()
        return roving

    def test_a_job_on_site_is_a_visit_that_belongs_to_the_activity(self):
        roving = self.make_roving()
        self.advisor.group_ids = [
            Command.link(self.env.ref("dealer_followup.group_dealer_followup_user").id)
        ]
        row = self.row(roving).with_user(self.advisor)
        action = row.action_open_job()
        visit = self.env["dealer.reception"].browse(action["res_id"])
        self.assertEqual(visit.state, "arrived")
        self.assertEqual(visit.activity_id, roving)
        self.assertEqual(row.state, "attended")
        row.action_open_job()
        self.assertEqual(row.reception_ids, visit)
        self.assertEqual((roving.jobs, roving.visits), (1, 0))

    def test_who_receives_no_cars_opens_no_job(self):
        roving = self.make_roving()
        with self.assertRaises(AccessError):
            self.row(roving).with_user(self.caller).action_open_job()
        self.assertEqual(roving.jobs, 0)
