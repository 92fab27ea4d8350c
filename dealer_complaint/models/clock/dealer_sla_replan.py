import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.halves import CONCURRENCY_ERRORS, in_steps
from ..common.dealer_complaint_states import OPEN_STATES
from .dealer_sla_timer_tick import BATCH_SIZE, STEP

_logger = logging.getLogger(__name__)

CRON = "dealer_complaint.ir_cron_dealer_complaint_replan"


class DealerSlaReplan(models.Model):
    """Work to do after working hours, holidays, targets or policies were edited: the
    running timers of that calendar or target are counted anew, in the background; after
    a change of policies every open complaint looks for its targets again."""

    _name = "dealer.sla.replan"
    _description = "SLA Recount"
    _order = "id"
    _rec_name = "create_date"

    calendar_id = fields.Many2one(
        "resource.calendar", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", ondelete="cascade"
    )
    target_id = fields.Many2one(
        "dealer.sla.target", index="btree_not_null", ondelete="cascade"
    )
    is_policy = fields.Boolean("Policies Changed")
    last_timer_id = fields.Integer(
        "Last Done", help="Timers or complaints up to this id have been processed."
    )

    @api.model
    def _queue_calendars(self, pairs):
        """Working hours have changed.

        :param pairs: ``(calendar id, company id)``; a falsy one stands for all
        """
        self._queue(
            [
                {"calendar_id": calendar or False, "company_id": company or False}
                for calendar, company in sorted(set(pairs), key=repr)
            ]
        )

    @api.model
    def _queue_targets(self, targets):
        self._queue([{"target_id": target.id} for target in targets])

    @api.model
    def _queue_policies(self, companies):
        """Other targets may apply to the open complaints.

        :param companies: whose complaints; none: those of every shop
        """
        self._queue(
            [
                {"is_policy": True, "company_id": company_id}
                for company_id in companies.ids or [False]
            ]
        )

    @api.model
    def _queue(self, vals_list):
        """A few rows in the transaction of the edit, whatever the number of timers."""
        # a caller may say that he installs something, but is not the system that does
        if not vals_list or (self.env.su and self.env.context.get("install_mode")):
            return
        # whoever may edit the hours need not know about complaints
        queue = self.sudo()
        pending = queue.search([("last_timer_id", "=", 0)])
        names = ("calendar_id", "company_id", "target_id", "is_policy")
        keys = {
            (*(job[name].id for name in names[:-1]), job.is_policy) for job in pending
        }
        # a worker that has begun it with the old hours meets this write, and begins
        # again with the new ones
        self.env.cr.execute(
            SQL("UPDATE dealer_sla_replan SET id = id WHERE id = ANY(%s)", pending.ids)
        )
        new = [
            vals
            for vals in vals_list
            if tuple(vals.get(name, False) for name in names) not in keys
        ]
        if new:
            queue.create(new)
            # the cron belongs to the system
            self.env.ref(CRON).sudo()._trigger()

    @api.model
    def _cron_replan(self, batch_size=BATCH_SIZE):
        """Work the queue off, a batch of timers in each transaction."""
        cron = self.env["ir.cron"]
        retries = 0
        while job := self.search([], limit=1):
            try:
                done = job._replan_batch(batch_size)
                left = cron._commit_progress(done, remaining=1)
                retries = 0
            except CONCURRENCY_ERRORS:
                self.env.cr.rollback()
                retries += 1
                if retries > 5:
                    raise
                continue
            if not left:
                return
        cron._commit_progress(remaining=0)

    def _replan_batch(self, batch_size):
        """Recount the next timers of this job; the job goes when none are left.

        :return: the number of timers recounted, or of complaints looked at
        """
        self.ensure_one()
        if self.is_policy:
            return self._follow_policies(batch_size)
        timers = self._next_timers(batch_size)
        source = timers._source()

        def recount(some):
            some._replan(source, lambda timer: self.target_id or timer.target_id)
            some._arm()
            some.complaint_id._sla_refresh(source.now)

        done = self._in_steps(timers, recount)
        return self._go_on_after(done, len(timers), batch_size)

    @api.model
    def _in_steps(self, records, work):
        """What fails is left as it was, and keeps no other back."""

        def leave(record, _error):
            _logger.warning("recounting %s failed", record, exc_info=True)

        return in_steps(records, STEP, work, leave)

    def _go_on_after(self, done, found, batch_size):
        """Remember how far this job has come; it goes when nothing is left.

        :param done: those of the batch that were looked after, the first ones
        :param int found: how many the batch had
        :return: the number looked after
        """
        if len(done) == found < batch_size:
            self.unlink()
        else:
            self.last_timer_id = done[-1].id
        return len(done)

    def _follow_policies(self, batch_size):
        """Let the next open complaints follow the policies as they are now."""
        self.env["dealer.complaint"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM dealer_complaint
                   WHERE state IN %s AND id > %s AND %s
                   ORDER BY id LIMIT %s FOR NO KEY UPDATE""",
                OPEN_STATES,
                self.last_timer_id,
                SQL("company_id = %s", self.company_id.id)
                if self.company_id
                else SQL("TRUE"),
                batch_size,
            )
        )
        complaints = self.env["dealer.complaint"].browse(row_id for [row_id] in rows)
        done = self._in_steps(complaints, lambda some: some._sla_follow_policies())
        return self._go_on_after(done, len(complaints), batch_size)

    def _next_timers(self, batch_size):
        conditions = [SQL("state IN ('running', 'paused')")]
        if self.target_id:
            conditions.append(SQL("target_id = %s", self.target_id.id))
        if self.calendar_id:
            conditions.append(SQL("calendar_id = %s", self.calendar_id.id))
        if self.company_id:
            conditions.append(SQL("company_id = %s", self.company_id.id))
        self.env["dealer.sla.timer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM dealer_sla_timer WHERE %s AND id > %s
                   ORDER BY id LIMIT %s FOR NO KEY UPDATE""",
                SQL(" AND ").join(conditions),
                self.last_timer_id,
                batch_size,
            )
        )
        return self.env["dealer.sla.timer"].browse(timer_id for [timer_id] in rows)
