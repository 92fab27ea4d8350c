from odoo import models

from ..tools.work_clock import to_seconds

#: Working spans sent with a countdown; further ones come with the next reading.
MAX_SPANS = 40


class DealerSlaTimer(models.Model):
    """The working time a countdown has left."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    def _countdown_spans(self, source):
        """Working spans until the deadline as ``[from, to]`` seconds since 1970.

        None where time simply passes: clock hours, and days, which are counted in days
        and not in hours.
        """
        self.ensure_one()
        if self.unit != "working_hours" or source.now >= self.date_deadline:
            return None
        spans = source.reckon(
            self.calendar_id or self.company_id._dealer_calendar(),
            self.company_id.id,
            source.now,
            lambda clock: clock.spans_between(source.now, self.date_deadline),
        )
        return [[to_seconds(low), to_seconds(high)] for low, high in spans[:MAX_SPANS]]
