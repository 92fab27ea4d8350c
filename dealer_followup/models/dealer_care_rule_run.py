import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..tools.care_days import anchor_window, shift

_logger = logging.getLogger(__name__)

#: First key of the advisory locks: one for each rule.
LOCK = 20_261_123
BATCH = 2000
#: Days: further ahead no single cause is planned.
PLAN_AHEAD = 400


class DealerCareRule(models.Model):
    """The generator: one method for the night, for "now" and for a delivery.

    A cause is found by its day, within the window in which a call is of use; so a
    night that was missed and a cause that was entered late are caught, and ten years
    of imported history are left alone. A cause that has its task is skipped by its
    key; the unique index stands behind that.
    """

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    @api.model
    def _cron_generate(self):
        """Every night: drop what is over, follow corrections, create what is due."""
        cron = self.env["ir.cron"]
        self.env["dealer.followup"]._expire()
        self.env["dealer.followup"]._release_claims()
        self.env["fleet.vehicle.model"]._update_habits()
        rules = self.search([("active", "=", True)])
        left = cron._commit_progress(remaining=len(rules))
        for rule in rules:
            if not left:
                return
            rule._run(commit=cron._commit_progress)
            left = cron._commit_progress(1)

    def _run(self, causes=None, commit=None):
        """Create what is due; a rule that fails never stops another.

        :param list causes: ids of the records that are the cause, for "this visit has
            just been delivered"; default: all that are due
        :param commit: called after each batch
        :return: number of new follow-ups
        """
        total = 0
        for rule in self:
            count = 0
            try:
                with self.env.cr.savepoint():
                    if causes is None:
                        rule._sync()
                for batch in rule._batches(causes):
                    with self.env.cr.savepoint():
                        count += rule._generate(*batch)
                    if commit:
                        commit()
            except psycopg2.OperationalError:
                # two transactions met: Odoo runs the whole again
                raise
            except Exception as error:
                _logger.exception("Care rule %s failed", rule.code)
                rule._record_run(error=str(error))
            else:
                if causes is None or rule.last_error:
                    rule._record_run(count)
            total += count
        return total

    def _record_run(self, count=0, error=False):
        self.write(
            {
                "last_run": fields.Datetime.now(),
                "last_count": count,
                "last_error": error,
            }
        )

    # ------------------------------------------------------------------
    # CANDIDATES
    # ------------------------------------------------------------------

    def _batches(self, causes=None):
        """What is due: (shops, first and last day, zone, ids of the causes)."""
        self.ensure_one()
        # the calendar of a shop may belong to any company
        companies = self.company_id or self.env["res.company"].sudo().search(
            [("active", "=", True)]
        )
        by_zone = companies.grouped(lambda company: company._dealer_tz().zone)
        for zone, shops in by_zone.items():
            if not self._lock():
                return
            today = shops[0]._dealer_today()
            # a visit of today is planned at once, however far ahead its call lies
            ahead = PLAN_AHEAD if causes else self.window_days
            window = anchor_window(
                today, self.offset_months, self.offset_days, ahead, self.expire_days
            )
            found = self._due(today, ahead, *window, zone, causes)
            for ids in split_every(BATCH, found):
                if self._lock():
                    yield shops, *window, zone, ids

    def _lock(self):
        """Whether this transaction alone runs the rule."""
        query = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id)
        return self.env.execute_query(query)[0][0]

    def _due(self, today, ahead, first, last, zone, causes=None):
        """Ids of the causes that are due and have no follow-up of this rule yet."""
        self.env.flush_all()
        source = self._source(first, last, zone)
        earliest = today - timedelta(days=self.expire_days)
        if self.start_date:
            earliest = max(earliest, self.start_date)
        conditions = [
            source.where,
            source.span or SQL("TRUE"),
            SQL("%s BETWEEN %s AND %s", source.anchor, first, last),
            SQL(
                "%s BETWEEN %s AND %s",
                self._due_sql(source),
                earliest,
                today + timedelta(days=ahead),
            ),
            self._sample_sql(source),
            self._no_task_sql(source),
        ]
        if self.source != "birthday":
            conditions.append(self._vehicle_condition())
        if causes is not None:
            conditions.append(SQL("%s IN %s", source.row, tuple(causes) or (0,)))
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE %s ORDER BY 1",
                source.row,
                source.tables,
                SQL(" AND ").join(SQL("(%s)", part) for part in conditions),
            )
        )
        return [row[0] for row in rows]

    def _due_sql(self, source):
        return SQL(
            "((%s + make_interval(months => %s))::date + %s)",
            source.anchor,
            self.offset_months,
            self.offset_days,
        )

    def _sample_sql(self, source):
        if self.sampling_percent >= 100:
            return SQL("TRUE")
        return SQL(
            "('x' || substr(md5(%s || %s), 1, 7))::bit(28)::int %% 100 < %s",
            self.code,
            source.key,
            self.sampling_percent,
        )

    def _no_task_sql(self, source):
        """One look into the unique index for each cause.

        A scalar subquery, because NOT EXISTS becomes a join whose plan depends on
        estimates: on a table that has just grown by a hundred thousand rows it
        compares every cause with every task.
        """
        return SQL(
            """(SELECT 1 FROM dealer_followup f WHERE f.rule_id = %s
            AND COALESCE(f.vehicle_id, 0) = COALESCE(%s, 0) AND f.anchor_key = %s
            LIMIT 1) IS NULL""",
            self.id,
            source.vehicle,
            source.key,
        )

    def _candidates(self, first, last, zone, ids):
        """The facts of each cause, as dicts ready to be judged."""
        source = self._source(first, last, zone)
        return self.env.execute_query_dict(
            SQL(
                """SELECT %(vehicle)s AS vehicle_id, who.id AS partner_id,
                    who.name AS contact_name, who.phone_key AS contact_phone,
                    %(key)s AS anchor_key, %(anchor)s AS anchor_date,
                    %(visit)s AS visit_id, v.seller_id, before.advisor_id,
                    COALESCE(%(company)s, v.company_id, before.company_id,
                        seller.company_id) AS company_id
                FROM %(tables)s
                JOIN res_partner who ON who.id = %(partner)s
                LEFT JOIN res_users seller ON seller.id = v.seller_id
                LEFT JOIN LATERAL (
                    SELECT m.company_id, m.advisor_id FROM dealer_reception m
                    WHERE m.vehicle_id = v.id AND m.state = 'delivered'
                    ORDER BY m.date_arrived DESC LIMIT 1
                ) before ON TRUE
                WHERE %(row)s IN %(ids)s AND who.partner_share IS NOT FALSE
                AND %(span)s AND %(anchor)s BETWEEN %(first)s AND %(last)s
                AND %(where)s
                ORDER BY %(row)s""",
                vehicle=source.vehicle,
                key=source.key,
                anchor=source.anchor,
                visit=source.visit,
                company=source.company,
                tables=source.tables,
                partner=source.partner,
                row=source.row,
                ids=tuple(ids),
                span=source.span or SQL("TRUE"),
                first=first,
                last=last,
                where=source.where,
            )
        )

    # ------------------------------------------------------------------
    # TASKS
    # ------------------------------------------------------------------

    def _generate(self, companies, first, last, zone, ids):
        """Judge one batch of causes and create its follow-ups.

        :return: number of follow-ups created
        """
        self.ensure_one()
        home = self.company_id or companies.browse(min(companies.ids))
        subjects = []
        for row in self._candidates(first, last, zone, ids):
            row["company_id"] = row["company_id"] or home.id
            if row["company_id"] in companies.ids:
                subjects.append(row)
        blocks = self._blocks(subjects)
        kept = []
        for row, block in zip(subjects, blocks, strict=True):
            if block and not block.is_final:
                continue  # tried again every night until it is too late
            row["state"] = "suppressed" if block else "todo"
            row["close_reason"] = block.reason if block else False
            kept.append(row)
        self._plan(kept)
        self._assign([row for row in kept if row["state"] == "todo"])
        return len(self._create_tasks(kept))

    def _plan(self, rows):
        """Due, expiry and first try, on days on which the shop is open."""
        for row in rows:
            row["due_date"] = shift(
                row["anchor_date"], self.offset_months, self.offset_days
            )
        shops = self.env["res.company"].browse({row["company_id"] for row in rows})
        for shop in shops:
            mine = [row for row in rows if row["company_id"] == shop.id]
            days = [row["due_date"] for row in mine]
            first, last = min(days), max(days) + timedelta(days=31)
            is_open = shop._dealer_open_days(first, last) if self._rolls() else None
            rolled = {day: self._roll(day, is_open) for day in set(days)}
            begins = {day: shop._dealer_midnight(day) for day in set(rolled.values())}
            for row in mine:
                day = row["due_date"] = rolled[row["due_date"]]
                row["expire_date"] = day + timedelta(days=self.expire_days)
                row["next_try_at"] = begins[day]

    def _rolls(self):
        return self.avoid_closed_days and self.purpose != "greeting"

    @staticmethod
    def _roll(day, open_days):
        """``day``, or the next one on which the shop is open."""
        for wait in range(31 if open_days else 0):
            if day + timedelta(days=wait) in open_days:
                return day + timedelta(days=wait)
        return day

    def _create_tasks(self, rows):
        """Create the follow-ups; whoever was faster with one of them has won."""
        tasks = self.env["dealer.followup"]
        values = [
            {
                "rule_id": self.id,
                "priority": self.sequence,
                "channel": self.channel,
                **{name: value for name, value in row.items() if name in tasks._fields},
            }
            for row in rows
        ]
        for value in values:
            value.setdefault("user_id", False)
        try:
            with self.env.cr.savepoint():
                return tasks.create(values)
        except psycopg2.errors.UniqueViolation:
            known = set(
                tasks.search_fetch(
                    [
                        ("rule_id", "=", self.id),
                        ("anchor_key", "in", [row["anchor_key"] for row in rows]),
                    ],
                    ["vehicle_id", "anchor_key"],
                ).mapped(lambda task: (task.vehicle_id.id, task.anchor_key))
            )
            return tasks.create(
                [
                    value
                    for value in values
                    if (value["vehicle_id"] or False, value["anchor_key"]) not in known
                ]
            )

    # ------------------------------------------------------------------
    # CORRECTIONS
    # ------------------------------------------------------------------

    def _sync(self, vehicles=None):
        """Let open tasks follow their cause: another day, or no cause any more.

        :param vehicles: only tasks of these cars
        """
        self.ensure_one()
        self.env.flush_all()
        tasks = self.env["dealer.followup"]
        if self.source == "manual":
            return
        companies = self.company_id or self.env["res.company"].sudo().search(  # tz
            [("active", "=", True)]
        )
        for zone, shops in companies.grouped(lambda c: c._dealer_tz().zone).items():
            today = shops[0]._dealer_today()
            for task_id, day, partner_id in self._changed(zone, shops, today, vehicles):
                task = tasks.browse(task_id)
                if day is None:
                    task._close("cancelled", "cause_gone")
                elif task.state == "todo":
                    task._follow(day, partner_id)

    def _changed(self, zone, shops, today, vehicles=None):
        """Open tasks whose cause has another day or customer now.

        :return: rows (id of the task, day or None, customer)
        """
        if self.source == "birthday":
            return []  # each year is its own cause
        source = self._source(today, today, zone)
        return self.env.execute_query(
            SQL(
                """SELECT f.id, cause.anchor, cause.partner_id FROM dealer_followup f
                LEFT JOIN LATERAL (
                    SELECT %(anchor)s AS anchor, %(partner)s AS partner_id
                    FROM %(tables)s
                    WHERE %(task)s AND %(key)s = f.anchor_key AND %(where)s
                ) cause ON TRUE
                WHERE f.rule_id = %(rule)s AND f.state IN ('todo', 'waiting')
                AND f.company_id IN %(shops)s AND f.anchor_date IS NOT NULL
                AND %(some)s AND (f.anchor_date IS DISTINCT FROM cause.anchor
                    OR f.partner_id IS DISTINCT FROM cause.partner_id)""",
                anchor=source.anchor,
                partner=source.partner,
                tables=source.tables,
                task=source.task,
                key=source.key,
                where=source.where,
                rule=self.id,
                shops=tuple(shops.ids),
                some=SQL("f.vehicle_id IN %s", tuple(vehicles.ids))
                if vehicles
                else SQL("TRUE"),
            )
        )
