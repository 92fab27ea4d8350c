"""Each period of a car is a cause of its own: called about once, and once again."""

from datetime import date

from ...followup_common import DealerFollowupCase, cn


class TestPeriods(DealerFollowupCase):
    def insured(self):
        rule = self.make_rule("insurance", offset_days=-45, expire_days=45)
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.run_rules(cn(2, 2), rule)
        self.tasks(rule)._set_state("done")
        return rule

    def test_insurance_cleared_and_entered_again_a_year_on(self):
        rule = self.insured()
        self.vehicle.insurance_expiry = False
        self.vehicle.insurance_expiry = date(2027, 4, 10)
        self.run_rules(cn(date(2027, 3, 2), 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done", "todo"])

    def test_insurance_cleared_and_entered_again_as_it_was(self):
        rule = self.insured()
        self.vehicle.insurance_expiry = False
        self.vehicle.insurance_expiry = date(2026, 4, 12)
        self.run_rules(cn(3, 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done"])

    def test_a_slip_of_a_year_and_back_is_the_same_period(self):
        rule = self.insured()
        self.vehicle.insurance_expiry = date(2027, 4, 10)
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.run_rules(cn(3, 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done"])

    def test_next_service_moved_on_by_hand(self):
        rule = self.make_rule("next_service", offset_days=-14, expire_days=45)
        self.vehicle.next_service_date = date(2026, 3, 16)
        self.run_rules(cn(2, 2), rule)
        self.tasks(rule)._set_state("done")
        # done elsewhere, says the customer
        self.vehicle.next_service_date = date(2026, 9, 16)
        self.run_rules(cn(date(2026, 9, 3), 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done", "todo"])

    def test_a_warranty_that_was_prolonged(self):
        rule = self.make_rule("warranty_end", offset_days=-30, expire_days=30)
        self.vehicle.warranty_end_date = date(2026, 4, 1)
        self.run_rules(cn(2, 2), rule)
        self.tasks(rule)._set_state("done")
        self.vehicle.warranty_end_date = date(2027, 4, 1)
        self.run_rules(cn(date(2027, 3, 3), 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done", "todo"])

    def test_a_car_that_we_sold_twice(self):
        rule = self.make_rule("sale", offset_days=3)
        self.vehicle.sale_date = date(2025, 12, 1)
        self.run_rules(cn(date(2025, 12, 4), 2), rule)
        self.tasks(rule)._set_state("done")
        # taken in part payment, and sold again
        buyer = self.make_partner(name="李娟", phone="13900000002")
        self.vehicle.with_context(dealer_ownership_date="2026-02-27").write(
            {"owner_id": buyer.id, "sale_date": date(2026, 2, 27)}
        )
        self.run_rules(cn(2, 2), rule)
        self.assertEqual(self.tasks(rule).partner_id, self.customer | buyer)

    def test_who_bought_it_later_is_not_asked_how_the_purchase_was(self):
        rule = self.make_rule("sale", offset_days=3)
        self.vehicle.sale_date = date(2026, 2, 27)
        self.vehicle.with_context(
            dealer_ownership_date="2026-03-01"
        ).owner_id = self.make_partner(name="李娟", phone="13900000002")
        self.run_rules(cn(2, 2), rule)
        self.assertFalse(self.tasks(rule))

    # ------------------------------------------------------------------
    # TWO CARDS OF ONE CAR
    # ------------------------------------------------------------------

    def merge(self, kept, other):
        self.env["dealer.vehicle.merge"].create(
            {"vehicle_ids": [(6, 0, (kept + other).ids)], "vehicle_id": kept.id}
        ).action_merge()
        self.env.invalidate_all()

    def renewed(self):
        """A card whose insurance was renewed; both times were called about."""
        other = self.make_vehicle(license_plate="皖B·B2222")
        rule = self.make_rule("insurance", offset_days=-45, expire_days=45)
        for year in (2025, 2026):
            other.insurance_expiry = date(year, 4, 10)
            self.run_rules(cn(date(year, 3, 2), 2), rule)
            self.tasks(rule).filtered(lambda t: t.state == "todo")._set_state("done")
        self.assertEqual(len(self.tasks(rule)), 2)
        return other, rule

    def test_a_merged_car_is_not_called_twice(self):
        other, rule = self.renewed()
        self.merge(self.vehicle, other)
        self.run_rules(cn(3, 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done", "done"])

    def test_a_merged_car_is_called_next_year(self):
        other, rule = self.renewed()
        self.vehicle.insurance_expiry = date(2026, 4, 12)
        self.merge(self.vehicle, other)
        self.run_rules(cn(3, 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done", "done"])
        self.vehicle.insurance_expiry = date(2027, 4, 10)
        self.run_rules(cn(date(2027, 3, 3), 2), rule)
        self.assertEqual(self.tasks(rule).mapped("state"), ["done", "done", "todo"])


class TestOwnerByName(DealerFollowupCase):
    def test_calls_of_the_former_owner_end_when_a_file_names_the_next(self):
        task = self.make_task()
        self.vehicle.write({"owner_name": "李娟", "owner_phone": "13900000002"})
        self.assertEqual((task.state, task.close_reason), ("cancelled", "sold"))
