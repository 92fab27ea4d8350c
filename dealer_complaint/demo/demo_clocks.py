from odoo import models


class DealerComplaint(models.Model):
    """What is heard in the shop; and clocks of the past, which end and begin when a
    step is said to have been taken, not when the demo is loaded."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    def _demo_heard(self, row, now):
        """A technician records what the customer tells him beside the car."""
        technician = self.env.ref("dealer_service.demo_user_tech1")
        self.env["dealer.complaint.heard"].with_user(technician).create(
            {
                "words": row[-1],
                "who": self._demo_car(row[0]).license_plate,
                "date_said": self._demo_back(now, 12),
            }
        ).action_confirm()

    def _demo_end_remedy(self, step, date):
        if step == "resolve":
            self._sla_stop(["remedy"], self._demo_at_work(date))
        elif step == "reject":
            self._sla_cancel(["remedy"], "")

    def _demo_owe_callback(self, step, date):
        if step == "resolve":
            clocks = self._sla_active(["callback"])
            clocks._restart(clocks._source(), self._demo_at_work(date))
            self._sla_refresh()
