"""What follows from a call: another try, a letter, a complaint, silence."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestResults(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("manual", max_attempts=5, unreached_channel="sms")
        cls.task = cls.make_task(cls.rule)

    def test_nobody_answers_and_is_tried_again_after_the_wait(self):
        self.call(self.task, "no_answer")
        self.assertRecordValues(
            self.task,
            [
                {
                    "state": "waiting",
                    "next_try_at": cn(2, 14),  # 12:00 is not a calling time
                    "attempt_count": 1,
                    "result_id": self.result("no_answer").id,
                }
            ],
        )

    def test_a_wait_into_the_night_becomes_the_next_morning(self):
        with freeze_time(cn(2, 19)):
            self.call(self.task, "switched_off")
        self.assertEqual(self.task.next_try_at, cn(3, 9))

    def test_another_try_is_made_while_the_shop_is_open(self):
        opening = self.company._dealer_opening(cn(6), cn(9))
        friday = [end for _start, end in opening if end < cn(7)][-1]
        # customers may be called until 20:00, but nobody is there
        self.assertLess(friday, cn(6, 20))
        with freeze_time(friday - timedelta(minutes=20)):
            self.call(self.task, "busy")
        following = min(start for start, _end in opening if start > friday)
        self.assertEqual(self.task.next_try_at.date(), following.date())
        self.assertGreaterEqual(self.task.next_try_at, following)
        # an evening without opening hours: the next morning
        with freeze_time(cn(2, 18, 46)):
            self.assertEqual(self.task._next_try(self.result("busy")), cn(3, 9))

    def test_the_rule_may_set_its_own_wait(self):
        self.rule.retry_minutes = 45
        self.call(self.task, "no_answer")
        self.assertEqual(self.task.next_try_at, cn(2, 10, 45))

    def test_five_unreached_days_become_a_message_and_the_number_is_checked(self):
        for day in range(2, 7):
            self.assertEqual(self.task.channel, "call")
            with freeze_time(cn(day, 10)):
                self.call(self.task, "no_answer")
        self.assertRecordValues(self.task, [{"state": "todo", "channel": "sms"}])
        self.assertTrue(self.customer.verify_phone)
        notices = [text for _level, text in self.vehicle._arrival_notices()]
        self.assertIn("Nobody answered our calls. Check the phone number.", notices)
        self.task.with_user(self.caller).action_sent()
        self.assertEqual(self.task.state, "failed")
        last = self.task.attempt_ids.sorted("id")[-1]
        self.assertEqual(last.channel, "sms")

    def test_three_tries_on_one_day_are_one_unreached_day(self):
        for hour in (9, 11, 15):
            with freeze_time(cn(2, hour)):
                self.call(self.task, "busy")
        self.assertRecordValues(
            self.task,
            [{"unreached_days": 1, "attempt_count": 3, "state": "waiting"}],
        )

    def test_without_another_channel_the_task_fails(self):
        self.rule.write({"max_attempts": 1, "unreached_channel": False})
        self.call(self.task, "no_answer")
        self.assertEqual(self.task.state, "failed")

    def test_a_new_number_clears_the_check(self):
        self.customer.verify_phone = True
        self.customer.phone = "13900009999"
        self.assertFalse(self.customer.verify_phone)

    def test_a_wrong_number_parks_every_task_of_the_number(self):
        other = self.make_task(self.make_rule("manual"), user_id=self.other_caller.id)
        self.call(self.task, "wrong_number")
        self.assertTrue(self.customer.is_phone_wrong)
        with freeze_time(cn(4, 10)):
            self.assertIsNone(self.open_sheet())
            self.assertIsNone(self.open_sheet(user=self.other_caller))
            self.customer.phone = "13900009999"
            self.assertFalse(self.customer.is_phone_wrong)
            self.assertEqual(other.contact_phone, "+8613900009999")
        with freeze_time(cn(4, 15)):
            self.assertEqual(self.open_sheet().followup_ids, self.task)

    def test_no_new_task_for_a_wrong_number_until_it_is_right(self):
        rule = self.make_rule("sale")
        self.vehicle.sale_date = date(2026, 3, 2)
        self.customer.is_phone_wrong = True
        self.assertEqual(self.run_rules(cn(5, 2), rule), 0)
        self.customer.phone = "13900009999"
        self.assertEqual(self.run_rules(cn(6, 2), rule), 1)

    def test_a_sold_car_ends_the_tasks_of_the_car_and_is_asked_about(self):
        reminder = self.make_task(self.make_rule("manual"), next_try_at=cn(9))
        self.call(self.task, "not_owner")
        self.assertTrue(self.vehicle.is_owner_wrong)
        self.assertEqual(self.task.state, "failed")
        self.assertRecordValues(
            reminder, [{"state": "cancelled", "close_reason": "not_owner"}]
        )
        notices = [text for _level, text in self.vehicle._arrival_notices()]
        self.assertIn("The car was sold. Ask who owns it now.", notices)

    def test_of_two_cars_only_the_sold_one_ends_and_the_call_goes_on(self):
        car = self.make_vehicle(license_plate="皖B·A2001")
        kept = self.make_task(self.rule, vehicle_id=car.id)
        sheet = self.open_sheet()
        sheet.action_dial()
        sheet.result_id = self.result("not_owner")
        with self.assertRaises(UserError):
            sheet.action_save()
        sheet.followup_ids -= kept
        self.assertTrue(sheet.has_rest)
        action = sheet.action_save_and_continue()
        rest = sheet.browse(action["res_id"])
        self.assertEqual(rest.followup_ids, kept)
        rest.result_id = self.result("appointment")
        rest.action_save()
        self.assertFalse(car.is_owner_wrong)
        self.assertEqual((self.task.state, kept.state), ("failed", "done"))
        self.assertEqual(len(kept._recent_calls(cn(2, 10))), 1, "one call of the day")

    def test_a_sold_car_is_left_alone_until_it_has_an_owner(self):
        rule = self.make_rule("insurance", offset_days=-45, expire_days=45)
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.call(self.task, "not_owner")
        self.assertEqual(self.run_rules(cn(3, 2), rule), 0)
        self.vehicle.owner_id = self.make_partner(name="李梅", phone="13900001111")
        self.assertFalse(self.vehicle.is_owner_wrong)
        self.assertEqual(self.run_rules(cn(4, 2), rule), 1)

    def test_a_deceased_customer_is_never_called_again_others_of_the_number_are(self):
        wife = self.make_partner(name="李梅", phone="13805531234")
        hers = self.make_task(self.rule, partner=wife)
        later = self.make_task(self.make_rule("visit"), next_try_at=cn(9))
        self.call(self.task, "deceased")
        self.assertRecordValues(
            later, [{"state": "suppressed", "close_reason": "no_care"}]
        )
        self.assertEqual(hers.state, "todo")
        rule = self.make_rule("sale")
        self.vehicle.sale_date = date(2026, 3, 2)
        self.run_rules(cn(5, 2), rule)
        self.assertEqual(self.tasks(rule).state, "suppressed")

    def test_a_result_has_to_be_chosen(self):
        sheet = self.open_sheet(self.task)
        with self.assertRaises(UserError):
            sheet.action_save()

    def test_a_call_is_never_rewritten_nor_deleted(self):
        self.call(self.task, "reached")
        attempt = self.task.attempt_ids
        with self.assertRaises(UserError):
            attempt.note = "Something else"
        with self.assertRaises(UserError):
            attempt.unlink()

    def test_a_used_result_is_archived_not_deleted(self):
        self.call(self.task, "reached")
        with self.assertRaises(UserError):
            self.result("reached").unlink()

    def test_a_settled_task_is_not_called_again(self):
        sheet = self.open_sheet(self.task)
        self.task._set_state("done")
        sheet.result_id = self.result("reached")
        with self.assertRaises(UserError):
            sheet.action_save()

    def test_a_manager_gives_a_failed_task_another_chance(self):
        self.call(self.task, "not_interested")
        self.assertEqual(self.task.state, "failed")
        with freeze_time(cn(20, 10)):
            self.task.with_user(self.care_manager).action_reopen()
            self.assertEqual(self.open_sheet().followup_ids, self.task)

    def test_states_are_not_written_by_hand(self):
        with self.assertRaises(UserError):
            self.task.state = "done"
        with self.assertRaises(UserError):
            self.task.with_user(self.care_manager).next_try_at = cn(5)

    def test_a_follow_up_is_cancelled_not_deleted(self):
        with self.assertRaises(UserError):
            self.task.unlink()


@freeze_time(cn(2, 10))
class TestComplaintLoop(DealerFollowupCase):
    """Not content: a complaint in the same click, and a second call after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_past_visit(1)
        cls.rule = cls.make_rule("visit", purpose="satisfaction")
        cls.task = cls.make_task(cls.rule, visit_id=cls.visit.id)

    def complain(self):
        self.call(
            self.task, "unhappy", note="The brakes still squeak.\nAnd nobody cared."
        )
        return self.task.complaint_id

    def test_the_words_of_the_customer_become_a_complaint(self):
        complaint = self.complain()
        self.assertEqual(self.task.state, "done")
        self.assertRecordValues(
            complaint,
            [
                {
                    "subject": "The brakes still squeak.",
                    "description": "The brakes still squeak.\nAnd nobody cared.",
                    "source": "callback",
                    "partner_id": self.customer.id,
                    "vehicle_id": self.vehicle.id,
                    "reception_id": self.visit.id,
                    "first_receiver_id": self.caller.id,
                    "state": "new",
                }
            ],
        )

    def test_without_words_there_is_no_complaint(self):
        with self.assertRaises(UserError):
            self.call(self.task, "unhappy")

    def test_a_second_callback_after_the_remedy_opens_the_closing_gate(self):
        complaint = self.complain()
        self.assertFalse(self.callbacks(complaint))
        with freeze_time(cn(3, 15)):
            self.resolve(complaint)
            callback = self.callbacks(complaint)
            self.assertEqual(callback.state, "todo")
            with self.assertRaises(UserError):
                complaint.action_close()
            self.call(callback, "no_answer")
            with self.assertRaises(UserError):
                complaint.action_close()
        with freeze_time(cn(4, 9)):
            self.call(callback, "reached", note="Now it is fine")
            complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(callback.state, "done")
        self.assertEqual(self.callbacks(complaint), callback)

    def test_still_not_content_reopens_the_complaint_and_calls_once_more(self):
        complaint = self.complain()
        with freeze_time(cn(3, 15)):
            self.resolve(complaint)
            self.call(self.callbacks(complaint), "unhappy", note="It squeaks again.")
        self.assertRecordValues(complaint, [{"state": "investigating", "cycle": 2}])
        with freeze_time(cn(5, 15)):
            self.resolve(complaint)
        self.assertEqual(len(self.callbacks(complaint)), 2)

    def test_a_complaint_told_at_the_counter_is_called_back_too(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        self.resolve(complaint)
        self.assertEqual(len(self.callbacks(complaint)), 1)

    def test_a_complaint_reopened_by_others_needs_no_call_yet(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        self.resolve(complaint)
        complaint.action_reopen()
        self.assertEqual(self.callbacks(complaint).state, "cancelled")
