"""What is measured of a visit whose car was away until its part came."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ..workshop.workshop_case import NINE, WorkshopCase

FOUR_DAYS = timedelta(days=4)
HOUR = timedelta(hours=1)


class AwayCase(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NINE))
        cls.visit = cls.make_visit("authorized")
        cls.part = cls.env["dealer.part.need"].create(
            {
                "reception_id": cls.visit.id,
                "name": "天窗电机",
                "date_expected": NINE.date() + FOUR_DAYS,
            }
        )
        cls.part.with_user(cls.advisor).action_order()
        cls.mine = cls.visit.with_user(cls.advisor)
        cls.mine.date_promised = NINE + 3 * HOUR

    def drive_away(self):
        self.mine.action_drive_away("王建国", "in_person")

    def come_back(self, moment):
        with freeze_time(moment):
            self.mine.action_come_back()

    def finish(self, moment):
        with freeze_time(moment):
            self.bring_to(self.visit, "ready")


class TestPromiseOfCarsAway(AwayCase):
    def rate(self):
        """100 kept, 0 broken, None when the visit has no part in the figure."""
        self.env.flush_all()
        [(rate,)] = self.env["dealer.reception.report"]._read_group(
            [("reception_id", "=", self.visit.id)], [], ["promise_kept_rate:avg"]
        )
        return rate if isinstance(rate, float) else None

    def rate_counted(self):
        """The same, counted from the visit itself."""
        visit = self.visit
        over = visit.date_ready or NINE + 2 * FOUR_DAYS
        first = visit.date_promised_first
        if not first or (not visit.date_ready and first >= over):
            return None
        return 100 if visit.date_ready and visit.date_ready <= first else 0

    def assert_rate(self, expected):
        with freeze_time(NINE + 2 * FOUR_DAYS):
            self.assertEqual(self.rate(), expected)
            self.assertEqual(self.rate_counted(), expected)

    def test_promise_ends_with_the_agreement_and_is_given_anew(self):
        self.drive_away()
        self.assertRecordValues(
            self.visit.away_ids,
            [
                {
                    "date_promised": NINE + 3 * HOUR,
                    "date_promised_first": NINE + 3 * HOUR,
                }
            ],
        )
        self.assert_rate(None)
        back = NINE + FOUR_DAYS
        self.come_back(back)
        self.assertEqual(self.visit.date_came_back, back)
        self.assertFalse(self.visit.date_promised, "nobody has promised anything yet")
        with freeze_time(back):
            self.mine.date_promised = back + 2 * HOUR
        self.finish(back + HOUR)
        self.assert_rate(100)
        self.assertEqual(self.visit.promise_state, "kept")

    def test_new_promise_is_measured_as_any_other(self):
        self.drive_away()
        back = NINE + FOUR_DAYS
        self.come_back(back)
        with freeze_time(back):
            self.mine.date_promised = back + 2 * HOUR
            self.mine.date_promised = back + 5 * HOUR
        self.finish(back + 4 * HOUR)
        self.assert_rate(0)

    def test_promise_that_was_missed_stays_missed(self):
        with freeze_time(NINE + 4 * HOUR):
            self.drive_away()
        self.assertFalse(self.visit.away_ids.date_promised_first)
        self.assert_rate(0)
        back = NINE + FOUR_DAYS
        self.come_back(back)
        with freeze_time(back):
            self.mine.date_promised = back + 2 * HOUR
        self.finish(back + HOUR)
        self.assert_rate(0)

    def test_nobody_gets_rid_of_a_promise_by_a_short_drive(self):
        self.drive_away()
        self.come_back(NINE + HOUR)
        self.assertRecordValues(
            self.visit,
            [
                {
                    "date_promised": NINE + 3 * HOUR,
                    "date_promised_first": NINE + 3 * HOUR,
                }
            ],
        )
        self.finish(NINE + 4 * HOUR)
        self.assert_rate(0)

    def test_who_never_comes_back_was_promised_nothing_any_more(self):
        self.drive_away()
        with freeze_time(NINE + FOUR_DAYS):
            self.mine.action_leave("other", "没有回来")
        self.assert_rate(None)

    def test_what_ended_is_written_by_nobody(self):
        self.drive_away()
        for name in ("date_promised", "date_promised_first"):
            with self.refused(UserError, "cannot be changed by hand"):
                self.visit.away_ids.with_user(self.manager)[name] = NINE
        with self.refused(UserError, "cannot be changed by hand"):
            self.mine.date_came_back = NINE


class TestTimesOfCarsAway(AwayCase):
    def test_days_away_are_no_time_of_the_visit(self):
        """Work began an hour before, and went on when the car was back."""
        self.visit._write_by_method({"date_arrived": NINE, "date_authorized": NINE})
        job = self.make_sold_job(self.visit, technician_id=self.mechanic.id)
        with freeze_time(NINE + HOUR):
            job.action_start()
        with freeze_time(NINE + 2 * HOUR):
            job.action_pause("parts")
            self.drive_away()
        self.come_back(NINE + FOUR_DAYS)
        with freeze_time(NINE + FOUR_DAYS + HOUR):
            self.bring_to(self.visit, "quality")
        self.finish(NINE + FOUR_DAYS + 2 * HOUR)
        self.env.flush_all()
        row = self.env["dealer.reception.report"].search(
            [("reception_id", "=", self.visit.id)]
        )
        self.assertAlmostEqual(row.start_minutes, 60)
        self.assertAlmostEqual(row.work_minutes, 120)
        self.assertAlmostEqual(row.stay_hours, 4)
        rows = self.env["dealer.service.gap.report"].search(
            [("reception_id", "=", self.visit.id)]
        )
        work = rows.filtered(lambda row: row.step_id.date_to_field == "date_finished")
        self.assertAlmostEqual(work.minutes, 120)

    def test_car_that_is_still_away_has_stayed_no_longer(self):
        seconds = self.env["dealer.time.away"]._seconds_between

        def away(start, stop):
            self.env.flush_all()
            [(found,)] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM dealer_reception r WHERE r.id = %s",
                    seconds(SQL("%s::timestamp", start), SQL("%s::timestamp", stop)),
                    self.visit.id,
                )
            )
            return found

        with freeze_time(NINE + HOUR):
            self.drive_away()
        for start, stop, hours in (
            (NINE, NINE + HOUR, 0),
            (NINE, NINE + 3 * HOUR, 2),
            (NINE + 2 * HOUR, NINE + 3 * HOUR, 1),
        ):
            self.assertEqual(away(start, stop), hours * 3600, (start, stop))
        self.come_back(NINE + 2 * HOUR)
        for start, stop, hours in (
            (NINE, NINE + 9 * HOUR, 1),
            (NINE + 3 * HOUR, NINE + 9 * HOUR, 0),
        ):
            self.assertEqual(away(start, stop), hours * 3600, (start, stop))


@tagged("standard", "post_install", "-at_install")
class TestPageOfCarsAway(AwayCase, HttpCase):
    def page(self):
        self.visit._portal_ensure_token()
        self.env.flush_all()
        token = self.visit.access_token
        return self.url_open(f"/my/visits/{self.visit.id}?access_token={token}").text

    def test_customer_reads_what_the_car_waits_for(self):
        self.assertNotIn("天窗电机", self.page())
        self.drive_away()
        page = self.page()
        for words in ("until this part has come", "天窗电机", "03/06/2026"):
            self.assertIn(words, page)
        self.assertNotIn("is promised for", page)
        self.part.with_user(self.advisor).action_here()
        self.mine.date_return = NINE + FOUR_DAYS
        page = self.page()
        self.assertIn("The part for your car is here", page)
        self.assertIn("Agreed for your return", page)
        self.assertNotIn("天窗电机", page)
        self.come_back(NINE + FOUR_DAYS)
        self.assertNotIn("when you come back", self.page())
