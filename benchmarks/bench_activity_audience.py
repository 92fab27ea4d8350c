"""The audience of an activity and the care calendar, beside the same by hand."""

import time
from datetime import timedelta

from odoo import fields

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint import OPEN_STATES

from tests.common import DealerServiceCase

from .followup_data import CARS, fill

#: Days that a month of the calendar shows.
MONTH = 42


class BenchActivityAudience(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fill(cls.env)
        cls.today = cls.env.company._dealer_today()
        cls.activity, cls.other = (cls.make_activity(name) for name in ("A", "B"))
        cls.env.flush_all()

    @classmethod
    def make_activity(cls, name):
        start = fields.Datetime.now() + timedelta(days=20)
        return cls.env["dealer.activity"].create(
            {
                "name": name,
                "kind": "seasonal",
                "purpose": "Benchmark",
                "place": "Wuhu",
                "date_start": start,
                "date_end": start + timedelta(days=10),
            }
        )

    def clock(self, action):
        """Seconds and queries of one run on a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, start = self.env.cr.sql_log_count, time.perf_counter()
        action()
        self.env.flush_all()
        return time.perf_counter() - start, self.env.cr.sql_log_count - queries

    def by_hand(self):
        """One statement for the same list, with the checks that marketing asks for."""
        self.env.cr.execute(
            """INSERT INTO dealer_activity_invitee (activity_id, company_id, vehicle_id,
                partner_id, contact_name, contact_phone, state, exclusion, persons,
                create_uid, write_uid, create_date, write_date)
            SELECT %(activity)s, %(shop)s, row.vehicle, row.partner, row.name,
                row.phone_key, CASE WHEN row.reason IS NULL THEN 'listed'
                    ELSE 'excluded' END, row.reason, 1, 1, 1, NOW(), NOW()
            FROM (
                SELECT v.id AS vehicle, who.id AS partner, who.name, who.phone_key,
                    CASE WHEN who.id IS NULL THEN 'no_owner'
                    WHEN v.is_owner_wrong THEN 'not_owner'
                    WHEN who.no_care THEN 'no_care'
                    WHEN (SELECT c.decision FROM dealer_consent c
                        WHERE c.phone = who.phone_key AND c.company_id = %(shop)s
                        AND c.purpose = 'marketing' AND c.channel IN ('any', 'call')
                        ORDER BY c.date DESC, c.id DESC LIMIT 1)
                        IS DISTINCT FROM 'given' THEN 'no_consent'
                    WHEN who.phone_key IS NULL THEN 'no_phone'
                    WHEN who.is_phone_wrong THEN 'phone_wrong'
                    WHEN EXISTS (SELECT FROM dealer_complaint c
                        WHERE (c.vehicle_id = v.id OR c.partner_id = who.id)
                        AND c.state IN %(open)s) THEN 'complaint'
                    WHEN (SELECT COUNT(*) FROM dealer_followup_attempt a
                        WHERE a.phone = who.phone_key AND a.is_marketing
                        AND a.date >= NOW() - INTERVAL '30 days') >= 2 THEN 'limit'
                    WHEN EXISTS (SELECT FROM dealer_activity_invitee i
                        WHERE i.vehicle_id = v.id AND i.activity_id != %(activity)s
                        AND i.date_invited >= NOW() - INTERVAL '7 days')
                        THEN 'other_activity' END AS reason
                FROM fleet_vehicle v
                LEFT JOIN res_partner who ON who.id = COALESCE(v.contact_id, v.owner_id)
                LEFT JOIN LATERAL (
                    SELECT m.company_id FROM dealer_reception m
                    WHERE m.vehicle_id = v.id AND m.state = 'delivered'
                    ORDER BY m.date_arrived DESC LIMIT 1
                ) visit ON v.company_id IS NULL
                WHERE v.active AND v.is_customer_vehicle
                AND COALESCE(v.company_id, visit.company_id, %(shop)s) = %(shop)s
            ) row""",
            {
                "activity": self.other.id,
                "shop": self.env.company.id,
                "open": tuple(OPEN_STATES),
            },
        )

    def rows(self, activity):
        self.env.cr.execute(
            """SELECT vehicle_id, partner_id, contact_phone, state, exclusion
            FROM dealer_activity_invitee WHERE activity_id = %s ORDER BY 1""",
            [activity.id],
        )
        return self.env.cr.fetchall()

    def test_audience(self):
        ours, queries = self.clock(self.activity._refresh_audience)
        theirs, _one = self.clock(self.by_hand)
        again, again_queries = self.clock(self.activity._refresh_audience)
        self.assertEqual(self.rows(self.activity), self.rows(self.other))
        print(
            f"\nAudience of {CARS} cars: first {ours:.1f} s ({queries} queries),"
            f" by hand {theirs:.1f} s, ratio {ours / theirs:.2f};"
            f" nothing changed {again:.1f} s ({again_queries} queries)"
        )

    def month(self):
        return self.env["dealer.care.calendar"].search_read(
            [
                ("date_start", "<=", self.today + timedelta(days=MONTH)),
                ("date_stop", ">=", self.today),
            ],
            ["name", "kind", "quantity", "date_start"],
        )

    def month_by_hand(self):
        self.env.cr.execute(
            """SELECT service_due_date, COUNT(*) FROM fleet_vehicle
            WHERE service_due_date BETWEEN %(first)s AND %(last)s AND active
            AND is_customer_vehicle AND owner_id IS NOT NULL GROUP BY 1""",
            {"first": self.today, "last": self.today + timedelta(days=MONTH)},
        )
        self.env.cr.fetchall()
        self.env.cr.execute(
            """SELECT due_date, rule_id, COUNT(*) FROM dealer_followup
            WHERE due_date BETWEEN %(first)s AND %(last)s
            AND state IN ('todo', 'waiting') AND channel = 'call' GROUP BY 1, 2""",
            {"first": self.today, "last": self.today + timedelta(days=MONTH)},
        )
        self.env.cr.fetchall()

    def test_calendar(self):
        self.month()
        ours = min(self.clock(self.month) for _turn in range(5))
        theirs = min(self.clock(self.month_by_hand) for _turn in range(5))
        print(
            f"\nCalendar of six weeks, {CARS} cars: {ours[0] * 1000:.0f} ms"
            f" ({ours[1]} queries), by hand {theirs[0] * 1000:.0f} ms,"
            f" ratio {ours[0] / theirs[0]:.2f}"
        )
