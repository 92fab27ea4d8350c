"""Class and life cycle of customers: what they follow from, and who is looked at."""

from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from odoo.addons.dealer_followup.models.customer import fleet_vehicle_life_cycle_update

from ...life_cycle_common import LifeCycleCase, cn


class TestLifeCycle(LifeCycleCase):
    def test_a_car_that_was_sold_is_new_until_it_returns(self):
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle.sale_date = date(2026, 2, 1)
            self.assertEqual(self.stage(), "new")
            self.assertEqual(self.vehicle.life_cycle_date, date(2026, 2, 1))
            self.assertFalse(self.vehicle.customer_class)
            self.assertEqual(self.customer.life_cycle, "new")

    def test_a_delivery_makes_the_customer_active_at_once(self):
        today = self.company._dealer_today()
        self.vehicle.sale_date = date.fromordinal(today.toordinal() - 60)
        visit = self.make_reception(state="arrived")
        self.bring_to(visit, "delivered")
        self.assertEqual(self.stage(), "active")
        self.assertEqual(self.vehicle.customer_class, "c")
        self.assertEqual(self.vehicle.home_company_id, self.company)
        self.assertEqual(self.customer.customer_class, "c")

    def test_who_walks_in_for_the_first_time_is_new(self):
        self.past_visit(date(2026, 2, 1))
        self.look(date(2026, 3, 2))
        self.assertEqual(self.stage(), "new")
        self.past_visit(date(2026, 2, 20))
        self.look(date(2026, 3, 2))
        self.assertEqual(self.stage(), "active")

    def test_six_months_dormant_twelve_months_lost_to_the_day(self):
        self.past_visit(date(2025, 1, 5), date(2025, 8, 31))
        for day, stage in (
            (date(2026, 2, 27), "active"),
            (date(2026, 2, 28), "dormant"),  # there is no 31 February
            (date(2026, 8, 30), "dormant"),
            (date(2026, 8, 31), "lost"),
        ):
            with self.subTest(day=day):
                self.look(day)
                self.assertEqual(self.stage(), stage)
        self.assertEqual(self.vehicle.life_cycle_date, date(2026, 8, 31))

    def test_a_visit_after_lost_wins_back_the_next_one_makes_active(self):
        self.past_visit(date(2024, 1, 5), date(2026, 2, 1))
        self.look(date(2026, 3, 2))
        self.assertEqual(self.stage(), "won_back")
        self.past_visit(date(2026, 2, 25))
        self.look(date(2026, 3, 2))
        self.assertEqual(self.stage(), "active")

    def test_a_visit_after_dormant_is_just_active(self):
        self.past_visit(date(2025, 5, 5), date(2026, 2, 1))
        self.look(date(2026, 3, 2))
        self.assertEqual(self.stage(), "active")

    def test_a_car_never_here_and_not_sold_by_us_has_no_stage(self):
        self.look(date(2026, 3, 2))
        self.assertFalse(self.stage())
        self.assertFalse(self.vehicle.life_cycle_change_ids)

    def test_a_sale_of_tomorrow_begins_tomorrow(self):
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle.sale_date = date(2026, 3, 3)
            self.assertFalse(self.stage())
        self.settle(date(2026, 3, 2))
        self.night(date(2026, 3, 3))
        self.assertEqual(self.stage(), "new")

    def test_classes_by_visits_paid_within_a_year(self):
        days = [date(2025, month, 10) for month in (4, 6, 8, 10)]
        self.past_visit(*days)
        self.look(date(2026, 4, 9))
        self.assertEqual(self.vehicle.customer_class, "a")
        for day, letter in (
            (date(2026, 4, 10), "b"),  # a year after the first of them
            (date(2026, 6, 10), "b"),
            (date(2026, 8, 10), "c"),
            (date(2026, 10, 10), "d"),
        ):
            with self.subTest(day=day):
                self.look(day)
                self.assertEqual(self.vehicle.customer_class, letter)

    def test_warranty_and_free_visits_make_no_class(self):
        for visit in self.past_visit(date(2025, 9, 1), date(2025, 12, 1)):
            visit.order_ids._write_by_method({"dealer_payer": "warranty"})
        self.past_visit(date(2026, 1, 5), paid=False)
        self.look(date(2026, 3, 2))
        self.assertFalse(self.vehicle.customer_class)  # known for less than a year
        self.look(date(2026, 9, 1))
        self.assertEqual(self.vehicle.customer_class, "d")

    def test_the_shop_sets_the_boundaries(self):
        self.past_visit(date(2025, 8, 1), date(2025, 12, 20))
        self.look(date(2026, 3, 21))
        self.assertEqual(self.stage(), "active")
        self.company.dealer_dormant_months = 3
        self.assertFalse(self.vehicle.life_cycle_next_date)
        self.night(date(2026, 3, 21))
        self.assertEqual(self.stage(), "dormant")
        for values in (
            {"dealer_lost_months": 3},
            {"dealer_dormant_months": 0},
            {"dealer_class_b_visits": 4},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.company.write(values)

    def test_the_day_begins_at_midnight_of_the_shop(self):
        self.past_visit(date(2025, 1, 5), date(2025, 9, 2))
        with freeze_time("2026-03-01 15:59:00"):
            self.vehicle._update_life_cycle()
            self.assertEqual(self.stage(), "active")
        with freeze_time("2026-03-01 16:00:00"):
            self.vehicle._update_life_cycle()
            self.assertEqual(self.stage(), "dormant")

    def test_cars_of_the_shop_itself_are_no_customers(self):
        own = self.make_vehicle(
            license_plate="皖B·A8888",
            owner_id=self.company.partner_id.id,
            sale_date=date(2026, 1, 1),
        )
        self.assertFalse(own.life_cycle)
        self.assertFalse(self.company.partner_id.life_cycle)

    def test_of_several_cars_the_best_speaks_for_the_customer(self):
        other = self.make_vehicle(license_plate="皖B·A5555")
        self.past_visit(date(2024, 1, 5), date(2024, 3, 5))
        self.past_visit(date(2026, 1, 5), date(2026, 2, 5), vehicle=other)
        self.look(date(2026, 3, 2), self.vehicle + other)
        self.assertEqual(self.stage(), "lost")
        self.assertEqual(self.customer.life_cycle, "active")
        self.assertEqual(self.customer.customer_class, "b")

    def test_nobody_enters_what_follows_from_the_visits(self):
        for name, value in (
            ("life_cycle", "active"),
            ("customer_class", "a"),
            ("life_cycle_next_date", date(2026, 1, 1)),
            ("left_date", date(2026, 1, 1)),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                self.vehicle.write({name: value})
        with self.assertRaises(UserError):
            self.make_vehicle(license_plate="皖B·A7777", life_cycle="active")
        self.customer.life_cycle = "active"
        self.customer.invalidate_recordset()
        self.assertFalse(self.customer.life_cycle)


class TestLifeCycleNight(LifeCycleCase):
    def test_the_night_looks_only_at_cars_whose_day_has_come(self):
        self.past_visit(date(2025, 1, 5), date(2025, 9, 10))
        self.settle(date(2026, 3, 2))
        self.assertEqual(self.vehicle.life_cycle_next_date, date(2026, 3, 10))
        self.assertEqual(self.night(date(2026, 3, 9)), (0, 0))
        self.assertEqual(self.night(date(2026, 3, 10)), (1, 1))
        self.assertEqual(self.stage(), "dormant")
        self.assertEqual(self.night(date(2026, 3, 10)), (0, 0))

    def test_five_missed_nights_find_the_day_it_happened(self):
        self.past_visit(date(2025, 1, 5), date(2025, 9, 10))
        self.settle(date(2026, 3, 2))
        self.night(date(2026, 3, 15))
        change = self.vehicle.life_cycle_change_ids[0]
        self.assertEqual(change.date, date(2026, 3, 10))
        self.assertEqual(
            (change.old_life_cycle, change.life_cycle), ("active", "dormant")
        )

    def test_the_cron_of_the_night(self):
        self.past_visit(date(2024, 1, 5), date(2024, 9, 10))
        cron = self.env.ref("dealer_followup.ir_cron_dealer_life_cycle")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.stage(), "lost")

    def test_a_thousand_cars_cost_the_queries_of_one(self):
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "is_customer_vehicle": True,
                    "model_id": self.model.id,
                    "owner_id": self.customer.id,
                    "company_id": False,
                    "sale_date": date(2026, 1, 1),
                }
                for _number in range(40)
            ]
        )

        def queries(some):
            self.env.cr.execute(
                SQL(
                    "UPDATE fleet_vehicle SET life_cycle = NULL WHERE id IN %s",
                    tuple(some.ids),
                )
            )
            self.env.invalidate_all()
            self.look(date(2026, 3, 1), self.vehicle)
            before = self.env.cr.sql_log_count
            self.look(date(2026, 3, 2), some)
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries(cars[:1]), queries(cars))

    def test_a_batch_that_met_a_delivery_is_done_once_more(self):
        self.past_visit(date(2024, 1, 5), date(2024, 9, 10))
        real = type(self.env["fleet.vehicle"])._update_life_cycle
        failures = [
            fleet_vehicle_life_cycle_update.psycopg2.errors.SerializationFailure()
        ]

        def meet(cars):
            if failures:
                raise failures.pop()
            return real(cars)

        model = type(self.env["fleet.vehicle"])
        self.patch(model, "_update_life_cycle", meet)
        self.patch(self.env.cr, "rollback", lambda: None)
        self.vehicle._update_retrying(self.vehicle.ids)
        self.assertEqual(self.stage(), "lost")
