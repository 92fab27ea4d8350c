"""An activity that moves tells its guests, once for each move, and asks them again."""

from freezegun import freeze_time

from ...activity_common import ActivityCase, cn


class TestActivityMove(ActivityCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))
        self.customer.email = False
        self.notice = self.env.ref("dealer_followup.care_rule_notice")
        self.activity = self.make_inviting(seat_limit=5)
        self.guest = self.row(self.activity)
        self.guest.action_coming(2)

    def move(self, day=16, **values):
        self.activity.with_user(self.care_manager).write(
            {"date_start": cn(day, 14), "date_end": cn(day, 16), **values}
        )

    def told(self):
        return self.tasks(self.notice)

    def test_who_counts_on_it_is_called_about_the_new_date(self):
        self.make_owner(1)
        self.activity.action_refresh_audience()
        self.move()
        [task] = self.told()
        self.assertEqual(task.invitee_id, self.guest)
        self.assertTrue(self.guest.is_asked_again)
        self.assertEqual(self.activity.unconfirmed, 1)
        self.assertEqual(task.expire_date.isoformat(), "2026-03-16")
        script = str(self.open_sheet(task).script)
        self.assertIn("has been moved", script)
        for date in (self.activity.date_start, self.activity.former_start):
            self.assertIn(self.company._dealer_format(date), script)

    def test_the_seat_is_kept_until_there_is_a_new_answer(self):
        self.move()
        self.assertEqual((self.guest.state, self.activity.seats_taken), ("coming", 2))
        self.guest.action_coming(2)
        self.assertFalse(self.guest.is_asked_again)
        self.assertEqual(self.told().state, "cancelled")
        self.assertEqual(self.activity.seats_taken, 2)

    def test_the_answer_is_taken_down_in_the_call(self):
        self.move()
        sheet = self.open_sheet(self.told())
        sheet.write({"reply": "declined", "result_id": self.result("reached").id})
        sheet.action_save()
        self.assertEqual(self.guest.state, "declined")
        self.assertFalse(self.guest.is_asked_again)
        self.assertEqual(self.activity.seats_taken, 0)
        self.assertEqual(self.told().state, "done")

    def test_moved_twice_is_told_of_each_move_and_called_about_the_last(self):
        self.move(16)
        first = self.told()
        self.move(17)
        second = self.told() - first
        self.assertEqual((first.state, second.state), ("cancelled", "todo"))
        self.assertEqual(len(second), 1)
        self.assertIn("17", str(self.open_sheet(second).script))
        # the answer to the first call was given before the second move
        self.guest.action_coming(2)
        self.move(18)
        self.assertEqual(len(self.told()), 3)
        self.assertTrue(self.guest.is_asked_again)
        # saved once more with the same date: nobody is called again
        self.move(18)
        self.assertEqual(len(self.told()), 3)

    def test_another_place_is_told_too(self):
        self.activity.place = "芜湖碧桂园酒店"
        [task] = self.told()
        script = str(self.open_sheet(task).script)
        self.assertIn("芜湖碧桂园酒店", script)
        self.assertIn("二楼培训厅", script)

    def test_a_later_end_or_a_correction_of_the_past_concerns_nobody(self):
        self.activity.date_end = cn(9, 17)
        self.assertFalse(self.told())
        self.activity.write({"date_start": cn(1, 14), "date_end": cn(1, 16)})
        self.assertFalse(self.told())
        self.assertFalse(self.activity.move_count)

    def test_nobody_is_told_of_a_move_before_anybody_was_invited(self):
        other = self.make_activity(name="换季讲堂")
        other.action_plan()
        other.date_start = cn(8, 14)
        self.assertFalse(self.told())

    def test_it_is_information_and_no_marketing(self):
        self.consent("withdrawn")
        self.move()
        self.assertEqual(self.told().state, "todo")
        self.assertTrue(self.open_sheet(self.told()))

    def test_a_mail_goes_where_an_address_is_known(self):
        self.customer.email = "guest@example.com"
        letters = self.env["mail.mail"].search([])
        self.move()
        [letter] = self.env["mail.mail"].search([]) - letters
        self.assertIn("has been moved", letter.body_html)
        token = self.guest.access_token
        self.assertIn(f"/activity/{token}", letter.body_html)
        letters |= letter
        self.activity.action_cancel()
        [letter] = self.env["mail.mail"].search([]) - letters
        self.assertIn("will not take place", letter.body_html)
        self.assertNotIn("/activity/", letter.body_html)

    def test_whoever_wants_no_care_does_not_stand_before_a_closed_door(self):
        self.customer.write({"email": "guest@example.com", "no_care": True})
        letters = self.env["mail.mail"].search_count([])
        self.move()
        self.assertEqual(self.env["mail.mail"].search_count([]), letters + 1)
        self.assertEqual(self.told().state, "todo")

    def test_called_off_after_a_move_is_told_once(self):
        self.move()
        self.activity.action_cancel()
        moved, cancelled = self.told().sorted("id")
        self.assertEqual((moved.state, cancelled.state), ("cancelled", "todo"))

    def test_the_page_says_what_has_changed_and_asks_again(self):
        self.move()
        page = self.guest.with_context(max_persons=9)._page_values()
        self.assertTrue(page["is_asked_again"])
        self.assertIn("14:00", page["former"])
        self.assertIn("will you be joining us", page["greeting"])

    def test_a_guest_who_never_agreed_to_the_new_date_did_not_stay_away(self):
        other = self.row(self.activity, self.make_owner(1))
        self.assertFalse(other)
        self.move()
        with freeze_time(cn(16, 15)):
            self.activity.action_start()
            self.activity.action_finish()
        self.assertEqual(self.guest.state, "maybe")

    def test_who_comes_all_the_same_is_not_called_any_more(self):
        self.move()
        with freeze_time(cn(16, 14)):
            self.activity.action_start()
            self.guest.action_check_in()
        self.assertFalse(self.guest.is_asked_again)
        self.assertEqual(self.told().state, "cancelled")

    def test_a_guest_without_a_car_is_told(self):
        self.activity.action_start()
        row = self.activity._walk_in("胡建军", "139 5533 0917")
        row.action_undo_check_in()
        self.guest.action_declined()
        self.move()
        [task] = self.told()
        self.assertEqual(task.invitee_id, row)
        sheet = self.open_sheet(task)
        sheet.write({"reply": "coming", "result_id": self.result("appointment").id})
        sheet.action_save()
        self.assertFalse(row.is_asked_again)
