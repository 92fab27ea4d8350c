from odoo import models


class SaleOrder(models.Model):
    """The customer is sent the link on which he decides."""

    _name = "sale.order"
    _inherit = "sale.order"
    #: See :class:`~.DealerReception`: who has decided is asked no more.
    _TOLD_WHILE = {
        "estimate": [("state", "in", ("draft", "sent"))],
        "supplement": [("state", "in", ("draft", "sent"))],
    }

    def action_send_link(self):
        """Send the customer the link, by the way that reaches him.

        A link that was not made yet is made; whoever has it already keeps it.

        :raise UserError: with the reason when no message may be sent
        """
        self._check_link()
        for order in self:
            if order.state == "draft" or not order.dealer_link:
                asked = order.action_share_link()
                if isinstance(asked, dict):
                    return asked  # the reason of a supplement is missing
            order._check_decidable(is_approval=True)
        return self._send_link()

    def _send_link(self):
        messages = self.env["dealer.customer.message"]
        for order in self:
            visit = order.reception_id
            key = "supplement" if order.dealer_kind == "supplement" else "estimate"
            person = visit.contact_id or visit.partner_id
            messages |= messages._tell_or_say(key, order, partner=person)
        return messages._show_told()


class DealerReception(models.Model):
    """The customer is told of a delay, by the way that reaches him."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def action_send_delay(self):
        """Tell the customer of the delay by a message, and record that.

        :raise UserError: when there is no delay, or no message may be sent
        """
        self.check_access("write")
        messages = self.env["dealer.customer.message"]
        for visit in self.filtered(lambda visit: not visit.is_delay_notified):
            visit.action_tell_delay()
            messages |= messages._tell_or_say("delay", visit)
        return messages._show_told()
