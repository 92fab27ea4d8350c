from odoo import models


class DealerCashClosing(models.Model):
    """What the paper of a shift's takings shows. Called by its template."""

    _name = "dealer.cash.closing"
    _inherit = ["dealer.cash.closing", "dealer.paper.mixin"]

    def _paper_payments(self):
        """Every payment of the shift, the earliest first."""
        # a till is told whole, whatever who prints it may read of it
        payments = self.sudo().payment_ids.sorted(lambda pay: (pay.create_date, pay.id))
        return [
            {
                "time": self._paper_time(payment.create_date),
                "number": payment.name or "",
                "plate": ", ".join(
                    filter(None, payment._visits_paid_for().mapped("license_plate"))
                ),
                "is_deposit": payment._is_deposit(),
                "way": payment.journal_id.name,
                "reference": payment.payment_reference or "",
                "amount": payment.amount_company_currency_signed,
            }
            for payment in payments
        ]
