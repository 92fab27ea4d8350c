from odoo import models

from odoo.addons.dealer_complaint.models.common.dealer_complaint_states import (
    REOPENED,
    VOID_STATES,
)

from ..call.dealer_followup import OPEN_STATES


class DealerComplaint(models.Model):
    """A complaint that was resolved is called about: was it handled well?"""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"
    _ENTER_STEPS = (
        (("resolved", "closed"), "_plan_callback"),
        ((REOPENED, "rejected", *VOID_STATES), "_drop_callback"),
    )

    def _drop_callback(self):
        """There is nothing to call about any more."""
        # the handler has no rights on follow-ups
        tasks = self.env["dealer.followup"].sudo()
        tasks.search(
            [
                ("complaint_id", "in", self.ids),
                ("anchor_key", "=like", "complaint:%"),
                ("state", "in", OPEN_STATES),
            ]
        )._close("cancelled", "cause_gone")

    def _plan_callback(self):
        """One callback for each cycle of a complaint."""
        rule = self.env.ref(
            "dealer_followup.care_rule_complaint", raise_if_not_found=False
        )
        # the handler has no rights on follow-ups
        rule = rule and rule.sudo()
        if not rule or not rule.active:
            return
        for complaint in self:
            rule._create_by_hand(
                complaint.partner_id,
                vehicle=complaint.vehicle_id,
                company=complaint.company_id,
                key=f"complaint:{complaint.id}:{complaint.cycle}",
                complaint_id=complaint.id,
            )
