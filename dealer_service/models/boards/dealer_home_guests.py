from odoo import models
from odoo.fields import Domain

from ..common.dealer_reception_states import IN_HOUSE_STATES
from .dealer_home_service import VISITS


class DealerHome(models.AbstractModel):
    """Who is here for the first time, and the rooms in which guests wait."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    def _guest_tiles(self):
        return [*self._first_visit_tiles(), *self._facility_tiles()]

    def _first_visit_tiles(self):
        return [
            {
                "key": "first_visit",
                "domain": Domain("state", "in", IN_HOUSE_STATES)
                & Domain("is_first_visit", "=", True),
                "label": self.env._("First Visitors on Site"),
                "help": self.env._("Greet them by name, and show them the shop."),
                "kind": "info",
                "model": "dealer.reception",
                "action": VISITS,
                "mine": Domain([("advisor_id", "in", (self.env.uid, False))]),
            },
        ]

    def _facility_tiles(self):
        return [
            {
                "key": "facility",
                "domain": Domain("open_count", ">", 0),
                "label": self.env._("Rooms to Mend"),
                "help": self.env._("Found bad on a round, and not mended yet."),
                "kind": "warning",
                "model": "dealer.facility.round",
                "action": "dealer_service.dealer_facility_round_action",
            },
        ]
