from odoo import models


class AccountPaymentMethodLine(models.Model):
    """A way to pay, by the name the customer knows it by."""

    _name = "account.payment.method.line"
    _inherit = "account.payment.method.line"

    def _dealer_label(self):
        """WeChat is a journal of its own, or one of the ways into the bank's."""
        self.ensure_one()
        ways = self.journal_id.inbound_payment_method_line_ids
        return self.name if len(ways) > 1 else self.journal_id.name
