"""Complaints and their clocks beside OCA's helpdesk tickets and their SLAs."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from tests.complaint_common import DealerComplaintCase

from .ratios import compare, measure, table

COUNT = 1000
RUNNING = 100_000
ROUNDS = 3


class BenchComplaintClocks(DealerComplaintCase):
    """The same number of cases with the same two limits in the same working hours,
    by users with their rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "helpdesk.ticket.sla" not in cls.env:
            raise RuntimeError(
                "The peer is not installed; `make bench` installs it in its database."
            )
        cls.people = cls.env["res.partner"].create(
            [{"name": f"客户{number}"} for number in range(COUNT)]
        )
        cls.agent = new_test_user(
            cls.env,
            login="agent",
            groups="helpdesk_mgmt.group_helpdesk_manager",
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {
                "name": "Complaints",
                "company_id": cls.company.id,
                "use_sla": True,
                "resource_calendar_id": cls.calendar.id,
            }
        )
        stages = cls.env["helpdesk.ticket.stage"].search([], order="sequence")
        cls.first_stage, cls.next_stage, cls.hold_stage, cls.last_stage = stages[:4]
        cls.env["helpdesk.sla"].search([]).active = False
        cls.env["helpdesk.sla"].create(
            [
                {
                    "name": name,
                    "company_id": cls.company.id,
                    "team_ids": [Command.set(cls.team.ids)],
                    "stage_id": stage.id,
                    "days": days,
                    "hours": hours,
                }
                for name, stage, days, hours in (
                    ("Contact", cls.next_stage, 0, 2),
                    ("Solved", cls.last_stage, 3, 0),
                )
            ]
        )

    # ------------------------------------------------------------------
    # CREATING
    # ------------------------------------------------------------------

    def complaints(self, people):
        return (
            self.env["dealer.complaint"]
            .with_user(self.officer)
            .create(
                [
                    {
                        "subject": "刹车异响",
                        "description": "刹车时有异响。",
                        "partner_id": person.id,
                    }
                    for person in people
                ]
            )
        )

    def tickets(self, people):
        return (
            self.env["helpdesk.ticket"]
            .with_user(self.agent)
            .create(
                [
                    {
                        "name": "刹车异响",
                        "description": "刹车时有异响。",
                        "partner_id": person.id,
                        "team_id": self.team.id,
                        "user_id": self.agent.id,
                    }
                    for person in people
                ]
            )
        )

    def test_create(self):
        # the peer looks for no repeats
        self.company.dealer_complaint_repeat_days = 0
        some = self.people[:50]
        rows = [
            (
                f"{COUNT} in one call",
                *compare(
                    self.env,
                    lambda _prepared: self.complaints(self.people),
                    lambda _prepared: self.tickets(self.people),
                    rounds=ROUNDS,
                ),
            ),
            (
                f"{len(some)} one by one",
                *compare(
                    self.env,
                    lambda _prepared: self.one_by_one(some, self.complaints),
                    lambda _prepared: self.one_by_one(some, self.tickets),
                    rounds=ROUNDS,
                ),
            ),
        ]
        complaints, tickets = self.complaints(some), self.tickets(some)
        # counted as they are, whatever the rights of who wrote them: timers
        self.assertEqual(len(complaints.sudo().timer_ids), 2 * len(some))
        # and, for the same reason, the peer's
        self.assertEqual(len(tickets.sudo().ticket_sla_ids), 2 * len(some))
        table(f"Creating cases with two limits each; median of {ROUNDS}", rows)

    # ------------------------------------------------------------------
    # MOVING
    # ------------------------------------------------------------------

    def one_by_one(self, records, move):
        """Each change is a request of its own: empty cache, everything written."""
        for record in records:
            self.env.invalidate_all()
            move(record)
            self.env.cr.flush()

    def at_once(self, records, move):
        self.env.invalidate_all()
        move(records)
        self.env.cr.flush()

    def test_move(self):
        people = self.people[:100]
        rows = []
        for what, mine, stage in (
            (
                "investigate / In Progress",
                lambda records: records.action_investigate(),
                self.next_stage,
            ),
            (
                "pause / Awaiting",
                lambda records: records.with_user(self.complaint_manager).action_pause(
                    "parts", "配件订货"
                ),
                self.hold_stage,
            ),
        ):
            for way, label in ((self.at_once, "at once"), (self.one_by_one, "singly")):
                rows.append(
                    (
                        f"{what}, {label}",
                        *compare(
                            self.env,
                            lambda cases, way=way, mine=mine: way(cases[0], mine),
                            lambda cases, way=way, stage=stage: way(
                                cases[1], lambda r: r.write({"stage_id": stage.id})
                            ),
                            rounds=ROUNDS,
                            setup=lambda: (
                                self.complaints(people),
                                self.tickets(people),
                            ),
                        ),
                    )
                )
        table(f"{len(people)} changes of state; median of {ROUNDS}", rows)

    # ------------------------------------------------------------------
    # WAITING
    # ------------------------------------------------------------------

    def test_idle_tick(self):
        """Nothing is due: what that costs does not depend on what runs."""
        complaint = self.complaints(self.people[:1])
        Timer = self.env["dealer.sla.timer"]
        now = fields.Datetime.now()

        def idle(_prepared):
            Timer._process_due(now)
            Timer._look_ahead(now)

        rows = []
        done = 0
        for count in (1_000, RUNNING):
            self.env.cr.execute(
                """INSERT INTO dealer_sla_timer (complaint_id, company_id, metric,
                       origin, cycle, state, unit, date_start, date_run,
                       date_deadline, next_event_at)
                   SELECT %s, %s, 'external', 'bench,' || i, 1, 'running',
                          'clock_hours', %s, %s, %s, %s + i * interval '1 second'
                     FROM generate_series(%s, %s) i""",
                (complaint.id, self.company.id, now, now)
                + (now + timedelta(days=9), now + timedelta(hours=1), done + 1, count),
            )
            done = count
            self.env.cr.execute("ANALYZE dealer_sla_timer")
            seconds, queries = measure(self.env, idle, rounds=50)
            self.assertLessEqual(queries, 2)
            rows.append(
                f"{count:8} running: {seconds * 1000:.2f} ms, {queries} queries"
            )
        plan = self.env.execute_query(
            SQL("EXPLAIN (ANALYZE, BUFFERS) %s", Timer._due_sql(now, 200))
        )
        text = "\n".join(line for [line] in plan)
        self.assertIn("dealer_sla_timer_due_idx", text)
        self.assertNotIn("Seq Scan on dealer_sla_timer", text)
        print("\nA tick with nothing due\n" + "\n".join(rows))
