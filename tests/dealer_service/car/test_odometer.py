"""Odometer: a typing error warns, and never poisons what is known of the car."""

import doctest
from datetime import date, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from odoo.addons.dealer_service.tools import odometer

from ...common import DealerServiceCase

#: A busy machine is no failure.
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
READINGS = st.lists(
    st.tuples(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 3_000_000)),
    max_size=12,
)


def test_doctests():
    assert not doctest.testmod(odometer).failed


@RELAXED
@given(READINGS)
def test_a_run_never_contradicts_itself(readings):
    run = odometer.plausible_run(readings)
    assert all(
        odometer.reading_problem(later[1], later[0], sooner[1], sooner[0]) is None
        for sooner, later in zip(run, run[1:], strict=False)
    )


@RELAXED
@given(st.integers(2, 8), st.data())
def test_one_typing_error_is_outvoted(visits, data):
    start = date(2020, 1, 1)
    truth = [(start + timedelta(days=180 * i), 8_000 * i) for i in range(visits + 1)]
    wrong = data.draw(st.integers(0, visits - 1))
    typed = list(truth)
    typed[wrong] = (typed[wrong][0], data.draw(st.integers(600_000, 2_900_000)))
    if visits >= 3:
        assert odometer.last_plausible(typed) == truth[-1]


class TestOdometer(DealerServiceCase):
    def visit(self, day, km, **values):
        with freeze_time(f"{day} 02:00:00"):
            reception = self.make_reception(state="arrived", odometer=km, **values)
            reception.mapped("odometer_warning")  # computed on this day
        return reception

    def test_day_of_a_reading_is_the_day_of_the_shop(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        # an integration has no time zone
        nowhere = self.env(context={"tz": False})
        self.env.user.tz = False
        with freeze_time("2025-03-01 23:30:00"):
            visit = self.make_reception(state="arrived", odometer=10_000)
        self.assertEqual(visit.with_env(nowhere)._odometer_day(), date(2025, 3, 2))
        readings = self.vehicle.with_env(nowhere)._odometer_readings()
        self.assertEqual([row[0] for row in readings[self.vehicle]], [date(2025, 3, 2)])

    @users("advisor")
    def test_last_reading_comes_from_the_visits(self):
        self.visit("2025-03-01", 10_000)
        self.visit("2025-09-01", 16_000)
        self.assertEqual(self.vehicle.last_odometer, 16_000)
        self.assertEqual(self.vehicle.last_odometer_date, date(2025, 9, 1))
        self.assertAlmostEqual(self.vehicle.km_per_day, 6_000 / 184, places=1)

    def test_typing_error_warns_and_is_not_believed(self):
        self.visit("2025-03-01", 10_000)
        visit = self.visit("2025-09-01", 1_600_000)
        self.assertIn("digit", visit.odometer_warning)
        self.assertEqual(self.vehicle.last_odometer, 10_000)
        visit.odometer = 16_000
        self.assertFalse(visit.odometer_warning)
        self.assertEqual(self.vehicle.last_odometer, 16_000)

    def test_lower_reading_warns_and_equal_does_not(self):
        self.visit("2025-03-01", 10_000)
        same = self.visit("2025-03-02", 10_000)
        self.assertFalse(same.odometer_warning)
        lower = self.visit("2025-03-03", 9_999)
        self.assertIn("Less than", lower.odometer_warning)
        self.assertEqual(self.vehicle.last_odometer, 10_000)

    def test_high_typing_error_of_the_past_heals_by_itself(self):
        self.visit("2024-03-01", 10_000)
        self.visit("2025-03-01", 300_000)
        self.visit("2025-09-01", 20_000)
        self.visit("2026-02-01", 24_000)
        self.assertEqual(self.vehicle.last_odometer, 24_000)

    def test_reading_counts_from_the_arrival_on(self):
        visit = self.make_reception(odometer=12_000)
        self.assertEqual(self.vehicle.last_odometer, 0)
        visit.action_arrive()
        self.assertEqual(self.vehicle.last_odometer, 12_000)

    def test_reading_goes_with_its_visit(self):
        self.visit("2025-03-01", 10_000)
        visit = self.visit("2025-09-01", 16_000)
        other = self.make_vehicle(license_plate="皖B66778")
        visit.vehicle_id = other
        self.assertEqual(self.vehicle.last_odometer, 10_000)
        self.assertEqual(other.last_odometer, 16_000)
        visit.action_cancel()
        visit.unlink()
        self.assertEqual(other.last_odometer, 0)

    def test_fleet_odometer_is_left_alone(self):
        self.visit("2025-03-01", 10_000)
        self.assertFalse(
            self.env["fleet.vehicle.odometer"].search(
                [("vehicle_id", "=", self.vehicle.id)]
            )
        )

    def correct(self, **values):
        self.env["dealer.odometer.correction"].create(
            {"vehicle_id": self.vehicle.id, "note": "checked", **values}
        ).action_apply()

    @users("advisor")
    def test_advisor_notes_a_plausible_reading_only(self):
        self.visit("2025-03-01", 10_000)
        with freeze_time("2025-05-01 06:00:00"):
            self.correct(kind="reading", value=12_000, date="2025-05-01")
        self.assertEqual(self.vehicle.last_odometer, 12_000)
        with freeze_time("2025-06-01 06:00:00"), self.assertRaises(UserError):
            self.correct(kind="reading", value=5_000, date="2025-06-01")

    def test_whoever_may_correct_is_told_how_and_not_to_ask_the_manager(self):
        self.visit("2025-03-01", 10_000)
        day = {"kind": "reading", "value": 5_000, "date": "2025-06-01"}
        for user, told in (
            (self.advisor, "ask a service manager"),
            (self.manager, "choose “The mileage we have is wrong”"),
        ):
            with (
                freeze_time("2025-06-01 06:00:00"),
                self.assertRaisesRegex(UserError, told),
            ):
                self.env["dealer.odometer.correction"].with_user(user).create(
                    {"vehicle_id": self.vehicle.id, **day}
                ).action_apply()

    @users("advisor")
    def test_advisor_cannot_correct(self):
        for kind in ("correction", "swap"):
            with self.assertRaises(AccessError):
                self.correct(kind=kind, value=5_000)

    @users("manager")
    def test_manager_corrects_with_a_reason(self):
        self.visit("2025-03-01", 90_000)
        with self.assertRaises(UserError):
            self.correct(kind="correction", value=9_000, note=False)
        self.correct(kind="correction", value=9_000, date="2025-03-02")
        self.assertEqual(self.vehicle.last_odometer, 9_000)

    @users("manager")
    def test_new_instrument_continues_the_mileage(self):
        before = self.visit("2025-03-01", 80_000)
        self.correct(kind="swap", value=0, old_value=80_100, date="2025-04-01")
        self.assertEqual(self.vehicle.last_odometer, 80_100)
        self.assertEqual(self.vehicle.odometer_offset, 80_100)
        visit = self.visit("2025-09-01", 5_000)
        self.assertFalse(visit.odometer_warning)
        self.assertEqual(visit.odometer_total, 85_100)
        self.assertEqual(before.odometer_total, 80_000)
        self.assertEqual(self.vehicle.last_odometer, 85_100)

    @users("manager")
    def test_instrument_replaced_on_the_day_of_the_visit(self):
        self.visit("2025-01-01", 70_000)
        before = self.visit("2025-04-01", 80_000)
        with freeze_time("2025-04-01 06:00:00"):
            self.correct(kind="swap", value=0, old_value=80_010, date="2025-04-01")
            before.invalidate_recordset()
            self.assertEqual(before.odometer_total, 80_000)
            self.assertFalse(before.odometer_warning)
            self.assertEqual(self.vehicle.last_odometer, 80_010)
            problem, _run = self.vehicle._odometer_problem(12, date(2025, 4, 1))
            self.assertFalse(problem, "the new instrument, after the road test")
        after = self.visit("2025-04-02", 40)
        self.assertEqual(after.odometer_total, 80_050)
        self.assertEqual(self.vehicle.last_odometer, 80_050)

    @users("advisor")
    def test_advisor_cannot_correct_past_the_dialog_either(self):
        self.visit("2025-03-01", 80_000)
        note = {"vehicle_id": self.vehicle.id}
        for values in (
            {"kind": "correction", "value": 5},
            {"kind": "swap", "value": 5, "offset": 80_000},
            {"kind": "reading", "value": 81_000, "offset": -70_000},
        ):
            with self.subTest(**values), self.assertRaises(AccessError):
                self.env["dealer.odometer.reading"].create({**note, **values})
        self.env["dealer.odometer.reading"].create({**note, "value": 81_000})
        self.assertEqual(self.vehicle.last_odometer, 81_000)
