from odoo import api, models
from odoo.exceptions import AccessError

from ...tools import groups

#: What whoever opens a payment may write: its thread, its tasks, that it was sent.
_OF_EVERYBODY = ("activity_", "is_sent", "message_")
#: From the money being on its way to being there, or what Odoo's own button says.
_TAKEN = ("in_process", "paid")


class AccountPayment(models.Model):
    """Money that was taken for a visit stays taken, as it was counted.

    Whoever holds the cash does not rewrite how much it was. Accounting takes a payment
    back, in Odoo's way.
    """

    _name = "account.payment"
    _inherit = ["account.payment", "dealer.recorded.mixin"]

    def _check_direct_write(self, vals):
        for name in vals:
            if not name.startswith(_OF_EVERYBODY):
                changed = self._would_change(vals, name)
                if name == "state" and vals[name] in _TAKEN:
                    changed = changed.filtered(lambda pay: pay.state not in _TAKEN)
                changed._check_stays()
        return super()._check_direct_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_visit(self):
        self._check_stays()

    def _check_stays(self):
        """:raise AccessError: for money of a visit, unless accounting asks"""
        if groups.keeps_books(self.env):
            return
        for payment in self.filtered(lambda pay: pay.state != "draft"):
            # the cashier has no rights on visits
            known = payment.sudo()
            invoices = known.invoice_ids | known.reconciled_invoice_ids
            if invoices.reception_id:
                raise AccessError(
                    self.env._(
                        "%(payment)s was taken for %(visit)s and stays as it is. Ask "
                        "accounting to take it back.",
                        payment=payment.display_name,
                        visit=", ".join(invoices.reception_id.mapped("name")),
                    )
                )


class AccountPartialReconcile(models.Model):
    """Which payment paid which invoice of a visit."""

    _name = "account.partial.reconcile"
    _inherit = "account.partial.reconcile"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_visit(self):
        """:raise AccessError: for a payment that would no longer be the invoice's"""
        if groups.keeps_books(self.env):
            return
        lines = self.debit_move_id | self.credit_move_id
        for move in lines.move_id.filtered("reception_id"):
            raise AccessError(
                self.env._(
                    "What %(invoice)s was paid with is kept. Ask accounting to take "
                    "the payment back.",
                    invoice=move.display_name,
                )
            )
