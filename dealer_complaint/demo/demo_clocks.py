from odoo import models


class DealerComplaint(models.Model):
    """Clocks of the past: they end and begin when the step is said to have been taken,
    not when the demo is loaded."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

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
