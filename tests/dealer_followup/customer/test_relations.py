"""Sold cars, drivers, merges, visits and complaints: the world around a follow-up."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestPeople(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_partner(name="李梅", phone="13900001111")
        cls.sale = cls.make_rule("sale")
        cls.insurance = cls.make_rule("insurance", offset_days=-45, expire_days=45)

    def test_the_former_owner_hears_no_more_the_new_one_gets_the_cycle(self):
        self.vehicle.write(
            {"sale_date": date(2026, 3, 2), "insurance_expiry": date(2026, 4, 10)}
        )
        self.run_rules(cn(5, 2))
        tasks = self.tasks(self.sale) + self.tasks(self.insurance)
        self.assertEqual(set(tasks.mapped("state")), {"todo"})
        self.vehicle.with_context(
            dealer_ownership_date=date(2026, 3, 5)
        ).owner_id = self.buyer
        self.assertEqual(set(tasks.mapped("close_reason")), {"sold"})
        self.vehicle.insurance_expiry = date(2027, 4, 10)
        self.run_rules(cn(6, 2))
        self.assertEqual(len(self.tasks(self.sale)), 1, "no 3D for a used car")
        self.run_rules(cn(date(2027, 3, 1), 2))
        self.assertEqual(self.tasks(self.insurance)[-1].partner_id, self.buyer)

    def test_the_service_that_is_due_is_told_to_the_next_owner(self):
        rule = self.make_rule("next_service", offset_days=-14, expire_days=45)
        self.vehicle.next_service_date = date(2026, 3, 16)
        self.run_rules(cn(2, 2), rule)
        self.vehicle.owner_id = self.buyer
        self.run_rules(cn(3, 2), rule)
        self.assertRecordValues(
            self.tasks(rule),
            [
                {"partner_id": self.customer.id, "close_reason": "sold"},
                {"partner_id": self.buyer.id, "close_reason": False},
            ],
        )
        self.assertEqual(self.run_rules(cn(4, 2), rule), 0)

    def test_what_the_call_to_the_former_owner_was_about_is_told_to_the_next(self):
        rule = self.make_rule("next_service", offset_days=-14, expire_days=45)
        self.vehicle.next_service_date = date(2026, 3, 16)
        self.run_rules(cn(2, 2), rule)
        self.call(self.tasks(rule), "not_owner")
        self.assertEqual(self.run_rules(cn(3, 2), rule), 0)
        self.vehicle.owner_id = self.buyer
        self.run_rules(cn(4, 2), rule)
        self.assertEqual(self.tasks(rule)[1:].partner_id, self.buyer)

    def test_who_bought_the_car_has_not_stayed_away(self):
        rule = self.make_rule(
            "inactive", offset_days=0, offset_months=6, expire_days=30
        )
        self.make_past_visit(date(2025, 9, 2))
        self.vehicle.with_context(
            dealer_ownership_date=date(2026, 2, 20)
        ).owner_id = self.buyer
        self.assertEqual(self.run_rules(cn(3, 2), rule), 0)

    def test_who_has_said_that_he_left_is_invited_no_more_but_recalled(self):
        rule = self.make_rule(
            "inactive", offset_days=0, offset_months=6, expire_days=30
        )
        self.make_past_visit(date(2025, 9, 2))
        self.vehicle._record_leaving(self.env.ref("dealer_followup.leave_reason_moved"))
        self.assertEqual(self.run_rules(cn(3, 2), rule), 0)
        recall = self.make_rule("manual", round_number=1, round_date=date(2026, 3, 1))
        self.assertEqual(self.run_rules(cn(4, 2), recall), 1)
        self.vehicle.action_undo_leaving()
        self.assertEqual(self.run_rules(cn(5, 2), rule), 1)

    def test_leaving_taken_back_gives_the_calls_back(self):
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.run_rules(cn(2, 2), self.insurance)
        self.vehicle._record_leaving(self.env.ref("dealer_followup.leave_reason_moved"))
        self.vehicle.action_undo_leaving()
        self.run_rules(cn(3, 2), self.insurance)
        self.assertEqual(
            self.tasks(self.insurance).mapped("state"), ["cancelled", "todo"]
        )

    def test_a_card_that_was_put_away_is_not_called(self):
        self.vehicle.sale_date = date(2026, 3, 2)
        self.customer.active = False
        self.assertEqual(self.run_rules(cn(5, 2), self.sale), 0)

    def test_who_has_sold_the_car_is_not_asked_about_the_visit(self):
        rule = self.make_rule("visit")
        self.make_past_visit(2)
        self.vehicle.with_context(
            dealer_ownership_date=date(2026, 3, 4)
        ).owner_id = self.buyer
        self.assertEqual(self.run_rules(cn(5, 2), rule), 0)

    def test_a_complaint_callback_is_owed_to_the_former_owner_too(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        task = self.make_task(
            self.env.ref("dealer_followup.care_rule_complaint"),
            complaint_id=complaint.id,
        )
        self.vehicle.owner_id = self.buyer
        self.assertEqual(task.state, "todo")

    def test_after_a_visit_whoever_brought_the_car_is_called(self):
        rule = self.make_rule("visit")
        self.make_past_visit(2, contact_id=self.buyer.id)
        self.run_rules(cn(5, 2), rule)
        self.assertEqual(self.tasks(rule).partner_id, self.buyer)

    def test_an_owner_who_was_entered_wrong_is_replaced_on_open_tasks(self):
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.run_rules(cn(2, 2), self.insurance)
        self.vehicle._correct_owner(self.buyer)
        self.run_rules(cn(3, 2), self.insurance)
        self.assertRecordValues(
            self.tasks(self.insurance),
            [
                {
                    "partner_id": self.buyer.id,
                    "contact_name": "李梅",
                    "contact_phone": "+8613900001111",
                    "state": "todo",
                }
            ],
        )

    def test_who_was_tried_by_mistake_is_not_tried_again(self):
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.run_rules(cn(2, 2), self.insurance)
        task = self.tasks(self.insurance)
        self.call(task, "no_answer")
        self.vehicle._correct_owner(self.buyer)
        self.run_rules(cn(3, 2), self.insurance)
        self.assertEqual((task.state, task.partner_id), ("waiting", self.buyer))
        self.assertEqual(task.contact_phone, "+8613900001111")

    def test_own_cars_and_those_of_colleagues_are_not_called(self):
        self.vehicle.sale_date = date(2026, 3, 2)
        self.vehicle.owner_id = self.company.partner_id
        self.assertEqual(self.run_rules(cn(5, 2), self.sale), 0)
        self.vehicle.owner_id = self.advisor.partner_id
        self.assertEqual(self.run_rules(cn(5, 2), self.sale), 0)

    def test_a_scrapped_car_is_not_called_about(self):
        self.vehicle.sale_date = date(2026, 3, 2)
        self.run_rules(cn(5, 2), self.sale)
        self.vehicle.active = False
        self.assertRecordValues(
            self.tasks(self.sale), [{"state": "cancelled", "close_reason": "archived"}]
        )
        self.assertEqual(self.run_rules(cn(6, 2), self.sale), 0)

    def test_a_scrapped_car_is_not_asked_about_its_last_visit(self):
        rule = self.make_rule("visit")
        self.make_past_visit(2)
        self.vehicle.active = False
        self.assertEqual(self.run_rules(cn(5, 2), rule), 0)

    def test_a_car_archived_by_mistake_gets_its_calls_back(self):
        self.vehicle.sale_date = date(2026, 3, 2)
        self.run_rules(cn(5, 2), self.sale)
        self.vehicle.active = False
        self.vehicle.active = True
        self.run_rules(cn(6, 2), self.sale)
        first, second = self.tasks(self.sale)
        self.assertEqual((first.state, second.state), ("cancelled", "todo"))
        with self.assertRaises(UserError):
            first.with_user(self.care_manager).action_reopen()
        second.action_cancel()
        self.assertEqual(self.run_rules(cn(6, 2), self.sale), 0)

    def test_a_caller_who_leaves_leaves_the_calls_to_the_others(self):
        task = self.make_task(user_id=self.caller.id)
        self.caller.action_archive()
        self.assertFalse(task.user_id)
        self.assertEqual(self.open_sheet(user=self.other_caller).followup_ids, task)

    def test_a_customer_without_a_number_waits_for_one(self):
        self.vehicle.sale_date = date(2026, 3, 2)
        self.customer.phone = False
        self.assertEqual(self.run_rules(cn(5, 2), self.sale), 0)
        self.customer.phone = "13805531234"
        self.assertEqual(self.run_rules(cn(6, 2), self.sale), 1)


@freeze_time(cn(2, 10))
class TestMerges(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("sale")
        cls.vehicle.write(
            {"sale_date": date(2026, 3, 2), "vin_sn": "LVVDB11B5RD045678"}
        )

    def test_merged_customers_lose_no_follow_up(self):
        twin = self.make_partner(name="王建国", phone="13900001111")
        rule = self.make_rule("manual")
        # the same words in two tasks that differ in the customer only
        mine = self.make_task(rule, vehicle_id=False, anchor_key="a")
        hers = self.make_task(rule, vehicle_id=False, anchor_key="b", partner=twin)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin + self.customer).ids, self.customer
        )
        self.assertEqual((mine + hers).partner_id, self.customer)
        self.assertEqual(len((mine + hers).exists()), 2)

    def merge_cars(self, kept, double):
        self.env["dealer.vehicle.merge"].create(
            {"vehicle_ids": (kept + double).ids, "vehicle_id": kept.id}
        ).action_merge()

    def test_two_cards_of_one_car_keep_one_task_for_the_sale(self):
        double = self.make_vehicle(
            license_plate="皖B·A2001", sale_date=date(2026, 3, 2)
        )
        self.run_rules(cn(5, 2), self.rule)
        tasks = self.tasks(self.rule)
        self.assertEqual(len(tasks), 2)
        tasks[1]._set_state("done")
        self.merge_cars(self.vehicle, double)
        self.assertEqual(tasks.vehicle_id, self.vehicle)
        self.assertEqual(
            tasks.mapped("state"), ["cancelled", "done"], "the one that went further"
        )
        self.assertEqual(self.run_rules(cn(6, 2), self.rule), 0)

    def test_a_cause_called_on_the_other_card_is_not_called_again(self):
        double = self.make_vehicle(
            license_plate="皖B·A2001", sale_date=date(2026, 3, 2)
        )
        self.vehicle.sale_date = False
        self.run_rules(cn(5, 2), self.rule)
        self.merge_cars(self.vehicle, double)
        self.assertEqual(self.vehicle.sale_date, date(2026, 3, 2))
        self.assertEqual(self.run_rules(cn(6, 2), self.rule), 0)
        self.assertEqual(self.tasks(self.rule).state, "todo")
