"""Life cycle, forecast and work list at scale, beside the same written by hand."""

import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL, split_every

from odoo.addons.dealer_followup.models.customer import fleet_vehicle_life_cycle_update

from tests.followup_common import DealerFollowupCase

from .followup_data import CARS, fill
from .ratios import measure, pages, table

TOUCHED = 3000
#: Follow-ups for each car.
TASKS = 5


class BenchFollowupCustomers(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = fill(cls.env)
        cls.env.flush_all()

    def clock(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        queries, start = self.env.cr.sql_log_count, time.perf_counter()
        result = action()
        self.env.flush_all()
        seconds = time.perf_counter() - start
        return seconds, self.env.cr.sql_log_count - queries, result

    def night(self):
        """What the cron does, without its commits: cars looked at, cars changed."""
        cars = self.env["fleet.vehicle"]
        due = cars._life_cycle_due()
        changed = 0
        for ids in split_every(fleet_vehicle_life_cycle_update.BATCH, due):
            changed += cars.browse(ids)._update_life_cycle()
        return len(due), changed

    def report(self, what, seconds, queries, result):
        looked, changed = result
        print(
            f"{what:26} {seconds:8.2f} s {queries:5d} queries,"
            f" {looked:9,} cars looked at, {changed:9,} changed"
        )

    def test_1_life_cycle(self):
        print(f"\nLife cycle of {CARS:,} cars")
        seconds, queries, first = self.clock(self.night)
        self.report("everybody, once", seconds, queries, first)
        seconds, queries, again = self.clock(self.night)
        self.report("the same night again", seconds, queries, again)
        self.assertEqual(again, (0, 0))
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        with patch.object(fields.Datetime, "now", lambda *_args: tomorrow):
            seconds, queries, next_day = self.clock(self.night)
        self.report("the next night", seconds, queries, next_day)
        self.assertEqual(*next_day)

    def test_2_forecast(self):
        """The next service of the cars of a day, from six readings each."""
        cr = self.env.cr
        cars = tuple(
            range(self.first["fleet_vehicle"], self.first["fleet_vehicle"] + TOUCHED)
        )
        cr.execute(
            SQL(
                """INSERT INTO dealer_odometer_reading (vehicle_id, date, kind, value,
                    "offset", total, user_id)
                SELECT v.id, CURRENT_DATE - 60 * n, 'reading', total, 0, total, 1
                FROM fleet_vehicle v CROSS JOIN generate_series(1, 5) n
                CROSS JOIN LATERAL (
                    SELECT 60000 - 60 * n * (20 + v.id %% 40) AS total) km
                WHERE v.id IN %s""",
                cars,
            )
        )
        cr.execute(
            SQL(
                "UPDATE fleet_vehicle SET next_service_odometer = 70000,"
                " next_service_date = CURRENT_DATE + 100 WHERE id IN %s",
                cars,
            )
        )
        vehicles = self.env["fleet.vehicle"].browse(cars)
        names = ("last_odometer", "last_odometer_date", "km_per_day", "km_confidence")

        def ours(_prepared):
            for name in names:
                self.env.add_to_compute(vehicles._fields[name], vehicles)
            vehicles._recompute_recordset(names)
            vehicles.flush_recordset()

        def by_hand(_prepared):
            cr.execute(
                SQL(
                    """WITH reading AS (
                        SELECT vehicle_id, day, km, row_number() OVER (
                            PARTITION BY vehicle_id ORDER BY day DESC) AS n
                        FROM (
                            SELECT vehicle_id, date AS day, total AS km
                            FROM dealer_odometer_reading WHERE vehicle_id IN %(cars)s
                            UNION ALL
                            SELECT vehicle_id, date_arrived::date, odometer
                            FROM dealer_reception WHERE vehicle_id IN %(cars)s
                            AND odometer > 0 AND date_arrived IS NOT NULL
                            UNION ALL
                            SELECT id, sale_date, 0 FROM fleet_vehicle
                            WHERE id IN %(cars)s AND sale_date IS NOT NULL
                        ) rows
                    ), habit AS (
                        SELECT a.vehicle_id, percentile_cont(0.5) WITHIN GROUP (
                            ORDER BY (a.km - b.km)::float / (a.day - b.day)) AS km
                        FROM reading a JOIN reading b USING (vehicle_id)
                        WHERE a.n <= 6 AND b.n <= 6 AND a.day - b.day >= 7
                        GROUP BY a.vehicle_id
                    )
                    UPDATE fleet_vehicle v SET km_per_day = habit.km,
                        service_due_date = LEAST(v.next_service_date,
                            last.day + ((v.next_service_odometer - last.km)
                                / GREATEST(habit.km, 1))::int)
                    FROM habit JOIN reading last
                        ON last.vehicle_id = habit.vehicle_id AND last.n = 1
                    WHERE v.id = habit.vehicle_id""",
                    cars=cars,
                )
            )

        peer = measure(self.env, by_hand, rounds=3)
        mine = measure(self.env, ours, rounds=3)
        table(
            f"Forecast of {TOUCHED:,} touched cars, six readings each",
            [("habit and next service", mine, peer)],
        )

    def test_3_work_list(self):
        """The first page of a caller's list, and "Next Call"."""
        cr = self.env.cr
        rules = self.make_rule("sale") + self.make_rule("visit", sequence=20)
        rules += self.make_rule("inactive", sequence=30)
        # a bulk load: keys and indexes are made anew behind it, as after a restore
        cr.execute(
            """SELECT conname FROM pg_constraint
            WHERE conrelid = 'dealer_followup'::regclass AND contype = 'f'"""
        )
        for [name] in cr.fetchall():
            cr.execute(f'ALTER TABLE dealer_followup DROP CONSTRAINT "{name}"')
        cr.execute(
            """SELECT indexname, indexdef FROM pg_indexes
            WHERE tablename = 'dealer_followup' AND indexname != 'dealer_followup_pkey'
            """
        )
        indexes = cr.fetchall()
        for name, _definition in indexes:
            cr.execute(f'DROP INDEX "{name}"')
        cr.execute(
            SQL(
                """INSERT INTO dealer_followup (rule_id, company_id, anchor_key,
                    vehicle_id, partner_id, contact_name, contact_phone, user_id,
                    state, priority, due_date, expire_date, next_try_at, channel,
                    attempt_count, unreached_days, is_promised)
                SELECT (%(rules)s::int[])[1 + i %% 3], %(company)s, 'bench:' || i,
                    %(car)s + i %% %(cars)s, %(partner)s + i %% %(cars)s, '客户' || i,
                    '+8613' || lpad((i %% %(cars)s)::text, 9, '0'),
                    CASE i %% 4 WHEN 0 THEN %(me)s WHEN 1 THEN %(other)s END,
                    -- one of fifty is still open
                    CASE WHEN i %% 50 = 0 THEN 'todo' ELSE 'done' END,
                    10 + 10 * (i %% 3), CURRENT_DATE - 5 + i %% 5,
                    CURRENT_DATE + i %% 30, now() - interval '1 day', 'call', 0, 0,
                    FALSE
                FROM generate_series(1, %(tasks)s) i""",
                rules=rules.ids,
                company=self.company.id,
                car=self.first["fleet_vehicle"],
                partner=self.first["res_partner"],
                cars=CARS,
                me=self.caller.id,
                other=self.other_caller.id,
                tasks=TASKS * CARS,
            )
        )
        for _name, definition in indexes:
            cr.execute(definition)
        cr.execute("ANALYZE dealer_followup")
        mine = self.env["dealer.followup"].with_user(self.caller)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_followup_action_mine"
        )
        specification = pages(self.env, "dealer.followup", "list")
        domain = [
            ("user_id", "in", (self.caller.id, False)),
            ("state", "in", ("todo", "waiting")),
        ]
        page = measure(
            self.env,
            # as the browser asks for it
            lambda _: mine.web_search_read(
                domain, specification, limit=80, count_limit=10_001
            ),
        )
        peer = measure(
            self.env,
            lambda _: cr.execute(
                SQL(
                    """SELECT f.*, r.name, p.name, v.license_plate
                    FROM dealer_followup f
                    JOIN dealer_care_rule r ON r.id = f.rule_id
                    JOIN res_partner p ON p.id = f.partner_id
                    LEFT JOIN fleet_vehicle v ON v.id = f.vehicle_id
                    WHERE f.company_id = %s AND (f.user_id = %s OR f.user_id IS NULL)
                    AND f.state IN ('todo', 'waiting')
                    ORDER BY f.priority, f.expire_date, f.id LIMIT 80""",
                    self.company.id,
                    self.caller.id,
                )
            ),
        )
        now = fields.Datetime.now()
        queue = measure(self.env, lambda _: mine._queue(now, set()))
        table(
            f"Work list at {TASKS * CARS:,} follow-ups ({action['name']})",
            [("first page", page, peer), ("queue of the next call", queue, peer)],
        )
        open_states = ("state", "in", ("todo", "waiting"))
        shop = ("company_id", "=", self.company.id)
        self.assert_planned(
            "Index Only Scan using dealer_followup_queue_idx",
            mine._search(
                [shop, ("user_id", "=", self.caller.id), open_states], limit=50
            ),
        )
        self.assert_planned(
            "Index Only Scan using dealer_followup_list_idx",
            mine._search(domain, limit=80, order=mine._order),
        )

    def assert_planned(self, scan, query):
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in rows)
        print(plan)
        self.assertIn(scan, plan)
