from odoo import models
from odoo.exceptions import AccessError

from ...tools import groups

#: From the money being on its way to being there.
_TAKEN = ("in_process", "paid")


class AccountPayment(models.Model):
    """What goes through a till: whoever counts it does not make it fit.

    In a shop whoever collects without keeping the books takes money in, gives it back
    for a credit note or a deposit, and leaves both as they were counted. Everything
    else is entered by accounting.
    """

    _name = "account.payment"
    _inherit = "account.payment"

    def _check_entered(self, vals_list):
        super()._check_entered(vals_list)
        if groups.keeps_books(self.env):
            return
        for vals in vals_list:
            if vals.get("state", "draft") != "draft":
                raise AccessError(
                    self.env._("A payment is entered first, and confirmed then.")
                )

    def _check_direct_write(self, vals):
        result = super()._check_direct_write(vals)
        if vals.get("state") in _TAKEN:
            self._would_change(vals, "state")._check_goes_through_till()
        return result

    def _check_stays(self):
        super()._check_stays()
        if groups.keeps_books(self.env):
            return
        for payment in self.filtered(lambda pay: pay.state != "draft"):
            if (
                payment.company_id._receives_cars()
                and payment.partner_type == "customer"
            ):
                raise AccessError(
                    self.env._(
                        "%(payment)s belongs to the takings of %(user)s and stays as "
                        "it is. Ask accounting to take it back.",
                        payment=payment.display_name,
                        user=payment.create_uid.name,
                    )
                )

    def _check_goes_through_till(self):
        """:raise AccessError: for money that whoever collects would give away"""
        if groups.keeps_books(self.env):
            return
        for payment in self.filtered(lambda pay: pay.state == "draft"):
            if not payment.company_id._receives_cars():
                continue
            if payment.payment_type == "outbound":
                raise AccessError(
                    self.env._(
                        "Money is given back for a credit note, with “Register "
                        "Payment” on it. Ask accounting to pay out anything else."
                    )
                )
            today = payment.company_id._dealer_today()
            if payment.journal_id.type == "cash" and payment.date != today:
                raise AccessError(
                    self.env._(
                        "Money in the till is counted on the day it is taken. Ask "
                        "accounting to enter a payment of another day."
                    )
                )
