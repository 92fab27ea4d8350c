from odoo import models


class DealerSlaTimer(models.Model):
    """Two missed limits of one complaint escalate it."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    def _raise_after_two_breaches(self):
        counts = self._read_group(
            [("complaint_id", "in", self.complaint_id.ids), ("is_breached", "=", True)],
            ["complaint_id"],
            ["__count"],
        )
        twice = self.env["dealer.complaint"].union(
            *(complaint for complaint, count in counts if count >= 2)
        )
        for complaints in twice.grouped("company_id").values():
            reason = complaints._for_reader().env._("Limits missed twice")
            complaints._raise_grade("escalated", reason)

    def _fire(self, now):
        result = super()._fire(now)
        breached = self.filtered(lambda t: t.is_breach_recorded)
        if breached:
            breached._raise_after_two_breaches()
        return result
