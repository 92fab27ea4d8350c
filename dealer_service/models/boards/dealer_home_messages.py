from odoo import models
from odoo.fields import Domain


class DealerHome(models.AbstractModel):
    """Messages that somebody counts on, and that have not arrived."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    def _message_tiles(self):
        """Of whoever sent them, and of the manager."""
        return [
            {
                "key": "messages",
                "model": "dealer.customer.message",
                "action": "dealer_service.dealer_customer_message_action",
                "mine": Domain("user_id", "=", self.env.uid),
                "domain": self.env["dealer.customer.message"]._trouble_domain(),
                "label": self.env._("Messages That Failed"),
                "help": self.env._(
                    "They have not arrived, or nobody knows whether they have: tell "
                    "the customer on the phone, and tick them off."
                ),
                "kind": "danger",
            },
        ]
