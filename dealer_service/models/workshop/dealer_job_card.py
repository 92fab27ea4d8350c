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
    finding_words = fields.Text(
        "Reported Work",
        compute="_compute_finding_words",
        help="Additional work of the car that the customer has not decided about yet, "
        "and who has to do something about it.",
    )
    is_check_mine = fields.Boolean(
        related="reception_id.is_quality_mine", string="I May Sign the Check"
    )
    check_level = fields.Selection(related="reception_id.quality_level")
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

    @api.depends("reception_id.order_ids.dealer_reason", "reception_id.order_ids.state")
    def _compute_finding_words(self):
        whose = {
            "draft": self.env._("with the advisor"),
            "sent": self.env._("with the customer"),
        }
        for job in self:
            # a technician reads no order: what was found has no price
            orders = job.sudo().reception_id.order_ids.filtered(
                lambda order: (
                    order.dealer_kind == "supplement"
                    and order.state in whose
                    and not order.consent_date
                )
            )
            job.finding_words = "\n".join(
                f"{order.dealer_reason or order.name} · {whose[order.state]}"
                for order in orders
            )

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

    def action_multipoint(self):
        """The inspection by item of the car."""
        self.ensure_one()
        self.check_access("read")
        return self.reception_id.action_multipoint()

    def action_check_quality(self):
        """Open the check of the car that the user may sign.

        :raise UserError: when somebody else has to sign the next one first
        """
        self.ensure_one()
        self.check_access("read")
        return self.reception_id.action_check_quality()
