from odoo import models


class AccountMove(models.Model):
    """A bill is paid by the deposit of its visit first."""

    _name = "account.move"
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        # whoever posts the bill takes no decision about the deposit
        posted.sudo().reception_id._set_off_deposits()
        return posted

    def _claim_for_payment(self):
        claimed = super()._claim_for_payment()
        # one that was posted before the deposit came
        self.sudo().reception_id._set_off_deposits()
        return claimed

    def _cashier_bill(self, payer):
        """What is still to be paid once the deposit is set off."""
        bill = super()._cashier_bill(payer)
        # the cashier has no rights on visits
        known = self.sudo()
        paid = 0.0
        if payer == "customer" and bill["due"] > 0:
            deposits = known.reception_id._open_deposits(known.commercial_partner_id)
            paid = min(bill["due"], self.currency_id.round(deposits._deposit_left()))
        money = self.currency_id
        due = money.round(bill["due"] - paid)
        return {
            **bill,
            "due": due,
            "due_text": money.format(due),
            "deposit": money.format(paid) if paid else "",
        }
