from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...tools.actions import open_dialog
from ...tools.arguments import MOMENT, RECORD, TEXT, arguments
from .dealer_job import PAUSE_REASONS

#: Every permitted move of a job: (from, to). A failed quality check reopens a job.
JOB_TRANSITIONS = {
    ("pending", "working"),
    ("working", "paused"),
    ("paused", "working"),
    ("working", "done"),
    ("paused", "done"),
    ("done", "pending"),
}
#: The workshop works on a car only while its visit is in one of these states.
WORKSHOP_STATES = ("authorized", "working")


class DealerJob(models.Model):
    """Starting, pausing and finishing work, and the clock that runs meanwhile."""

    _name = "dealer.job"
    _inherit = "dealer.job"
    _transitions = JOB_TRANSITIONS

    running_job_id = fields.Many2one(
        "dealer.job",
        "Busy With",
        compute="_compute_running_job_id",
        help="The other job the technician is currently working on.",
    )

    def _compute_running_job_id(self):
        # who is busy must be known even where the other job is not one's own to read
        logs = self.env["dealer.work.log"].sudo()
        running = {
            log.technician_id: log.job_id
            for log in logs.search(
                [
                    (
                        "technician_id",
                        "in",
                        [job._whose_clock().id for job in self],
                    ),
                    ("date_stop", "=", False),
                ]
            )
        }
        for job in self:
            other = running.get(job._whose_clock())
            job.running_job_id = other if other != job else False

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_start(self):
        """Start the clock of the job's technician. The first job starts the visit.

        :raise UserError: without consent or technician, outside of the workshop, or
            while the technician works on another job
        """
        return self._start()

    def action_resume(self):
        """Go on with a paused job; as :meth:`action_start`."""
        return self._start()

    def action_switch(self):
        """Leave what the technician is working on and start this job instead."""
        self.check_access("write")
        now = fields.Datetime.now()
        for job in self:
            running = job.running_job_id
            if running:
                # the same technician works on the other job: it is as much one's own
                running.sudo()._leave_clock(job._whose_clock(), "other", now)
            job.invalidate_recordset(["running_job_id"])
        return self._start()

    @arguments(reason=TEXT, note=TEXT)
    def action_pause(self, reason=None, note=None):
        """Stop the clock, and say what the work waits for.

        Who leads the job pauses it for all; a helper stops the own clock.

        :param str reason: ``parts``, ``consent``, ``tool`` or ``other`` (the default)
        :param str note: added to the technician's note
        """
        self.check_access("write")
        reason = reason or self.env.context.get("dealer_pause_reason") or "other"
        if reason not in dict(PAUSE_REASONS):
            raise UserError(
                self.env._("“%(reason)s” is not a valid pause reason.", reason=reason)
            )
        now = fields.Datetime.now()
        for job in self:
            technician = job._whose_clock()
            if technician == job.technician_id:
                job._pause(reason, now)
            else:
                job._leave_clock(technician, reason, now)
            if note:
                job.note = f"{job.note}\n{note}" if job.note else note
        self._tell_advisors_what_is_missing()
        return True

    def action_done(self):
        """The work is done. With the last job the car may go to the quality check."""
        self.check_access("write")
        now = fields.Datetime.now()
        for job in self:
            job._check_leads()
            job._check_move("done")
            job._stop_logs(now)
            job._write_by_method(
                {"state": "done", "pause_reason": False, "date_done": now}
            )
        self.reception_id._propose_finish()
        return True

    @arguments(technician_id=RECORD, bay_id=RECORD, date_planned_start=MOMENT)
    def action_assign(self, technician_id=None, bay_id=None, date_planned_start=None):
        """Plan the jobs: who, where, when. What is not given stays as it is.

        Taking a running job from a technician stops the clock and pauses the job.

        :param int technician_id: a technician (``resource.resource``)
        :param int bay_id: a bay (``resource.resource``)
        :param date_planned_start: UTC, as ``YYYY-MM-DD HH:MM:SS``
        """
        vals = {
            "technician_id": technician_id,
            "bay_id": bay_id,
            "date_planned_start": date_planned_start,
        }
        vals = {name: value for name, value in vals.items() if value is not None}
        if not vals:
            return self._open_assign_form()
        return self.write(vals)

    def _open_assign_form(self):
        self.ensure_one()
        view = "dealer_service.dealer_job_view_form_assign"
        return open_dialog(self, self.env._("Assign"), view=view)

    def action_send_to_quality(self):
        """All jobs of the car are done: it goes to the quality check.

        For the technician, who may move the own car on but not write its visit.
        """
        self.check_access("write")
        # the right was checked on the job, the state machine checks the rest
        return self.reception_id.sudo().action_finish()

    def action_view_concerns(self):
        """What the customer said; the technician adds cause and correction."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_service.dealer_reception_concern_action_workshop"
            ),
            "domain": [("reception_id", "=", self.reception_id.id)],
        }

    def action_view_standards(self):
        """The standards of the visit, to be ticked."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_service.dealer_reception_check_action_workshop"
            ),
            "domain": [("reception_id", "=", self.reception_id.id)],
        }

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_startable(self, technician):
        """:raise UserError: saying what keeps the job from being started"""
        self.ensure_one()
        if self.state != "working" or self._is_clock_running(technician):
            self._check_move("working")
        if not self.is_approved:
            raise UserError(
                self.env._(
                    "The customer has not agreed to “%(job)s” of %(visit)s. Ask for "
                    "consent before the work begins.",
                    job=self.name,
                    visit=self.reception_id.display_name,
                )
            )
        if self.reception_state not in WORKSHOP_STATES:
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: “%(job)s” can be worked on only after"
                    " the customer's authorization and before the quality check.",
                    visit=self.reception_id.display_name,
                    state=self.reception_id._state_label(),
                    job=self.name,
                )
            )
        if self.reception_id.is_away:
            raise UserError(
                self.env._(
                    "%(visit)s: the car is away until its part comes. “%(job)s” can be "
                    "worked on when it is back.",
                    visit=self.reception_id.display_name,
                    job=self.name,
                )
            )
        if not technician:
            raise UserError(
                self.env._(
                    "“%(job)s” has no technician. Assign one first.", job=self.name
                )
            )

    def _start(self):
        self.check_access("write")
        # the log is the clock's record and the visit is not the technician's to write:
        # the right was checked on the job above, everything else is checked below
        logs = self.env["dealer.work.log"].sudo()
        for job in self:
            technician = job._whose_clock()
            job._check_startable(technician)
            now = fields.Datetime.now()
            running = logs.search(
                [
                    ("technician_id", "=", technician.id),
                    ("date_stop", "=", False),
                ]
            )
            running = running - running._cut_overnight(now)
            if running:
                raise UserError(
                    self.env._(
                        "%(technician)s is working on “%(running)s”. Pause it or finish"
                        " it, or switch to “%(job)s” with its button.",
                        technician=technician.name,
                        running=running.job_id.display_name,
                        job=job.name,
                    )
                )
            logs._create_by_method(
                [
                    {
                        "job_id": job.id,
                        "technician_id": technician.id,
                        "date_start": now,
                        "is_rework": job.is_rework,
                    }
                ]
            )
            job._write_by_method(
                {
                    "state": "working",
                    "pause_reason": False,
                    "date_started": job.date_started or now,
                }
            )
            if job.reception_state == "authorized":
                # the first job starts the visit, which a technician does not write
                job.reception_id.sudo().action_start()
        return True

    def _pause(self, reason, now):
        """Stop the clock; a job cut over night is paused already, only say why."""
        self.ensure_one()
        self._check_move("paused")
        self._stop_logs(now)
        self._write_by_method({"state": "paused", "pause_reason": reason})

    def _break_off(self):
        """The car is gone: the clocks stop, and nothing is planned any more."""
        now = fields.Datetime.now()
        open_jobs = self.filtered(lambda job: job.state != "done")
        open_jobs._stop_logs(now)
        for job in open_jobs:
            # nobody was quick by what was never finished
            job._write_by_method({"hours_sold": min(job.hours_sold, job.hours_worked)})
        open_jobs._write_by_method(
            {
                "state": "done",
                "pause_reason": False,
                "date_done": now,
                "date_planned_start": False,
            }
        )

    def _stop_logs(self, now):
        """Stop the running clock; at closing time if midnight has passed since."""
        # the clock's record, which a technician reads but does not write
        running = self.sudo().log_ids.filtered(lambda log: not log.date_stop)
        if not running:
            return
        running._stop(now)

    def _check_reassignment(self, vals):
        """:raise UserError: for a job that is done; the inspector is not who did it"""
        for job in self._would_change(vals, "technician_id"):
            if job.state == "done":
                raise UserError(
                    self.env._("%(job)s is already done.", job=job.display_name)
                )

    def _stop_for_former(self, _change):
        """Another technician takes over: the clock of the former one stops."""
        now = fields.Datetime.now()
        for job in self.filtered(lambda job: job.state == "working"):
            job._pause("other", now)

    def _reopen(self):
        """A quality check failed: back to the same technician, as rework.

        Cleared from the plan, so that the controller finds them in the tray.
        """
        for job in self:
            job._write_by_method(
                {
                    "state": "pending" if job.state == "done" else job.state,
                    "is_rework": True,
                    "rework_count": job.rework_count + 1,
                    "date_done": False,
                    "date_planned_start": False,
                }
            )

    def _is_open(self):
        """Whether the visit has to wait for this job."""
        self.ensure_one()
        return self._counts_as_open(self.state, self.is_approved)

    @api.model
    def _counts_as_open(self, state, is_approved):
        """A job that nobody began and whose agreement was cancelled is void."""
        return state in ("working", "paused") or (state == "pending" and is_approved)

    def _tell_advisors_what_is_missing(self):
        """Stop – tell the advisor: an activity while parts or consent are missing."""
        for job in self.filtered(lambda job: job.pause_reason in ("parts", "consent")):
            # a technician does not write the visit, but the advisor must be told
            reception = job.reception_id.sudo()
            reception = reception._for_reader(reception.advisor_id or self.env.user)
            reasons = dict(
                job._fields["pause_reason"]._description_selection(reception.env)
            )
            summary = reception.env._(
                "%(reason)s: %(job)s", reason=reasons[job.pause_reason], job=job.name
            )
            if summary in reception.activity_ids.mapped("summary"):
                continue
            reception.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=plaintext2html(job.note or ""),
                user_id=reception.advisor_id.id or self.env.uid,
            )
