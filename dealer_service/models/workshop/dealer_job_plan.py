from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import groups

#: The shortest block that a plan shows: a job without planned hours takes it.
SHORTEST_PLAN_HOURS = 0.5


class DealerJob(models.Model):
    """When a job is planned, and what it collides with."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    planned_hours = fields.Float(help="Hours the work should take.")
    date_planned_start = fields.Datetime("Planned Start", index="btree_not_null")
    date_planned_end = fields.Datetime(
        "Planned End",
        compute="_compute_date_planned_end",
        store=True,
        readonly=False,
        help="Follows from start and hours; lunch and closing time are skipped.",
    )
    is_conflict = fields.Boolean(
        "Double-Booked",
        compute="_compute_conflict",
        search="_search_is_conflict",
        help="The bay or the technician is already booked for another job at the "
        "same time.",
    )
    conflict_note = fields.Char("Conflict", compute="_compute_conflict")
    can_plan = fields.Boolean(
        compute="_compute_can_plan",
        help="The user may plan jobs, not only work on them.",
    )

    _open_idx = models.Index("(company_id, date_planned_start) WHERE state != 'done'")
    _plan_idx = models.Index("(company_id, date_planned_start, date_planned_end)")
    _check_planned_hours = models.Constraint(
        "CHECK(planned_hours >= 0)", "Planned hours cannot be negative."
    )
    _check_plan_order = models.Constraint(
        "CHECK(date_planned_end >= date_planned_start)",
        "A job cannot be planned to end before it starts.",
    )

    @api.depends_context("uid")
    def _compute_can_plan(self):
        self.can_plan = self.env.user.has_group(groups.ADVISOR)

    @api.depends("date_planned_start", "planned_hours")
    def _compute_date_planned_end(self):
        for job in self:
            start = job.date_planned_start
            if not start:
                job.date_planned_end = False
                continue
            hours = job.planned_hours or SHORTEST_PLAN_HOURS
            company = job.company_id or self.env.company
            calendar = company._dealer_calendar()
            # run as superuser, Odoo would count the holidays of every shop
            ours = list(company._dealer_leave_domain())
            plan = partial(calendar.plan_hours, compute_leaves=True, domain=ours)
            # the calendar knows lunch and closing time; a job planned outside of the
            # opening hours altogether is taken to run through
            plain = start + timedelta(hours=hours)
            end = calendar and plan(hours, start)
            begins = calendar and plan(0.01, start)
            is_open = begins and begins - start <= timedelta(hours=2)
            job.date_planned_end = end if end and is_open else plain

    @api.depends(
        "date_planned_start", "date_planned_end", "technician_id", "bay_id", "state"
    )
    def _compute_conflict(self):
        pairs = self._find_conflicts(self.ids)
        others = {}
        for job_id, other_id in pairs:
            others.setdefault(job_id, set()).add(other_id)
        # the plates of the other jobs only, which the controller needs to see
        jobs = self.sudo().browse({other for _job, other in pairs})
        names = {job.id: job.display_name for job in jobs}
        for job in self:
            found = sorted(others.get(job._origin.id, ()))
            job.is_conflict = bool(found)
            job.conflict_note = (
                self.env._(
                    "Same bay or technician at the same time: %(jobs)s",
                    jobs=", ".join(names[other] for other in found),
                )
                if found
                else False
            )

    def _search_is_conflict(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain(
            "id", "in", [job_id for job_id, _other in self._find_conflicts()]
        )
        return found if True in value else ~found

    @api.model
    def _find_conflicts(self, job_ids=None):
        """Pairs of open jobs that claim one bay or one technician at the same time.

        :param job_ids: only pairs whose first job is one of these; ``None``: all
        """
        if job_ids is not None and not job_ids:
            return []
        self.flush_model(
            ["state", "bay_id", "technician_id", "date_planned_start"]
            + ["date_planned_end", "company_id"]
        )
        only = SQL("AND job.id IN %s", tuple(job_ids)) if job_ids else SQL()
        return self.env.execute_query(
            SQL(
                """
                SELECT job.id, other.id
                  FROM dealer_job job
                  JOIN dealer_job other
                    ON other.id != job.id
                   AND other.company_id = job.company_id
                   AND (other.bay_id = job.bay_id
                        OR other.technician_id = job.technician_id)
                   AND other.date_planned_start < job.date_planned_end
                   AND other.date_planned_end > job.date_planned_start
                 WHERE job.state != 'done' AND other.state != 'done' %s
                """,
                only,
            )
        )
