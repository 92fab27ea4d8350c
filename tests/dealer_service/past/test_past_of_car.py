"""What a car learns of its past, reckoned once more by hand."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields

from ...common import DealerServiceCase
from ...past_common import OldSystem, PastFiles, a_row

MONTHS, KM = 6, 10_000


class TestPastOfCar(PastFiles, DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model.write({"service_months": MONTHS, "service_km": KM})
        cls.takeover = cls.begin()
        cls.service = cls.env.ref("dealer_service.dealer_vehicle_system_maintenance")
        cls.brakes = cls.env.ref("dealer_service.dealer_vehicle_system_brakes")

    def take_rows(self, *rows, takeover=None):
        takeover = takeover or self.begin()
        self.load_rows(takeover, rows)
        self.take(takeover)
        self.assertFalse(self.problems(takeover))
        return takeover.reception_ids

    def test_a_whole_past_of_many_cars(self):
        """Last visit, mileage and next service, beside a plain look at the files."""
        plates = [f"皖BC{number:04}" for number in range(30)]
        cars = self.make_vehicles(*({"license_plate": plate} for plate in plates))
        old = OldSystem(
            plates, date(2026, 2, 1), systems=(self.service.name, self.brakes.name)
        )
        rows = list(old.rows())
        half = len(rows) // 2
        self.load_rows(self.takeover, rows[half:], "new.csv")
        self.load_rows(self.takeover, rows[:half], "old.csv")
        self.take(self.takeover, batch_size=20)
        self.assertFalse(self.problems(self.takeover))
        self.assertEqual(self.takeover.visit_count, len(old.visits))
        for plate, car in zip(plates, cars, strict=True):
            visits = [visit for visit in old.visits if visit["plate"] == plate]
            last = max(visits, key=lambda visit: visit["delivered"])
            services = [visit for visit in visits if visit["is_service"]]
            due = max(services, key=lambda visit: visit["delivered"], default=None)
            with self.subTest(plate):
                self.assertEqual(car.reception_count, len(visits))
                self.assertEqual(car.last_reception_date, last["delivered"].date())
                self.assertEqual(car.last_odometer, last["km"])
                if due:
                    self.assertEqual(
                        (car.next_service_date, car.next_service_odometer),
                        (
                            due["delivered"].date() + relativedelta(months=MONTHS),
                            due["km"] + KM,
                        ),
                    )
        sums = {}
        for month, payer, amount in self.env["dealer.past.line"]._read_group(
            [("reception_id.takeover_id", "=", self.takeover.id)],
            ["date:month", "payer"],
            ["amount:sum"],
        ):
            sums[f"{month:%Y-%m}", payer] = round(amount, 2)
        self.assertEqual(sums, old.sums())

    def test_amounts_of_past_work_are_summed_in_reports(self):
        fields = self.env["dealer.past.line"].fields_get(["amount"], ["aggregator"])
        self.assertEqual(fields["amount"]["aggregator"], "sum")

    def test_service_that_was_done_here_decides(self):
        with freeze_time("2026-03-02 02:00:00"):
            visit = self.make_reception(state="arrived", odometer=30_000)
            visit.is_maintenance = True
            visit._write_by_method(
                {"state": "delivered", "date_delivered": fields.Datetime.now()}
            )
            visit._tell_cars()
        before = self.vehicle.next_service_date, self.vehicle.next_service_odometer
        self.take_rows(a_row(visit_kind="保养"))
        self.assertEqual(
            (self.vehicle.next_service_date, self.vehicle.next_service_odometer), before
        )
        self.assertEqual(self.vehicle.last_reception_date, date(2026, 3, 2))

    def test_years_may_come_in_any_order(self):
        early = a_row("A", visit_kind="保养")
        late = a_row(
            "B",
            visit_kind="保养",
            date_arrived="2025-09-10",
            date_delivered="2025-09-10",
            odometer="31000",
        )
        for one, other in ((early, late), (late, early)):
            with self.subTest(one["number"]), self.env.cr.savepoint() as point:
                self.take_rows(one)
                self.take_rows(other)
                self.assertEqual(self.vehicle.next_service_odometer, 41_000)
                self.assertEqual(self.vehicle.next_service_date, date(2026, 3, 10))
                point.rollback()
                self.env.invalidate_all()

    def test_repair_leaves_the_service_as_it_is(self):
        self.vehicle.next_service_date = date(2026, 5, 1)
        self.take_rows(a_row())
        self.assertEqual(self.vehicle.next_service_date, date(2026, 5, 1))

    def test_mistyped_reading_moves_no_service(self):
        self.take_rows(
            a_row("A", odometer="18000", date_arrived="2024-09-01", date_delivered=""),
            a_row("B", odometer="20000"),
            a_row(
                "C",
                visit_kind="保养",
                odometer="2200000",
                date_arrived="2025-06-01",
                date_delivered="2025-06-01",
            ),
        )
        self.assertEqual(self.vehicle.next_service_odometer, 30_000)

    def test_service_is_told_by_the_system_of_a_line(self):
        visit = self.take_rows(a_row(system=self.service.name))
        self.assertTrue(visit.is_maintenance)

    def test_car_with_a_past_is_no_first_visit(self):
        self.take_rows(a_row())
        visit = self.make_reception(state="arrived")
        self.assertFalse(visit.is_first_visit)

    def test_fault_that_comes_back_is_proposed_as_a_comeback(self):
        yesterday = fields.Date.to_string(
            self.company._dealer_today() - timedelta(days=1)
        )
        past = self.take_rows(
            a_row(
                date_arrived=yesterday,
                date_delivered=yesterday,
                odometer="20000",
                system=self.brakes.name,
            )
        )
        visit = self.make_reception(
            state="arrived",
            odometer=20_100,
            concern_ids=[(0, 0, {"name": "异响", "system_id": self.brakes.id})],
        )
        self.assertEqual(visit.comeback_candidate_id, past)
        self.assertTrue(visit.is_comeback_proposed)
