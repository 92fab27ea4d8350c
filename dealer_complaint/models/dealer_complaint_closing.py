from odoo import models
from odoo.exceptions import UserError


class DealerComplaint(models.Model):
    """The gate before the end: nothing is closed that the customer still waits for."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    def _check_closing_gate(self, _target):
        for complaint in self:
            gaps = complaint._closing_gaps()
            if gaps:
                raise UserError(
                    self.env._(
                        "%(complaint)s cannot be closed yet:\n%(gaps)s",
                        complaint=complaint.name,
                        gaps="\n".join(f"• {gap}" for gap in gaps),
                    )
                )

    def _closing_gaps(self):
        """What is missing before the complaint may be closed, as sentences."""
        self.ensure_one()
        gaps = []
        if not self.date_decision:
            gaps.append(self.env._("The decision was not told to the customer."))
        if not self.decision_answer:
            gaps.append(self.env._("The customer's answer is not recorded."))
        if self.company_id.dealer_complaint_needs_callback and not any(
            contact.kind == "callback" and contact.is_connected
            for contact in self.contact_ids
            if not self.date_resolved or contact.date >= self.date_resolved
        ):
            gaps.append(self.env._("The customer was not called back."))
        return gaps
