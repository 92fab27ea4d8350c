"""The clock of the workshop: one job at a time, closing time, corrections."""

from datetime import datetime, timedelta

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import SQL, mute_logger

from .workshop_case import NINE, WorkshopCase

#: Closing time of the shop, 18:00 in Shanghai, in UTC.
CLOSING = datetime(2026, 3, 2, 10, 0)


@tagged("post_install", "-at_install")
class TestWorkLog(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.make_job(cls.make_visit(), technician_id=cls.mechanic.id)
        cls.other_job = cls.make_job(
            cls.make_visit(), name="Oil change", technician_id=cls.mechanic.id
        )

    def work(self, job, start, stop=None):
        with freeze_time(start):
            job.action_start()
        if stop:
            with freeze_time(stop):
                job.action_pause()
        return job.log_ids[:1]

    # -- one job at a time

    @users("technician")
    def test_second_job_is_refused_and_the_running_one_named(self):
        job, other = self.job.with_env(self.env), self.other_job.with_env(self.env)
        self.work(job, NINE)
        with (
            freeze_time(NINE + timedelta(minutes=5)),
            self.assertRaisesRegex(UserError, "Road noise diagnosis"),
        ):
            other.action_start()
        self.assertEqual(other.running_job_id, job)
        self.assertFalse(job.running_job_id)

    @users("technician")
    def test_switch_pauses_the_running_job_and_starts_the_other(self):
        job, other = self.job.with_env(self.env), self.other_job.with_env(self.env)
        self.work(job, NINE)
        with freeze_time(NINE + timedelta(minutes=30)):
            other.action_switch()
        self.assertEqual((job.state, other.state), ("paused", "working"))
        self.assertEqual(job.hours_worked, 0.5)

    def test_two_technicians_work_at_the_same_time(self):
        self.other_job.technician_id = self.colleague
        self.work(self.job, NINE)
        self.work(self.other_job, NINE)
        self.assertEqual(self.other_job.state, "working")

    def test_database_itself_refuses_a_second_running_clock(self):
        self.work(self.job, NINE)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation) as caught,
            self.env.cr.savepoint(),
        ):
            self.env["dealer.work.log"]._create_by_method(
                [
                    {
                        "job_id": self.other_job.id,
                        "technician_id": self.mechanic.id,
                        "date_start": NINE,
                    }
                ]
            )
            self.env.flush_all()
        message = self.env["dealer.work.log"]._sql_error_to_message(caught.exception)
        self.assertIn("working on another job", message)

    # -- hours

    def test_hours_are_the_sum_of_the_logs_without_the_pauses(self):
        self.work(self.job, NINE, NINE + timedelta(minutes=30))
        self.work(self.job, NINE + timedelta(hours=2), NINE + timedelta(hours=3))
        self.assertEqual(self.job.hours_worked, 1.5)
        self.assertEqual(
            self.job.log_ids.sorted("date_start").mapped("seconds"), [1800, 3600]
        )

    def test_rework_hours_are_kept_apart(self):
        self.work(self.job, NINE, NINE + timedelta(hours=1))
        with freeze_time(NINE + timedelta(hours=1)):
            self.job.action_done()
        self.job._reopen()
        self.work(self.job, NINE + timedelta(hours=2), NINE + timedelta(minutes=150))
        self.assertEqual(self.job.hours_worked, 1)
        self.assertEqual(self.job.hours_rework, 0.5)
        self.assertEqual(self.job.reception_id.hours_rework, 0.5)

    # -- over night

    def cut(self, now):
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref(
                "dealer_service.ir_cron_dealer_service_cut_logs"
            ).method_direct_trigger()

    def test_overtime_of_the_same_day_is_not_cut(self):
        log = self.work(self.job, NINE)
        self.cut(datetime(2026, 3, 2, 15, 59))  # 23:59 in the shop
        self.assertFalse(log.date_stop)
        self.assertEqual(self.job.state, "working")

    def test_clock_left_running_over_night_is_cut_at_closing_time_and_flagged(self):
        log = self.work(self.job, NINE)
        self.cut(datetime(2026, 3, 2, 16, 0))  # midnight in the shop
        self.assertEqual(log.date_stop, CLOSING)
        self.assertTrue(log.is_cut)
        self.assertEqual(self.job.state, "paused")
        self.assertEqual(self.job.hours_worked, 9)

    def test_cutting_twice_changes_nothing(self):
        log = self.work(self.job, NINE)
        self.cut(datetime(2026, 3, 3, 1, 0))
        self.cut(datetime(2026, 3, 5, 1, 0))
        self.assertEqual(log.date_stop, CLOSING)

    def test_clock_started_after_closing_time_is_worth_nothing_until_corrected(self):
        evening = datetime(2026, 3, 2, 11, 30)
        log = self.work(self.job, evening)
        self.cut(datetime(2026, 3, 3, 1, 0))
        self.assertEqual(log.date_stop, evening)
        self.assertTrue(log.is_cut)

    def test_on_a_holiday_the_usual_closing_time_counts(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "date_from": datetime(2026, 3, 1, 16, 0),
                "date_to": datetime(2026, 3, 2, 16, 0),
            }
        )
        log = self.work(self.job, NINE)
        self.cut(datetime(2026, 3, 3, 1, 0))
        self.assertEqual(log.date_stop, CLOSING)

    @users("technician")
    def test_next_morning_the_old_clock_is_cut_before_a_job_is_started(self):
        job, other = self.job.with_env(self.env), self.other_job.with_env(self.env)
        log = self.work(job, NINE)
        morning = datetime(2026, 3, 3, 0, 15)
        self.work(other, morning)
        self.assertEqual((job.state, other.state), ("paused", "working"))
        self.assertEqual(log.date_stop, CLOSING)
        self.assertTrue(log.is_cut)

    @users("technician")
    def test_next_morning_done_counts_until_closing_time_only(self):
        job = self.job.with_env(self.env)
        self.work(job, NINE)
        with freeze_time(datetime(2026, 3, 3, 0, 15)):
            job.action_done()
        self.assertEqual(job.state, "done")
        self.assertEqual(job.hours_worked, 9)
        self.assertTrue(job.log_ids.is_cut)

    def test_hour_lost_to_summer_time_was_not_worked(self):
        self.calendar.tz = "Europe/Berlin"
        # 01:30 to 03:30 on the wall, in the night in which 02:00 becomes 03:00
        log = self.work(
            self.job, datetime(2026, 3, 29, 0, 30), datetime(2026, 3, 29, 1, 30)
        )
        self.assertEqual(log.seconds, 3600)

    # -- corrections

    @users("manager")
    def test_manager_corrects_a_log_and_the_visit_remembers(self):
        log = self.work(self.job, NINE, NINE + timedelta(hours=1)).with_env(self.env)
        log.write({"date_stop": NINE + timedelta(minutes=30), "note": "Lunch"})
        self.assertTrue(log.is_corrected)
        self.assertEqual(log.corrected_by_id, self.manager)
        self.assertEqual(self.job.hours_worked, 0.5)
        message = self.job.reception_id.message_ids[0]
        self.assertIn("2026-03-02 09:00", message.body)
        self.assertIn("Lunch", message.body)

    @users("manager")
    def test_correction_cannot_put_a_technician_on_two_jobs_at_once(self):
        self.work(self.job, NINE, NINE + timedelta(hours=1))
        later = NINE + timedelta(hours=1)
        log = self.work(self.other_job, later, NINE + timedelta(hours=2))
        with self.assertRaisesRegex(ValidationError, "two jobs at once"):
            log.with_env(self.env).date_start = NINE + timedelta(minutes=59)

    def test_job_of_the_other_shop_is_not_named_to_this_one(self):
        shop = self.env["res.company"].create({"name": "Other Shop"})
        later = NINE + timedelta(hours=1)
        theirs = self.work(self.job, NINE, later)
        log = self.work(self.other_job, later, later + timedelta(hours=1))
        self.env.flush_all()
        for table in ("dealer_work_log", "dealer_job", "dealer_reception"):
            record = {
                "dealer_work_log": theirs,
                "dealer_job": self.job,
                "dealer_reception": self.job.reception_id,
            }[table]
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET company_id = %s WHERE id = %s",
                    SQL.identifier(table),
                    shop.id,
                    record.id,
                )
            )
        self.env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "in another shop") as refusal:
            log.with_user(self.manager).date_start = NINE
        self.assertNotIn(self.job.name, str(refusal.exception))

    @users("manager")
    def test_correction_changes_times_only(self):
        log = self.work(self.job, NINE, NINE + timedelta(hours=1)).with_env(self.env)
        with self.assertRaisesRegex(UserError, "Only the times of a work log"):
            log.technician_id = self.colleague

    @users("manager")
    def test_forgotten_work_is_added_as_a_correction(self):
        log = self.env["dealer.work.log"].create(
            {
                "job_id": self.job.id,
                "technician_id": self.mechanic.id,
                "date_start": NINE,
                "date_stop": NINE + timedelta(hours=1),
            }
        )
        self.assertTrue(log.is_corrected)
        with self.assertRaisesRegex(UserError, "started on its job"):
            self.env["dealer.work.log"].create(
                {
                    "job_id": self.job.id,
                    "technician_id": self.mechanic.id,
                    "date_start": NINE + timedelta(hours=1),
                }
            )

    def test_nobody_else_corrects_or_adds(self):
        log = self.work(self.job, NINE, NINE + timedelta(hours=1))
        for user in (self.technician, self.advisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                log.with_user(user).date_stop = NINE + timedelta(hours=2)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["dealer.work.log"].with_user(user).create(
                    {
                        "job_id": self.job.id,
                        "technician_id": self.mechanic.id,
                        "date_start": NINE,
                        "date_stop": NINE,
                    }
                )
