import time

from odoo.http import Controller, request, route

from ..tools import groups


class SlaClockController(Controller):
    """The server's time, and how the engine stands."""

    @route("/dealer_complaint/sla_clock", type="jsonrpc", auth="user", readonly=True)
    def sla_clock(self):
        """Milliseconds since 1970 (UTC) and, for handlers, the health of the engine."""
        is_handler = request.env.user.has_group(groups.HANDLER)
        health = request.env["dealer.sla.timer"]._health() if is_handler else None
        return {"now": time.time() * 1000, "health": health}
