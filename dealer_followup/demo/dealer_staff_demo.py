"""Three months of the callers of the demo dealership."""

from odoo import api, models

#: Of a usual month; see the demo of dealer_service.
CALLER = {
    "calls": (236, None),
    "called": (236, 95),
    "reached": (224, 66),
    "success": (224, 47),
    "undialled": (224, 4),
}


class DealerStaffSheet(models.Model):
    """Loading of the demo sheets."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"

    @api.model
    def _load_demo_callers(self):
        """Loads once."""
        if self.search_count([("role", "=", "caller")]):
            return
        talk = ("接通率提升明显，午后时段值得推广。", "")
        for n, gift, words in ((1, 4, talk), (2, 0, ()), (3, -4, ())):
            user = self.env.ref(f"dealer_followup.demo_user_caller{n}")
            self._demo_months("caller", {"user_id": user.id}, CALLER, gift, *words)
