"""The payments of the demo dealership."""

from odoo import models


class AccountMove(models.Model):
    """Payment of the demo invoices."""

    _name = "account.move"
    _inherit = "account.move"

    def _demo_pay(self, day, journal):
        """The money comes in on ``day``, into a journal of ``res_company_demo.xml``."""
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.ids
        )
        register.create(
            {
                "payment_date": day,
                "journal_id": self.env.ref(
                    f"dealer_service.account_journal_{journal}_demo"
                ).id,
            }
        )._create_payments()
