from odoo import api, fields, models

from ...tools import groups
from ...tools.work_clock import to_seconds

#: The channel on which open screens hear that clocks have moved.
BUS_EVENT = "dealer_complaint/sla"
#: With more complaints than this the screens simply read again.
MAX_BUS_IDS = 200


class DealerComplaint(models.Model):
    """What a countdown on a screen needs: it counts by itself, on the server's time,
    and stands still while the house is closed."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    sla_clock = fields.Json(
        "Countdown",
        compute="_compute_sla_clock",
        help="state, metric, deadline and warning (seconds since 1970, UTC), spans:"
        " working time until the deadline as [from, to]; null when time simply passes.",
    )

    @api.depends("sla_state", "sla_deadline", "sla_metric", "sla_date_warning")
    def _compute_sla_clock(self):
        running = {}
        # the countdown shows no more than the complaint itself
        timers = self.env["dealer.sla.timer"].sudo()
        for timer in timers.search(
            [("complaint_id", "in", self.ids), ("state", "=", "running")],
            order="date_deadline, id",
        ):
            running.setdefault(timer.complaint_id.id, timer)
        source = timers._source()
        for complaint in self:
            timer = running.get(complaint.id)
            complaint.sla_clock = {
                "id": complaint.id,
                "state": complaint.sla_state,
                "metric": complaint.sla_metric,
                "deadline": timer and to_seconds(timer.date_deadline),
                "warning": timer
                and timer.date_warning
                and to_seconds(timer.date_warning),
                "spans": timer and timer._countdown_spans(source),
            }

    def _tell_screens(self):
        """The clocks of these complaints have moved: open screens read them again."""
        if self:
            handlers = self.env.ref(groups.HANDLER)
            # sent as the system: every handler listens, and each screen reads only
            # what its user may see
            handlers.sudo()._bus_send(
                BUS_EVENT,
                {"ids": self.ids if len(self) <= MAX_BUS_IDS else False},
            )
