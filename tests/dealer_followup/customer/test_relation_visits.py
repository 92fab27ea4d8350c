"""What visits tell of the people around a car, and who is called."""

from datetime import date

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestVisits(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.after = cls.make_rule("visit", purpose="satisfaction")
        cls.reminder = cls.make_rule("next_service", offset_days=-14, expire_days=30)
        cls.quiet = cls.make_rule("manual", purpose="satisfaction")

    def deliver(self, **values):
        visit = self.make_reception(**values)
        self.bring_to(visit, "delivered")
        return visit

    def test_the_delivery_plans_the_callback_at_once(self):
        visit = self.deliver()
        self.assertRecordValues(
            self.tasks(self.after),
            [
                {
                    "visit_id": visit.id,
                    "anchor_key": f"visit:{visit.id}",
                    "due_date": date(2026, 3, 5),
                    "state": "todo",
                }
            ],
        )
        self.assertEqual(self.run_rules(cn(5, 2), self.after), 0)

    def test_an_advisor_without_other_rights_delivers(self):
        visit = self.make_reception()
        self.bring_to(visit, "settled")
        visit.with_user(self.advisor).action_deliver(unsigned_reason="in a hurry")
        self.assertTrue(self.tasks(self.after))

    def test_who_came_by_himself_is_not_invited_any_more(self):
        task = self.make_task(self.make_rule("inactive"))
        visit = self.deliver()
        self.assertRecordValues(
            task,
            [
                {
                    "state": "done",
                    "close_reason": "converted",
                    "reception_id": visit.id,
                    "result_id": self.result("converted").id,
                }
            ],
        )

    def test_a_call_that_brought_the_customer_has_led_to_the_visit(self):
        task = self.make_task(self.make_rule("inactive"))
        late = self.make_task(self.make_rule("inactive"))
        untried = self.make_task(self.make_rule("inactive"))
        untried._set_state("failed")
        with freeze_time(cn(date(2026, 1, 20), 10)):
            self.call(late, "appointment", user=self.other_caller)
        self.call(task, "appointment")
        visit = self.deliver()
        self.assertEqual((task.state, task.reception_id), ("done", visit))
        self.assertFalse(late.reception_id, "six weeks ago")
        self.assertFalse(untried.reception_id, "nobody called")
        self.company.dealer_conversion_days = 60
        second = self.deliver()
        self.assertEqual((task + late).reception_id, visit + second)

    def test_a_call_nobody_answered_has_led_to_nothing(self):
        task = self.make_task(self.make_rule("inactive"))
        self.call(task, "no_answer")
        task._set_state("failed")
        self.deliver()
        self.assertFalse(task.reception_id)

    def test_a_mended_tyre_does_not_settle_the_service(self):
        task = self.make_task(self.reminder)
        self.deliver()
        self.assertEqual(task.state, "todo")
        self.deliver(is_maintenance=True)
        self.assertEqual(task.state, "done")

    def test_insurance_is_not_settled_by_a_visit(self):
        task = self.make_task(self.make_rule("insurance", purpose="marketing"))
        self.deliver()
        self.assertEqual(task.state, "todo")

    def test_an_open_complaint_keeps_questions_and_marketing_away_not_service(self):
        question, service = self.make_task(self.quiet), self.make_task()
        self.make_complaint(vehicle_id=self.vehicle.id)
        self.assertEqual(self.open_sheet().followup_ids, service)
        self.assertEqual(question.state, "todo")
        self.assertTrue(question.is_on_hold)
        self.assertFalse(service.is_on_hold)

    def test_a_closed_complaint_lets_the_question_through(self):
        question = self.make_task(self.quiet)
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        self.assertIsNone(self.open_sheet())
        complaint.action_cancel()
        with freeze_time(cn(2, 14, 30)):
            self.assertEqual(self.open_sheet().followup_ids, question)

    def test_no_survey_is_planned_during_a_complaint(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        self.deliver()
        self.assertFalse(self.tasks(self.after))
        complaint.action_cancel()
        self.assertEqual(self.run_rules(cn(6, 2), self.after), 1)

    def test_a_booked_slot_and_a_car_in_the_workshop_keep_questions_away(self):
        question = self.make_task(self.quiet)
        visit = self.make_reception(date_appointment=cn(3, 9))
        self.assertIsNone(self.open_sheet())
        question._write_by_method({"next_try_at": cn(2)})
        visit.action_arrive()
        self.assertIsNone(self.open_sheet())
        visit.action_cancel()
        question._write_by_method({"next_try_at": cn(2)})
        self.assertEqual(self.open_sheet().followup_ids, question)

    def test_a_slot_nobody_closed_last_week_keeps_nobody_away(self):
        question = self.make_task(self.quiet)
        self.make_reception(date_appointment=cn(date(2026, 2, 20), 9))
        self.assertEqual(self.open_sheet().followup_ids, question)

    def test_a_rework_does_not_ask_twice(self):
        visit = self.make_reception()
        self.bring_to(visit, "quality")
        visit.action_fail()
        self.bring_to(visit, "delivered")
        self.assertEqual(len(self.tasks(self.after)), 1)


class TestAssignment(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("visit", assignment="advisor")
        group = cls.env.ref("dealer_followup.group_dealer_followup_user")
        cls.advisor.group_ids += group

    def plan(self, **values):
        self.rule.write(values)
        visits = self.make_past_visit(2)
        for number in range(5):
            owner = self.make_partner(
                name=f"Owner {number}", phone=f"1380553000{number}"
            )
            car = self.make_vehicle(
                license_plate=f"皖B·C000{number}", owner_id=owner.id
            )
            visits += self.make_past_visit(2, vehicle_id=car.id, partner_id=owner.id)
        self.run_rules(cn(5, 2), self.rule)
        return self.tasks(self.rule)

    def test_the_last_advisor_calls(self):
        self.assertEqual(self.plan().user_id, self.advisor)

    def test_an_advisor_who_may_not_call_leaves_it_to_the_pool(self):
        self.advisor.group_ids -= self.env.ref(
            "dealer_followup.group_dealer_followup_user"
        )
        self.assertFalse(self.plan().user_id)

    def test_in_turn_every_caller_gets_some(self):
        callers = self.caller + self.other_caller
        tasks = self.plan(assignment="round_robin", user_ids=callers.ids)
        self.assertEqual(tasks.user_id, callers)

    def test_the_least_loaded_caller_gets_the_next(self):
        somebody = self.make_partner(name="李梅", phone="13900001111")
        for _number in range(4):
            self.make_task(user_id=self.caller.id, partner=somebody)
        callers = self.caller + self.other_caller
        tasks = self.plan(assignment="least_loaded", user_ids=callers.ids)
        loads = [
            len(tasks.filtered(lambda t, u=user: t.user_id == u)) for user in callers
        ]
        self.assertEqual(loads, [1, 5])

    def test_one_customer_stays_with_one_caller(self):
        self.make_task(user_id=self.other_caller.id)
        tasks = self.plan(assignment="least_loaded", user_ids=self.other_caller.ids)
        mine = tasks.filtered(lambda task: task.partner_id == self.customer)
        self.assertEqual(mine.user_id, self.other_caller)
