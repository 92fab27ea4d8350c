"""Reports beside the same figures by hand; homes and the digest of a long past."""

from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tools import SQL

from tests.followup_common import DealerFollowupCase

from . import generator, report_data
from .ratios import compare, measure, table

ROUNDS = 5
#: What is looked at: the days before, and how many of them.
PERIODS = [
    ("month", 30, 30),
    ("month, the second of all", report_data.DAYS - 30, 30),
    ("year", 365, 365),
]
#: What the pivot of each report shows when it opens, written by hand. ``d`` are the
#: days; the group comes first, then the measures in the order of the view.
HAND = {
    "dealer.reception.report": (
        "date",
        """SELECT r.advisor_id,
            AVG(EXTRACT(EPOCH FROM r.date_greeted
                - LEAST(r.date_greet_from, r.date_greeted)) / 60),
            AVG(EXTRACT(EPOCH FROM r.date_ready - r.date_arrived) / 3600),
            100.0 * AVG(CASE WHEN r.is_first_promise_kept THEN 1
                WHEN r.date_promised_first < r.date_ready THEN 0 END),
            100.0 * AVG(CASE WHEN r.date_appointment IS NOT NULL THEN 1 END),
            AVG(c.rate), 100.0 * AVG(r.is_comeback::int)
        FROM dealer_reception r
        LEFT JOIN LATERAL (
            SELECT 100.0 * AVG(is_done::int) AS rate FROM dealer_reception_check
            WHERE reception_id = r.id AND is_mandatory AND (is_done OR is_lapse)
        ) c ON TRUE
        WHERE r.company_id = %(shop)s
        AND r.date_planned >= %(start)s AND r.date_planned < %(stop)s
        GROUP BY r.advisor_id""",
    ),
    "dealer.service.gap.report": (
        "date",
        """SELECT c.step_id, AVG(100.0 * c.done / NULLIF(c.asked, 0)),
            AVG(100.0 * c.proven / NULLIF(c.asked, 0)), SUM(c.lapses)
        FROM (
            SELECT c.step_id, COUNT(*) FILTER (WHERE c.is_mandatory) AS asked,
                COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_done) AS done,
                COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_done
                    AND c.is_proven) AS proven,
                COUNT(*) FILTER (WHERE c.is_lapse) AS lapses
            FROM dealer_reception r
            JOIN dealer_reception_check c ON c.reception_id = r.id
            WHERE r.company_id = %(shop)s AND (c.is_done OR c.is_lapse)
            AND r.date_planned >= %(start)s AND r.date_planned < %(stop)s
            GROUP BY r.id, c.step_id
        ) c GROUP BY c.step_id""",
    ),
    "dealer.sla.report": (
        "date_start",
        """SELECT t.metric, COUNT(*), SUM((t.date_stop <= t.date_deadline)::int),
            SUM((t.date_stop > t.date_deadline)::int),
            100.0 * AVG((t.date_stop <= t.date_deadline)::int),
            SUM((t.correction IS NOT NULL)::int),
            SUM(GREATEST(EXTRACT(EPOCH FROM t.date_stop - t.date_deadline), 0)) / 3600,
            SUM(p.seconds) / 3600
        FROM dealer_sla_timer t
        LEFT JOIN LATERAL (
            SELECT SUM(s.seconds) AS seconds FROM dealer_sla_segment s
            WHERE s.timer_id = t.id AND s.kind = 'pause'
        ) p ON TRUE
        WHERE t.company_id = %(shop)s
        AND t.date_start >= %(start)s AND t.date_start < %(stop)s
        GROUP BY t.metric""",
    ),
    "dealer.satisfaction.report": (
        "date",
        """SELECT a.dealer_csi_model_id, NULL::float, NULL::float,
            COUNT(DISTINCT a.id)
        FROM survey_user_input a
        JOIN dealer_csi_score s ON s.user_input_id = a.id
        WHERE a.dealer_company_id = %(shop)s AND a.state = 'done'
        AND a.end_datetime >= %(start)s AND a.end_datetime < %(stop)s
        GROUP BY a.dealer_csi_model_id""",
    ),
    "dealer.satisfaction.gap.report": (
        "date",
        """SELECT s.factor_id, AVG(s.score)
        FROM survey_user_input a
        JOIN dealer_csi_score s ON s.user_input_id = a.id
        WHERE a.dealer_company_id = %(shop)s AND a.state = 'done'
        AND a.end_datetime >= %(start)s AND a.end_datetime < %(stop)s
        GROUP BY s.factor_id""",
    ),
    "dealer.retention.report": (
        "sale_date",
        """SELECT n::text, COUNT(*), SUM((car.done >= n)::int),
            100.0 * AVG((car.done >= n)::int)
        FROM (
            SELECT v.sale_date, (SELECT COUNT(*) FROM dealer_reception r
                WHERE r.vehicle_id = v.id AND r.state = 'delivered'
                AND r.is_maintenance) AS done
            FROM fleet_vehicle v
            WHERE v.is_customer_vehicle AND v.home_company_id = %(shop)s
            AND v.life_cycle IS NOT NULL
            AND v.sale_date >= %(start)s::date AND v.sale_date < %(stop)s::date
        ) car CROSS JOIN generate_series(1, 9) n
        WHERE car.done >= n OR (car.sale_date + make_interval(months => 6 * n))::date
            + 90 <= %(today)s
        GROUP BY n""",
    ),
    "dealer.activity.report": (
        "date",
        """SELECT a.kind, SUM(i.invited), SUM(i.came), SUM(v.visits)
        FROM dealer_activity a
        CROSS JOIN LATERAL (
            SELECT COUNT(*) FILTER (WHERE date_invited IS NOT NULL) AS invited,
                COUNT(*) FILTER (WHERE state = 'attended') AS came
            FROM dealer_activity_invitee WHERE activity_id = a.id
        ) i
        CROSS JOIN LATERAL (
            SELECT COUNT(*) AS visits FROM dealer_reception
            WHERE activity_id = a.id AND state != 'cancelled' AND invitee_id IS NULL
        ) v
        WHERE a.company_id = %(shop)s
        AND a.date_start >= %(start)s AND a.date_start < %(stop)s
        GROUP BY a.kind""",
    ),
}


class BenchReports(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ",".join(
            f"dealer_{app}.group_dealer_{app}_manager"
            for app in ("service", "complaint", "followup")
        )
        cls.boss = cls.make_users({"login": "bench_boss", "groups": groups})
        report_data.fill(cls.env)

    # ------------------------------------------------------------------
    # REPORTS
    # ------------------------------------------------------------------

    def opening(self, model):
        """Rows and measures of the pivot as it is opened."""
        view = self.env[model].get_views([(False, "pivot")])["views"]["pivot"]
        nodes = etree.fromstring(view["arch"]).findall("field")
        rows = [node.get("name") for node in nodes if node.get("type") == "row"]
        names = [node.get("name") for node in nodes if node.get("type") == "measure"]
        known = self.env[model]._fields
        return rows, [f"{name}:{known[name].aggregator}" for name in names]

    def bounds(self, days, length):
        start = fields.Datetime.now() - timedelta(days=days)
        return start, start + timedelta(days=length)

    def read(self, model, field, days, length):
        """What the web client asks for: all levels of the rows in one call."""
        env = self.env(user=self.boss)
        start, stop = self.bounds(days, length)
        if env[model]._fields[field].type == "date":
            start, stop = start.date(), stop.date()
        domain = [(field, ">=", start), (field, "<", stop)]
        rows, measures = self.opening(model)
        levels = [rows[:depth] for depth in range(len(rows) + 1)]

        def action(_prepared):
            return env[model].formatted_read_grouping_sets(
                domain, levels, ["__count", *measures]
            )

        return action, rows, measures

    def hand(self, text, days, length):
        start, stop = self.bounds(days, length)
        today = fields.Date.context_today(self.env["dealer.home"])
        query = SQL(text, shop=self.company.id, start=start, stop=stop, today=today)
        return lambda _prepared: self.env.execute_query(query)

    def same(self, model, groups, rows, measures, theirs):
        """Every figure that was written by hand is ours, too."""
        ours = {}
        for group in groups:
            key = group[rows[0]]
            ours[key[0] if isinstance(key, (list, tuple)) else key] = group
        for key, *figures in theirs:
            for name, figure in zip(measures, figures, strict=False):
                if figure is not None:
                    self.assertAlmostEqual(
                        float(ours[key][name]), float(figure), 2, (model, key, name)
                    )

    def test_reports(self):
        for model, (field, text) in HAND.items():
            results = []
            for what, days, length in PERIODS:
                action, rows, measures = self.read(model, field, days, length)
                by_hand = self.hand(text, days, length)
                self.same(model, action(None)[1], rows, measures, by_hand(None))
                results.append(
                    (what, *compare(self.env, action, by_hand, rounds=ROUNDS))
                )
            table(f"{model}, {generator.ROWS} visits; median of {ROUNDS}", results)

    # ------------------------------------------------------------------
    # HOMES AND THE DIGEST
    # ------------------------------------------------------------------

    def test_homes(self):
        print(f"\nHomes and digest, {generator.ROWS} visits; median of {ROUNDS}")
        homes = [
            ("service, advisor", self.advisor, "service"),
            ("service, manager", self.boss, "service"),
            ("complaints, manager", self.boss, "complaint"),
            ("customer care, manager", self.boss, "followup"),
        ]
        for what, user, app in homes:
            home = self.env(user=user)["dealer.home"]
            seconds, queries = measure(
                self.env,
                lambda _p, home=home, app=app: home.get_home(app),
                rounds=ROUNDS,
            )
            print(f"{what:34} {seconds * 1000:8.1f} ms {queries:4d} queries")
        digest = self.env.ref("dealer_service.digest_after_sales")
        seconds, queries = measure(
            self.env,
            lambda _p: digest._compute_kpis(self.company, self.boss),
            rounds=ROUNDS,
        )
        what = "digest, three periods"
        print(f"{what:34} {seconds * 1000:8.1f} ms {queries:4d} queries")
