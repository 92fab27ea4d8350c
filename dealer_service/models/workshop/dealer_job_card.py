from odoo import api, fields, models


class DealerJob(models.Model):
    """What stands on a technician's card, so that nothing has to be looked up."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    concern_words = fields.Text(
        "Customer's Words",
        compute="_compute_concern_words",
        help="What the customer reported, as it was written down at reception.",
    )
    rework_reason = fields.Text(
        "Why It Failed",
        compute="_compute_rework_reason",
        help="The note of the quality check that sent the job back.",
    )
    supplement_state = fields.Selection(
        related="reception_id.supplement_state", string="Supplements"
    )
    is_visit_done = fields.Boolean(
        related="reception_id.is_work_done", string="All Jobs of the Car Done"
    )

    @api.depends("reception_id.concern_ids.name")
    def _compute_concern_words(self):
        for job in self:
            job.concern_words = "\n".join(job.reception_id.concern_ids.mapped("name"))

    @api.depends("is_rework", "reception_id.quality_check_ids.failed_job_ids")
    def _compute_rework_reason(self):
        for job in self:
            checks = job.reception_id.quality_check_ids if job.is_rework else []
            notes = [
                check.note
                for check in checks
                if check.result == "fail" and job._origin in check.failed_job_ids
            ]
            # the last one stands first
            job.rework_reason = notes[0] if notes else False
