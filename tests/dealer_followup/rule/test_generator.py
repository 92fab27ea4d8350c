"""Exactly once for each rule, car and cause; nothing missed, nothing flooded."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ...followup_common import DealerFollowupCase, cn


class TestGenerator(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("sale")
        cls.vehicle.sale_date = date(2026, 3, 2)

    def test_a_second_run_creates_nothing_and_burns_no_number(self):
        self.assertEqual(self.run_rules(cn(5, 2), self.rule), 1)
        task = self.tasks(self.rule)
        self.assertEqual(self.run_rules(cn(5, 3), self.rule), 0)
        self.assertEqual(self.tasks(self.rule), task)
        self.env.cr.execute("SELECT last_value FROM dealer_followup_id_seq")
        self.assertEqual(self.env.cr.fetchone()[0], task.id)

    def test_the_task_knows_whom_to_call_and_how_long(self):
        self.run_rules(cn(5, 2), self.rule)
        task = self.tasks(self.rule)
        self.assertRecordValues(
            task,
            [
                {
                    "vehicle_id": self.vehicle.id,
                    "partner_id": self.customer.id,
                    "contact_name": "王建国",
                    "contact_phone": "+8613805531234",
                    "anchor_key": f"sale:{self.vehicle.id}",
                    "due_date": date(2026, 3, 5),
                    "expire_date": date(2026, 3, 17),
                    "next_try_at": cn(5),
                    "state": "todo",
                    "company_id": self.company.id,
                }
            ],
        )

    def test_nothing_is_created_before_its_day(self):
        self.assertEqual(self.run_rules(cn(4, 23, 59), self.rule), 0)

    def test_a_day_begins_at_midnight_of_the_shop_not_of_the_server(self):
        # 00:30 in China is still the day before in UTC
        self.assertEqual(self.run_rules(cn(5, 0, 30), self.rule), 1)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 5))

    def test_a_visit_before_eight_in_the_morning_counts_on_its_local_day(self):
        rule = self.make_rule("visit")
        self.make_past_visit(3, hour=7)
        self.assertEqual(self.run_rules(cn(6, 2), rule), 1)
        self.assertEqual(self.tasks(rule).due_date, date(2026, 3, 6))

    def test_five_missed_nights_are_made_up_each_cause_once(self):
        for day in range(3, 8):
            self.make_vehicle(
                license_plate=f"皖B·A200{day}", sale_date=date(2026, 3, day)
            )
        self.assertEqual(self.run_rules(cn(11, 2), self.rule), 6)
        self.assertEqual(self.run_rules(cn(12, 2), self.rule), 0)

    def test_a_delivery_entered_late_is_still_called_while_of_use(self):
        late = self.make_vehicle(license_plate="皖B·A2001", sale_date=date(2026, 2, 20))
        too_late = self.make_vehicle(
            license_plate="皖B·A2002", sale_date=date(2026, 2, 1)
        )
        self.run_rules(cn(5, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).vehicle_id, self.vehicle + late)
        self.assertFalse(too_late.followup_ids)

    def test_ten_years_of_imported_history_make_no_flood(self):
        rule = self.make_rule("visit")
        for year in range(2016, 2026):
            car = self.make_vehicle(
                license_plate=f"皖B·A{year}", sale_date=f"{year}-03-02"
            )
            visit = self.make_past_visit(2, vehicle_id=car.id)
            moment = cn(date(year, 3, 2), 17)
            visit._write_by_method({"date_arrived": moment, "date_delivered": moment})
        self.assertEqual(self.run_rules(cn(5, 2), rule + self.rule), 1)

    def test_nothing_due_before_the_start_of_the_rule_is_called(self):
        self.rule.start_date = date(2026, 3, 6)
        self.assertEqual(self.run_rules(cn(7, 2), self.rule), 0)

    def test_a_corrected_date_moves_the_task_and_makes_no_second(self):
        self.run_rules(cn(5, 2), self.rule)
        self.vehicle.sale_date = date(2026, 3, 4)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 7))
        self.assertEqual(self.tasks(self.rule).next_try_at, cn(7))
        self.assertEqual(self.run_rules(cn(7, 2), self.rule), 0)

    def test_a_date_corrected_after_the_call_calls_nobody_again(self):
        self.run_rules(cn(5, 2), self.rule)
        self.tasks(self.rule)._set_state("done")
        self.vehicle.sale_date = date(2026, 3, 4)
        self.assertEqual(self.run_rules(cn(7, 2), self.rule), 0)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 5))

    def test_a_cancelled_sale_cancels_its_call(self):
        self.run_rules(cn(5, 2), self.rule)
        self.vehicle.sale_date = False
        self.assertRecordValues(
            self.tasks(self.rule),
            [{"state": "cancelled", "close_reason": "cause_gone"}],
        )

    def test_a_car_delivered_again_after_a_cancelled_sale_is_called(self):
        self.run_rules(cn(5, 2), self.rule)
        self.vehicle.sale_date = False
        self.vehicle.sale_date = date(2026, 3, 8)
        self.assertEqual(self.run_rules(cn(11, 2), self.rule), 1)
        self.assertEqual(self.tasks(self.rule)[-1].due_date, date(2026, 3, 11))

    def test_what_was_cancelled_without_a_cause_can_be_taken_up_again(self):
        self.run_rules(cn(5, 2), self.rule)
        self.vehicle.sale_date = False
        task = self.tasks(self.rule)
        self.vehicle.sale_date = date(2026, 3, 2)
        task.with_user(self.care_manager).action_reopen()
        self.assertEqual(self.run_rules(cn(6, 2), self.rule), 0)
        self.assertEqual(task.state, "todo")

    def test_a_cancelled_task_is_not_reborn(self):
        self.run_rules(cn(5, 2), self.rule)
        self.tasks(self.rule).action_cancel()
        self.assertEqual(self.run_rules(cn(6, 2), self.rule), 0)

    def test_a_rule_switched_off_and_on_repeats_nothing(self):
        self.run_rules(cn(5, 2), self.rule)
        self.rule.active = False
        self.rule.active = True
        self.assertEqual(self.run_rules(cn(6, 2), self.rule), 0)

    def test_a_rule_is_copied_as_often_as_wanted(self):
        codes = [self.rule.copy().code for _number in range(3)]
        self.assertEqual(len({self.rule.code, *codes}), 4)

    def test_a_copied_rule_calls_nobody_until_it_is_activated(self):
        copy = self.rule.copy()
        self.assertFalse(copy.active)
        self.assertNotEqual(copy.code, self.rule.code)
        self.assertTrue(copy.start_date)

    @mute_logger("odoo.addons.dealer_followup.models.rule.dealer_care_rule_run")
    def test_a_broken_rule_stops_no_other_and_keeps_its_error(self):
        broken = self.make_rule("sale", sequence=1)
        # as an update of the cars' fields would leave it
        self.env.cr.execute(
            "UPDATE dealer_care_rule SET vehicle_domain = %s WHERE id = %s",
            ("[('no_such_field', '=', 1)]", broken.id),
        )
        broken.invalidate_recordset()
        self.assertEqual(self.run_rules(cn(5, 2), broken + self.rule), 1)
        self.assertIn("no_such_field", broken.last_error)
        self.assertFalse(self.rule.last_error)
        self.assertEqual((broken.last_count, self.rule.last_count), (0, 1))
        broken.vehicle_domain = "[]"
        self.assertEqual(self.run_rules(cn(5, 3), broken), 1)
        self.assertFalse(broken.last_error)

    def test_a_domain_that_means_nothing_is_refused_when_it_is_written(self):
        with self.assertRaises(UserError):
            self.rule.vehicle_domain = "[('no_such_field', '=', 1)]"

    def test_only_chosen_cars_are_called(self):
        self.rule.vehicle_domain = "[('model_id.name', '=', 'Arrizo 8')]"
        self.assertEqual(self.run_rules(cn(5, 2), self.rule), 0)

    def test_a_closed_day_moves_the_call_to_the_next_open_one(self):
        self.rule.avoid_closed_days = True
        self.vehicle.sale_date = date(2026, 3, 5)  # due on Sunday, 8 March
        self.run_rules(cn(8, 2), self.rule)
        self.assertRecordValues(
            self.tasks(self.rule),
            [{"due_date": date(2026, 3, 9), "expire_date": date(2026, 3, 21)}],
        )
        self.run_rules(cn(9, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 9))

    def make_sunday_a_workday(self, **values):
        self.rule.avoid_closed_days = True
        self.vehicle.sale_date = date(2026, 3, 5)  # due on Sunday, 8 March
        self.env["dealer.workday"].create({"date": date(2026, 3, 8), **values})

    def test_customers_are_called_on_a_make_up_workday(self):
        self.make_sunday_a_workday()
        self.run_rules(cn(8, 2), self.rule)
        self.assertRecordValues(
            self.tasks(self.rule),
            [{"due_date": date(2026, 3, 8), "next_try_at": cn(8)}],
        )
        with freeze_time(cn(8, 10)):
            self.assertTrue(self.open_sheet(self.tasks(self.rule)))

    def test_closing_goes_before_the_make_up_workday(self):
        self.make_sunday_a_workday()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Stocktaking",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": cn(8),
                "date_to": cn(9),
            }
        )
        self.run_rules(cn(8, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 9))

    def test_spring_festival_does_not_let_a_call_expire(self):
        self.rule.write({"avoid_closed_days": True, "expire_days": 4})
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Spring Festival",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "date_from": cn(5),
                "date_to": cn(13),
            }
        )
        self.run_rules(cn(5, 2), self.rule)
        self.run_rules(cn(12, 2), self.rule)
        self.assertRecordValues(
            self.tasks(self.rule), [{"due_date": date(2026, 3, 13), "state": "todo"}]
        )

    def test_what_is_of_no_use_any_more_expires(self):
        self.run_rules(cn(5, 2), self.rule)
        self.run_rules(cn(17, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).state, "todo")
        self.run_rules(cn(18, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).state, "expired")

    def test_a_sample_is_drawn_from_the_cause_and_stays_the_same(self):
        rule = self.make_rule("visit", sampling_percent=40)
        for number in range(60):
            car = self.make_vehicle(license_plate=f"皖B·B{number:04}")
            self.make_past_visit(2, vehicle_id=car.id)
        drawn = self.run_rules(cn(5, 2), rule)
        self.assertTrue(8 < drawn < 42, drawn)
        self.assertEqual(self.run_rules(cn(6, 2), rule), 0)

    def test_six_months_after_the_end_of_august(self):
        rule = self.make_rule("inactive", offset_months=6, offset_days=0)
        # a visit before the sale would be none of the buyer
        self.vehicle.sale_date = False
        self.vehicle.last_reception_date = date(2025, 8, 31)
        self.assertEqual(self.run_rules(cn(date(2026, 2, 27), 2), rule), 0)
        self.assertEqual(self.run_rules(cn(date(2026, 2, 28), 2), rule), 1)

    def test_a_window_ahead_puts_calls_on_the_list_early(self):
        self.rule.window_days = 3
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 1)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 3, 5))

    @mute_logger("odoo.sql_db")
    def test_whoever_was_faster_has_won(self):
        """The unique index stands behind the anti-join."""
        rows = self._rows()
        self.rule._create_tasks([dict(row) for row in rows])
        created = self.rule._create_tasks(rows)
        self.assertFalse(created)
        self.assertEqual(len(self.tasks(self.rule)), 1)

    def _rows(self):
        day = date(2026, 3, 2)
        rows = self.rule._candidates(
            day - timedelta(days=9), day, "Asia/Shanghai", self.vehicle.ids
        )
        for row in rows:
            row.update(company_id=self.company.id, state="todo")
        self.rule._plan(rows)
        return rows

    def test_a_batch_costs_the_same_queries_whatever_its_size(self):
        # locks, savepoints, facts and checks of one batch, and the inserts
        self.env["fleet.vehicle"].create(
            [
                {
                    "is_customer_vehicle": True,
                    "model_id": self.model.id,
                    "owner_id": self.customer.id,
                    "company_id": False,
                    "sale_date": date(2026, 3, 2),
                }
                for _number in range(60)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.assertEqual(self.run_rules(cn(5, 2), self.rule), 61)
