from odoo import models
from odoo.fields import Domain


class DealerHome(models.AbstractModel):
    """Cars that are driven until a part comes, on the home of the service."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    def _away_tiles(self):
        away = Domain("is_away", "=", True)
        here = Domain("parts_state", "in", ("here", "laid_out"))
        shared = {
            "model": "dealer.reception",
            "action": "dealer_service.dealer_reception_action",
            "mine": Domain([("advisor_id", "in", (self.env.uid, False))]),
        }
        return [
            {
                **shared,
                "key": "away_here",
                "domain": away & here & Domain("date_return", "=", False),
                "label": self.env._("Away, Parts Here"),
                "help": self.env._(
                    "The parts have come: agree on a day with the customer, and enter "
                    "it in the visit."
                ),
                "kind": "danger",
            },
            {
                **shared,
                "key": "away",
                "domain": away,
                "label": self.env._("Away Until a Part Comes"),
                "help": self.env._("Customers who drive the car in the meantime."),
                "kind": "info",
            },
        ]
