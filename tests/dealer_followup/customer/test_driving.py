"""How much a car is driven, and what follows for its next service."""

from datetime import date, timedelta

from ...followup_common import DealerFollowupCase, cn


class TestDriving(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model.write({"service_months": 6, "service_km": 5000})

    def read_odometer(self, vehicle, *kilometres):
        """One visit every sixty days, the last one on 2 March 2026."""
        for number, km in enumerate(reversed(kilometres)):
            moment = cn(date(2026, 3, 2) - timedelta(days=60 * number), 9)
            self.make_reception(
                vehicle_id=vehicle.id, state="arrived", odometer=km, date_arrived=moment
            )
        return vehicle

    def test_one_odd_interval_does_not_change_the_habit(self):
        # 30 km a day, and one holiday of 3 000 km
        self.read_odometer(self.vehicle, 1800, 3600, 5400, 7200, 12_000, 13_800)
        self.assertAlmostEqual(self.vehicle.km_per_day, 30, delta=12)
        self.assertGreater(self.vehicle.km_confidence, 0.4)

    def test_a_typo_does_not_change_the_habit(self):
        self.read_odometer(self.vehicle, 1800, 3600, 54_000, 7200, 9000)
        self.assertAlmostEqual(self.vehicle.km_per_day, 30, delta=0.5)

    def test_a_car_without_a_habit_takes_that_of_its_model(self):
        self.read_odometer(self.vehicle, 1800, 3600, 5400)
        self.env["fleet.vehicle.model"]._update_habits()
        young = self.make_vehicle(license_plate="皖B·A2001")
        self.read_odometer(young, 500)
        self.assertAlmostEqual(young.km_per_day, 30, delta=0.5)
        self.assertEqual(young.km_confidence, 0)

    def test_the_earlier_of_time_and_kilometres_wins_and_both_are_told(self):
        self.read_odometer(self.vehicle, 3000, 6000, 9000)  # 50 km a day
        self.vehicle.write(
            {"next_service_date": date(2026, 8, 1), "next_service_odometer": 10_000}
        )
        forecast = self.vehicle._service_forecast()
        self.assertEqual(forecast["winner"], "km")
        self.assertEqual(forecast["by_time"], date(2026, 8, 1))
        self.assertEqual(forecast["by_km"], date(2026, 3, 22))
        self.vehicle.next_service_date = date(2026, 3, 10)
        self.assertEqual(self.vehicle._service_forecast()["winner"], "time")
        self.assertEqual(self.vehicle.service_due_date, date(2026, 3, 10))

    def test_a_plan_in_kilometres_alone(self):
        self.read_odometer(self.vehicle, 3000, 6000, 9000)
        self.vehicle.write(
            {"next_service_date": False, "next_service_odometer": 10_000}
        )
        forecast = self.vehicle._service_forecast()
        self.assertEqual((forecast["winner"], forecast["by_time"]), ("km", False))
