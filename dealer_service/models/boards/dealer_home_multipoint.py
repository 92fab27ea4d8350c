from odoo import models
from odoo.fields import Domain


class DealerHome(models.AbstractModel):
    """What inspections have found, and nobody has offered to the customer."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    def _workshop_tiles(self):
        return [*super()._workshop_tiles(), *self._multipoint_tiles()]

    def _multipoint_tiles(self):
        open_to_work = self.env["dealer.reception"]._states_open_to_work()
        return [
            {
                "key": "multipoint",
                "model": "dealer.multipoint.sheet",
                "action": "dealer_service.dealer_multipoint_sheet_action",
                "mine": Domain([("advisor_id", "in", (self.env.uid, False))]),
                "domain": Domain(
                    [
                        ("state", "=", "done"),
                        ("to_offer_count", ">", 0),
                        ("reception_id.state", "in", open_to_work),
                    ]
                ),
                "label": self.env._("Findings to Offer"),
                "help": self.env._(
                    "Inspected, red or amber, and on no estimate yet. One tap puts "
                    "them there."
                ),
                "kind": "warning",
            }
        ]
