from odoo import models


class DealerDelivery(models.TransientModel):
    """The last step of the hand-over: the customer says how it went."""

    _name = "dealer.delivery"
    _inherit = "dealer.delivery"

    def action_smile_good(self):
        """The customer is satisfied."""
        return self._smile("5")

    def action_smile_fair(self):
        """The customer is neither satisfied nor dissatisfied."""
        return self._smile("3")

    def action_smile_bad(self):
        """The customer is dissatisfied: it is followed at once."""
        return self._smile("1")

    def action_no_smile(self):
        """The customer has left, or does not want to say."""
        self.ensure_one()
        self.check_access("read")
        return self.reception_id._offer_undo()

    def _smile(self, smile):
        self.ensure_one()
        self.check_access("write")
        self.reception_id._give_smile(smile)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Thank you! Have a safe trip."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
