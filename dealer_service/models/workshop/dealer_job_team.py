from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DealerJob(models.Model):
    """Several technicians on one job: each has a clock, and a share of its hours.

    One of them leads: who waits for parts pauses the job for all, and finishes it. The
    others come in and go again by themselves.
    """

    _name = "dealer.job"
    _inherit = "dealer.job"

    helper_ids = fields.Many2many(
        "resource.resource",
        "dealer_job_helper_rel",
        "job_id",
        "technician_id",
        "Helping Technicians",
        check_company=True,
        domain="[('dealer_role', '=', 'technician'), ('id', '!=', technician_id)]",
        help="Work on the job beside its technician. The hours sold are shared by the "
        "time on the clock.",
    )
    is_shared = fields.Boolean(
        "Shared",
        compute="_compute_is_shared",
        store=True,
        help="Several technicians work on the job.",
    )
    can_join = fields.Boolean(
        "I Can Join",
        compute="_compute_can_join",
        help="Somebody works on the job, and my own clock does not run on it.",
    )

    @api.depends("helper_ids")
    def _compute_is_shared(self):
        for job in self:
            job.is_shared = bool(job.helper_ids)

    @api.depends("state", "technician_id", "helper_ids", "log_ids.date_stop")
    @api.depends_context("uid")
    def _compute_can_join(self):
        working = self.filtered(lambda job: job.is_shared and job.state == "working")
        (self - working).can_join = False
        if not working:
            return
        # whose clock runs must be known, also of logs that are not one's own
        logs = self.env["dealer.work.log"].sudo()
        running = logs.search(
            [("job_id", "in", working._origin.ids), ("date_stop", "=", False)]
        )
        at_work = {(log.job_id.id, log.technician_id.id) for log in running}
        for job in working:
            technician = job._whose_clock()
            job.can_join = (
                technician.user_id == self.env.user
                and (job._origin.id, technician.id) not in at_work
            )

    @api.constrains("helper_ids", "technician_id")
    def _check_helpers(self):
        for job in self.filtered("is_shared"):
            for helper in job.helper_ids:
                if helper.dealer_role != "technician":
                    raise ValidationError(
                        self.env._(
                            "%(resource)s is not a technician of the workshop.",
                            resource=helper.name,
                        )
                    )
                if helper == job.technician_id:
                    raise ValidationError(
                        self.env._(
                            "%(technician)s leads “%(job)s” and cannot help with it "
                            "as well.",
                            technician=helper.name,
                            job=job.name,
                        )
                    )

    def action_join(self):
        """Work on a job on which a colleague works already: the own clock starts."""
        return self._start()

    def _whose_clock(self):
        """Whose clock the user starts and stops here: the own one of a helper,
        otherwise that of the technician who leads."""
        self.ensure_one()
        if not self.is_shared:
            return self.technician_id
        mine = self.helper_ids.filtered(
            lambda technician: technician.user_id == self.env.user
        )
        if mine and self.technician_user_id != self.env.user:
            return mine[:1]
        return self.technician_id

    def _check_leads(self):
        """:raise UserError: for a helper, who does not say when the job is done"""
        for job in self:
            if job._whose_clock() != job.technician_id:
                raise UserError(
                    self.env._(
                        "%(technician)s leads “%(job)s” and says when it is done. Stop "
                        "your own clock with “Pause”.",
                        technician=job.technician_id.name or "–",
                        job=job.name,
                    )
                )

    def _is_clock_running(self, technician):
        self.ensure_one()
        # the clock's record, of which a technician sees the own rows
        return any(
            not log.date_stop and log.technician_id == technician
            for log in self.sudo().log_ids
        )

    def _leave_clock(self, technician, reason, now):
        """One of those who work on the job stops; with the last one it is paused.

        :raise UserError: for a helper who is not at work on it
        """
        self.ensure_one()
        # as above
        running = self.sudo().log_ids.filtered(lambda log: not log.date_stop)
        own = running.filtered(lambda log: log.technician_id == technician)
        if running - own:
            if not own:
                raise UserError(
                    self.env._(
                        "Your clock does not run on “%(job)s”. %(technician)s works "
                        "on it.",
                        job=self.name,
                        technician=", ".join(running.technician_id.mapped("name")),
                    )
                )
            own._stop(now)
        else:
            self._pause(reason, now)
