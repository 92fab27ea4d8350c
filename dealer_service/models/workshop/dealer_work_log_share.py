from odoo import api, fields, models


class DealerWorkLog(models.Model):
    """The share of the hours sold that falls to one stretch of work."""

    _name = "dealer.work.log"
    _inherit = "dealer.work.log"

    hours_sold = fields.Float(
        "Share of the Hours Sold",
        compute="_compute_hours_sold",
        store=True,
        help="The hours sold of the job, by the time each has worked on it. Rework "
        "has none.",
    )

    @api.depends(
        "seconds",
        "is_rework",
        "job_id.hours_sold",
        "job_id.log_ids.seconds",
        "job_id.log_ids.is_rework",
    )
    def _compute_hours_sold(self):
        for log in self:
            first = log.job_id.log_ids.filtered(lambda other: not other.is_rework)
            total = sum(first.mapped("seconds"))
            log.hours_sold = (
                log.job_id.hours_sold * log.seconds / total
                if total and log in first
                else 0.0
            )
