"""From the weakest step to a target, a changed standard, and what came of it."""

from datetime import date
from math import sqrt

from freezegun import freeze_time

from odoo.tests import Form

from ..dealer_service.improvement.improvement_case import ImprovementCase


def welch(before, after, quantile=1.970):
    """How much the mean of visits that carried out all or nothing has risen, in points
    of percent: at least and at most. Each side is ``(carried out, visits)``; the
    quantile is that of Student's distribution with 240 degrees of freedom."""
    (part1, whole1), (part2, whole2) = before, after
    share1, share2 = part1 / whole1, part2 / whole2
    error = sqrt(
        share1 * (1 - share1) / (whole1 - 1) + share2 * (1 - share2) / (whole2 - 1)
    )
    rise = share2 - share1
    return 100 * (rise - quantile * error), 100 * (rise + quantile * error)


class TestWeakLink(ImprovementCase):
    """The manager looks at August on the first of September."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # three ordinary months, and the one in which the greeting was worst
        for month in (5, 6, 7):
            cls.make_visits(date(2026, month, 6), 40, 24)
        cls.make_visits(date(2026, 8, 6), 40, 10)

    def propose(self, target, **change):
        """What the manager does on the morning of 1 September."""
        with freeze_time("2026-09-01 02:00"):
            report = self.env["dealer.service.gap.report"].with_user(self.manager)
            days = [("date", ">=", "2026-07-31 16:00:00"), ("date", "<", "2026-09-01")]
            action = report.action_propose_improvement(days)
            form = Form(
                self.env["dealer.improvement"]
                .with_user(self.manager)
                .with_context(**action["context"])
            )
            form.target_value, form.date_until = target, date(2026, 11, 30)
            for name, value in change.items():
                setattr(form, name, value)
            improvement = form.save()
            improvement.action_agree()
            improvement.action_start()
        return improvement

    def nights(self, improvement):
        """The night after each month, and the one after the deadline."""
        for moment in ("2026-10-07 18:00", "2026-11-07 18:00", "2026-12-01 18:00"):
            with freeze_time(moment):
                self.env.invalidate_all()
                improvement._follow()

    def judge(self, improvement):
        with freeze_time("2026-12-02 02:00"):
            improvement.with_user(self.manager).action_close()

    def test_changed_standard_is_kept_and_better(self):
        improvement = self.propose(
            80.0,
            change_kind="standard",
            change_standard_id=self.standard,
            change_text="The advisor stands in the lane while a car drives in.",
        )
        self.assertEqual(improvement.step_id, self.step, "the weakest step of August")
        # August itself is no part of what it is compared with
        self.assertEqual(improvement.baseline_count, 120)
        self.assertAlmostEqual(improvement.baseline_value, 60.0)
        with freeze_time("2026-09-01 02:00"):
            self.standard.with_user(self.manager).write(
                {"name": "Greeted in the lane within three minutes"}
            )

        for month, carried_out in ((9, 30), (10, 36), (11, 39)):
            self.make_visits(date(2026, month, 8), 40, carried_out)
        self.nights(improvement)
        self.assertEqual(
            [(row.count, row.value) for row in improvement.figure_ids],
            [(40, 75.0), (40, 90.0), (40, 97.5)],
        )
        [reminder] = improvement.activity_ids
        self.assertEqual(reminder.user_id, improvement.user_id)

        self.judge(improvement)
        self.assertEqual(improvement.final_count, 120)
        self.assertAlmostEqual(improvement.final_value, 87.5)
        low, high = welch((72, 120), (105, 120))
        self.assertAlmostEqual(improvement.change_low, low, delta=0.05)
        self.assertAlmostEqual(improvement.change_high, high, delta=0.05)
        self.assertEqual(
            (improvement.result_target, improvement.result_change), ("kept", "better")
        )

    def test_target_reached_but_perhaps_by_chance(self):
        improvement = self.propose(
            62.0, change_kind="training", change_text="A morning about greeting."
        )
        for month in (9, 10, 11):
            self.make_visits(date(2026, month, 8), 40, 26)
        self.nights(improvement)
        self.judge(improvement)
        low, high = welch((72, 120), (78, 120))
        self.assertLess(low, 0)
        self.assertAlmostEqual(improvement.change_low, low, delta=0.05)
        self.assertAlmostEqual(improvement.change_high, high, delta=0.05)
        self.assertEqual(
            (improvement.result_target, improvement.result_change),
            ("kept", "not_distinguishable"),
        )
