import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, split_every

from odoo.addons.dealer_service.tools.arguments import MAX_WORDS

from ...tools.care_days import anchor_window, shift

_logger = logging.getLogger(__name__)

#: First key of the advisory locks: one for each rule.
LOCK = 20_261_123
BATCH = 5000
#: Days: further ahead no single cause is planned.
PLAN_AHEAD = 400
#: So often a batch is begun anew when another transaction was faster.
ATTEMPTS = 5


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

        Whoever loses a race begins the batch anew: with ``commit`` here, without it
        Odoo runs the whole request again.

        :param list causes: ids of the records that are the cause, for "this visit has
            just been delivered"; default: all that are due
        :param commit: called after each batch
        :return: number of new follow-ups
        """
        total = 0
        for rule in self:
            count = 0
            try:
                if causes is None:
                    rule._retrying(rule._sync, commit)
                for batch in rule._batches(causes):
                    count += rule._retrying(rule._generate, commit, *batch) or 0
                if causes is None or rule.last_error:
                    rule._retrying(rule._record_run, commit, count)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if not commit:
                    raise
                _logger.info(
                    "Care rule %s is busy, its rest comes next time", rule.code
                )
            except Exception as error:
                _logger.exception("Care rule %s failed", rule.code)
                rule._record_run(error=str(error)[:MAX_WORDS])
            total += count
        return total

    def _retrying(self, step, commit, *args):
        """Carry out one step of the run, and commit it.

        In Odoo's transactions nobody sees what others commit meanwhile: who meets a
        row of theirs needs a new transaction, which is ours to begin only when we
        commit by ourselves.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.env.cr.savepoint():
                    result = step(*args)
                if commit:
                    commit()
                return result
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if not commit or attempt == ATTEMPTS:
                    raise
                _logger.info("Care rule %s: a batch was met, once more", self.code)
                self.env.cr.rollback()
                if not self._lock():
                    return None  # whoever runs the rule now does it
        return None

    def _record_run(self, count=0, error=False):
        self.write(
            {
                "last_run": fields.Datetime.now(),
                "last_count": count,
                "last_error": error,
            }
        )

    def _batches(self, causes=None):
        """What is due: (shops, first and last day, zone, ids of the causes)."""
        self.ensure_one()
        mine = self._shops()
        by_zone = mine.grouped(lambda company: company._dealer_tz().zone)
        for zone, shops in by_zone.items():
            if not self._lock():
                return
            today = shops[0]._dealer_today()
            # a visit of today is planned at once, however far ahead its call lies
            ahead = PLAN_AHEAD if causes else self.window_days
            window = anchor_window(
                today, self.offset_months, self.offset_days, ahead, self.expire_days
            )
            found = self._due(mine, today, ahead, *window, zone, causes)
            for ids in split_every(BATCH, found):
                if self._lock():
                    yield shops, *window, zone, ids

    def _lock(self):
        """Whether this transaction alone runs the rule."""
        query = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id)
        return self.env.execute_query(query)[0][0]

    # ------------------------------------------------------------------
    # TASKS
    # ------------------------------------------------------------------

    def _generate(self, companies, first, last, zone, ids):
        """Judge one batch of causes and create its follow-ups.

        :return: number of follow-ups created
        """
        self.ensure_one()
        home = self._home_of_strays(companies)
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
        due = {
            day: shift(day, self.offset_months, self.offset_days)
            for day in {row["anchor_date"] for row in rows}
        }
        for row in rows:
            row["due_date"] = due[row["anchor_date"]]
        shops = self.env["res.company"].browse({row["company_id"] for row in rows})
        for shop in shops:
            mine = [row for row in rows if row["company_id"] == shop.id]
            days = {row["due_date"] for row in mine}
            rolled = self._rolled(shop, days)
            begins = {day: shop._dealer_midnight(day) for day in set(rolled.values())}
            for row in mine:
                day = row["due_date"] = rolled[row["due_date"]]
                row["expire_date"] = day + timedelta(days=self.expire_days)
                row["next_try_at"] = begins[day]

    def _rolled(self, shop, days):
        """The days on which is called, by the days on which a call is due."""
        is_open = None
        if self.avoid_closed_days and self.purpose != "greeting":
            last = max(days) + timedelta(days=31)
            is_open = shop._dealer_open_days(min(days), last)
        return {day: self._roll(day, is_open) for day in days}

    @staticmethod
    def _roll(day, open_days):
        """``day``, or the next one on which the shop is open."""
        for wait in range(31 if open_days else 0):
            if day + timedelta(days=wait) in open_days:
                return day + timedelta(days=wait)
        return day

    def _create_tasks(self, rows):
        """Create the follow-ups; whoever was faster with one of them has won."""
        return self.env["dealer.followup"]._create_planned(
            [
                {
                    "rule_id": self.id,
                    "priority": self.sequence,
                    "channel": self.channel,
                    "user_id": False,
                    **row,
                }
                for row in rows
            ]
        )
