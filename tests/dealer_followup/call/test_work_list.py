"""The next call: the right customer, for one caller alone, allowed at this moment."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import users
from odoo.tools import html2plaintext

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestNextCall(DealerFollowupCase):
    def test_the_most_urgent_customer_comes_first(self):
        rare = self.make_rule("manual", sequence=90)
        urgent = self.make_rule("manual", sequence=5)
        neighbour = self.make_partner(name="李梅", phone="13900001111")
        self.make_task(rare)
        task = self.make_task(urgent, partner=neighbour)
        self.assertEqual(self.open_sheet().followup_ids, task)

    def test_of_equal_rules_the_one_that_ends_first_comes_first(self):
        rule = self.make_rule("manual")
        neighbour = self.make_partner(name="李梅", phone="13900001111")
        self.make_task(rule)
        task = self.make_task(rule, partner=neighbour, expire_date=date(2026, 3, 3))
        self.assertEqual(self.open_sheet().followup_ids, task)

    def test_one_owner_two_cars_is_one_call(self):
        rule = self.make_rule("manual")
        car = self.make_vehicle(license_plate="皖B·A2001")
        tasks = self.make_task(rule) + self.make_task(rule, vehicle_id=car.id)
        sheet = self.open_sheet()
        self.assertEqual(sheet.followup_ids, tasks)
        sheet.result_id = self.result("reached")
        sheet.action_save()
        self.assertEqual(set(tasks.mapped("state")), {"done"})
        self.assertEqual(len(tasks.attempt_ids), 1)

    def test_what_was_not_talked_about_stays_open(self):
        rule = self.make_rule("manual")
        car = self.make_vehicle(license_plate="皖B·A2001")
        talked, not_talked = (
            self.make_task(rule),
            self.make_task(rule, vehicle_id=car.id),
        )
        sheet = self.open_sheet()
        sheet.followup_ids -= not_talked
        sheet.result_id = self.result("reached")
        sheet.action_save()
        self.assertEqual(talked.state, "done")
        self.assertEqual(not_talked.state, "todo")

    def test_two_customers_with_one_phone_are_two_calls_but_one_line(self):
        wife = self.make_partner(name="李梅", phone="+86 138-0553-1234")
        task, hers = self.make_task(), self.make_task(partner=wife)
        self.assertEqual(self.open_sheet().followup_ids, task)
        # while the husband is being called nobody else dials the number
        self.assertIsNone(self.open_sheet(user=self.other_caller))
        with self.assertRaises(UserError):
            self.open_sheet(hers, user=self.other_caller)

    def test_a_claim_ends_after_half_an_hour(self):
        task = self.make_task()
        self.open_sheet()
        task.action_release()
        self.open_sheet()
        task._write_by_method({"user_id": False})
        with freeze_time(cn(2, 10, 29)):
            self.assertIsNone(self.open_sheet(user=self.other_caller))
        with freeze_time(cn(2, 10, 31)):
            self.assertTrue(self.open_sheet(user=self.other_caller))

    def test_the_same_customer_is_shown_again_until_the_call_is_saved(self):
        task = self.make_task()
        self.make_task(partner=self.make_partner(name="李梅", phone="13900001111"))
        self.assertEqual(self.open_sheet().followup_ids, task)
        self.assertEqual(self.open_sheet().followup_ids, task)

    def test_a_task_of_a_colleague_is_not_offered(self):
        self.make_task(user_id=self.other_caller.id)
        self.assertIsNone(self.open_sheet())

    def test_taking_from_the_pool_makes_it_mine_until_the_night(self):
        task = self.make_task()
        self.open_sheet()
        self.assertEqual(task.user_id, self.caller)
        with freeze_time(cn(3, 2)):
            self.Followup._release_claims()
        self.assertFalse(task.user_id)
        self.assertFalse(task.claimed_at)

    def test_not_before_it_is_due(self):
        self.make_task(due_date=date(2026, 3, 3), next_try_at=cn(3))
        self.assertIsNone(self.open_sheet())

    def test_what_expired_while_the_night_was_missed_is_not_called(self):
        task = self.make_task(expire_date=date(2026, 3, 1))
        self.assertIsNone(self.open_sheet())
        self.assertEqual(task.state, "expired")

    def test_a_promised_time_that_passed_overnight_comes_first(self):
        neighbour = self.make_partner(name="李梅", phone="13900001111")
        self.make_task(partner=neighbour, user_id=self.caller.id, priority=1)
        task = self.make_task(
            self.make_rule("manual", sequence=90), user_id=self.caller.id
        )
        self.call(task, "call_later", promised_at=cn(2, 19, 59))
        with freeze_time(cn(3, 9)):
            self.assertEqual(self.open_sheet().followup_ids, task)

    def test_messages_and_letters_are_not_offered_as_calls(self):
        self.make_task(channel="letter")
        self.assertIsNone(self.open_sheet())

    def test_a_number_that_one_shop_calls_is_not_called_by_another(self):
        other = self.env["res.company"].create({"name": "Second Shop"})
        self.other_caller.write({"company_ids": [Command.link(other.id)]})
        mine, theirs = self.make_task(), self.make_task(company_id=other.id)
        self.assertEqual(self.open_sheet(mine).followup_ids, mine)
        colleague = theirs.with_user(self.other_caller).with_company(other)
        with self.assertRaises(UserError):
            colleague.with_context(allowed_company_ids=other.ids).action_call()
        self.assertFalse(theirs.user_id)

    def test_the_customer_put_back_goes_to_a_colleague(self):
        task = self.make_task()
        sheet = self.open_sheet()
        sheet.action_put_back()
        self.assertEqual(self.open_sheet(user=self.other_caller).followup_ids, task)

    def test_an_opened_sheet_of_a_taken_number_cannot_be_saved_by_another(self):
        task = self.make_task()
        sheet = self.open_sheet()
        task._write_by_method({"claim_user_id": self.other_caller.id})
        sheet.result_id = self.result("reached")
        with self.assertRaises(AccessError):
            sheet.action_save()

    def test_the_briefing_names_customer_car_cause_visit_and_complaint(self):
        self.customer.habits = "Likes to talk about fishing"
        manner = self.env.ref("dealer_service.dealer_customer_manner_thorough")
        self.customer.manner_id = manner
        visit = self.make_past_visit(1, odometer=12_345)
        self.env["dealer.reception.concern"].create(
            {"reception_id": visit.id, "name": "Squeaks when braking"}
        )
        self.make_complaint(vehicle_id=self.vehicle.id, subject="Rude cashier")
        self.make_task(self.make_rule("manual", name="Regular service"))
        sheet = self.open_sheet()
        briefing = sheet.briefing
        self.assertIn("Rude cashier", sheet.warning)
        for fact in (
            "王建国",
            "皖B·A1234",
            "Regular service",
            "12345",
            "Squeaks when braking",
            "fishing",
            manner.advice,
        ):
            self.assertIn(fact, briefing)

    def test_a_call_about_a_complaint_says_which_and_what_was_agreed(self):
        complaint = self.make_complaint(
            vehicle_id=self.vehicle.id,
            subject="Rude cashier",
            decision="An apology\nand a wash",
            state="closed",
        )
        rule = self.env.ref("dealer_followup.care_rule_complaint")
        self.make_task(rule, complaint_id=complaint.id)
        briefing = self.open_sheet().briefing
        self.assertIn(f"{complaint.name} · Rude cashier", briefing)
        self.assertIn("An apology and a wash", briefing)

    def test_the_script_has_the_facts_filled_in(self):
        rule = self.make_rule(
            "manual",
            script="<p>Hello <t t-out='object.contact_name'/>, this is"
            " <t t-out='user.name'/> about <t t-out='object.vehicle_id.license_plate'/>"
            "</p>",
        )
        self.make_task(rule)
        script = self.open_sheet().script
        self.assertEqual(script.count("my name is"), 1, "one greeting a call")
        greeting = script[: script.index("Is this a good moment")]
        names = [self.company.name, self.caller.name, "王建国"]
        places = [greeting.index(name) for name in names]
        self.assertEqual(places, sorted(places), "the shop first, then the caller")
        self.assertIn("Hello 王建国", script)
        self.assertIn("caller", script)
        self.assertIn("皖B·A1234", script)

    def test_the_greeting_is_one_sentence_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.make_task(self.make_rule("manual"))
        sheet = self.open_sheet().with_context(lang="zh_CN")
        self.assertIn(
            f"您好，这里是{self.company.name}，我是客服{self.caller.name}。请问您是"
            "<strong>王建国</strong>吗？现在方便接电话吗？",
            sheet.script,
        )
        self.assertRegex(sheet.briefing, "应回访日期.+，失效日期.+")

    def test_call_about_a_visit_names_the_plate_the_car_came_with(self):
        visit = self.make_past_visit(1)
        self.vehicle.license_plate = "皖B·Z9999"
        rule = self.env.ref("dealer_followup.care_rule_visit")
        task = self.make_task(rule, visit_id=visit.id, anchor_date=date(2026, 3, 1))
        sheet = self.open_sheet(task)
        self.assertIn("皖B·A1234", sheet.script)
        self.assertNotIn("Z9999", sheet.script)

    def test_every_shipped_script_can_be_said(self):
        for rule in self.Rule.with_context(active_test=False).search(
            [("script", "!=", False), ("code", "not like", "test_")]
        ):
            task = self.make_task(rule, anchor_date=date(2026, 3, 1))
            text = rule.with_user(self.caller)._render_field("script", task.ids)[
                task.id
            ]
            with self.subTest(rule=rule.code):
                self.assertTrue(html2plaintext(text).strip())
                self.assertNotIn("t-out", text)
                # a fact that is missing leaves a hole in the sentence
                self.assertNotIn("()", text)

    @users("caller")
    def test_a_caller_can_do_the_whole_call_without_other_rights(self):
        task = self.make_task()
        sheet = self.open_sheet()
        self.assertTrue(sheet.briefing)
        dialled = sheet.action_dial()
        self.assertEqual(dialled["params"], {"phone": "+8613805531234"})
        sheet.result_id = self.result("reached")
        sheet.action_save_and_next()
        self.assertEqual(task.state, "done")

    def test_opening_the_list_costs_the_same_with_a_hundred_rows(self):
        rule = self.make_rule("manual")
        for number in range(100):
            self.make_task(rule, anchor_key=f"row:{number}")
        self.env.flush_all()
        self.env.invalidate_all()
        tasks = self.Followup.with_user(self.caller)
        spec = {"contact_name": {}, "vehicle_id": {"fields": {"display_name": {}}}}
        tasks.web_search_read([], {"state": {}}, limit=1)
        # rows, cars, models, owners' rules: none of them by row
        with self.assertQueryCount(6):
            rows = tasks.web_search_read([], spec, limit=80)["records"]
        self.assertEqual(len(rows), 80)


class TestHoursAndLimits(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("manual")
        cls.company.dealer_call_hours = "09:00-12:00, 14:00-21:00"

    def test_no_call_outside_the_hours(self):
        task = self.make_task(self.rule)
        for moment in ((8, 59), (12, 0), (13, 59), (21, 0), (21, 1)):
            with freeze_time(cn(2, *moment)):
                self.assertFalse(self.open_sheet())
                with self.assertRaisesRegex(UserError, "Calling hours are"):
                    self.open_sheet(task)
        self.assertFalse(task.claimed_at, "nobody took the number")
        for moment in ((9, 0), (11, 59), (14, 0), (20, 59)):
            with freeze_time(cn(2, *moment)):
                self.assertTrue(self.open_sheet())

    def test_who_asks_for_the_next_call_too_early_is_told_when_in_the_list(self):
        self.make_task(self.rule)
        with freeze_time(cn(2, 12, 30)):
            told = self.Followup.with_user(self.caller).action_next_call()
        self.assertEqual(told["tag"], "display_notification")
        self.assertEqual(
            told["params"]["message"],
            "It is 12:30. Calling hours are 09:00-12:00, 14:00-21:00; the next call "
            "can be made at 03-02 14:00.",
        )
        self.assertEqual(told["params"]["next"]["res_model"], "dealer.followup")

    def test_hours_are_those_of_the_shop_whatever_the_caller_lives_in(self):
        self.caller.tz = "Europe/Berlin"
        self.make_task(self.rule)
        with freeze_time(cn(2, 9)):
            self.assertTrue(self.open_sheet())

    def test_a_sheet_opened_in_time_cannot_be_dialled_after_the_hours(self):
        self.make_task(self.rule)
        with freeze_time(cn(2, 20, 58)):
            sheet = self.open_sheet()
        with freeze_time(cn(2, 21, 1)):
            with self.assertRaises(UserError):
                sheet.action_dial()

    def test_a_call_begun_in_time_is_saved_after_the_hours(self):
        task = self.make_task(self.rule)
        with freeze_time(cn(2, 20, 58)):
            sheet = self.open_sheet()
            sheet.action_dial()
        with freeze_time(cn(2, 21, 4)):
            sheet.result_id = self.result("reached")
            sheet.action_save_and_next()
        self.assertEqual(task.state, "done")
        self.assertEqual(task.attempt_ids.date, cn(2, 20, 58))

    def test_a_call_that_was_not_dialled_cannot_be_recorded_after_the_hours(self):
        self.make_task(self.rule)
        with freeze_time(cn(2, 20, 58)):
            sheet = self.open_sheet()
            sheet.result_id = self.result("reached")
        with freeze_time(cn(2, 21, 4)), self.assertRaises(UserError):
            sheet.action_save()

    def test_the_gap_is_kept_by_number_whoever_it_belongs_to(self):
        wife = self.make_partner(name="李梅", phone="0086 13805531234")
        self.make_task(self.rule)
        hers = self.make_task(self.rule, partner=wife)
        with freeze_time(cn(2, 10)):
            self.call(None, "reached")
            self.assertIsNone(self.open_sheet(user=self.other_caller))
            self.assertEqual(hers.next_try_at, cn(2, 10, 30))
        with freeze_time(cn(2, 10, 30)):
            self.assertTrue(self.open_sheet(user=self.other_caller))

    def test_the_fourth_call_of_a_day_waits_for_the_next_morning(self):
        for hour in (9, 10, 11):
            with freeze_time(cn(2, hour)):
                self.call(self.make_task(self.rule), "reached")
        task = self.make_task(self.rule)
        with freeze_time(cn(2, 15)):
            with self.assertRaises(UserError):
                self.open_sheet(task)
            self.assertIsNone(self.open_sheet())
        self.assertEqual(task.next_try_at, cn(3, 9))
        with freeze_time(cn(3, 9)):
            self.assertTrue(self.open_sheet())

    def test_a_promised_call_ignores_the_gap_but_not_the_hours(self):
        task = self.make_task(self.rule)
        with freeze_time(cn(2, 10)):
            self.call(task, "call_later", promised_at=cn(2, 10, 10))
        with freeze_time(cn(2, 10, 10)):
            self.assertEqual(self.open_sheet().followup_ids, task)
        task._write_by_method({"next_try_at": cn(2, 10)})
        with freeze_time(cn(2, 21, 30)):
            self.assertFalse(self.open_sheet())
            with self.assertRaises(UserError):
                self.open_sheet(task)

    def test_a_promise_outside_the_hours_is_refused(self):
        task = self.make_task(self.rule)
        with freeze_time(cn(2, 10)):
            for moment in (cn(2, 21), cn(2, 12, 30), cn(2, 9, 59), False):
                with self.assertRaises(UserError):
                    self.call(task, "call_later", promised_at=moment)
            self.call(task, "call_later", promised_at=cn(2, 20, 59))
        self.assertRecordValues(
            task,
            [
                {
                    "state": "waiting",
                    "is_promised": True,
                    "next_try_at": cn(2, 20, 59),
                    "user_id": self.caller.id,
                }
            ],
        )

    def test_a_promise_keeps_a_task_alive(self):
        task = self.make_task(self.rule, expire_date=date(2026, 3, 2))
        with freeze_time(cn(2, 10)):
            self.call(task, "call_later", promised_at=cn(6, 10))
        self.run_rules(cn(6, 2), self.rule)
        self.assertEqual(task.state, "waiting")

    def test_hours_that_mean_nothing_are_refused(self):
        with self.assertRaises(UserError):
            self.company.dealer_call_hours = "nine to five"

    def test_the_gap_counts_from_the_last_call(self):
        with freeze_time(cn(2, 10)):
            self.call(self.make_task(self.rule), "reached")
        later = cn(2, 10) + timedelta(minutes=29)
        with freeze_time(later), self.assertRaises(UserError):
            self.open_sheet(self.make_task(self.rule))
