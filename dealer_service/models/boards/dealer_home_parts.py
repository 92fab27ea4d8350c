from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ...tools import work_time

PARTS = "dealer_service.dealer_part_need_action"


class DealerHome(models.AbstractModel):
    """What the parts counter lays out, waits for, and has on the shelf."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    def _parts_tiles(self):
        """Of nobody in particular: who stands at the counter does it."""
        shop = self.env.company
        today = shop._dealer_today()
        after = work_time.from_wall(today + timedelta(days=2), 0, shop._dealer_tz())
        # a car that was away comes back
        returns = Domain("reception_id.is_away", "=", True)
        returns &= Domain("reception_id.date_return", "<", after)
        soon = Domain("date_appointment", "<", after) | returns
        shared = {"model": "dealer.part.need", "action": PARTS}
        return [
            {
                **shared,
                "key": "parts_lay_out",
                "domain": soon & Domain("state", "in", ("needed", "ordered", "here")),
                "label": self.env._("To Lay Out by Tomorrow"),
                "help": self.env._(
                    "Parts of the visits until tomorrow that lie with no technician "
                    "yet. The list prints the pick list."
                ),
                "kind": "info",
            },
            {
                **shared,
                "key": "parts_awaited",
                "domain": Domain("state", "=", "ordered")
                & Domain("date_expected", "<=", today),
                "label": self.env._("Parts Awaited Today"),
                "help": self.env._(
                    "On order, and expected today or before: ask the supplier."
                ),
                "kind": "warning",
            },
            {
                **shared,
                "key": "parts_here",
                "domain": Domain("state", "=", "here"),
                "label": self.env._("Arrived, Not Laid Out"),
                "help": self.env._("The parts are here, and nobody has laid them out."),
                "kind": "info",
            },
        ]
