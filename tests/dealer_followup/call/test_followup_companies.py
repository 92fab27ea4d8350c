"""Each shop calls its own customers, on its own days."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import users

from ...followup_common import DealerFollowupCase, cn


class TestCompanies(DealerFollowupCase):
    """A shared car belongs to the shop that looked after it last."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["res.company"].create({"name": "Other shop"})
        cls.rule = cls.make_rule("insurance", offset_days=-45, expire_days=45)
        cls.vehicle.insurance_expiry = date(2026, 4, 10)

    def test_the_shop_of_the_last_visit_calls(self):
        visit = self.make_past_visit(1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_reception SET company_id = %s WHERE id = %s",
            (self.shop.id, visit.id),
        )
        self.run_rules(cn(2, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).company_id, self.shop)

    def test_a_rule_of_one_shop_leaves_the_cars_of_the_others(self):
        self.rule.company_id = self.shop
        self.vehicle.company_id = self.company
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 0)

    def test_each_shop_has_its_own_today(self):
        self.shop.resource_calendar_id = self.make_calendar(
            tz="Europe/Berlin", company_id=self.shop.id
        )
        there = self.make_vehicle(
            license_plate="B-AB 123",
            company_id=self.shop.id,
            insurance_expiry=date(2026, 4, 17),
        )
        self.vehicle.insurance_expiry = date(2026, 4, 17)  # due on 3 March
        # 03:00 in Wuhu is 20:00 of the day before in Berlin
        self.run_rules(cn(3, 3), self.rule)
        self.assertEqual(self.tasks(self.rule).vehicle_id, self.vehicle)
        self.run_rules(cn(3, 9), self.rule)
        self.assertEqual(self.tasks(self.rule).vehicle_id, self.vehicle + there)

    @users("caller")
    def test_caller_reads_what_the_form_of_a_visit_shows_and_writes_none_of_it(self):
        for model in (
            "dealer.reception",
            "dealer.reception.concern",
            "dealer.job",
            "dealer.odometer.reading",
            "dealer.quality.check",
        ):
            records = self.env[model]
            self.assertTrue(records.has_access("read"), model)
            for operation in ("create", "write", "unlink"):
                self.assertFalse(records.has_access(operation), model)
        visit = self.make_reception(state="arrived").with_env(self.env)
        with self.assertRaises(AccessError):
            visit.read(["estimate_total"])
        view = self.env.ref("dealer_service.dealer_reception_view_form")
        self.assertTrue(visit.get_view(view.id)["arch"])
