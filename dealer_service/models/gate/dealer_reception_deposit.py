from odoo import api, fields, models

from ...tools import groups
from ..common.dealer_reception_states import OPEN_STATES


class DealerReception(models.Model):
    """What the customer has paid in advance: see ``account.payment``."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    deposit_ids = fields.One2many(
        "account.payment",
        "dealer_deposit_visit_id",
        "Deposits",
        readonly=True,
        groups=groups.ACCOUNTANT,
    )
    deposit_amount = fields.Monetary(
        "Deposit",
        compute="_compute_deposit_amount",
        store=True,
        compute_sudo=True,
        groups=groups.ADVISOR,
        help="What the customer has paid in advance, without what was given back.",
    )

    @api.depends(
        "deposit_ids.state",
        "deposit_ids.payment_type",
        "deposit_ids.amount_company_currency_signed",
    )
    def _compute_deposit_amount(self):
        for visit in self:
            taken = visit.deposit_ids.filtered(
                lambda pay: pay.state in ("in_process", "paid")
            )
            visit.deposit_amount = sum(taken.mapped("amount_company_currency_signed"))

    def _left_to_pay(self, due):
        """A deposit that waits for its bill has paid that much of it already."""
        left = super()._left_to_pay(due)
        # whoever hands over the key is told what is paid, and reads no payments
        if self.currency_id.is_zero(self.sudo().deposit_amount):
            return left
        bills = self._living_invoices().filtered(
            lambda move: move.dealer_payer == "customer"
        )
        payer = bills.commercial_partner_id or self.partner_id.commercial_partner_id
        held = self._open_deposits(payer)._deposit_left()
        # what is left of the deposit then is given back, and pays nothing
        return self.currency_id.round(left - min(held, max(left, 0.0)))

    def _open_deposits(self, payers):
        """Deposits of these customers of which something may be left, oldest first."""
        self.ensure_one()
        # whoever hands over the key is told what is paid, and reads no payments
        known = self.sudo()
        if self.currency_id.is_zero(known.deposit_amount):
            return known.deposit_ids.browse()
        return known.deposit_ids.filtered(
            lambda pay: (
                pay.payment_type == "inbound"
                and not pay.is_reconciled
                and pay.partner_id.commercial_partner_id in payers
            )
        ).sorted("id")

    def _set_off_deposits(self):
        """The posted bills of the customer are paid by what was paid in advance."""
        # a deposit is set off whoever posts the bill
        for visit in self.sudo():
            if visit.currency_id.is_zero(visit.deposit_amount):
                continue
            bills = visit.invoice_ids.filtered(
                lambda move: (
                    move.state == "posted"
                    and move.move_type == "out_invoice"
                    and move.dealer_payer == "customer"
                    and move.payment_state in ("not_paid", "partial")
                )
            )
            owed = bills.line_ids.filtered(
                lambda line: (
                    line.account_type == "asset_receivable" and not line.reconciled
                )
            )
            deposits = visit._open_deposits(bills.commercial_partner_id)
            for account, lines in owed.grouped("account_id").items():
                for payer, mine in lines.grouped("partner_id").items():
                    paid = deposits.filtered(
                        lambda pay, payer=payer: (
                            pay.partner_id.commercial_partner_id
                            == payer.commercial_partner_id
                        )
                    )._debt_lines()
                    paid = paid.filtered(lambda line, on=account: line.account_id == on)
                    if paid:
                        (mine | paid).reconcile()

    def _is_going_on(self):
        """Whether there is, or will be, something for the deposit to pay."""
        self.ensure_one()
        open_bills = self.invoice_ids.filtered(
            lambda move: (
                move.dealer_payer == "customer"
                and move.move_type == "out_invoice"
                and (
                    move.state == "draft"
                    or move.state == "posted"
                    and move.payment_state in ("not_paid", "partial")
                )
            )
        )
        return bool(open_bills) or (self.state in OPEN_STATES and not self.date_settled)

    def _no_deposit_words(self):
        """Why no deposit is taken for the visit; empty if one is."""
        self.ensure_one()
        if self.state not in OPEN_STATES:
            return self.env._(
                "%s is over: a deposit is taken before.", self._deposit_car()
            )
        if self._living_invoices().filtered(
            lambda move: move.dealer_payer == "customer"
        ):
            return self.env._(
                "%s has its bill: take the payment instead.", self._deposit_car()
            )
        if not self.partner_id:
            return self.env._(
                "%s has no customer yet: the advisor enters who pays.",
                self._deposit_car(),
            )
        return ""

    def _deposit_car(self):
        return self.license_plate or self.name

    def _deposit_card(self, env):
        """What the counter shows of the visit.

        :param env: of the cashier; the visit is readable whatever the cashier may read
        """
        self.ensure_one()
        money = self.currency_id
        company = self.company_id
        payments = self.deposit_ids.filtered(lambda pay: pay.payment_type == "inbound")
        deposits = [
            {
                "id": payment.id,
                "amount": money.format(payment.amount),
                "left": left,
                "left_text": money.format(left),
                "way": payment.journal_id.name,
                "date": company._dealer_format(payment.create_date),
                "user": payment.create_uid.name,
                "can_return": bool(left)
                and (groups.keeps_books(env) or not self._is_going_on()),
            }
            for payment in payments.sorted("id")
            if payment.state in ("in_process", "paid")
            for left in [money.round(payment._deposit_left())]
        ]
        when = self.date_arrived or self.date_appointment
        held = sum(row["left"] for row in deposits)
        states = dict(self._fields["state"]._description_selection(env))
        return {
            "id": self.id,
            "plate": self._deposit_car(),
            "car": self.vehicle_id.model_id.name or "",
            "visit": self.name,
            "customer": self.partner_id.name or "",
            "state": states[self.state],
            "when": company._dealer_format(when) if when else "",
            "company_id": company.id,
            "currency_id": money.id,
            "refusal": self._no_deposit_words(),
            "held": money.format(held) if held else "",
            "deposits": deposits,
        }
