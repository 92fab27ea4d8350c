from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import groups, work_time
from ...tools.savepoints import each_in_savepoint

_CORRECTION_FIELDS = {"date_start", "date_stop", "note"}


class DealerWorkLog(models.Model):
    """When a technician worked on a job: the clock goes on and off (工时记录)."""

    _name = "dealer.work.log"
    _description = "Work Log"
    _inherit = "dealer.process.mixin"
    _order = "date_start desc, id desc"
    _rec_name = "job_id"
    _check_company_auto = True

    job_id = fields.Many2one(
        "dealer.job", required=True, index=True, ondelete="cascade"
    )
    reception_id = fields.Many2one(
        related="job_id.reception_id",
        store=True,
        precompute=True,
        index=True,
        string="Visit",
    )
    company_id = fields.Many2one(
        related="job_id.company_id", store=True, precompute=True, index=True
    )
    technician_id = fields.Many2one(
        "resource.resource",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_role', '=', 'technician')]",
    )
    technician_user_id = fields.Many2one(
        related="technician_id.user_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        string="User of the Technician",
    )
    date_start = fields.Datetime("Start", required=True, index=True)
    date_stop = fields.Datetime("Stop")
    seconds = fields.Integer(
        compute="_compute_seconds",
        store=True,
        precompute=True,
        help="In seconds; 0 while the clock is running.",
    )
    hours = fields.Float(compute="_compute_seconds", store=True, precompute=True)
    is_rework = fields.Boolean("Rework", readonly=True)
    is_cut = fields.Boolean(
        "Ended at Closing Time",
        readonly=True,
        help="The clock was left running overnight and was ended at closing time.",
    )
    is_corrected = fields.Boolean("Corrected", readonly=True)
    corrected_by_id = fields.Many2one("res.users", readonly=True)
    note = fields.Char("Reason for the Correction")

    _running_uniq = models.UniqueIndex(
        "(technician_id) WHERE date_stop IS NULL",
        "This technician is working on another job. Pause it or finish it first.",
    )
    _technician_idx = models.Index("(technician_id, date_start DESC)")
    _check_order = models.Constraint(
        "CHECK(date_stop >= date_start)", "A work log cannot stop before it starts."
    )

    @api.depends("date_start", "date_stop")
    def _compute_seconds(self):
        for log in self:
            log.seconds = (
                work_time.seconds_between(log.date_start, log.date_stop)
                if log.date_start and log.date_stop
                else 0
            )
            log.hours = log.seconds / 3600

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        by_method = self._is_by_method()
        if not by_method:
            for vals in vals_list:
                if not vals.get("date_stop"):
                    raise UserError(
                        self.env._(
                            "A running clock is started on its job. By hand you can "
                            "add only work that has ended."
                        )
                    )
                vals.update(is_corrected=True, corrected_by_id=self.env.uid)
        logs = super().create(vals_list)
        if not by_method:
            logs._check_overlap()
            for log in logs:
                log._post_correction(self.env._("added"))
        return logs

    def write(self, vals):
        if self._is_by_method():
            return super().write(vals)
        self._check_correction(vals)
        before = {log: log._span_label() for log in self}
        result = super().write(
            {**vals, "is_corrected": True, "corrected_by_id": self.env.uid}
        )
        self._check_overlap()
        for log in self:
            log._post_correction(before[log])
        return result

    def _check_correction(self, vals):
        """:raise AccessError: when anyone but a manager corrects a log
        :raise UserError: for what a correction cannot change
        """
        if not self.env.su and not self.env.user.has_group(groups.MANAGER):
            raise AccessError(
                self.env._("Only a service manager may correct work logs.")
            )
        if not _CORRECTION_FIELDS.issuperset(vals):
            raise UserError(
                self.env._("Only the times of a work log can be corrected.")
            )
        if "date_stop" in vals and not vals["date_stop"]:
            raise UserError(self.env._("A stopped clock cannot be restarted."))

    def _check_overlap(self):
        """:raise ValidationError: when a technician would be on two jobs at once"""
        for log in self:
            # an overlap is one in whatever shop or job it is
            other = self.sudo().search(
                [
                    ("id", "!=", log.id),
                    ("technician_id", "=", log.technician_id.id),
                    ("date_start", "<", log.date_stop or fields.Datetime.now()),
                    "|",
                    ("date_stop", "=", False),
                    ("date_stop", ">", log.date_start),
                ],
                limit=1,
            )
            if other and other.company_id != log.company_id:
                raise ValidationError(
                    self.env._(
                        "%(technician)s worked in another shop at that time "
                        "(%(span)s). Nobody can work on two jobs at once.",
                        technician=log.technician_id.name,
                        span=other._span_label(),
                    )
                )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(technician)s worked on “%(job)s” at that time "
                        "(%(span)s). Nobody can work on two jobs at once.",
                        technician=log.technician_id.name,
                        job=other.job_id.display_name,
                        span=other._span_label(),
                    )
                )

    def _post_correction(self, before):
        """The correction stays in the history of the visit: who, from, to."""
        self.reception_id.message_post(
            body=self.env._(
                "Work log of %(technician)s on “%(job)s” corrected: %(before)s →"
                " %(after)s. %(note)s",
                technician=self.technician_id.name,
                job=self.job_id.name,
                before=before,
                after=self._span_label(),
                note=self.note or "",
            )
        )

    @api.model
    def _create_by_method(self, vals_list):
        # a clock that has just been stopped must not look like a running one
        self.flush_model(["technician_id", "date_stop"])
        return self._by_method().create(vals_list)

    # ------------------------------------------------------------------
    # THE CLOCK
    # ------------------------------------------------------------------

    def _stop(self, now):
        """Stop the clock; one that ran over night is cut and flagged instead."""
        self -= self._cut(now)
        self._write_by_method({"date_stop": now})

    def _cut_overnight(self, now):
        """Cut what was left running over night, and pause the jobs.

        :return: the logs that were cut
        """
        cut = self._cut(now)
        jobs = cut.job_id.filtered(
            lambda job: (
                # a colleague may be at work on it
                job.state == "working" and all(job.log_ids.mapped("date_stop"))
            )
        )
        jobs._write_by_method({"state": "paused", "pause_reason": "other"})
        return cut

    def _cut(self, now):
        """Stop at closing time the clocks over which midnight has passed."""
        cut = self.browse()
        for company, logs in self.grouped("company_id").items():
            tz = company._dealer_tz()
            for log in logs:
                start = log.date_start
                if not log.date_stop and work_time.is_overnight(start, now, tz):
                    day = work_time.local_date(start, tz)
                    spans = self._opening_spans(company, day)
                    log._write_by_method(
                        {
                            "date_stop": work_time.cut_stop(start, spans),
                            "is_cut": True,
                        }
                    )
                    cut += log
        return cut

    @api.model
    def _opening_spans(self, company, day):
        """Opening hours of a shop on one day, as pairs of naive UTC.

        On a holiday the usual hours of that weekday: who works then all the same,
        leaves at the usual time.
        """
        calendar = company._dealer_calendar()
        if not calendar:
            return []
        # run by a job, Odoo would count the holidays of every shop
        ours = list(company._dealer_leave_domain())
        tz = pytz.timezone(calendar.tz or "UTC")
        start, stop = (
            pytz.utc.localize(instant).astimezone(tz)
            for instant in work_time.day_span(day, tz)
        )
        intervals = (
            calendar._work_intervals_batch(start, stop, domain=ours)[False]
            or calendar._attendance_intervals_batch(start, stop)[False]
        )
        return [
            tuple(
                instant.astimezone(pytz.utc).replace(tzinfo=None)
                for instant in interval[:2]
            )
            for interval in intervals
        ]

    @api.model
    def _cron_cut_open_logs(self, batch_size=100):
        """Cut the clocks that were left running over night. Harmless when repeated."""
        now = fields.Datetime.now()
        # whatever the time zone, a clock of the last minutes has not passed midnight
        # unless it really has: the exact test is in _cut
        running = self.search(
            [("date_stop", "=", False), ("date_start", "<", now - timedelta(minutes=1))]
        )
        done = 0
        for start in range(0, len(running), batch_size):
            batch = running[start : start + batch_size].try_lock_for_update()
            # one that cannot be cut runs on, and is tried again next time
            cut = each_in_savepoint(batch, lambda log: log._cut_overnight(now))
            done += len(cut.filtered("is_cut"))
            remaining = max(0, len(running) - start - batch_size)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break
        return done

    def _span_label(self):
        """The times of the log as the user reads them."""
        self.ensure_one()

        def local(date, pattern):
            return fields.Datetime.context_timestamp(self, date).strftime(pattern)

        start = local(self.date_start, "%Y-%m-%d %H:%M")
        stop = local(self.date_stop, "%m-%d %H:%M") if self.date_stop else ""
        return f"{start}–{stop}"
