from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.work_time import wait_for_hand
from .dealer_job import OPEN_JOB_STATES
from .dealer_job_board import TRAY_STATES

#: From the customer's authorization until the quality check is passed, consented
#: labour becomes work of the visit.
JOB_CREATING_STATES = ("authorized", "working", "quality")


class DealerReception(models.Model):
    """The visit in the workshop: its jobs, and what they say about the visit."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    job_ids = fields.One2many("dealer.job", "reception_id", "Jobs")
    job_count = fields.Integer(compute="_compute_job_counts")
    job_open_count = fields.Integer("Open Jobs", compute="_compute_job_counts")
    hours_sold = fields.Float(compute="_compute_job_counts")
    hours_worked = fields.Float(compute="_compute_job_counts")
    hours_rework = fields.Float("Rework Hours", compute="_compute_job_counts")
    is_work_done = fields.Boolean(
        "All Jobs Done",
        compute="_compute_job_counts",
        help="The car can go to the quality check.",
    )

    @api.depends(
        "state",
        "job_ids.state",
        "job_ids.is_approved",
        "job_ids.hours_sold",
        "job_ids.hours_worked",
        "job_ids.hours_rework",
    )
    def _compute_job_counts(self):
        # sums of hours only; a technician's record rules must not falsify them
        jobs = self.env["dealer.job"].sudo()
        totals = {}
        for reception, state, is_approved, count, *hours in jobs._read_group(
            [("reception_id", "in", self.ids)],
            ["reception_id", "state", "is_approved"],
            ["__count", "hours_sold:sum", "hours_worked:sum", "hours_rework:sum"],
        ):
            row = totals.setdefault(reception.id, [0, 0, 0, 0, 0])
            row[0] += count
            row[1] += count if jobs._counts_as_open(state, is_approved) else 0
            for index, value in enumerate(hours, 2):
                row[index] += value
        for reception in self:
            count, is_open, sold, worked, rework = totals.get(
                reception._origin.id, [0, 0, 0, 0, 0]
            )
            reception.job_count = count
            reception.job_open_count = is_open
            reception.hours_sold = sold
            reception.hours_worked = worked
            reception.hours_rework = rework
            reception.is_work_done = (
                reception.state == "working" and count > 0 and not is_open
            )

    # ------------------------------------------------------------------
    # HOOKS OF THE PROCESS
    # ------------------------------------------------------------------

    def _notify_workshop(self, _change):
        # the board shows jobs, of whichever technician
        shown = self.sudo().filtered("job_ids")
        self.env["dealer.job"]._send_board_change(shown.company_id)

    def _drop_jobs(self):
        # nobody has worked on them: a cancelled visit has never been started
        self.sudo().job_ids.unlink()

    def _stop_jobs(self):
        """Bays and technicians are free again; hours that were worked stay."""
        # whose jobs they are, the car is gone
        jobs = self.sudo().job_ids
        begun = jobs.filtered("date_started")
        (jobs - begun).unlink()
        begun._break_off()

    def _plan_jobs_anew(self, _change):
        """A car that drives away frees its bay; it is planned once it is back."""
        # whoever lets the car go need not plan the workshop
        jobs = self.filtered("is_away").sudo().job_ids
        planned = jobs.filtered(lambda job: job.state in ("pending", "paused"))
        planned.filtered("date_planned_start").date_planned_start = False

    def _is_worked_on(self):
        # whose jobs they are; looking for a fault fits no part
        work = self.sudo().job_ids.filtered(lambda job: job.kind != "diagnosis")
        return bool(work.filtered("date_started")) or super()._is_worked_on()

    def _check_jobs_done(self, _target=None):
        """:raise UserError: naming the jobs that are open"""
        for reception in self:
            jobs = reception._open_jobs()
            if jobs:
                raise UserError(
                    self.env._(
                        "%(visit)s: the work is not finished.\n%(jobs)s",
                        visit=reception.display_name,
                        jobs="\n".join(reception._job_lines(jobs)),
                    )
                )

    def _settlement_obstacles(self):
        """Open jobs, beside what else keeps the visit from settlement."""
        return super()._settlement_obstacles() + self._job_lines(self._open_jobs())

    def _promise_hours(self):
        """The work as it was offered, once the open jobs of the shop leave a hand."""
        wait, work, check = super()._promise_hours()
        lines = self._living_orders().order_line.filtered(
            lambda line: (
                line.dealer_kind == "labour" and line.dealer_decision != "declined"
            )
        )
        offered = sum(line._job_hours() for line in lines)
        return wait + self._hours_until_free(), offered or work, check

    def _hours_until_free(self):
        """Hours until a technician of the shop has nothing else to do."""
        # how busy the shop is: sums of hours, whoever may see the jobs and people
        shop = self.sudo().env
        jobs = shop["dealer.job"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("reception_id", "not in", self.ids),
                ("reception_id.state", "in", TRAY_STATES),
                ("state", "in", OPEN_JOB_STATES),
            ]
        )
        now = fields.Datetime.now()
        technicians = shop["resource.resource"].search(
            [
                ("dealer_role", "=", "technician"),
                ("company_id", "=", self.company_id.id),
            ]
        )
        away = shop["resource.calendar.leaves"].search(
            [
                ("resource_id", "in", technicians.ids),
                ("date_from", "<=", now),
                ("date_to", ">", now),
            ]
        )
        return wait_for_hand(
            [
                (
                    job.technician_id.id,
                    max(job.planned_hours - job.hours_worked, 0.0),
                )
                for job in jobs
                if job._is_open()
            ],
            (technicians - away.resource_id).ids,
        )

    def _open_jobs(self):
        # a technician who sends the car on sees only own jobs, yet all must be done
        return self.sudo().job_ids.filtered(lambda job: job._is_open())

    def _job_lines(self, jobs):
        return [
            self.env._(
                "Job “%(job)s” is %(state)s (%(technician)s).",
                job=job.name,
                state=job._state_label(),
                technician=job.technician_id.name or self.env._("nobody assigned"),
            )
            for job in jobs
        ]

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _create_jobs(self):
        """Create the jobs of what was agreed to. Harmless when repeated.

        Each line of labour is a job. Parts of an order without any labour are one job
        together: else the workshop would not hear of them.
        """
        receptions = self.filtered(lambda r: r.state in JOB_CREATING_STATES)
        if not receptions:
            return self.env["dealer.job"]
        # jobs follow from the consent, whoever gives it (the customer by his link, too)
        orders = receptions.sudo().order_ids
        vals_list = [
            line._prepare_job_vals()
            for line in orders.order_line
            if line._makes_job() and not line.dealer_job_ids
        ]
        vals_list += [
            parts._prepare_parts_job_vals()
            for order in orders
            if (parts := order._parts_for_workshop())
        ]
        reserved = {
            visit.id: visit.sudo()._reserved_for_work()  # for the same reason
            for visit in receptions
        }
        vals_list = [{**reserved[vals["reception_id"]], **vals} for vals in vals_list]
        jobs = self.env["dealer.job"].sudo()  # for the same reason
        return jobs._create_by_method(vals_list) if vals_list else jobs

    def _propose_finish(self):
        """The last job is done: tell the advisor and the technician what comes next."""
        # who finishes the last job may see neither the other jobs nor the advisor
        for reception in self.sudo():
            if reception.state != "working" or reception._open_jobs():
                continue
            for user in {reception.advisor_id, self.env.user}:
                # in the language of who reads it, not of who worked
                lang = (user == self.env.user and self.env.lang) or user.lang
                env = self.with_context(lang=lang).env
                user._bus_send(
                    "simple_notification",
                    {
                        "type": "success",
                        "title": reception.display_name,
                        "message": env._(
                            "All jobs are done. The car can go to the quality check."
                        ),
                    },
                )

    def action_view_jobs(self):
        """The jobs of the visit."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_service.dealer_job_action"
            ),
            "domain": [("reception_id", "=", self.id)],
            "context": {"default_reception_id": self.id},
        }
