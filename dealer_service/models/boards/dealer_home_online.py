from odoo import models
from odoo.fields import Domain


class DealerHome(models.AbstractModel):
    """What customers have booked alone."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    def _online_tiles(self):
        """Of a shop whose customers book alone."""
        # no secret; with the user's rights the rules of companies would be read anew
        if not self.env.company.sudo().dealer_online_booking:
            return []
        return [
            {
                "key": "online",
                "model": "dealer.reception",
                "action": "dealer_service.dealer_reception_action_prepare",
                "mine": Domain([("advisor_id", "in", (self.env.uid, False))]),
                "domain": Domain(
                    [("is_by_customer", "=", True), ("state", "=", "booked")]
                ),
                "label": self.env._("Booked Online"),
                "help": self.env._(
                    "Customers have booked these alone, and nobody has prepared them."
                ),
                "kind": "info",
            }
        ]
