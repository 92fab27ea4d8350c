"""The weak-link report beside the same figures counted another way."""

import random
from collections import defaultdict
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ...common import DealerServiceCase

COUNTS = (
    "standard_count",
    "done_count",
    "proven_count",
    "stated_count",
    "lapse_count",
)
SHARES = ("compliance", "proven_rate", "minutes", "target_minutes", "over_target")
WAY = ("arrived", "inspected", "authorized", "working", "quality", "ready")
WAY += ("settled", "delivered")


class GapCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["dealer.service.gap.report"]

    def by_hand(self, visits):
        """{(visit, step): figures}, a row of the database at a time."""
        found = {}
        for visit in visits:
            steps = defaultdict(list)
            for check in visit.check_ids:
                if check.is_done or check.is_lapse:
                    steps[check.step_id].append(check)
            for step, checks in steps.items():
                asked = [check for check in checks if check.is_mandatory]
                in_time = [c for c in asked if c.is_done and not c.is_late]
                results = [check.result for check in in_time]
                start = step.date_from_field and visit[step.date_from_field]
                if step.date_from_field == "date_arrived":
                    # nobody waits to be greeted while the shop is closed
                    times = (visit.date_greet_from, visit.date_greeted)
                    start = min(filter(None, times), default=False)
                stop = step.date_to_field and visit[step.date_to_field]
                # a corrected time may lie behind a moment that nobody corrects
                is_known = start and stop and stop >= start
                minutes = is_known and (stop - start).total_seconds() / 60
                for away in visit.away_ids if is_known else ():
                    # no step lasts while the car is somewhere else
                    back = min(away.date_to or stop, stop)
                    gone = (back - max(away.date_from, start)).total_seconds() / 60
                    minutes -= max(gone, 0)
                target = step.target_minutes
                is_timed = target and is_known
                found[visit, step] = {
                    "standard_count": len(asked),
                    "done_count": len(in_time),
                    "proven_count": results.count("proven"),
                    "stated_count": results.count("stated"),
                    "lapse_count": len([c for c in checks if c.is_lapse]),
                    "compliance": 100 * len(in_time) / len(asked) if asked else 0,
                    "proven_rate": 100 * results.count("proven") / len(asked)
                    if asked
                    else 0,
                    "minutes": minutes or 0,
                    "target_minutes": target,
                    "over_target": 100 * (minutes > target) if is_timed else 0,
                }
        return found

    def assert_same(self, visits):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.Report.search([("reception_id", "in", visits.ids)])
        self.assertEqual(len(set(rows.ids)), len(rows))
        shown = {(row.reception_id, row.step_id): row for row in rows}
        counted = self.by_hand(visits)
        self.assertEqual(shown.keys(), counted.keys())
        self.assertGreater(len(counted), len(visits))
        for key, figures in counted.items():
            row = shown[key]
            for name in COUNTS:
                self.assertEqual(row[name], figures[name], (key, name))
            for name in SHARES:
                self.assertAlmostEqual(row[name], figures[name], 6, (key, name))
            self.assertEqual(
                (row.company_id, row.advisor_id, row.date),
                (key[0].company_id, key[0].advisor_id, key[0].date_planned),
            )


class TestFiguresAfterCorrections(GapCase):
    """Nothing is kept that a late correction could leave behind."""

    def late_tick(self, dice, visit):
        check = dice.choice(visit.check_ids.filtered(lambda check: not check.evidence))
        check.write({"is_done": not check.is_done})

    def corrected_time(self, dice, visit):
        name = dice.choice(["date_greeted", "date_inspected", "date_started"])
        if visit[name]:
            moved = visit[name] + timedelta(seconds=dice.randrange(-90, 90))
            visit.with_user(self.manager).write(
                {name: moved, "correction_reason": "误按"}
            )

    def cancelled(self, dice, visit):
        if visit.state in ("booked", "arrived", "inspected"):
            visit.action_cancel()

    def went_on(self, dice, visit):
        if visit.state in WAY[:-1]:
            self.bring_to(visit, WAY[WAY.index(visit.state) + 1])

    def changed_standard(self, dice, visit):
        standard = dice.choice(visit.check_ids).standard_id
        standard.write(
            {
                "is_blocking": False,
                "is_mandatory": dice.random() < 0.5,
                "evidence": dice.choice([False, standard.evidence]),
                "active": dice.random() < 0.8,
            }
        )

    def changed_step(self, dice, visit):
        dice.choice(visit.check_ids).step_id.target_minutes = dice.randrange(30)

    def other_advisor(self, dice, visit):
        visit.with_user(self.manager).advisor_id = dice.choice(
            [self.advisor, self.colleague]
        )

    def merged_cars(self, dice, visit):
        other = self.make_vehicle(license_plate=f"皖B·D{dice.randrange(9999):04}")
        wizard = self.env["dealer.vehicle.merge"].create(
            {
                "vehicle_ids": (visit.vehicle_id + other).ids,
                "is_confirmed": True,
            }
        )
        wizard.action_merge()

    def test_three_hundred_corrections(self):
        dice = random.Random(11)
        self.colleague = self.make_user("colleague", "user")
        now = fields.Datetime.now()
        cars = self.make_vehicles(
            *({"license_plate": f"皖B·C{number:04}"} for number in range(14))
        )
        visits = self.make_receptions(
            *(
                {
                    "vehicle_id": car.id,
                    "state": "arrived",
                    "is_waiting": not number % 3,
                    "date_arrived": now - timedelta(minutes=8),
                    "concern_ids": [Command.create({"name": "异响"})],
                }
                for number, car in enumerate(cars)
            )
        )
        for number, visit in enumerate(visits):
            if number % 4 != 3:
                self.bring_to(visit, WAY[1 + number % (len(WAY) - 1)])
        self.assert_same(visits)
        ways = [
            *[self.late_tick, self.corrected_time] * 3,
            self.went_on,
            self.cancelled,
            self.changed_standard,
            self.changed_step,
            self.other_advisor,
            self.merged_cars,
        ]
        done = defaultdict(int)
        for _number in range(300):
            way = dice.choice(ways)
            try:
                with self.env.cr.savepoint():
                    way(dice, dice.choice(visits))
                    self.env.flush_all()
            except UserError:
                self.env.invalidate_all()
                continue
            done[way.__name__] += 1
        self.assertEqual(len(done), len(set(ways)), done)
        self.assertGreater(sum(done.values()), 200)
        self.assert_same(visits)


class TestWeakestStep(GapCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # each step is asked for one thing, and nothing else
        cls.env["dealer.service.standard"].search([]).active = False
        cls.steps = {
            code: cls.env.ref(f"dealer_service.dealer_service_step_{code}")
            for code in ("greeting", "consultation")
        }
        cls.first, cls.second = cls.env["dealer.service.standard"].create(
            [
                {"name": "Umbrella", "step_id": cls.steps[code].id}
                for code in ("greeting", "consultation")
            ]
        )

    def inspected(self, *ticked):
        visit = self.make_reception(state="arrived")
        visit.action_greet()
        checks = visit.check_ids
        checks.filtered(lambda check: check.standard_id in ticked).action_done()
        visit.action_inspect()
        return visit

    def weakest(self, visits, user=None):
        self.env.flush_all()
        report = self.Report.with_user(user or self.manager)
        return report.get_weakest_step([("reception_id", "in", visits.ids)])

    def test_it_is_named_with_its_share_and_the_number_of_visits(self):
        visits = self.inspected(self.first, self.second) | self.inspected(self.first)
        weakest = self.weakest(visits)
        self.assertEqual(weakest["step"], self.steps["consultation"].name)
        self.assertEqual(
            (weakest["compliance"], weakest["proven"], weakest["visits"]), (50, 0, 2)
        )
        self.assertEqual(weakest["target"], self.steps["consultation"].target_minutes)

    def test_only_visits_in_which_it_was_asked_for_are_counted(self):
        visits = self.inspected(self.first)
        self.second.write({"is_blocking": False, "is_mandatory": False})
        visits |= self.inspected(self.first, self.second)
        weakest = self.weakest(visits)
        self.assertEqual((weakest["compliance"], weakest["visits"]), (0, 1))

    def test_proven_is_told_from_stated(self):
        self.first.evidence = "greeted"
        visit = self.make_reception(state="arrived")
        visit.action_greet()
        visit.check_ids.filtered(lambda c: c.standard_id == self.second).action_done()
        visit.action_inspect()
        self.env.flush_all()
        rows = self.Report.search([("reception_id", "=", visit.id)])
        figures = {row.step_id: (row.compliance, row.proven_rate) for row in rows}
        self.assertEqual(figures[self.steps["greeting"]], (100, 100))
        self.assertEqual(figures[self.steps["consultation"]], (100, 0))

    def test_without_a_visit_there_is_none(self):
        self.assertEqual(self.weakest(self.env["dealer.reception"]), {})

    def test_the_rating_of_a_visit_is_that_of_no_step(self):
        visit = self.inspected(self.first)
        visit.rating_apply(5, token=visit._rating_get_access_token())
        self.env.flush_all()
        [row] = self.Report._read_group(
            [("reception_id", "=", visit.id)], [], ["rating:avg"]
        )
        self.assertFalse(row[0])


class TestReportReadsItsDays(GapCase):
    def test_the_days_that_are_asked_for_reach_the_visits(self):
        """How many are read then is counted in tests/dealer_service/shop."""
        now = fields.Datetime.now()
        days = [("date", ">=", now - timedelta(days=31)), ("date", "<", now)]
        report = self.Report.with_user(self.manager)
        query = report._search(days).select()
        plan = [line for [line] in self.env.execute_query(SQL("EXPLAIN %s", query))]
        self.assertTrue([line for line in plan if "date_planned" in line], plan)
        self.assertFalse([line for line in plan if "WindowAgg" in line], plan)
