from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import work_time


class DealerJob(models.Model):
    """Which jobs take longer than was planned, while something can be done about it."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    is_overrun = fields.Boolean(
        "Over Plan",
        compute="_compute_is_overrun",
        search="_search_is_overrun",
        help="Not done yet, and the hours worked so far exceed the planned hours. A "
        "running clock counts; rework does not.",
    )

    @api.depends("state", "planned_hours", "hours_worked", "log_ids.date_stop")
    def _compute_is_overrun(self):
        now = fields.Datetime.now()
        for job in self:
            seconds = job.hours_worked * 3600
            if job.state == "working":
                # a clock that one may not see runs all the same
                logs = job.sudo().log_ids
                for log in logs.filtered(lambda x: not (x.date_stop or x.is_rework)):
                    seconds += work_time.seconds_between(log.date_start, now)
            planned = job.planned_hours * 3600
            job.is_overrun = job.state != "done" and 0 < planned < seconds

    def _search_is_overrun(self, operator, value):
        if operator != "in":
            return NotImplemented
        begun = self.search(
            [("state", "in", ("working", "paused")), ("planned_hours", ">", 0)]
        )
        found = Domain("id", "in", begun.filtered("is_overrun").ids)
        return found if True in value else ~found
