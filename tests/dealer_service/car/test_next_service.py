"""Next service: by the model's plan, by time or distance, whichever is first."""

import doctest
from datetime import date

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.dealer_service.tools import next_service

from ...common import DealerServiceCase


def test_doctests():
    assert not doctest.testmod(next_service).failed


class TestNextService(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model.write(
            {
                "first_service_months": 3,
                "first_service_km": 5_000,
                "service_months": 6,
                "service_km": 10_000,
                "warranty_months": 36,
                "warranty_km": 100_000,
            }
        )

    def deliver(self, day, km, **values):
        """Let a car through the house on one day, past the standards."""
        with freeze_time(f"{day} 02:00:00"):
            visit = self.make_reception(state="arrived", odometer=km, **values)
            for state in (
                "inspected",
                "authorized",
                "working",
                "quality",
                "ready",
                "settled",
                "delivered",
            ):
                visit.check_ids.filtered(lambda check: not check.is_done).action_done()
                visit._set_state(state)
        return visit

    def due(self):
        return self.vehicle.next_service_date, self.vehicle.next_service_odometer

    @freeze_time("2026-01-15 02:00:00")
    def test_first_service_and_warranty_count_from_the_sale(self):
        car = self.make_vehicle(license_plate="皖B·2", sale_date="2025-11-30")
        self.assertEqual(car.next_service_date, date(2026, 2, 28))
        self.assertEqual(car.next_service_odometer, 5_000)
        self.assertEqual(car.warranty_end_date, date(2028, 11, 30))
        self.assertEqual(car.warranty_end_odometer, 100_000)

    @freeze_time("2026-01-15 02:00:00")
    def test_first_service_by_distance_only_has_no_date(self):
        self.model.first_service_months = 0
        car = self.make_vehicle(license_plate="皖B·2", sale_date="2025-11-30")
        self.assertEqual(
            (car.next_service_date, car.next_service_odometer), (False, 5_000)
        )
        self.model.first_service_km = 0
        car = self.make_vehicle(license_plate="皖B·3", sale_date="2025-11-30")
        self.assertEqual(car.next_service_date, date(2026, 5, 30))
        self.assertEqual(car.next_service_odometer, 10_000)

    def test_delivery_sets_the_next_service(self):
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        self.assertEqual(self.due(), (date(2026, 2, 28), 22_345))
        self.assertEqual(self.vehicle.last_reception_date, date(2025, 8, 31))

    def test_chatter_of_the_car_tells_what_people_change_not_each_visit(self):
        self.env.cr.flush()
        before = self.vehicle.message_ids
        self.deliver("2025-06-01", 8_000, is_maintenance=True)
        self.env.cr.flush()
        self.assertTrue(self.vehicle.next_service_date)
        self.assertEqual(self.vehicle.message_ids, before)
        self.vehicle.next_service_odometer = 20_000
        self.env.cr.flush()
        self.assertEqual(len(self.vehicle.message_ids - before), 1)

    def test_repair_does_not_move_the_next_service(self):
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        self.deliver("2025-10-01", 15_000)
        self.assertEqual(self.due(), (date(2026, 2, 28), 22_345))
        self.assertEqual(self.vehicle.last_reception_date, date(2025, 10, 1))

    def test_car_that_is_due_gets_its_service(self):
        system = self.env.ref("dealer_service.dealer_vehicle_system_maintenance")
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        visit = self.deliver(
            "2026-03-10",
            20_000,
            concern_ids=[Command.create({"name": "保养", "system_id": system.id})],
        )
        self.assertTrue(visit.is_maintenance)
        self.assertEqual(self.due(), (date(2026, 9, 10), 30_000))

    def test_puncture_of_a_car_that_is_due_leaves_it_due(self):
        tyres = self.env.ref("dealer_service.dealer_vehicle_system_tyres")
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        for concerns in (
            [],
            [Command.create({"name": "轮胎扎钉"})],
            [Command.create({"name": "轮胎扎钉", "system_id": tyres.id})],
        ):
            with self.subTest(concerns=concerns):
                visit = self.deliver("2026-03-10", 20_000, concern_ids=concerns)
                self.assertFalse(visit.is_maintenance)
                self.assertEqual(self.due(), (date(2026, 2, 28), 22_345))
                with freeze_time("2026-03-11"):
                    self.vehicle.invalidate_recordset(["is_service_due"])
                    self.assertTrue(self.vehicle.is_service_due)

    def test_service_that_is_sold_is_a_service(self):
        """Whatever the customer came with, and whether or not the car was due."""
        service = self.make_product(
            "小保养工时",
            system_id=self.env.ref(
                "dealer_service.dealer_vehicle_system_maintenance"
            ).id,
        )
        visit = self.make_reception(state="arrived", odometer=4_900)
        self.make_order(visit, service)
        self.assertFalse(visit.is_maintenance)
        self.bring_to(visit, "delivered")
        self.assertTrue(visit.is_maintenance)
        self.assertEqual(self.vehicle.next_service_odometer, 14_900)

    def test_imported_car_without_history_is_not_overdue_since_its_sale(self):
        with freeze_time("2026-03-01 02:00:00"):
            sold = {"license_plate": "皖B·2", "sale_date": "2021-06-01"}
            car = self.make_vehicle(**sold)
            self.assertFalse(car.next_service_date)
            self.assertFalse(car.next_service_odometer)
            self.assertFalse(car.is_service_due)
            self.assertEqual(car.warranty_end_date, date(2024, 6, 1))
        # what its first visit tells is all that is known
        self.deliver("2026-03-10", 61_000, vehicle_id=car.id)
        self.assertEqual(car.next_service_date, date(2026, 9, 10))
        self.assertEqual(car.next_service_odometer, 71_000)

    def test_car_we_know_since_its_sale_is_overdue_for_its_first_service(self):
        with freeze_time("2025-12-01 02:00:00"):
            car = self.make_vehicle(license_plate="皖B·2", sale_date="2025-11-30")
        with freeze_time("2026-06-01 02:00:00"):
            self.assertTrue(car.is_service_due)
            self.assertEqual(car.next_service_date, date(2026, 2, 28))

    def test_day_of_sale_entered_late_starts_the_first_service(self):
        self.deliver("2026-03-10", 31)
        with freeze_time("2026-03-20 02:00:00"):
            self.vehicle.sale_date = "2026-03-09"
            self.assertEqual(self.due(), (date(2026, 6, 9), 5_000))
        self.deliver("2026-05-10", 4_800, is_maintenance=True)
        with freeze_time("2026-05-20 02:00:00"):
            self.vehicle.sale_date = "2026-03-08"
        self.assertEqual(self.due(), (date(2026, 11, 10), 14_800))

    def test_new_car_has_its_first_service_before_it(self):
        """Its first visit was none: 31 km and 10,000 km are not 10,031 km."""
        visit = self.make_reception(state="arrived", odometer=31)
        self.assertIn("5000", visit._next_service_text())
        visit._set_state("cancelled")
        delivered = self.deliver("2026-03-10", 31)
        self.assertEqual(self.due(), (date(2026, 6, 10), 5_000))
        with freeze_time("2026-06-10 02:00:00"):
            self.assertIn("2026-06-10 or 5000", delivered._next_service_text())
        with freeze_time("2026-06-11 02:00:00"):
            self.assertEqual(delivered._next_service_text(), "overdue since 2026-06-10")

    def test_car_beyond_its_first_service_counts_from_its_first_visit(self):
        self.deliver("2026-03-10", 53_000)
        self.assertEqual(self.due(), (date(2026, 9, 10), 63_000))

    def test_concern_about_maintenance_makes_a_service(self):
        system = self.env.ref("dealer_service.dealer_vehicle_system_maintenance")
        visit = self.make_reception()
        self.env["dealer.reception.concern"].create(
            {"reception_id": visit.id, "name": "保养", "system_id": system.id}
        )
        self.assertTrue(visit.is_maintenance)

    def test_typing_error_does_not_move_the_next_service(self):
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        self.deliver("2026-02-20", 201_234, is_maintenance=True)
        self.assertEqual(self.due(), (date(2026, 8, 20), 22_345))

    def test_model_without_a_plan_leaves_no_limit(self):
        self.model.write({"service_months": 0, "service_km": 0})
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        self.assertEqual(self.due(), (False, 0))

    def test_plan_by_distance_only(self):
        self.model.write({"service_months": 0})
        self.deliver("2025-08-31", 12_345, is_maintenance=True)
        self.assertEqual(self.due(), (False, 22_345))

    def test_who_drives_much_is_due_before_the_date(self):
        self.deliver("2025-06-01", 10_000, is_maintenance=True)
        self.deliver("2025-08-01", 16_100)  # 100 km a day
        self.assertEqual(self.vehicle.next_service_date, date(2025, 12, 1))
        self.assertEqual(self.vehicle.service_due_date, date(2025, 9, 9))
        with freeze_time("2025-09-10"):
            self.vehicle.invalidate_recordset(["is_service_due"])
            self.assertTrue(self.vehicle.is_service_due)
            found = self.env["fleet.vehicle"].search(
                [("is_service_due", "=", True), ("id", "=", self.vehicle.id)]
            )
            self.assertTrue(found)

    def test_settlement_sheet_tells_the_next_service_not_the_one_just_done(self):
        self.vehicle.write(
            {"next_service_date": "2025-08-01", "next_service_odometer": 12_000}
        )
        with freeze_time("2025-08-31 02:00:00"):
            visit = self.make_reception(
                state="arrived", odometer=12_345, is_maintenance=True
            )
            sheet = visit._next_service_text()
            repair = self.make_reception(odometer=12_345)
            self.assertEqual(repair._next_service_text(), "overdue since 2025-08-01")
        self.assertIn("2026-02-28 or 22345", sheet)
        visit._set_state("cancelled")
        delivered = self.deliver("2025-08-31", 12_345, is_maintenance=True)
        with freeze_time("2025-08-31 02:00:00"):
            self.assertEqual(delivered._next_service_text(), sheet)

    def test_who_sold_the_car_is_not_told_what_became_of_it(self):
        visit = self.deliver("2025-08-31", 12_345, is_maintenance=True)
        self.assertTrue(visit._next_service_text())
        self.vehicle.owner_id = self.make_partner(name="新车主")
        self.assertFalse(visit._next_service_text())
