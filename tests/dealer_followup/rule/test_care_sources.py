"""What a care rule follows from: sources and birthdays."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...followup_common import DealerFollowupCase, cn


class TestSources(DealerFollowupCase):
    def due(self, rule):
        return self.tasks(rule).mapped(lambda task: (task.anchor_key, task.due_date))

    def test_the_insurance_is_called_once_for_each_period(self):
        rule = self.make_rule("insurance", offset_days=-45, expire_days=45)
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.assertEqual(self.run_rules(cn(2, 2), rule), 1)
        self.vehicle.insurance_expiry = date(2026, 4, 12)  # corrected
        self.assertEqual(self.run_rules(cn(3, 2), rule), 0)
        self.assertEqual(self.tasks(rule).due_date, date(2026, 2, 26))
        self.vehicle.insurance_expiry = date(2027, 4, 12)  # renewed
        self.assertRecordValues(
            self.tasks(rule), [{"state": "cancelled", "close_reason": "cause_gone"}]
        )
        self.assertEqual(self.run_rules(cn(date(2027, 3, 1), 2), rule), 1)

    def test_the_inspection_calls_whoever_brings_the_car(self):
        rule = self.make_rule("inspection", offset_days=-60, expire_days=60)
        driver = self.make_partner(name="小李", phone="13900001111")
        self.vehicle.write(
            {"inspection_expiry": date(2026, 4, 20), "contact_id": driver.id}
        )
        self.run_rules(cn(2, 2), rule)
        self.assertEqual(self.tasks(rule).partner_id, driver)

    def test_the_end_of_the_warranty(self):
        rule = self.make_rule("warranty_end", offset_days=-30, expire_days=30)
        self.vehicle.warranty_end_date = date(2026, 3, 20)
        self.assertEqual(self.run_rules(cn(2, 2), rule), 1)

    def test_the_first_service_is_not_the_regular_one(self):
        first = self.make_rule("next_service", service_cycle="first", offset_days=-14)
        regular = self.make_rule(
            "next_service", service_cycle="regular", offset_days=-14
        )
        self.vehicle.next_service_date = date(2026, 3, 16)
        self.run_rules(cn(2, 2), first + regular)
        self.assertTrue(self.tasks(first))
        self.assertFalse(self.tasks(regular))
        visit = self.make_past_visit(3, is_maintenance=True)
        self.vehicle.next_service_date = date(2026, 3, 17)
        self.run_rules(cn(4, 2), first + regular)
        self.assertEqual(self.tasks(first).state, "cancelled")
        self.assertEqual(self.tasks(regular).anchor_key, f"service:{visit.id}")

    def test_a_forecast_that_moves_moves_the_call(self):
        rule = self.make_rule("next_service", offset_days=-14, expire_days=30)
        self.vehicle.next_service_date = date(2026, 3, 16)
        self.run_rules(cn(2, 2), rule)
        self.vehicle.next_service_date = date(2026, 3, 26)
        self.run_rules(cn(3, 2), rule)
        self.assertEqual(self.tasks(rule).due_date, date(2026, 3, 12))

    def test_who_has_booked_is_not_reminded_of_the_service_until_he_stays_away(self):
        rule = self.make_rule("next_service", offset_days=-14, expire_days=45)
        self.vehicle.next_service_date = date(2026, 3, 16)
        with freeze_time(cn(2, 1)):
            self.make_reception(date_appointment=cn(4, 10))
        self.assertEqual(self.run_rules(cn(2, 2), rule), 0)
        self.assertEqual(self.run_rules(cn(6, 2), rule), 1)

    def test_whose_car_is_here_is_not_reminded_of_the_service(self):
        rule = self.make_rule("next_service", offset_days=-14, expire_days=45)
        self.vehicle.next_service_date = date(2026, 3, 16)
        self.make_reception(state="arrived", date_arrived=cn(1, 15))
        self.assertEqual(self.run_rules(cn(2, 2), rule), 0)

    def test_inactive_ends_with_a_visit_and_begins_anew(self):
        rule = self.make_rule(
            "inactive", offset_months=6, offset_days=0, expire_days=30
        )
        self.vehicle.last_reception_date = date(2025, 9, 1)
        self.assertEqual(self.run_rules(cn(2, 2), rule), 1)
        self.make_past_visit(3)
        self.run_rules(cn(4, 2), rule)
        self.assertEqual(self.tasks(rule).state, "cancelled")
        self.assertEqual(self.run_rules(cn(date(2026, 9, 4), 2), rule), 1)

    def test_declined_safety_work_is_followed_once_each_time_it_was_declined(self):
        rule = self.make_rule("declined_work", offset_days=0, is_safety_only=True)
        work = self.env["dealer.declined.work"].create(
            {
                "name": "Front brake discs",
                "currency_id": self.company.currency_id.id,
                "company_id": self.company.id,
                "vehicle_id": self.vehicle.id,
                "partner_id": self.customer.id,
                "date_declined": cn(1),
                "remind_date": date(2026, 3, 2),
                "is_safety": False,
            }
        )
        self.assertEqual(self.run_rules(cn(2, 2), rule), 0)
        work.is_safety = True
        self.assertEqual(self.run_rules(cn(3, 2), rule), 1)
        self.assertEqual(self.run_rules(cn(4, 2), rule), 0)
        work.write({"times_declined": 2, "remind_date": date(2026, 3, 10)})
        self.run_rules(cn(10, 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["cancelled", "todo"])

    def test_done_work_is_not_followed(self):
        rule = self.make_rule("declined_work", offset_days=0, is_safety_only=False)
        self.env["dealer.declined.work"].create(
            {
                "name": "Wipers",
                "currency_id": self.company.currency_id.id,
                "company_id": self.company.id,
                "vehicle_id": self.vehicle.id,
                "partner_id": self.customer.id,
                "date_declined": cn(1),
                "remind_date": date(2026, 3, 2),
                "state": "done",
            }
        )
        self.assertEqual(self.run_rules(cn(2, 2), rule), 0)

    def test_a_round_calls_every_chosen_car_once(self):
        recall = self.env.ref("dealer_followup.care_rule_recall")
        recall.vehicle_domain = f"[('model_id', '=', {self.model.id})]"
        self.make_vehicle(license_plate="皖B·A2001")
        self.assertEqual(self.run_rules(cn(2, 2), recall), 0)
        recall.action_start_round()
        self.assertEqual(len(self.tasks(recall)), 2)
        recall.action_run()
        self.assertEqual(len(self.tasks(recall)), 2)

    def test_a_rule_with_a_cause_has_no_rounds(self):
        with self.assertRaises(UserError):
            self.make_rule("sale").action_start_round()


class TestBirthday(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule(
            "birthday", purpose="greeting", offset_days=0, expire_days=3
        )

    def run_year(self, year):
        """How many greetings, and on which days, around the end of February."""
        created = sum(
            self.run_rules(cn(date(year, 2, 26) + timedelta(days=day), 2), self.rule)
            for day in range(8)
        )
        return created, self.tasks(self.rule)[-1:].due_date

    def test_29_february_is_kept_every_year_once(self):
        self.customer.birthday = date(1984, 2, 29)
        self.assertEqual(self.run_year(2027), (1, date(2027, 2, 28)))
        self.assertEqual(self.run_year(2028), (1, date(2028, 2, 29)))

    def test_the_year_of_birth_does_not_matter(self):
        self.customer.birthday = date(1900, 3, 2)
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 1)
        self.assertFalse(self.tasks(self.rule).vehicle_id)

    def test_a_corrected_birthday_moves_the_greeting(self):
        self.rule.window_days = 7
        self.customer.birthday = date(1980, 3, 5)
        self.run_rules(cn(2, 2), self.rule)
        self.customer.birthday = date(1980, 3, 8)
        self.assertEqual(self.run_rules(cn(3, 2), self.rule), 0)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 8))
        self.customer.birthday = False
        self.run_rules(cn(4, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).close_reason, "cause_gone")

    def test_one_owner_of_two_cars_is_greeted_once(self):
        self.customer.birthday = date(1984, 3, 2)
        self.make_vehicle(license_plate="皖B·A2001")
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 1)

    def test_whoever_owns_no_car_of_ours_is_not_greeted(self):
        self.make_partner(name="过客", phone="13900002222", birthday=date(1984, 3, 2))
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 0)

    def test_two_cards_of_one_person_merged_after_the_greeting(self):
        twin = self.make_partner(
            name="王建国", phone="13805531234", birthday=date(1984, 3, 2)
        )
        self.make_vehicle(license_plate="皖B·A2001", owner_id=twin.id)
        self.run_rules(cn(2, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).partner_id, twin)
        self.customer.birthday = date(1984, 3, 2)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin + self.customer).ids, self.customer
        )
        self.assertEqual(self.run_rules(cn(3, 2), self.rule), 0)
        self.assertEqual(self.tasks(self.rule).partner_id, self.customer)
