"""Three months of the complaint handlers of the demo dealership."""

from odoo import api, models

#: Of a usual month; see the demo of dealer_service.
HANDLER = {
    "complaints": (14, None),
    "contact": (44, 93),
    "feedback": (61, 91),
    "reopened": (42, 5),
}


class DealerStaffSheet(models.Model):
    """Loading of the demo sheets."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"

    @api.model
    def _load_demo_handlers(self):
        """Loads once."""
        if self.search_count([("role", "=", "handler")]):
            return
        talk = ("首联全部在两小时内，反馈节奏也稳。", "谢谢，夜班移交我会提前一刻钟。")
        for n, gift, words in ((1, 3, talk), (2, -3, ())):
            user = self.env.ref(f"dealer_complaint.demo_user_complaint{n}")
            self._demo_months("handler", {"user_id": user.id}, HANDLER, gift, *words)
