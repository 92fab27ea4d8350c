"""What an improvement is measured by, beside what is counted by hand."""

from datetime import date

from odoo.tools import SQL

from .improvement_case import ImprovementCase


class TestSamples(ImprovementCase):
    """Each subject beside what is counted by hand."""

    def sample(self, subject, **values):
        improvement = self.make_improvement(subject=subject, **values)
        return improvement._sample(date(2026, 5, 1), date(2026, 5, 31))

    def by_hand(self, query, **values):
        self.env.flush_all()
        values = {
            "shop": self.company.id,
            "step": self.step.id,
            "standard": self.standard.id,
            # May in Shanghai
            "start": "2026-04-30 16:00:00",
            "stop": "2026-05-31 16:00:00",
            **values,
        }
        [row] = self.env.execute_query(SQL(query, **values))
        return row

    def assert_sample(self, sample, row):
        self.assertGreater(sample.count, 0)
        self.assertEqual(sample.count, row[0])
        self.assertAlmostEqual(sample.mean, float(row[1]))
        if len(row) > 2:
            self.assertAlmostEqual(sample.deviation, float(row[2]))

    def setUp(self):
        super().setUp()
        self.make_visits(date(2026, 5, 4), 20, 12, both=5, minutes=2)
        self.make_visits(date(2026, 5, 20), 10, 9, both=10, minutes=11)
        # outside: the day before and the day after, in the shop's own month
        self.make_visits(date(2026, 4, 30), 7)
        self.make_visits(date(2026, 6, 1), 7)
        shop = self.env["res.company"].create({"name": "Other"})
        self.make_visits(date(2026, 5, 5), 5, 5, company_id=shop.id)

    def test_standard(self):
        sample = self.sample("standard")
        self.assertEqual((sample.count, sample.mean), (30, 70.0))
        row = self.by_hand(
            """SELECT COUNT(*), 100.0 * SUM(c.is_done::int) / COUNT(*)
            FROM dealer_reception_check c JOIN dealer_reception r
            ON r.id = c.reception_id WHERE c.standard_id = %(standard)s
            AND r.company_id = %(shop)s AND r.date_planned >= %(start)s
            AND r.date_planned < %(stop)s"""
        )
        self.assert_sample(sample, row)

    def test_step_compliance_counts_each_visit_once(self):
        sample = self.sample("step_compliance", step_id=self.step.id)
        row = self.by_hand(
            """SELECT COUNT(*), AVG(share), STDDEV_SAMP(share) FROM (
                SELECT AVG(c.is_done::int) * 100 AS share
                FROM dealer_reception_check c JOIN dealer_reception r
                ON r.id = c.reception_id WHERE c.step_id = %(step)s
                AND r.company_id = %(shop)s AND r.date_planned >= %(start)s
                AND r.date_planned < %(stop)s GROUP BY r.id) visit"""
        )
        self.assert_sample(sample, row)
        self.assertEqual(sample.count, 30)

    def test_step_compliance_is_what_the_weak_links_say(self):
        sample = self.sample("step_compliance", step_id=self.step.id)
        report = self.env["dealer.service.gap.report"].with_user(self.manager)
        found = report._read_group(
            [
                ("step_id", "=", self.step.id),
                ("date", ">=", "2026-04-30 16:00:00"),
                ("date", "<", "2026-05-31 16:00:00"),
            ],
            [],
            ["compliance:avg", "__count"],
        )
        self.assertAlmostEqual(found[0][0], sample.mean)
        self.assertEqual(found[0][1], sample.count)

    def test_minutes_and_visits_over_the_target(self):
        minutes = self.sample("step_overrun", step_id=self.step.id)
        row = self.by_hand(
            """SELECT COUNT(*), AVG(late), STDDEV_SAMP(late) FROM (
                SELECT GREATEST(EXTRACT(EPOCH FROM r.date_greeted - r.date_arrived)
                    / 60 - 3, 0) AS late
                FROM dealer_reception r WHERE r.company_id = %(shop)s
                AND r.date_planned >= %(start)s AND r.date_planned < %(stop)s
                AND EXISTS (SELECT FROM dealer_reception_check c
                    WHERE c.reception_id = r.id AND c.step_id = %(step)s)) visit"""
        )
        self.assert_sample(minutes, row)
        self.assertAlmostEqual(minutes.mean, 10 * 8 / 30)
        late = self.sample("step_late", step_id=self.step.id)
        self.assertEqual((late.count, round(late.mean, 6)), (30, round(1000 / 30, 6)))

    def test_promise_show_rate_and_comebacks(self):
        made = self.make_visits(date(2026, 5, 6), 8)
        self.env.execute_query(
            SQL(
                """UPDATE dealer_reception SET date_appointment = date_arrived,
                date_promised_first = date_arrived + interval '2 hours',
                date_ready = date_arrived + interval '1 hour',
                is_first_promise_kept = TRUE WHERE id = ANY(%s) RETURNING id""",
                made[:5].ids,
            )
        )
        self.env.execute_query(
            SQL(
                """UPDATE dealer_reception SET date_appointment = date_arrived,
                date_promised_first = date_arrived + interval '1 hours',
                date_ready = date_arrived + interval '2 hours',
                is_first_promise_kept = FALSE, is_comeback = TRUE
                WHERE id = ANY(%s) RETURNING id""",
                made[5:7].ids,
            )
        )
        self.env.execute_query(
            SQL(
                """UPDATE dealer_reception SET date_appointment = date_arrived,
                date_arrived = NULL, state = 'no_show' WHERE id = %s RETURNING id""",
                made[7].id,
            )
        )
        self.env.invalidate_all()
        where = """ FROM dealer_reception r WHERE r.company_id = %(shop)s
            AND r.date_planned >= %(start)s AND r.date_planned < %(stop)s"""
        self.assert_sample(
            self.sample("promise"),
            self.by_hand(
                "SELECT COUNT(*), 100.0 * AVG(r.is_first_promise_kept::int)"
                + where
                + " AND r.date_promised_first IS NOT NULL"
            ),
        )
        self.assert_sample(
            self.sample("show"),
            self.by_hand(
                "SELECT COUNT(*), 100.0 * AVG((r.date_arrived IS NOT NULL)::int)"
                + where
                + " AND r.date_appointment IS NOT NULL"
            ),
        )
        self.assert_sample(
            self.sample("comeback"),
            self.by_hand(
                "SELECT COUNT(*), 100.0 * AVG(COALESCE(r.is_comeback, FALSE)::int)"
                + where
                + " AND r.date_arrived IS NOT NULL"
            ),
        )

    def test_every_subject_is_measured_and_every_measure_is_a_subject(self):
        rows = {row.name: row for row in self.Improvement._rows_of("_SUBJECTS")}
        subjects = self.Improvement._fields["subject"].get_values(self.env)
        self.assertEqual(set(rows), set(subjects))
        for row in rows.values():
            self.assertTrue(hasattr(self.Improvement, row.method), row.name)
            self.assertTrue(set(row.scope) <= set(self.Improvement._fields), row.name)
