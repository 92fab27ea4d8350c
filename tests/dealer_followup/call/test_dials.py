"""A call is a call when it is dialled, and what was said in it is never lost."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestDials(DealerFollowupCase):
    def setUp(self):
        super().setUp()
        self.task = self.make_task()

    def calls(self):
        return self.env["dealer.followup.attempt"].search(
            [("partner_id", "=", self.customer.id)]
        )

    def test_a_company_of_three_hundred_cars_is_one_call(self):
        fleet = self.make_partner(name="出租车公司", phone="0553-3831234")
        tasks = self.Followup
        rule = self.make_rule("manual")
        for number in range(30):
            car = self.make_vehicle(
                license_plate=f"皖B·T{number:04}", owner_id=fleet.id
            )
            tasks |= self.make_task(rule, partner=fleet, vehicle_id=car.id)
        self.task._close("cancelled", "cause_gone")
        sheet = self.open_sheet()
        self.assertEqual(sheet.followup_ids, tasks)
        sheet.result_id = self.result("reached")
        sheet.action_save()
        self.assertEqual(set(tasks.mapped("state")), {"done"})

    # ------------------------------------------------------------------
    # NO CALL THAT WAS NOT MADE
    # ------------------------------------------------------------------

    def test_nobody_makes_a_sheet_by_hand(self):
        with self.assertRaises(AccessError):
            self.env["dealer.followup.call"].with_user(self.caller).create(
                {
                    "followup_ids": [(6, 0, self.task.ids)],
                    "result_id": self.result("reached").id,
                }
            )

    def test_nobody_says_that_he_has_dialled(self):
        sheet = self.open_sheet(self.task)
        for vals in (
            {"attempt_id": False},
            {"offered_ids": [(6, 0, self.make_task().ids)]},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                sheet.write(vals)

    def test_no_call_about_what_the_sheet_was_not_opened_for(self):
        sheet = self.open_sheet(self.task)
        other = self.make_task(user_id=self.caller.id)
        sheet.write(
            {
                "followup_ids": [(4, other.id)],
                "result_id": self.result("reached").id,
            }
        )
        with self.assertRaises(AccessError):
            sheet.action_save()

    def test_one_dial_is_no_attempt_on_other_customers(self):
        other = self.make_task(
            self.make_rule("manual", purpose="satisfaction"),
            partner=self.make_partner(name="李梅", phone="13900001111"),
        )
        sheet = self.open_sheet(self.task)
        sheet.followup_ids += other
        with self.assertRaisesRegex(AccessError, "did not cover"):
            sheet.action_dial()
        self.assertFalse((self.task + other).attempt_ids)
        sheet.followup_ids -= other
        sheet.action_dial()
        self.assertEqual(self.task.attempt_count, 1)

    def test_a_sheet_left_open_is_no_call_in_the_night(self):
        sheet = self.open_sheet(self.task)
        sheet.result_id = self.result("reached")
        with freeze_time(cn(3, 4)), self.assertRaises(UserError):
            sheet.action_save()
        self.assertFalse(self.calls())

    def test_a_result_without_a_dial_is_counted_apart(self):
        stranger = self.make_partner(name="李梅", phone="138 0553 9999")
        dialled, other = self.task, self.make_task(partner=stranger)
        sheet = self.open_sheet(dialled)
        sheet.action_dial()
        sheet.result_id = self.result("reached")
        sheet.action_save()
        self.call(other, "reached")
        self.assertFalse(dialled.attempt_ids.is_undialled)
        self.assertTrue(other.attempt_ids.is_undialled)
        self.env.flush_all()
        report = self.env["dealer.followup.report"]
        for task, share in ((dialled, 0), (other, 100)):
            row = report.search([("followup_id", "=", task.id)])
            self.assertEqual((row.undialled_rate, row.reached_rate), (share, 100))

    # ------------------------------------------------------------------
    # DIALLED IS DIALLED
    # ------------------------------------------------------------------

    def test_a_dial_counts_though_nobody_writes_down_how_it_ended(self):
        self.open_sheet(self.task).action_dial()
        self.assertEqual(len(self.calls()), 1)
        self.assertFalse(self.calls().result_id)
        self.assertEqual(self.task.attempt_count, 1)

    def test_dialling_again_and_again_without_saving_is_too_often(self):
        sheet = self.open_sheet(self.task)
        sheet.action_dial()
        with freeze_time(cn(2, 10) + timedelta(minutes=5)):
            with self.assertRaises(UserError):
                sheet.action_dial()
            with self.assertRaises(UserError):
                self.task.with_user(self.other_caller).action_call()
        self.assertEqual(len(self.calls()), 1)

    def test_what_was_dialled_is_not_put_back(self):
        sheet = self.open_sheet(self.task)
        sheet.action_dial()
        with self.assertRaises(UserError):
            sheet.action_put_back()

    def test_the_end_is_written_down_once(self):
        sheet = self.open_sheet(self.task)
        sheet.action_dial()
        sheet.write({"result_id": self.result("reached").id, "note": "Content"})
        sheet.action_save()
        sheet.note = "Angry"
        sheet.action_save()
        self.assertEqual(self.calls().mapped("note"), ["Content"])
        self.assertEqual(self.task.attempt_count, 1)
        with self.assertRaises(UserError):
            self.calls()._write_by_method({"note": "Angry"})

    # ------------------------------------------------------------------
    # NOTHING SAID IS LOST
    # ------------------------------------------------------------------

    def say(self, sheet, moment):
        sheet.write({"result_id": self.result("reached").id, "note": "Content"})
        with freeze_time(moment):
            sheet.action_save()
        self.assertEqual(self.calls().note, "Content")
        return self.calls()

    def test_a_call_that_ends_after_the_hours(self):
        with freeze_time(cn(2, 11) + timedelta(minutes=57)):
            sheet = self.open_sheet(self.task)
            sheet.action_dial()
        self.say(sheet, cn(2, 12) + timedelta(minutes=2))

    def test_a_call_longer_than_the_number_is_kept_for_me(self):
        sheet = self.open_sheet(self.task)
        sheet.action_dial()
        later = cn(2, 10) + timedelta(minutes=75)
        with freeze_time(later):
            self.task._write_by_method(
                {"claimed_at": later, "claim_user_id": self.other_caller.id}
            )
            self.task.sudo().user_id = self.other_caller
        self.say(sheet, later)

    def test_a_follow_up_that_ended_meanwhile(self):
        sheet = self.open_sheet(self.task)
        sheet.action_dial()
        self.task.action_cancel()
        self.say(sheet, cn(2, 10) + timedelta(minutes=5))
        self.assertEqual(self.task.state, "cancelled")
        self.assertEqual(self.task.attempt_ids, self.calls())

    def test_a_customer_forgotten_during_the_call_is_not_written_down_again(self):
        sheet = self.open_sheet(self.task)
        sheet.action_dial()
        self.customer.with_user(self.care_manager).action_anonymise_customer()
        sheet.write(
            {"result_id": self.result("reached").id, "note": "王建国 says hello"}
        )
        sheet.action_save()
        call = self.calls()
        self.assertEqual(call.result_id, self.result("reached"))
        self.assertFalse(call.note)
        self.assertEqual(call.phone, f"anonymous-{self.customer.id}")
