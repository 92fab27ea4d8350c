"""An improvement: picked, agreed, measured, and judged once."""

from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, users
from odoo.tools import mute_logger

from .improvement_case import ImprovementCase


class TestWay(ImprovementCase):
    def setUp(self):
        super().setUp()
        # 60 % of 120 visits before, by whichever month it was picked
        for month in (5, 6, 7):
            self.make_visits(date(2026, month, 6), 40, 24)

    def started(self, **values):
        with freeze_time("2026-09-01 02:00"):
            improvement = self.make_improvement(**values)
            improvement.action_agree()
            improvement.action_start()
        return improvement

    def close(self, improvement, moment="2026-12-01 02:00"):
        with freeze_time(moment):
            improvement.with_user(self.manager).action_close()

    def test_baseline_is_measured_in_the_months_before_the_picking(self):
        improvement = self.make_improvement()
        self.assertEqual(
            (improvement.baseline_from, improvement.baseline_to),
            (date(2026, 5, 1), date(2026, 7, 31)),
        )
        self.assertEqual(improvement.baseline_count, 120)
        self.assertAlmostEqual(improvement.baseline_value, 60.0)

    @mute_logger("odoo.sql_db")
    def test_baseline_is_not_of_the_days_by_which_it_was_picked(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.make_improvement(
                baseline_from=date(2026, 8, 15), baseline_to=date(2026, 9, 15)
            ).flush_recordset()

    def test_what_is_to_improve_is_named_and_of_the_past(self):
        with self.assertRaises(ValidationError):
            self.make_improvement(standard_id=False)
        with freeze_time("2026-08-20 02:00"), self.assertRaises(ValidationError):
            self.make_improvement()

    def test_kept_and_better(self):
        improvement = self.started()
        for month in (9, 10, 11):
            self.make_visits(date(2026, month, 6), 40, 36)
        self.close(improvement)
        self.assertEqual(
            (improvement.state, improvement.result_target, improvement.result_change),
            ("closed", "kept", "better"),
        )
        self.assertEqual(improvement.final_count, 120)
        self.assertAlmostEqual(improvement.final_value, 90.0)
        self.assertGreater(improvement.change_low, 0)
        self.assertEqual(
            [figure.date_from for figure in improvement.figure_ids],
            [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)],
        )

    def test_kept_but_not_distinguishable(self):
        improvement = self.started(target_value=65.0)
        self.make_visits(date(2026, 10, 6), 40, 27)
        self.close(improvement)
        self.assertEqual(
            (improvement.result_target, improvement.result_change),
            ("kept", "not_distinguishable"),
        )
        self.assertLess(improvement.change_low, 0)
        self.assertGreater(improvement.change_high, 0)
        self.assertFalse(improvement.is_small)

    def test_missed_and_worse(self):
        improvement = self.started()
        self.make_visits(date(2026, 10, 6), 60, 12)
        self.close(improvement)
        self.assertEqual(
            (improvement.result_target, improvement.result_change), ("missed", "worse")
        )

    def test_fewer_than_thirty_says_so(self):
        improvement = self.started()
        self.make_visits(date(2026, 10, 6), 20, 20)
        self.close(improvement)
        self.assertEqual(
            (improvement.result_target, improvement.result_change),
            ("kept", "not_distinguishable"),
        )
        self.assertTrue(improvement.is_small)

    def test_lower_is_better_for_minutes(self):
        self.make_visits(date(2026, 6, 7), 40, 40, minutes=20)
        improvement = self.started(
            subject="step_overrun", step_id=self.step.id, target_value=2.0
        )
        self.assertEqual(improvement.better, "down")
        self.make_visits(date(2026, 10, 6), 60, 60, minutes=3)
        self.close(improvement)
        self.assertEqual(
            (improvement.result_target, improvement.result_change), ("kept", "better")
        )

    def test_nothing_measured_is_not_judged(self):
        improvement = self.started()
        with self.assertRaises(UserError):
            self.close(improvement)
        self.assertEqual(improvement.state, "running")

    def test_it_is_judged_once_and_not_before_its_end(self):
        improvement = self.started()
        self.make_visits(date(2026, 9, 6), 40, 40)
        with self.assertRaises(UserError):
            self.close(improvement, "2026-11-30 02:00")
        self.close(improvement)
        with self.assertRaises(UserError):
            self.close(improvement)

    def test_what_was_agreed_on_stays(self):
        improvement = self.started()
        for vals in (
            {"target_value": 61.0},
            {"date_until": "2026-12-31"},
            {"baseline_from": "2026-06-01"},
            {"standard_id": self.other_standard.id},
        ):
            with self.assertRaises(UserError):
                improvement.with_user(self.manager).write(vals)
        improvement.with_user(self.manager).write(
            {"user_id": self.manager.id, "lessons": "A second person in the lane."}
        )

    def test_what_was_judged_stays(self):
        improvement = self.started()
        improvement.with_user(self.manager).change_text = "Said more exactly."
        self.make_visits(date(2026, 10, 6), 40, 27)
        self.close(improvement)
        for vals in (
            {"change_text": "Something else"},
            {"change_kind": "training"},
            {"name": "Something else"},
            {"user_id": self.manager.id},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is over"):
                improvement.with_user(self.manager).write(vals)
        improvement.with_user(self.manager).lessons = "A second person in the lane."

    def test_no_target_is_agreed_that_is_no_improvement(self):
        for vals in (
            {"target_value": 60.0},
            {"target_value": 101.0},
            {"target_value": 0.0},
            {"date_until": False},
            {"date_until": date(2026, 9, 1)},
            {"change_text": False},
        ):
            with freeze_time("2026-09-01 02:00"):
                improvement = self.make_improvement(**vals)
                with self.assertRaises(UserError, msg=vals):
                    improvement.action_agree()

    def test_all_that_is_missing_is_named_at_once_and_in_words(self):
        improvement = self.make_improvement(
            target_value=0.0, date_until=False, change_text=False
        )
        with self.assertRaises(UserError) as caught:
            improvement.action_agree()
        self.assertIn(
            "enter Target, Deadline, and What Is Changed.", caught.exception.args[0]
        )

    def test_a_month_is_final_a_week_after_its_end(self):
        improvement = self.started()
        self.make_visits(date(2026, 9, 6), 10, 5)
        with freeze_time("2026-10-03 02:00"):
            improvement.action_measure()
        september = improvement.figure_ids[0]
        self.assertEqual((september.count, september.is_final), (10, False))
        self.make_visits(date(2026, 9, 7), 10, 5)
        with freeze_time("2026-10-08 02:00"):
            improvement.action_measure()
        self.assertEqual((september.count, september.is_final), (20, True))
        self.make_visits(date(2026, 9, 8), 10, 5)
        with freeze_time("2026-10-20 02:00"):
            improvement.action_measure()
        self.assertEqual(september.count, 20)

    def test_the_night_measures_and_reminds_the_owner_once(self):
        improvement = self.started()
        self.make_visits(date(2026, 9, 6), 10, 5)
        for moment in ("2026-11-30 18:00", "2026-12-01 18:00"):
            with freeze_time(moment):
                improvement._follow()
        self.assertEqual(sum(improvement.figure_ids.mapped("count")), 10)
        [task] = improvement.activity_ids
        self.assertEqual(task.user_id, self.advisor)
        self.close(improvement)
        self.assertFalse(improvement.activity_ids)

    def test_it_is_given_up_with_a_reason(self):
        improvement = self.started()
        action = improvement.with_user(self.manager).action_drop()
        self.assertEqual(action["res_model"], "dealer.reason.wizard")
        dialog = Form(
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        dialog.reason = "The lane is rebuilt."
        dialog.save().action_apply()
        self.assertEqual(improvement.state, "dropped")
        self.assertEqual(improvement.drop_reason, "The lane is rebuilt.")

    def test_only_a_proposal_is_deleted(self):
        self.make_improvement().with_user(self.manager).unlink()
        with self.assertRaises(UserError):
            self.started().with_user(self.manager).unlink()

    def test_a_manager_goes_the_whole_way(self):
        with freeze_time("2026-09-01 02:00"):
            improvement = self.make_improvement().with_user(self.manager)
            # what was entered late counts until it is agreed
            self.make_visits(date(2026, 7, 20), 40, 16)
            improvement.action_measure()
            self.assertEqual(improvement.baseline_count, 160)
            self.assertAlmostEqual(improvement.baseline_value, 55.0)
            improvement.action_agree()
            self.make_visits(date(2026, 7, 21), 40, 0)
            improvement.action_start()
        self.make_visits(date(2026, 9, 6), 40, 36)
        with freeze_time("2026-09-20 02:00"):
            improvement.action_measure()
        self.assertEqual(improvement.last_value, 90.0)
        self.close(improvement)
        self.assertEqual(improvement.baseline_count, 160)
        self.assertEqual(improvement.result_change, "better")

    # -- rights

    def test_nobody_enters_a_state_a_result_or_a_figure(self):
        manager = self.Improvement.with_user(self.manager)
        with self.assertRaises(UserError):
            manager.create({"subject": "promise", "state": "closed"})
        improvement = self.started()
        for vals in (
            {"state": "closed"},
            {"result_change": "better"},
            {"baseline_value": 10.0},
        ):
            with self.assertRaises(UserError):
                improvement.with_user(self.manager).write(vals)
        with self.assertRaises(AccessError):
            self.env["dealer.improvement.figure"].with_user(self.manager).create(
                {
                    "improvement_id": improvement.id,
                    "date_from": "2026-09-01",
                    "date_to": "2026-09-30",
                }
            )

    @users("advisor")
    def test_advisor_reads(self):
        improvement = self.started()
        mine = improvement.with_env(self.env)
        self.assertTrue(mine.name)
        self.assertFalse(mine.has_access("write"))
        for method in ("agree", "start", "measure", "close", "drop"):
            with self.assertRaises(AccessError):
                getattr(mine, f"action_{method}")()

    def test_other_shop_reads_nothing_and_measures_nothing(self):
        shop = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user(
            "stranger",
            "manager",
            company_id=shop.id,
            company_ids=[(6, 0, shop.ids)],
        )
        improvement = self.started()
        theirs = self.Improvement.with_user(stranger).with_company(shop)
        self.assertNotIn(improvement.id, theirs.search([]).ids)
        with self.assertRaises(AccessError):
            theirs.browse(improvement.id).read(["name"])
        draft = theirs.new(
            {
                "company_id": self.company.id,
                "subject": "standard",
                "standard_id": self.standard.id,
                "picked_from": "2026-08-01",
            }
        )
        self.assertFalse(draft.baseline_count)
