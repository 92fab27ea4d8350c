"""The month's sheet: who has one, what it says, and when it stays as it is."""

from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .staff_case import JUNE_2, MAY, StaffCase


class TestSheet(StaffCase):
    def test_whoever_worked_in_the_month_has_a_sheet_and_nobody_else(self):
        self.make_visits(3)
        self.make_jobs(2)
        sheets = self.measure()
        self.assertEqual(
            sorted((sheet.role, sheet.name) for sheet in sheets),
            [("advisor", self.advisor.name), ("technician", self.mechanic.name)],
        )
        self.assertEqual({sheet.date_to for sheet in sheets}, {date(2026, 5, 31)})
        self.assertEqual(sheets.mapped("state"), ["draft", "draft"])

    def test_a_technician_without_a_user_has_a_sheet_too(self):
        stranger = self.make_technician(name="临时工")
        self.make_jobs(1, technician_id=stranger.id, technician_user_id=None)
        sheet = self.measure().filtered(lambda s: s.resource_id == stranger)
        self.assertEqual(sheet.name, "临时工")
        self.assertFalse(sheet.user_id)

    def test_measuring_again_makes_no_second_sheet(self):
        self.make_visits(3)
        first = self.measure()
        self.assertEqual(self.measure(), first)
        self.assertEqual(len(self.line(first[0], "visits")), 1)

    def test_points_are_those_of_the_band_by_the_weights(self):
        self.company.dealer_staff_cover = 0
        self.make_visits(34)
        self.make_visits(6, is_first_promise_kept=False)
        sheet = self.measure()
        promise = self.line(sheet, "promise")
        self.assertEqual((promise.value, promise.count), (85.0, 40))
        self.assertEqual((promise.points, promise.band_from), (60.0, 85.0))
        self.assertTrue(promise.is_judged)
        # Wilson's interval of 34 of 40
        self.assertAlmostEqual(promise.low, 70.9, 1)
        self.assertAlmostEqual(promise.high, 92.9, 1)
        self.assertEqual(sheet.points, 60.0)
        self.assertEqual(self.line(sheet, "visits").value, 40)
        self.assertFalse(self.line(sheet, "visits").is_judged)

    def test_too_few_values_are_said_and_not_judged(self):
        self.make_visits(29, is_first_promise_kept=False)
        sheet = self.measure()
        promise = self.line(sheet, "promise")
        self.assertEqual((promise.value, promise.count), (0.0, 29))
        self.assertTrue(promise.is_small)
        self.assertFalse(promise.is_judged)
        self.assertEqual(promise.points_words, "too few (n < 30)")
        self.assertTrue(sheet.is_small)
        self.assertEqual(sheet.points, 0.0)

    def test_a_sheet_without_a_score_makes_no_mean_lower(self):
        self.company.dealer_staff_cover = 10
        self.make_visits(40)
        self.measure()
        self.make_visits(29, advisor=self.manager, is_first_promise_kept=False)
        self.measure()
        [(count, mean)] = self.Sheet._read_group(
            [("company_id", "=", self.company.id), ("role", "=", "advisor")],
            aggregates=["__count", "points:avg"],
        )
        self.assertEqual((count, mean), (2, 100.0))

    def test_no_total_where_too_little_of_the_weights_is_measured(self):
        self.make_visits(40)
        sheet = self.measure()
        self.assertLess(sheet.cover, 50)
        self.assertTrue(sheet.is_small)
        self.company.dealer_staff_cover = 10
        self.measure()
        self.assertFalse(sheet.is_small)
        self.assertEqual(sheet.points, 100.0)

    def test_lower_is_better_where_the_bands_say_so(self):
        jobs = self.make_jobs(40)
        again = self.make_visits(1)
        self.set_facts(again, is_comeback=True, comeback_of_id=jobs.reception_id.id)
        line = self.line(self.sheet_of_mechanic(), "comeback")
        self.assertEqual((line.value, line.points), (100.0, 0.0))
        self.set_facts(again, is_comeback=False, comeback_of_id=None)
        line = self.line(self.sheet_of_mechanic(), "comeback")
        self.assertEqual((line.value, line.points), (0.0, 100.0))

    def sheet_of_mechanic(self):
        return self.measure().filtered(lambda s: s.role == "technician")

    def test_a_new_scale_counts_from_its_month_on(self):
        self.make_visits(40)
        self.make_visits(40, datetime(2026, 6, 12, 3))
        measure = self.env.ref("dealer_service.dealer_staff_measure_promise")
        measure.scale_ids = [
            Command.create(
                {
                    "date_from": date(2026, 6, 1),
                    "weight": 7,
                    "band_ids": [Command.create({"value": 0, "points": 50})],
                }
            )
        ]
        may = self.measure()
        june = self.measure(date(2026, 6, 1), "2026-07-02 02:00:00")
        promises = self.line(may, "promise"), self.line(june, "promise")
        self.assertEqual([line.weight for line in promises], [30, 7])
        self.assertEqual([line.points for line in promises], [100, 50])

    def test_the_shops_own_measure_stands_for_that_of_the_group(self):
        self.make_visits(10)
        own = self.env["dealer.staff.measure"].create(
            {"figure": "promise", "company_id": self.company.id, "least_count": 5}
        )
        sheet = self.measure()
        self.assertEqual(self.line(sheet, "promise").measure_id, own)
        self.assertFalse(self.line(sheet, "promise").is_small)
        own.active = False
        self.measure()
        self.assertFalse(self.line(sheet, "promise"))

    def test_a_shipped_measure_can_be_copied_with_its_bands(self):
        measure = self.env.ref("dealer_service.dealer_staff_measure_promise")
        own = measure._copy_for_shop(self.company)
        self.assertEqual(own.scale_ids.weight, 30)
        self.assertEqual(len(own.scale_ids.band_ids), 5)

    def test_a_measure_that_sheets_show_is_not_deleted(self):
        self.make_visits(1)
        self.measure()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.env.ref("dealer_service.dealer_staff_measure_promise").unlink()
        self.Sheet.line_ids.unlink()

    def test_the_night_measures_this_month_and_the_last(self):
        self.make_visits(1, datetime(2026, 4, 12, 3))
        self.make_visits(1)
        self.make_visits(1, datetime(2026, 6, 1, 3))
        with freeze_time(JUNE_2), self.enter_registry_test_mode():
            self.env.ref(
                "dealer_service.ir_cron_dealer_service_staff"
            ).method_direct_trigger()
        months = self.Sheet.search([]).mapped("date_from")
        self.assertEqual(sorted(months), [MAY, date(2026, 6, 1)])

    def test_the_work_of_many_is_measured_in_a_bounded_number_of_queries(self):
        def queries(people):
            users = self.make_users(
                *(
                    {
                        "login": f"many{people}_{n}",
                        "groups": "dealer_service.group_dealer_service_user",
                    }
                    for n in range(people)
                )
            )
            for user in users:
                self.make_visits(1, advisor=user)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.measure()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = queries(5), queries(60)
        print(f"\nqueries of a month: {few} for 5 persons, {many} for 65")
        self.assertLess(many, few + 40)

    def test_figures_of_several_measures_have_no_mean(self):
        self.make_visits(40)
        self.measure()
        lines = self.env["dealer.staff.sheet.line"]
        [(value, count)] = lines._read_group([], [], ["value:avg", "count:sum"])
        self.assertFalse(value or count)
        rows = lines._read_group(
            [("measure_id.figure", "=", "promise")], ["person"], ["value:avg"]
        )
        self.assertEqual(rows, [(self.advisor.name, 100.0)])


class TestProcess(StaffCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_staff_cover = 0
        cls.make_visits(40)
        cls.sheet = cls.measure()

    def as_manager(self):
        return self.sheet.with_user(self.manager)

    @freeze_time("2026-05-31 15:59:00")
    def test_a_month_that_goes_on_is_not_discussed(self):
        with self.assertRaisesRegex(UserError, "goes on"):
            self.as_manager().action_give()

    @freeze_time("2026-05-31 16:01:00")
    def test_it_is_over_by_the_clock_of_the_shop(self):
        self.as_manager().action_give()
        self.assertEqual(self.sheet.state, "given")
        self.assertEqual(self.sheet.given_by_id, self.manager)

    @freeze_time(JUNE_2)
    def test_what_was_discussed_stays_as_it_is(self):
        self.as_manager().action_give()
        self.make_visits(40, is_first_promise_kept=False)
        self.env.ref("dealer_service.dealer_staff_scale_promise").weight = 99
        self.measure()
        promise = self.line(self.sheet, "promise")
        self.assertEqual((promise.value, promise.weight), (100.0, 30.0))
        self.assertEqual(self.sheet.points, 100.0)

    @freeze_time(JUNE_2)
    def test_giving_measures_once_more(self):
        self.make_visits(40, is_first_promise_kept=False)
        self.as_manager().action_give()
        self.assertEqual(self.line(self.sheet, "promise").value, 50.0)

    @freeze_time(JUNE_2)
    def test_taken_back_it_is_measured_again_and_keeps_the_words(self):
        self.as_manager().action_give()
        self.sheet.with_user(self.advisor).word = "数据有误"
        self.make_visits(40, is_first_promise_kept=False)
        self.as_manager().action_take_back()
        self.assertEqual(self.sheet.state, "draft")
        self.assertEqual(self.sheet.word, "数据有误")
        self.assertEqual(self.line(self.sheet, "promise").value, 50.0)
        self.assertFalse(self.sheet.date_given)

    @freeze_time(JUNE_2)
    def test_closed_it_takes_no_word_any_more(self):
        self.as_manager().action_give()
        self.as_manager().action_close()
        for user, field in ((self.advisor, "word"), (self.manager, "comment")):
            with self.assertRaises(UserError):
                self.sheet.with_user(user).write({field: "x"})
        with self.assertRaises(UserError):
            self.as_manager().action_take_back()
