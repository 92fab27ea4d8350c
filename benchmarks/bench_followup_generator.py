"""The nights of thirty rules at a million cars, beside the same inserts by hand."""

import time
from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint import OPEN_STATES
from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    IN_HOUSE_STATES,
)

from tests.common import DealerServiceCase

from .followup_data import CARS, fill, make_rules


class BenchFollowupGenerator(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dealer_marketing_limit = 0
        fill(cls.env)
        cls.rules = make_rules(cls.env)
        cls.env.flush_all()

    def clock(self, action):
        """Seconds, with the number of queries, of one run on a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, start = self.env.cr.sql_log_count, time.perf_counter()
        result = action()
        self.env.flush_all()
        return time.perf_counter() - start, self.env.cr.sql_log_count - queries, result

    def rows(self):
        self.env.cr.execute(
            """SELECT rule_id, vehicle_id, partner_id, anchor_key, due_date,
                expire_date, state, contact_phone, company_id
            FROM dealer_followup WHERE rule_id IN %s ORDER BY 1, 2, 3, 4""",
            [tuple(self.rules.ids)],
        )
        return self.env.cr.fetchall()

    def sequence(self):
        self.env.cr.execute("SELECT last_value FROM dealer_followup_id_seq")
        return self.env.cr.fetchone()[0]

    def night(self):
        """What the cron does, without its commits."""
        self.env["dealer.followup"]._expire()
        self.env["dealer.followup"]._release_claims()
        self.env["fleet.vehicle.model"]._update_habits()
        return {rule: rule._run() for rule in self.rules}

    def by_hand(self, rule):
        """One statement for one rule, with every check that the rule asks for."""
        company = self.env.company
        zone = company._dealer_tz().zone
        today = company._dealer_today()
        first = today - timedelta(days=rule.expire_days)
        source = rule._source(first, today, zone)
        due = rule._due_sql(source)
        checks = [
            SQL("NOT who.no_care"),
            SQL("who.phone_key IS NOT NULL AND NOT who.is_phone_wrong"),
            SQL(
                """NOT EXISTS (SELECT FROM dealer_care_optout o
                WHERE o.vehicle_id = v.id AND o.source = %s AND o.active)""",
                rule.source,
            ),
        ]
        if rule.purpose == "marketing":
            checks.append(
                SQL(
                    """(SELECT c.decision FROM dealer_consent c
                    WHERE c.phone = who.phone_key AND c.company_id = %s
                    AND c.purpose = 'marketing' AND c.channel IN ('any', 'call')
                    ORDER BY c.date DESC, c.id DESC LIMIT 1) = 'given'""",
                    company.id,
                )
            )
            checks.append(
                SQL(
                    """NOT EXISTS (SELECT FROM dealer_complaint c
                    WHERE (c.vehicle_id = v.id OR c.partner_id = who.id)
                    AND c.state IN %s)""",
                    tuple(OPEN_STATES),
                )
            )
            checks.append(
                SQL(
                    """NOT EXISTS (SELECT FROM dealer_reception b
                    WHERE b.vehicle_id = v.id AND b.state IN %s)""",
                    (*IN_HOUSE_STATES, "booked", "prepared"),
                )
            )
        self.env.cr.execute(
            SQL(
                """INSERT INTO dealer_followup (rule_id, priority, channel, state,
                    vehicle_id, partner_id, contact_name, contact_phone, anchor_key,
                    anchor_date, visit_id, company_id, due_date, expire_date,
                    next_try_at, is_promised, close_reason, create_uid, create_date,
                    write_uid, write_date)
                SELECT %(rule)s, %(priority)s, 'call',
                    CASE WHEN who.no_care THEN 'suppressed' ELSE 'todo' END,
                    %(vehicle)s, who.id, who.name, who.phone_key, %(key)s,
                    %(anchor)s, %(visit)s, COALESCE(%(company)s, %(shop)s), %(due)s,
                    %(due)s + %(expire)s,
                    (%(due)s::timestamp AT TIME ZONE %(zone)s) AT TIME ZONE 'UTC',
                    FALSE, CASE WHEN who.no_care THEN 'no_care' END,
                    1, now(), 1, now()
                FROM %(tables)s JOIN res_partner who ON who.id = %(partner)s
                WHERE %(where)s AND %(due)s BETWEEN %(first)s AND %(today)s
                AND (who.no_care OR (%(checks)s)) AND %(none)s""",
                rule=rule.id,
                priority=rule.sequence,
                vehicle=source.vehicle,
                key=source.key,
                anchor=source.anchor,
                visit=source.visit,
                company=source.company,
                shop=company.id,
                due=due,
                expire=rule.expire_days,
                zone=zone,
                tables=source.tables,
                partner=source.partner,
                where=source.where,
                first=first,
                today=today,
                checks=SQL(" AND ").join(checks),
                none=rule._no_task_sql(source),
            )
        )

    def test_nights(self):
        cr = self.env.cr
        with self.subTest("by hand"):
            cr.execute("SAVEPOINT by_hand")
            hand, queries, _none = self.clock(
                lambda: [self.by_hand(rule) for rule in self.rules]
            )
            theirs = self.rows()
            cr.execute("ROLLBACK TO SAVEPOINT by_hand")
            self.env.invalidate_all()
        ours, our_queries, counts = self.clock(self.night)
        mine = self.rows()
        print(f"\n{CARS:,} cars, {len(self.rules)} rules, {len(mine):,} follow-ups")
        print(f"by hand      {hand:7.1f} s {queries:6d} queries {len(theirs):9,} rows")
        print(f"first night  {ours:7.1f} s {our_queries:6d} queries {ours / hand:.2f}x")
        self.assertFalse(self.rules.filtered("last_error"), "a rule failed")
        # no assertEqual: it would compare a million lines to show them
        self.assertTrue(mine == theirs, f"{len(set(mine) ^ set(theirs))} rows differ")
        before = self.sequence()
        again, queries, counts = self.clock(self.night)
        burned = self.sequence() - before
        print(
            f"second night {again:7.1f} s {queries:6d} queries,"
            f" {sum(counts.values())} created, {burned} numbers burned"
        )
        self.assertFalse(any(counts.values()))
        self.assertFalse(burned)
