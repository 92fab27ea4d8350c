from odoo import api, fields, models
from odoo.exceptions import UserError

PAUSE_REASONS = [
    ("customer", "Waiting for the Customer"),
    ("parts", "Waiting for Parts"),
    ("manufacturer", "Waiting for the Manufacturer"),
    ("inspection", "Third-party Inspection"),
]


class DealerSlaSegment(models.Model):
    """A stretch of time a timer ran or was paused. Written once, never changed."""

    _name = "dealer.sla.segment"
    _description = "SLA Segment"
    _inherit = ["dealer.label.mixin"]
    _order = "timer_id, date_from, id"
    _rec_name = "kind"

    timer_id = fields.Many2one(
        "dealer.sla.timer", required=True, index=True, ondelete="cascade"
    )
    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    kind = fields.Selection(
        [("run", "Running"), ("pause", "Paused")], required=True, default="run"
    )
    date_from = fields.Datetime("From", required=True)
    date_to = fields.Datetime("To", required=True)
    seconds = fields.Integer(
        help="Seconds, in the kind of time in which the target is measured.",
        aggregator="sum",
    )
    reason = fields.Selection(PAUSE_REASONS)
    note = fields.Text()
    user_id = fields.Many2one("res.users", "Requested By", ondelete="restrict")
    approver_id = fields.Many2one("res.users", "Approved By", ondelete="restrict")
    date_cap = fields.Datetime("Until at Latest")

    _check_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A segment cannot end before it begins."
    )

    def write(self, vals):
        if vals:
            raise UserError(
                self.env._("The record of running and paused time is final.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        raise UserError(self.env._("The record of running and paused time is final."))
