from odoo import models
from odoo.exceptions import UserError

from ...tools.arguments import RECORD, TEXT, arguments


class AccountMove(models.Model):
    """Money that goes out at the counter: what a credit note says, and no more."""

    _name = "account.move"
    _inherit = "account.move"

    @arguments(method_id=RECORD, reference=TEXT)
    def action_give_back(self, method_id=None, reference=None):
        """Give back what these credit notes of one visit say, all of it.

        :param int method_id: the way it goes: one of the ``methods`` of the counter
        :param str reference: the number on the slip, or of the transfer
        :raise UserError: for what is no credit note, or is not confirmed yet
        """
        self._check_cashier()
        self.check_access("write")
        self._claim_bill()
        self._check_may_give_back()
        method = self._cashier_method(method_id, self.company_id)
        way = method.journal_id.outbound_payment_method_line_ids[:1]
        if not way:
            raise UserError(
                self.env._(
                    "No money goes out by %(way)s: choose another one.",
                    way=self._method_label(method),
                )
            )
        register = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=self.ids)
            .create(
                {
                    "journal_id": method.journal_id.id,
                    "payment_method_line_id": way.id,
                    # the day of the till, wherever the clock of the user stands
                    "payment_date": self.company_id._dealer_today(),
                    "group_payment": True,
                    "dealer_reference": (reference or "").strip(),
                }
            )
        )
        register.with_context(dont_redirect_to_payments=True).action_create_payments()
        return True

    def _check_may_give_back(self):
        """:raise UserError: for what is no credit note, or is not confirmed yet"""
        if any(move.move_type != "out_refund" for move in self):
            raise UserError(
                self.env._(
                    "Money is given back for a credit note, and for nothing else."
                )
            )
        if any(move.state == "draft" for move in self):
            raise UserError(
                self.env._(
                    "Accounting confirms this credit note first. Then the money is "
                    "given back here."
                )
            )
