"""The controller's board: what it shows, how jobs are moved on it, who may."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from odoo.addons.dealer_service.models.shop.res_company_live import WORKSHOP

from ..shop.news import news_of
from .workshop_case import NINE, WorkshopCase

DAY = "2026-03-02"
HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestWorkshopBoard(WorkshopCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NINE))

    def board(self, date=None, by="bay", user=None):
        jobs = self.env["dealer.job"].with_user(user or self.advisor)
        return jobs.get_board_data(date, by)

    def planned(self, **values):
        plan = {"bay_id": self.bay.id, "technician_id": self.mechanic.id}
        return self.make_job(
            self.make_visit(), **{**plan, "date_planned_start": NINE, **values}
        )

    def block(self, job, **options):
        blocks = self.board(**options)["blocks"]
        return next(block for block in blocks if block["id"] == job.id)

    # -- what it shows

    def test_day_opens_with_opening_hours_rows_and_now(self):
        board = self.board()
        self.assertEqual(board["date"], DAY)
        self.assertEqual(board["opening"], [[480, 720], [780, 1080]])
        self.assertEqual(board["range"], [480, 1080])
        self.assertEqual(board["now"], 540)
        self.assertEqual(
            [row["name"] for row in board["rows"] if row["id"] in self.bay_ids],
            ["Bay 1", "Bay 2"],
        )

    def test_next_moment_to_begin_is_one_at_which_the_shop_works(self):
        for now, date, expected in (
            (NINE + 10 * timedelta(minutes=1), None, (DAY, 555)),
            (NINE + 3 * HOUR, None, (DAY, 780)),
            (NINE + 13 * HOUR, None, ("2026-03-03", 480)),
            (NINE, "2026-03-04", ("2026-03-04", 480)),
            # on Sunday nobody works; what is over is not planned any more
            (NINE, "2026-03-08", ("2026-03-09", 480)),
            (NINE, "2026-02-27", (DAY, 540)),
        ):
            with self.subTest(now=now, date=date), freeze_time(now):
                found = self.board(date)["next_open"]
                self.assertEqual((found["date"], found["minute"]), expected)

    def test_board_knows_when_the_shop_is_closed_in_the_days_to_come(self):
        openings = self.board()["openings"]
        self.assertEqual(openings[DAY], [[480, 720], [780, 1080]])
        self.assertEqual(openings["2026-03-08"], [])

    def test_work_over_night_does_not_open_the_night(self):
        self.planned(date_planned_start=NINE + 8 * HOUR, planned_hours=3.0)
        for day in (DAY, "2026-03-03"):
            board = self.board(day)
            self.assertTrue(board["blocks"], day)
            self.assertEqual(board["range"], [480, 1080], day)

    @property
    def bay_ids(self):
        return (self.bay + self.other_bay).ids

    def test_another_day_has_no_now(self):
        self.assertIsNone(self.board("2026-03-03")["now"])

    def test_holiday_of_another_shop_neither_closes_this_one_nor_delays_its_jobs(self):
        self.close_another_shop(NINE + HOUR, NINE + 2 * HOUR)
        job = self.planned(planned_hours=1.5)
        self.assertEqual(job.date_planned_end, NINE + 1.5 * HOUR)
        board = self.env["dealer.job"].get_board_data(DAY)
        self.assertEqual(board["opening"], [[480, 720], [780, 1080]])

    def test_block_lies_on_the_clock_of_the_shop(self):
        block = self.block(self.planned(planned_hours=1.5))
        self.assertEqual((block["start"], block["stop"]), (540, 630))
        self.assertEqual(block["row_id"], self.bay.id)
        self.assertEqual(block["plate"], "皖B·A1234")

    def test_rows_may_be_technicians(self):
        job = self.planned()
        self.assertEqual(self.block(job, by="technician")["row_id"], self.mechanic.id)
        with self.assertRaisesRegex(UserError, "customer"):
            self.board(by="customer")

    def test_job_of_another_day_is_not_shown(self):
        job = self.planned(date_planned_start=NINE + timedelta(days=1))
        self.assertFalse(self.board()["blocks"])
        self.assertEqual(self.board("2026-03-03")["blocks"][0]["id"], job.id)

    def test_unplanned_job_waits_in_the_tray_those_promised_first_before(self):
        later = self.make_job(self.make_visit(date_promised=NINE + 5 * HOUR))
        sooner = self.make_job(self.make_visit(date_promised=NINE + HOUR))
        never = self.make_job(self.make_visit())
        self.assertEqual(
            [card["id"] for card in self.board()["tray"]],
            [sooner.id, later.id, never.id],
        )

    def test_job_left_over_from_another_day_waits_again_today(self):
        job = self.planned(date_planned_start=NINE - timedelta(days=2))
        self.assertEqual([card["id"] for card in self.board()["tray"]], [job.id])
        self.assertFalse(self.board("2026-03-03")["tray"])

    def test_running_job_without_a_plan_is_shown_where_it_runs(self):
        job = self.make_job(
            self.make_visit(), technician_id=self.mechanic.id, planned_hours=1
        )
        job.action_start()
        block = self.block(job)
        self.assertEqual((block["start"], block["stop"]), (540, 600))
        self.assertFalse(block["is_planned"])
        self.assertEqual(block["row_id"], 0, "in no bay")

    def test_running_job_lies_where_it_runs_and_not_where_it_was_planned(self):
        job = self.planned(date_planned_start=NINE + HOUR)
        job.action_start()
        block = self.block(job)
        self.assertEqual((block["start"], block["stop"]), (540, 600))
        self.assertTrue(block["is_planned"])
        self.startPatcher(freeze_time(NINE + 2 * HOUR))
        block = self.block(job)
        self.assertEqual((block["start"], block["stop"]), (540, 660), "until now")
        self.assertTrue(block["is_overdue"])
        self.startPatcher(freeze_time(NINE + 12 * HOUR))
        self.assertEqual(self.board()["range"], [480, 1080], "no open evening")
        self.startPatcher(freeze_time(NINE + 2 * HOUR))
        job.action_done()
        self.startPatcher(freeze_time(NINE + 3 * HOUR))
        block = self.block(job)
        self.assertEqual((block["start"], block["stop"]), (540, 660))
        self.assertFalse(block["is_overdue"])

    def test_job_planned_for_another_day_is_shown_while_it_runs(self):
        job = self.planned(date_planned_start=NINE + timedelta(days=1))
        job.action_start()
        block = self.block(job)
        self.assertEqual((block["start"], block["stop"]), (540, 600))
        self.assertEqual(self.block(job, date="2026-03-03")["start"], 540)

    def test_job_that_goes_on_from_yesterday_lies_where_it_is_planned_today(self):
        job = self.planned(date_planned_start=NINE + 8 * HOUR, planned_hours=3.0)
        self.startPatcher(freeze_time(NINE + 8 * HOUR))
        job.action_start()
        job.action_pause("parts")
        self.startPatcher(freeze_time(NINE + timedelta(days=1)))
        board = self.board()
        self.assertEqual(board["range"], [480, 1080], "no night")
        job.date_planned_start = NINE + timedelta(days=1) + HOUR
        job.action_start()
        self.assertEqual(self.block(job)["start"], 600)

    def test_waiting_and_late_are_told_in_words(self):
        job = self.planned()
        job.reception_id.write(
            {"is_waiting": True, "date_promised": NINE - timedelta(minutes=1)}
        )
        block = self.block(job)
        self.assertTrue(block["is_waiting"])
        self.assertTrue(block["is_late"])
        self.assertEqual(block["promise_label"], "Late")
        counts = self.board()["counts"]
        self.assertEqual((counts["waiting"], counts["late"]), (1, 1))

    def test_job_beyond_its_plan_is_overdue(self):
        job = self.planned(date_planned_start=NINE - HOUR, planned_hours=0.5)
        self.assertTrue(self.block(job)["is_overdue"])

    def test_double_use_is_marked_and_shown_side_by_side(self):
        first = self.planned()
        second = self.planned(technician_id=self.colleague.id)
        blocks = [self.block(first), self.block(second)]
        self.assertTrue(all(block["is_conflict"] for block in blocks))
        self.assertEqual({block["lane"] for block in blocks}, {0, 1})
        self.assertEqual(self.board()["counts"]["conflicts"], 2)

    def test_absence_of_a_technician_is_shown_without_its_reason(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Hospital",
                "resource_id": self.mechanic.id,
                "calendar_id": self.mechanic.calendar_id.id,
                "date_from": NINE + HOUR,
                "date_to": NINE + 3 * HOUR,
            }
        )
        board = self.board(by="technician")
        row = next(row for row in board["rows"] if row["id"] == self.mechanic.id)
        self.assertEqual(row["away"], [[600, 720]])
        self.assertNotIn("Hospital", str(board))

    def test_number_of_queries_does_not_grow_with_the_jobs(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.board()
            return self.env.cr.sql_log_count - before

        self.planned()
        self.make_job(self.make_visit())
        count()  # fills the caches of the process
        few = count()
        for number in range(10):
            car = self.make_vehicle(license_plate=f"皖B·C{number}000")
            reception = self.make_visit(vehicle_id=car.id)
            self.make_job(reception)
            self.planned(reception_id=reception.id)
        count()
        self.assertLessEqual(count(), few)

    # -- moving

    @users("advisor")
    def test_job_is_moved_to_another_bay_and_hour(self):
        job = self.planned(planned_hours=1).with_env(self.env)
        job.action_plan_on_board(DAY, 660, "bay", self.other_bay.id)
        self.assertEqual(job.bay_id, self.other_bay)
        self.assertEqual(job.date_planned_start, NINE + 2 * HOUR)
        self.assertEqual(job.date_planned_end, NINE + 3 * HOUR)
        self.assertEqual(job.technician_id, self.mechanic)

    @users("advisor")
    def test_job_comes_out_of_the_tray_and_goes_back(self):
        job = self.make_job(self.make_visit()).with_env(self.env)
        job.action_plan_on_board(DAY, 600, "technician", self.colleague.id)
        self.assertEqual(job.technician_id, self.colleague)
        self.assertFalse(self.board()["tray"])
        job.action_plan_on_board(DAY, None)
        self.assertFalse(job.date_planned_start)
        self.assertEqual(self.board()["tray"][0]["id"], job.id)

    @users("advisor")
    def test_paused_job_goes_back_into_the_tray_and_onto_the_tile(self):
        job = self.planned()
        job.action_start()
        job.action_pause("parts")
        tile = self.unplanned_jobs()
        job.with_env(self.env).action_plan_on_board(DAY, None)
        for day in (DAY, "2026-03-03"):
            board = self.board(day)
            self.assertEqual([card["id"] for card in board["tray"]], [job.id])
            self.assertFalse(board["blocks"])
        self.assertEqual(self.unplanned_jobs(), tile + 1)

    @users("advisor")
    def test_job_that_is_not_agreed_to_keeps_its_place_on_the_board(self):
        """In the tray it would not be shown: it would be on no list at all."""
        undecided = self.make_sold_job(self.make_visit(), decision="pending")
        early = self.make_job(self.make_visit("inspected"))
        for job in undecided + early:
            job.date_planned_start = NINE
            with self.refused(UserError, "not been agreed to yet"):
                job.with_env(self.env).action_plan_on_board(DAY, None)
            self.assertEqual(job.date_planned_start, NINE)
            job.with_env(self.env).action_plan_on_board(DAY, 660)

    def unplanned_jobs(self):
        home = self.env["dealer.home"].with_user(self.advisor).get_home("service")
        tiles = home["sections"][0]["tiles"]
        return next(tile["count"] for tile in tiles if tile["key"] == "unplanned")

    @users("advisor")
    def test_job_that_somebody_works_on_does_not_go_into_the_tray(self):
        job = self.planned()
        job.action_start()
        with self.refused(UserError, "is being worked on.*Pause it first"):
            job.with_env(self.env).action_plan_on_board(DAY, None)
        self.assertEqual(job.date_planned_start, NINE)

    @users("advisor")
    def test_moving_a_running_job_in_time_does_not_stop_its_clock(self):
        job = self.planned()
        job.action_start()
        job.with_env(self.env).action_plan_on_board(
            DAY, 600, "technician", self.mechanic.id
        )
        self.assertEqual(job.state, "working")

    # -- the panel beside it

    def test_board_names_whom_and_where_a_job_can_be_given_to(self):
        for by in ("bay", "technician"):
            board = self.board(by=by)
            people = [row["id"] for row in board["people"]]
            self.assertIn(self.mechanic.id, people)
            self.assertNotIn(self.bay.id, people)
            self.assertIn(self.bay.id, [row["id"] for row in board["bays"]])
        block = self.block(self.planned())
        self.assertEqual(block["technician_id"], self.mechanic.id)
        self.assertEqual(block["bay_id"], self.bay.id)

    @users("advisor")
    def test_job_is_given_to_somebody_somewhere_at_a_time_in_one_go(self):
        job = self.make_job(self.make_visit()).with_env(self.env)
        job.action_assign_on_board(DAY, 600, self.mechanic.id, self.bay.id)
        self.assertEqual(job.technician_id, self.mechanic)
        self.assertEqual(job.bay_id, self.bay)
        self.assertEqual(job.date_planned_start, NINE + HOUR)

    @users("advisor")
    def test_what_the_panel_does_not_say_stays(self):
        job = self.planned().with_env(self.env)
        for missing in (None, False):
            job.action_assign_on_board(DAY, missing, missing, missing)
            self.assertEqual(job.date_planned_start, NINE)
            self.assertEqual(job.technician_id, self.mechanic)
            self.assertEqual(job.bay_id, self.bay)
        job.action_assign_on_board(DAY, None, 0, self.other_bay.id)
        self.assertFalse(job.technician_id)
        self.assertEqual(job.bay_id, self.other_bay)

    @users("advisor")
    def test_running_job_keeps_its_clock_when_its_bay_changes(self):
        job = self.planned()
        job.action_start()
        job.with_env(self.env).action_assign_on_board(
            DAY, None, self.mechanic.id, self.other_bay.id
        )
        self.assertEqual(job.state, "working")
        self.assertEqual(job.bay_id, self.other_bay)

    @users("advisor")
    def test_done_job_stays_where_it_was(self):
        job = self.planned()
        job.action_start()
        job.action_done()
        with self.assertRaisesRegex(UserError, "already done"):
            job.with_env(self.env).action_plan_on_board(DAY, 660)
        with self.assertRaisesRegex(UserError, "already done"):
            job.with_env(self.env).action_assign_on_board(DAY, 660)

    # -- who

    def test_board_is_not_for_technicians(self):
        job = self.planned()
        with self.assertRaises(AccessError):
            self.board(user=self.technician)
        with self.assertRaises(AccessError):
            job.with_user(self.technician).action_plan_on_board(DAY, 660)
        with self.assertRaises(AccessError):
            job.with_user(self.technician).action_assign_on_board(DAY, 660)

    def test_board_shows_the_own_shop_only(self):
        job = self.planned()
        shop = self.env["res.company"].create({"name": "Second shop"})
        self.advisor.company_ids += shop
        self.advisor.company_id = shop
        board = self.board()
        self.assertNotIn(job.id, [block["id"] for block in board["blocks"]])
        self.assertNotIn(self.bay.id, [row["id"] for row in board["rows"]])

    # -- live

    def told(self, change):
        told = news_of(self.env, change)
        return sum(WORKSHOP in news["boards"] for _channel, news in told)

    def test_every_change_of_the_board_is_told_once_in_a_transaction(self):
        job = self.planned()
        reception = job.reception_id

        def move_twice():
            job.bay_id = self.other_bay
            job.bay_id = self.bay

        self.assertEqual(self.told(move_twice), 1)
        self.assertEqual(self.told(job.action_start), 1)
        self.assertEqual(self.told(lambda: reception.write({"is_waiting": True})), 1)
        self.assertEqual(self.told(lambda: reception.write({"wash": False})), 0)
