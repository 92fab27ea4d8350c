"""Cars from a file: what the shop does not know of them is not held against them."""

from datetime import date

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import UserError

from ...life_cycle_common import LifeCycleCase, cn

TODAY = date(2026, 3, 2)


class TestImportedPast(LifeCycleCase):
    def imported(self, sold, plate="皖B·Z0001"):
        """A car from a file of today, and its card."""
        with freeze_time(cn(TODAY)):
            result = (
                self.env["fleet.vehicle"]
                .with_user(self.manager)
                .with_context(default_is_customer_vehicle=True)
                .load(
                    ["brand_name", "model_name", "license_plate", "owner_name"]
                    + ["owner_phone", "sale_date"],
                    [["Chery", "Tiggo 8", plate, "李强", "13900000801", str(sold)]],
                )
            )
            self.assertFalse(result["messages"])
            return self.env["fleet.vehicle"].browse(result["ids"])

    def test_car_sold_long_ago_is_not_lost_when_the_file_comes(self):
        car = self.imported(date(2022, 5, 18))
        self.assertEqual(car.known_since, TODAY)
        self.assertFalse(car.life_cycle)
        self.assertFalse(car.customer_class)
        self.assertFalse(car.life_cycle_change_ids)
        self.assertFalse(car.owner_id.life_cycle)

    def test_months_are_counted_from_the_day_of_the_file(self):
        car = self.imported(date(2022, 5, 18))
        for months, days, stage in (
            (6, -1, False),
            (6, 0, "dormant"),
            (12, -1, "dormant"),
            (12, 0, "lost"),
        ):
            day = TODAY + relativedelta(months=months, days=days)
            with self.subTest(day=day):
                self.night(day)
                self.assertEqual(car.life_cycle, stage)
        self.assertEqual(car.life_cycle_date, date(2027, 3, 2))

    def test_night_that_changes_nothing_does_not_look_again(self):
        car = self.imported(date(2022, 5, 18))
        self.settle(TODAY)
        self.assertEqual(car.life_cycle_next_date, date(2026, 9, 2))
        with freeze_time(cn(date(2026, 4, 2), 2)):
            self.assertNotIn(car.id, self.env["fleet.vehicle"]._life_cycle_due())

    def test_first_visit_is_no_return_of_somebody_lost(self):
        car = self.imported(date(2022, 5, 18))
        self.past_visit(date(2026, 3, 20), vehicle=car)
        self.look(date(2026, 3, 21), car)
        self.assertEqual(car.life_cycle, "active")
        self.assertEqual(car.customer_class, "c")

    def test_who_was_away_since_the_file_is_won_back(self):
        car = self.imported(date(2022, 5, 18))
        self.past_visit(date(2027, 4, 1), vehicle=car)
        self.look(date(2027, 4, 2), car)
        self.assertEqual(car.life_cycle, "won_back")

    def test_sale_of_this_winter_counts_as_always(self):
        car = self.imported(date(2026, 1, 10))
        self.assertEqual(car.life_cycle, "new")
        self.look(date(2026, 7, 10), car)
        self.assertEqual(car.life_cycle, "dormant")

    def test_car_that_is_entered_by_hand_counts_as_always(self):
        with freeze_time(cn(TODAY)):
            self.vehicle.sale_date = date(2022, 5, 18)
        self.assertFalse(self.vehicle.known_since)
        self.assertEqual(self.stage(), "lost")

    def test_day_of_the_file_is_not_written_by_hand(self):
        with self.assertRaises(UserError):
            self.vehicle.with_user(self.manager).known_since = TODAY
