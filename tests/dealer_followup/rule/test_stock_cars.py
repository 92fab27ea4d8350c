"""Who is called about a car from stock, sold twice, or sold by another dealer."""

from datetime import date

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


class TestStockCars(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("sale")
        cls.buyer = cls.make_partner(name="李娟", phone="13900000002")

    def make_stock(self, owner=None):
        return self.make_vehicle(
            license_plate="皖B·S0001", owner_id=owner and owner.id or False
        )

    def test_nobody_is_called_about_a_car_in_stock(self):
        for owner in (None, self.company.partner_id):
            car = self.make_stock(owner)
            car.sale_date = date(2026, 3, 2)
            visit = self.make_past_visit(
                2, vehicle_id=car.id, partner_id=self.company.partner_id.id
            )
            after = self.make_rule("visit")
            self.run_rules(cn(5, 2))
            self.assertFalse(self.tasks(self.rule) + self.tasks(after), owner)
            visit.active = False
            car.active = False

    def test_buyer_of_a_stock_car_is_called_also_when_entered_days_later(self):
        for owner in (None, self.company.partner_id):
            car = self.make_stock(owner)
            car.sale_date = date(2026, 3, 2)
            # the contract reached the desk on Wednesday
            car.with_context(dealer_ownership_date="2026-03-04").owner_id = self.buyer
            self.run_rules(cn(5, 2))
            tasks = self.tasks(self.rule).filtered(lambda t, c=car: t.vehicle_id == c)
            self.assertEqual(tasks.partner_id, self.buyer, owner)
            car.active = False

    def test_second_buyer_is_called_when_both_are_entered_late(self):
        self.vehicle.sale_date = date(2025, 12, 1)
        self.vehicle.write({"owner_id": self.buyer.id, "sale_date": date(2026, 3, 2)})
        self.run_rules(cn(5, 2))
        self.assertEqual(self.tasks(self.rule).partner_id, self.buyer)

    def test_buyer_is_new_whatever_was_done_in_stock(self):
        car = self.make_stock()
        self.make_past_visit(
            2, vehicle_id=car.id, partner_id=self.company.partner_id.id
        )
        car.write({"owner_id": self.buyer.id, "sale_date": date(2026, 3, 4)})
        with freeze_time(cn(5)):
            car._update_life_cycle()
        self.assertEqual(car.life_cycle, "new")

    def test_buyer_is_not_told_he_has_not_been_here_for_long(self):
        inactive = self.make_rule("inactive", offset_months=6, offset_days=0)
        car = self.make_stock()
        self.make_past_visit(
            2, vehicle_id=car.id, partner_id=self.company.partner_id.id
        )
        car.write({"owner_id": self.buyer.id, "sale_date": date(2026, 8, 31)})
        self.run_rules(cn(date(2026, 9, 3), 2))
        self.assertFalse(self.tasks(inactive))


class TestTakenOver(DealerFollowupCase):
    """A car that another dealer has sold, without a history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.car = cls.make_vehicle(
            license_plate="皖B·T0001", first_sale_date=date(2026, 2, 27)
        )

    def test_nobody_asks_how_a_purchase_elsewhere_was(self):
        rule = self.make_rule("sale")
        self.run_rules(cn(2, 2))
        self.assertFalse(self.tasks(rule))

    def test_relation_begins_with_the_first_visit(self):
        old = self.make_vehicle(
            license_plate="皖B·T0002", first_sale_date=date(2019, 5, 1)
        )
        self.assertFalse(old.life_cycle, "was never a customer, so is not lost")
        with freeze_time(cn(3)):
            self.make_past_visit(2, vehicle_id=old.id)
            old._update_life_cycle()
        self.assertEqual(old.life_cycle, "new")

    def test_services_done_elsewhere_are_not_missed_with_us(self):
        old = self.make_vehicle(
            license_plate="皖B·T0003", first_sale_date=date(2019, 5, 1)
        )
        self.make_past_visit(2, vehicle_id=old.id, is_maintenance=True)
        old._update_life_cycle()
        self.env.flush_all()
        rows = self.env["dealer.retention.report"].search([])
        self.assertNotIn(old, rows.vehicle_id)

    def test_its_warranty_ends_for_our_calls_too(self):
        rule = self.make_rule("warranty_end", offset_days=-30, expire_days=30)
        self.model.warranty_months = 36
        self.car.first_sale_date = date(2023, 4, 1)
        self.run_rules(cn(2, 2))
        self.assertEqual(self.tasks(rule).vehicle_id, self.car)
