from odoo import fields, models

from ..models.dealer_complaint_states import GRADES
from ..models.dealer_sla_segment import PAUSE_REASONS


class DealerComplaintHandover(models.TransientModel):
    """To whom a complaint is offered."""

    _name = "dealer.complaint.handover"
    _description = "Hand Over a Complaint"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Offer To",
        required=True,
        domain="[('share', '=', False)]",
    )

    def action_confirm(self):
        """Offer it."""
        self.complaint_ids.action_handover(self.user_id)
        return {"type": "ir.actions.act_window_close"}


class DealerComplaintPause(models.TransientModel):
    """Why the clocks are paused, and until when at most."""

    _name = "dealer.complaint.pause"
    _description = "Pause the Clocks of a Complaint"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    reason = fields.Selection(PAUSE_REASONS, required=True)
    note = fields.Text("Evidence", required=True)
    until = fields.Datetime("At Most Until")
    is_officer = fields.Boolean(compute="_compute_is_officer")

    def _compute_is_officer(self):
        self.is_officer = self.env["dealer.complaint"]._is_officer()

    def action_confirm(self):
        """Pause; a handler asks the officers to do it."""
        if self.is_officer:
            self.complaint_ids.action_pause(self.reason, self.note, self.until)
        else:
            self._ask_officers()
        return {"type": "ir.actions.act_window_close"}

    def _ask_officers(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for complaint in self.complaint_ids:
            officers = self.env["dealer.sla.level"]._members(
                "officer", complaint.company_id
            )
            for officer in officers[:3]:
                # the handler need not see who the officers are
                complaint.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._(
                        "Approve a pause: %(reason)s", reason=reasons[self.reason]
                    ),
                    note=self.note,
                    user_id=officer.id,
                )


class DealerComplaintLower(models.TransientModel):
    """Why a grade is lowered."""

    _name = "dealer.complaint.lower"
    _description = "Lower the Grade of a Complaint"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    grade = fields.Selection(GRADES[:-1], required=True, default="general")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Lower it."""
        self.complaint_ids.action_lower_grade(self.grade, self.reason)
        return {"type": "ir.actions.act_window_close"}


class DealerComplaintMerge(models.TransientModel):
    """Which complaint goes on."""

    _name = "dealer.complaint.merge"
    _description = "Merge Complaints"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    target_id = fields.Many2one("dealer.complaint", "Goes On", required=True)

    def action_confirm(self):
        """Merge the others into it."""
        (self.complaint_ids - self.target_id).action_merge(self.target_id)
        return {"type": "ir.actions.act_window_close"}
