"""Statutory warranty: counters of a car from its visits, by the rules of its day."""

import importlib.util
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import users

from ...complaint_common import DealerComplaintCase, cn
from ...test_conventions import ROOT

NOW = cn(date(2026, 3, 30), 12)


class StatutoryCase(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls.env["dealer.vehicle.system"].search([], limit=1)
        cls.work = cls.make_product()
        cls.vehicle.sale_date = date(2025, 6, 1)

    def repair(self, days, before, payer="warranty", odometer=9000, product=None):
        """A delivered repair of so many ``days``, begun ``before`` days ago."""
        visit = self.make_reception(
            concern_ids=[Command.create({"name": "x", "system_id": self.system.id})]
        )
        start = NOW - timedelta(days=before)
        visit._write_by_method(
            {
                "state": "delivered",
                "date_booked": start,
                "date_arrived": start,
                "date_ready": start + timedelta(days=days),
                "date_delivered": start + timedelta(days=days),
                "odometer": odometer,
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": (product or self.work).id})
                ],
            }
        )
        self.env.flush_all()
        # as the consent and its confirmation leave it
        self.env.cr.execute(
            "UPDATE sale_order SET reception_id = %s, dealer_payer = %s,"
            " dealer_kind = 'estimate', state = 'sale' WHERE id = %s",
            (visit.id, payer, order.id),
        )
        self.env.invalidate_all()
        return visit

    def state(self):
        self.vehicle.invalidate_recordset()
        with freeze_time(NOW):
            return self.vehicle.statutory_state


class TestStatutoryWarranty(StatutoryCase):
    def test_more_than_thirty_days_and_not_thirty(self):
        self.assertEqual(self.state(), "ok")
        self.repair(19.5, before=200)
        self.assertEqual(self.vehicle.statutory_repair_days, 20)
        self.assertEqual(self.state(), "warning")
        self.repair(10, before=100)
        self.assertEqual(self.vehicle.statutory_repair_days, 30)
        self.assertEqual(self.state(), "warning")
        self.repair(0.1, before=50)
        self.assertEqual(self.state(), "exceeded")
        self.assertIn("Article 24", self.vehicle.statutory_note)

    def test_day_of_a_visit_is_the_day_at_the_shop(self):
        # 7:30 in the morning is the day before in UTC
        before = (NOW - cn(date(2025, 6, 1), 7, 30)) / timedelta(days=1)
        self.repair(1, before=before)
        self.assertEqual(self.state(), "ok")
        self.assertEqual(self.vehicle.statutory_repair_days, 1)
        self.vehicle.sale_date = date(2024, 3, 10)
        before = (NOW - cn(date(2026, 3, 11), 7, 30)) / timedelta(days=1)
        self.repair(1, before=before)
        # the period ended the day before
        self.state()
        self.assertEqual(self.vehicle.statutory_repair_days, 1)

    def test_work_at_the_customers_own_cost_is_no_repair_of_a_fault(self):
        visit = self.repair(1, before=20)
        other = self.env["dealer.vehicle.system"].search([])[1]
        paid = self.repair(1, before=10, payer="customer", product=self.make_product())
        line = paid.order_ids.order_line
        job = self.make_job(visit, system_id=other.id)
        self.env.flush_all()
        # as the consent of the customer leaves it
        self.env.cr.execute(
            "UPDATE sale_order SET reception_id = %s WHERE id = %s",
            (visit.id, line.order_id.id),
        )
        self.env.cr.execute(
            "UPDATE dealer_job SET kind = 'sold', sale_line_id = %s WHERE id = %s",
            (line.id, job.id),
        )
        self.env.invalidate_all()
        self.state()
        self.assertEqual(visit._treated_systems(), self.system | other)
        counters, _early = self.vehicle._statutory_counters(
            self.vehicle.statutory_rule_id
        )
        self.assertEqual(counters["statutory_fault"], self.system.name)
        self.assertEqual(self.vehicle._paid_systems(visit), other)

    def test_more_than_four_repairs_of_one_fault(self):
        states = []
        for number in range(5):
            self.repair(0.2, before=100 + number)
            states.append(self.state())
        self.assertEqual(states, ["ok", "ok", "warning", "warning", "exceeded"])
        self.assertEqual(self.vehicle.statutory_fault, self.system.name)

    def test_paid_work_does_not_count(self):
        self.repair(40, before=100, payer="customer")
        self.assertEqual(self.vehicle.statutory_repair_days, 0)

    def test_kilometres_or_date_whichever_comes_first(self):
        self.repair(40, before=100, odometer=50001)
        self.assertEqual(self.state(), "expired")
        self.assertEqual(self.vehicle.statutory_repair_days, 0)

    def test_kilometres_of_a_replaced_instrument_count(self):
        """The car has run 53,000 km, whatever its new instrument shows."""
        self.repair(1, before=100, odometer=45_000)
        self.env["dealer.odometer.reading"].create(
            {
                "vehicle_id": self.vehicle.id,
                "kind": "swap",
                "date": NOW.date() - timedelta(days=80),
                "value": 0,
                "offset": 48_000,
            }
        )
        self.repair(1, before=50, odometer=5_000)
        self.assertEqual(self.state(), "expired")
        self.assertEqual(self.vehicle.statutory_repair_days, 1)
        self.assertEqual(self.vehicle.statutory_fault_count, 1)

    def test_car_sold_before_2022_follows_the_rules_of_2013(self):
        self.vehicle.sale_date = date(2021, 12, 31)
        self.assertEqual(
            self.vehicle.statutory_rule_id,
            self.env.ref("dealer_complaint.statutory_warranty_2013"),
        )
        self.assertEqual(self.state(), "expired")
        self.vehicle.sale_date = False
        self.assertEqual(self.state(), "unknown")

    def test_second_replacement_of_one_assembly(self):
        """Another assembly, or a part the customer pays for, does not count."""
        gearbox, motor = (
            self.make_product(name, "part", dealer_main_assembly=assembly)
            for name, assembly in (("变速箱总成", "gearbox"), ("发动机缸体", "engine"))
        )
        states = []
        for before, product, payer in (
            (200, gearbox, "warranty"),
            (150, motor, "warranty"),
            (120, gearbox, "customer"),
            (100, gearbox, "goodwill"),
        ):
            self.repair(0.5, before, payer=payer, product=product)
            states.append(self.state())
        self.assertEqual(states, ["warning", "warning", "warning", "exceeded"])
        self.assertEqual(self.vehicle.statutory_assembly_count, 2)
        self.assertEqual(self.vehicle.statutory_assembly, "Gearbox")

    def test_drive_replaced_in_the_first_seven_days(self):
        today, sold = NOW.date(), self.vehicle.sale_date
        for days, assembly, state in (
            (8, "engine", "warning"),
            (7, "steering", "warning"),
            (7, "motor", "exceeded"),
        ):
            with self.subTest(days=days, assembly=assembly):
                part = self.make_product(
                    assembly, "part", dealer_main_assembly=assembly
                )
                day = sold + timedelta(days=days)
                self.repair(0.5, (today - day).days, product=part)
                self.assertEqual(self.state(), state)

    def test_car_counts_whoever_owns_it_and_whatever_its_odometer_says(self):
        self.repair(16, before=100)
        # sold to somebody else, the odometer replaced
        self.vehicle.owner_id = self.make_partner(name="新车主")
        self.repair(16, before=50, odometer=0)
        self.assertEqual(self.state(), "exceeded")
        self.assertEqual(self.vehicle.statutory_repair_days, 32)

    def test_part_of_a_day_counts_as_a_day(self):
        for hours, days in ((0, 1), (1, 1), (24, 1), (24.1, 2)):
            with self.subTest(hours):
                car = self.vehicle
                self.vehicle = self.make_vehicle(
                    license_plate=f"皖B·D{int(hours * 10):04}",
                    sale_date=date(2025, 6, 1),
                )
                visit = self.repair(hours / 24, before=100)
                visit.vehicle_id = self.vehicle
                self.assertEqual(self.vehicle.statutory_repair_days, days)
                self.vehicle = car

    def test_business_use_is_not_covered(self):
        self.repair(40, before=100)
        self.vehicle.is_business_use = True
        self.assertEqual(self.state(), "excluded")
        self.assertIn("business use", self.vehicle.statutory_note)

    @users("advisor")
    def test_nearness_is_told_at_arrival(self):
        self.repair(21, before=100)
        with freeze_time(NOW):
            [level, text] = self.vehicle.with_env(self.env)._arrival_notices()[0]
        self.assertEqual(level, "warning")
        self.assertIn("21 repair days", text)

    @users("officer")
    def test_rules_are_set_by_managers(self):
        rule = self.env["dealer.statutory.warranty"].search([], limit=1)
        with self.assertRaises(AccessError):
            rule.max_repair_days = 99

    # ------------------------------------------------------------------
    # ELSEWHERE
    # ------------------------------------------------------------------

    def test_rules_are_the_law_of_a_country(self):
        for before in (40, 80, 120, 160, 200):
            self.repair(2, before)
        self.assertEqual(self.state(), "exceeded")
        self.company.country_id = self.env.ref("base.de")
        self.assertFalse(self.state(), "nothing of it in Germany")
        notices = self.vehicle._arrival_notices()
        self.assertFalse([text for _level, text in notices if "repair" in text])
        self.env["dealer.statutory.warranty"].create(
            {"name": "Of the shop", "date_from": date(2020, 1, 1)}
        )
        self.assertEqual(self.state(), "exceeded", "its own rules hold anywhere")

    def test_rules_of_an_existing_database_become_those_of_china(self):
        path = ROOT / "dealer_complaint/migrations/19.0.1.2.0/post-statutory.py"
        spec = importlib.util.spec_from_file_location("post_statutory", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        rules = self.env["dealer.statutory.warranty"]
        own = rules.create({"name": "Of the shop", "date_from": date(2020, 1, 1)})
        shipped = rules.search([]) - own
        shipped.country_id = False
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(shipped.country_id.code, "CN")
        self.assertFalse(own.country_id)


class TestTimeAway(StatutoryCase):
    """Waiting for a part is repair time, unless the customer agreed that it is not."""

    def away(self, visit, start, days, is_time_stopped):
        self.env["dealer.time.away"]._create_by_method(
            [
                {
                    "reception_id": visit.id,
                    "date_from": start,
                    "date_to": start + timedelta(days=days) if days else False,
                    "agreed_by": "王建国",
                    "method": "in_person",
                    "is_time_stopped": is_time_stopped,
                }
            ]
        )
        self.vehicle.invalidate_recordset()

    def sums(self):
        with freeze_time(NOW):
            car = self.vehicle
            return car.statutory_repair_days, car.statutory_elapsed_days

    def test_days_away_count(self):
        visit = self.repair(20, before=100)
        self.away(visit, visit.date_arrived + timedelta(days=1), 15, False)
        self.assertEqual(self.sums(), (20, 20))

    def test_days_stop_by_agreement_and_both_sums_are_shown(self):
        visit = self.repair(35, before=100)
        self.assertEqual(self.state(), "exceeded")
        self.away(visit, visit.date_arrived + timedelta(days=1), 10, True)
        self.away(visit, visit.date_arrived + timedelta(days=20), 5, False)
        self.assertEqual(self.sums(), (25, 35))
        self.assertEqual(self.state(), "warning")

    def test_car_that_is_away_now(self):
        visit = self.repair(5, before=10)
        visit._write_by_method(
            {"state": "working", "date_ready": False, "date_delivered": False}
        )
        self.away(visit, NOW - timedelta(days=4), 0, True)
        self.assertEqual(self.sums(), (6, 10))

    def test_less_than_a_day_is_one(self):
        visit = self.repair(3, before=10)
        self.away(visit, visit.date_arrived, 3, True)
        self.assertEqual(self.sums(), (1, 3))
