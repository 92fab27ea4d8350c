from odoo import fields, models


class DealerSlaTimer(models.Model):
    """Two missed limits of one complaint escalate it."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    def _raise_after_two_breaches(self):
        now = fields.Datetime.now()
        for complaint in self.complaint_id:
            missed = self.search([("complaint_id", "=", complaint.id)]).filtered(
                lambda t: t._is_breached_at(now)
            )
            if len(missed) >= 2:
                complaint._raise_grade("escalated", self.env._("Limits missed twice"))

    def _fire(self, now):
        super()._fire(now)
        breached = self.filtered(lambda t: t.is_breach_recorded)
        if breached:
            breached._raise_after_two_breaches()
