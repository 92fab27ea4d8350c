from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ...tools import groups

#: What whoever opens a payment may write: its thread, its tasks, that it was sent.
_OF_EVERYBODY = ("activity_", "is_sent", "message_")
#: From the money being on its way to being there, or what Odoo's own button says.
_TAKEN = ("in_process", "paid")
#: Where money is once it was taken: in the till, at the bank, on its way there.
_MONEY = {"asset_cash", "asset_current", "liability_credit_card"}
#: An invoice and what takes it back.
_CREDITED = {"out_invoice", "out_refund"}


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
            if visits := payment._visits_paid_for():
                raise AccessError(
                    self.env._(
                        "%(payment)s was taken for %(visit)s and stays as it is. Ask "
                        "accounting to take it back.",
                        payment=payment.display_name,
                        visit=", ".join(visits.mapped("name")),
                    )
                )

    def _visits_paid_for(self):
        """The visits that this money was taken for, readable."""
        # the cashier has no rights on visits
        known = self.sudo()
        return (known.invoice_ids | known.reconciled_invoice_ids).reception_id

    def _is_money(self, entry):
        """Whether ``entry`` is that of this payment, and says that money came in."""
        self.ensure_one()
        money, _debt, _written_off = self._seek_for_lines()
        return (
            self.move_id == entry
            and set(money.account_id.mapped("account_type")) <= _MONEY
        )

    def _check_pays(self, invoice):
        """Of one payment, for whoever takes the money for the invoice of a visit.

        :raise AccessError: for less than it says, for another money than is owed, or
            another day than that of the till
        """
        self.ensure_one()
        if self.currency_id != invoice.currency_id:
            raise AccessError(
                self.env._(
                    "%(invoice)s is owed in %(owed)s. Ask accounting to take "
                    "%(taken)s.",
                    invoice=invoice.display_name,
                    owed=invoice.currency_id.name,
                    taken=self.currency_id.name,
                )
            )
        _money, _debt, written_off = self._seek_for_lines()
        if written_off and not invoice._is_eligible_for_early_payment_discount(
            self.currency_id, self.date
        ):
            raise AccessError(
                self.env._(
                    "%(invoice)s is not paid by %(amount)s with the rest written off. "
                    "Take what was paid; what the customer is let off is decided at "
                    "the settlement, or by accounting.",
                    invoice=invoice.display_name,
                    amount=self.currency_id.format(self.amount),
                )
            )
        self._check_day_of_till(invoice)

    def _check_day_of_till(self, invoice):
        """:raise AccessError: for money that is not counted on the day it was taken"""
        company = invoice.company_id
        is_cash = self.journal_id.type == "cash"
        today = company._dealer_today()
        # what was taken yesterday pays the bill of today
        taken = min(today, company._dealer_day(self.create_date))
        if self.date > today or (is_cash and self.date < taken):
            raise AccessError(
                self.env._(
                    "%(invoice)s: money in the till is counted on the day it is taken, "
                    "not on %(date)s. Ask accounting to enter a payment of that day.",
                    invoice=invoice.display_name,
                    date=format_date(self.env, self.date),
                )
            )


class AccountPartialReconcile(models.Model):
    """Which payment paid which invoice of a visit."""

    _name = "account.partial.reconcile"
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        if not groups.keeps_books(self.env):
            for partial in partials:
                partial._check_paid_by_money()
        return partials

    def _check_paid_by_money(self):
        """:raise AccessError: for the invoice of a visit that something else pays"""
        for line, other in (
            (self.debit_move_id, self.credit_move_id),
            (self.credit_move_id, self.debit_move_id),
        ):
            invoice, payment = line.move_id, other.move_id.origin_payment_id
            if not invoice.reception_id or not invoice.is_invoice():
                continue
            # anybody who keeps entries says of them which payment they are of
            if payment and payment._is_money(other.move_id):
                payment._check_pays(invoice)
                continue
            # made by accounting or a service manager: see ``_check_gives_back``
            is_credit = {invoice.move_type, other.move_id.move_type} == _CREDITED
            if is_credit and other.move_id.reception_id == invoice.reception_id:
                continue
            raise AccessError(
                self.env._(
                    "%(invoice)s is paid with money, not with %(entry)s. Ask "
                    "accounting, or a service manager to correct the settlement.",
                    invoice=invoice.display_name,
                    entry=other.move_id.display_name,
                )
            )

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
