"""The figures of a month beside what plain Python counts, record by record."""

import random
from datetime import date, datetime, timedelta
from statistics import mean, stdev

import pytz

from odoo.tests import freeze_time

from .staff_case import JUNE_2, MAY, StaffCase

SHANGHAI = pytz.timezone("Asia/Shanghai")
#: The month in the shop begins and ends at 16:00 UTC.
EDGES = (
    datetime(2026, 4, 30, 15, 59, 59),
    datetime(2026, 4, 30, 16),
    datetime(2026, 5, 31, 15, 59, 59),
    datetime(2026, 5, 31, 16),
)
HOUR = timedelta(hours=1)


def month_of(moment):
    local = pytz.utc.localize(moment).astimezone(SHANGHAI)
    return date(local.year, local.month, 1)


def mean_of(values):
    values = [value for value in values if value is not None]
    return len(values), mean(values) if values else 0.0, values


@freeze_time(JUNE_2)
class TestFigures(StaffCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.advisor + cls.make_user("second", "user")

    def moment(self, dice):
        if dice.random() < 0.3:
            return dice.choice(EDGES)
        return datetime(2026, 4, 28) + timedelta(minutes=dice.randrange(36 * 1440))

    def assert_line(self, sheet, figure, values):
        line = self.line(sheet, figure)
        count, middle, values = mean_of(values)
        with self.subTest(figure=figure, person=sheet.name):
            self.assertEqual(line.count, count)
            self.assertAlmostEqual(line.value, middle, 1)
            if set(values) - {0.0, 100.0} and len(values) > 30:
                # Student's interval of a mean
                half = 2.0 * stdev(values) / count**0.5
                self.assertAlmostEqual(line.high - line.value, half, delta=half / 10)

    # ------------------------------------------------------------------
    # VISITS
    # ------------------------------------------------------------------

    def random_visit(self, visit, dice):
        came = self.moment(dice)
        promised = came + dice.choice((1, 3, 5)) * HOUR
        ready = dice.choice((None, came + dice.choice((2, 4)) * HOUR))
        self.set_facts(
            visit,
            date_planned=came,
            date_arrived=dice.choice((came, came, came, None)),
            date_appointment=dice.choice((came, None)),
            date_greet_from=came,
            date_greeted=came + dice.choice((1, 10, 40)) * timedelta(minutes=1),
            date_promised_first=dice.choice((promised, None)),
            date_ready=ready,
            is_first_promise_kept=bool(ready and ready <= promised),
            advisor_id=dice.choice(self.people).id,
            promise_advisor_id=dice.choice((None, self.people[0].id)),
            state=dice.choice(("delivered", "delivered", "ready", "cancelled")),
        )

    def counted(self):
        return (
            self.env["dealer.reception"]
            .search([])
            .filtered(
                lambda r: (
                    r.date_arrived
                    and r.state != "cancelled"
                    and month_of(r.date_planned) == MAY
                )
            )
        )

    def test_visits(self):
        dice = random.Random(19)
        self.company.dealer_grace_minutes = 15
        for visit in self.make_visits(160):
            self.random_visit(visit, dice)
        self.measure()
        for person in self.people:
            mine = self.counted().filtered(
                lambda r, person=person: (
                    (r.promise_advisor_id or r.advisor_id) == person
                )
            )
            self.assertGreater(len(mine), 15)
            sheet = self.sheet_of(person)
            self.assertEqual(self.line(sheet, "visits").value, len(mine))
            self.assert_line(sheet, "promise", map(self.promise, mine))
            self.assert_line(sheet, "punctual", map(self.punctual, mine))

    def promise(self, visit):
        if visit.is_first_promise_kept:
            return 100.0
        over = visit.date_ready or visit.date_left or datetime(2026, 6, 2, 2)
        first = visit.date_promised_first
        return 0.0 if first and first < over else None

    def punctual(self, visit):
        if not visit.date_appointment or not visit.date_greeted:
            return None
        limit = visit.date_appointment + timedelta(minutes=15)
        return 100.0 if visit.date_greeted <= limit else 0.0

    def test_standards(self):
        dice = random.Random(5)
        steps = self.env["dealer.service.step"].search([])
        steps = steps.filtered("standard_ids")
        visits = self.make_visits(70)
        for visit in visits:
            self.set_facts(
                visit,
                date_planned=self.moment(dice),
                advisor_id=dice.choice(self.people).id,
            )
        self.env["dealer.reception.check"].create(
            [
                {
                    "reception_id": visit.id,
                    "standard_id": standard.id,
                    "step_id": standard.step_id.id,
                    "is_mandatory": dice.random() < 0.8,
                    "is_done": dice.random() < 0.7,
                    "is_lapse": dice.random() < 0.5,
                    "is_late": dice.random() < 0.2,
                    "is_proven": dice.random() < 0.6,
                }
                for visit in visits
                for standard in steps.standard_ids[:14]
            ]
        )
        self.measure()
        for person in self.people:
            rates = {"executed": [], "proven": []}
            for visit in self.counted().filtered(lambda r, p=person: r.advisor_id == p):
                asked = [
                    check
                    for check in visit.check_ids
                    if check.is_mandatory
                    and check.step_id.role == "advisor"
                    and (check.is_done or check.is_lapse)
                ]
                if asked:
                    done = [c for c in asked if c.is_done and not c.is_late]
                    proven = [c for c in done if c.is_proven]
                    rates["executed"].append(100 * len(done) / len(asked))
                    rates["proven"].append(100 * len(proven) / len(asked))
            self.assertGreater(len(rates["proven"]), 10)
            for figure, values in rates.items():
                self.assert_line(self.sheet_of(person), figure, values)

    def test_supplements_are_those_that_were_offered(self):
        visits = self.make_visits(3, state="arrived")
        for visit, answers in zip(visits, ("sale", "sent", "draft"), strict=True):
            order = self.make_order(visit)
            self.set_facts(order, dealer_kind="supplement", state=answers)
        self.measure()
        line = self.line(self.sheet_of(self.advisor), "supplements")
        self.assertEqual((line.count, line.value), (2, 50.0))

    # ------------------------------------------------------------------
    # JOBS
    # ------------------------------------------------------------------

    def test_jobs(self):
        dice = random.Random(7)
        second = self.make_technician(name="Second")
        jobs = self.make_jobs(60)
        for job in jobs:
            self.set_facts(
                job,
                date_done=self.moment(dice),
                state=dice.choice(("done", "done", "done", "paused")),
                technician_id=dice.choice((self.mechanic, second)).id,
                hours_sold=dice.choice((0.5, 1.0, 2.5)),
                hours_worked=dice.choice((0.0, 0.6, 1.5)),
                rework_count=dice.choice((0, 0, 0, 1, 2)),
            )
        self.measure()
        for person in self.mechanic + second:
            mine = jobs.filtered(
                lambda j, person=person: (
                    j.technician_id == person
                    and j.state == "done"
                    and month_of(j.date_done) == MAY
                )
            )
            sheet = self.Sheet.search([("resource_id", "=", person.id)])
            self.assertGreater(len(mine), 8)
            self.assertEqual(self.line(sheet, "jobs").value, len(mine))
            self.assertAlmostEqual(
                self.line(sheet, "hours").value, sum(mine.mapped("hours_sold"))
            )
            timed = mine.filtered(lambda j: j.hours_worked > 0)
            efficiency = self.line(sheet, "efficiency")
            self.assertEqual(efficiency.count, len(timed))
            self.assertAlmostEqual(
                efficiency.value,
                100
                * sum(timed.mapped("hours_sold"))
                / sum(timed.mapped("hours_worked")),
                1,
            )
            self.assert_line(
                sheet, "first_right", [0.0 if j.rework_count else 100.0 for j in mine]
            )

    def test_rework_counts_for_whose_work_failed(self):
        job = self.make_jobs(1, rework_count=1)
        mender = self.make_technician(name="Mender")
        for technician, seconds, is_rework in (
            (self.mechanic, 3600, False),
            (mender, 7200, True),
        ):
            log = self.env["dealer.work.log"]._create_by_method(
                [
                    {
                        "job_id": job.id,
                        "technician_id": technician.id,
                        "date_start": datetime(2026, 5, 12, 1),
                        "date_stop": datetime(2026, 5, 12, 1)
                        + timedelta(seconds=seconds),
                        "is_rework": is_rework,
                    }
                ]
            )
            self.assertEqual(log.seconds, seconds)
        self.set_facts(job, technician_id=mender.id, rework_count=1)
        sheets = self.measure().filtered(lambda s: s.role == "technician")
        self.assertEqual(sheets.resource_id, self.mechanic)
        self.assertEqual(self.line(sheets, "first_right").value, 0.0)

    def test_a_comeback_is_of_the_job_whose_system_is_meant(self):
        engine, brakes = self.env["dealer.vehicle.system"].search([], limit=2)
        jobs = self.make_jobs(2)
        self.set_facts(jobs[0], system_id=engine.id)
        self.set_facts(jobs[1], system_id=brakes.id)
        again = self.make_visits(1)
        self.env["dealer.reception.concern"].create(
            {"reception_id": again.id, "name": "又响", "system_id": engine.id}
        )
        self.set_facts(again, is_comeback=True, comeback_of_id=jobs.reception_id.id)
        self.measure()
        line = self.line(self.sheet_of(self.technician), "comeback")
        self.assertEqual((line.count, line.value), (2, 50.0))

    def test_what_is_rare_is_looked_at_over_three_months(self):
        self.make_jobs(4, datetime(2026, 3, 12, 8))
        self.make_jobs(4, datetime(2026, 2, 12, 8))
        self.make_jobs(4)
        self.measure()
        sheet = self.sheet_of(self.technician)
        self.assertEqual(self.line(sheet, "first_right").count, 4)
        self.assertEqual(self.line(sheet, "comeback").count, 8)

    def test_another_shop_counts_by_itself(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        self.make_visits(5)
        self.make_visits(7, company_id=other.id)
        self.measure()
        self.assertEqual(self.line(self.sheet_of(self.advisor), "visits").value, 5)
