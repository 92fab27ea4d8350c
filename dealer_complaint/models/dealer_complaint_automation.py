from odoo import models

from .dealer_complaint_states import OPEN_STATES

_STEPS = {"general": "escalated", "escalated": "major"}


class DealerComplaint(models.Model):
    """What automation rules and the action menu do: each works unattended, on many
    complaints, and leaves alone what needs nothing."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    def action_escalate(self):
        """Raise the grade by one step and tell the managers."""
        self.check_access("write")
        for complaint in self.filtered(lambda c: c.state in OPEN_STATES):
            step = _STEPS.get(complaint.grade)
            if not step:
                continue
            complaint._raise_grade(step, complaint._for_reader().env._("Escalated"))
            complaint._tell_managers()
        return True

    def _tell_managers(self):
        self.ensure_one()
        managers = self.env["dealer.sla.level"]._members("manager", self.company_id)
        for manager in managers[:3]:
            # whoever escalates need not see who manages
            reader = self.sudo()._for_reader(manager)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=reader.env._("Escalated: see to it"),
                user_id=manager.id,
            )

    def action_handover_to_officer(self):
        """Offer the complaints to an officer of their company, who has to accept.

        One that is offered already, or is an officer's, is left alone.
        """
        for complaint in self.filtered(lambda c: c.state in OPEN_STATES):
            officers = self.env["dealer.sla.level"]._members(
                "officer", complaint.company_id
            )
            if (
                officers
                and complaint.handover_state != "pending"
                and complaint.user_id not in officers
            ):
                complaint.action_handover(officers[0])
        return True
