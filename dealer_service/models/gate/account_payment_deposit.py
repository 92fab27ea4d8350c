from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import groups
from ...tools.arguments import LABEL, MONEY, RECORD, TEXT, arguments
from ...tools.refusal import NamedRefusal
from ..common.dealer_reception_states import OPEN_STATES

#: Money that was taken, or given back.
_TAKEN = ("in_process", "paid")
#: Visits that the counter offers at once; a search finds the others.
_MAX_VISITS = 40


class DepositRefused(NamedRefusal):
    """A deposit cannot be taken, or given back, so; the message says why."""


class AccountPayment(models.Model):
    """A deposit (定金): money for a visit, taken before there is an invoice.

    It is a payment that waits for its invoice, on the customer's account as Odoo keeps
    it: set off when the bill of the visit is posted, or given back the way it came.
    """

    _name = "account.payment"
    _inherit = "account.payment"
    _RECORDED_FIELDS = frozenset({"dealer_deposit_visit_id"})

    dealer_deposit_visit_id = fields.Many2one(
        "dealer.reception",
        "Deposit for the Visit",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=f"{groups.ADVISOR},account.group_account_invoice",
    )

    # ------------------------------------------------------------------
    # COUNTER
    # ------------------------------------------------------------------

    @api.model
    @arguments(words=TEXT)
    def get_deposit_board(self, words=None):
        """The visits for which a deposit can be taken, or is held.

        :param str words: plate, number or customer; without, those that hold a deposit
            come first, then the next appointments
        :return: list of dicts, at most 40, each with its ``deposits``
        """
        self._check_counter()
        # the cashier has no rights on visits, and is told the car and its customer
        visits = self.env["dealer.reception"].sudo()
        shops = Domain("company_id", "in", self.env.companies.ids)
        holding = self.sudo().search(self._held_domain()).dealer_deposit_visit_id
        domain = shops & (
            Domain("id", "in", holding.ids) | Domain("state", "in", OPEN_STATES)
        )
        if words := (words or "").strip():
            domain &= Domain("display_name", "ilike", words)
        else:
            visits = holding.sorted("id", reverse=True)
        if len(visits) < _MAX_VISITS:
            domain &= Domain("id", "not in", visits.ids)
            order = "date_appointment desc, id desc"
            visits += visits.search(domain, order=order, limit=_MAX_VISITS)
        return [visit._deposit_card(self.env) for visit in visits[:_MAX_VISITS]]

    @api.model
    @arguments(visit_id=RECORD, method_id=RECORD, amount=MONEY, reference=LABEL)
    def action_take_deposit(
        self, visit_id, method_id=None, amount=None, reference=None
    ):
        """Take a deposit for a visit or a booking that has no bill yet.

        :param int visit_id: the visit
        :param int method_id: how it is paid: one of the ``methods`` of the counter
        :param float amount: how much
        :param str reference: the number on the slip, or of the transfer
        :raise DepositRefused: for a visit whose bill is there, and for no amount
        :return: id of the payment
        """
        self._check_counter()
        visit = self._deposit_visit(visit_id)
        if words := visit._no_deposit_words():
            raise DepositRefused(words)
        money = visit.currency_id
        if money.compare_amounts(amount or 0.0, 0.0) <= 0:
            raise DepositRefused(self.env._("Enter how much is paid as a deposit."))
        method = self.env["account.move"]._cashier_method(method_id, visit.company_id)
        payment = self._enter_deposit(
            visit,
            "inbound",
            amount=amount,
            payment_method_line_id=method.id,
            journal_id=method.journal_id.id,
            partner_id=visit.partner_id.commercial_partner_id.id,
            payment_reference=(reference or "").strip(),
            memo=self.env._(
                "Deposit %(car)s %(visit)s",
                car=visit._deposit_car(),
                visit=visit.name,
            ),
        )
        visit._message_log(
            body=self.env._(
                "Deposit of %(amount)s taken: %(way)s",
                amount=money.format(payment.amount),
                way=payment.journal_id.name,
            )
        )
        return payment.id

    @arguments(reason=TEXT)
    def action_return_deposit(self, reason=None):
        """Give back what is left of a deposit, the way it was paid.

        :param str reason: why
        :raise AccessError: for the cashier, while the visit goes on
        :raise DepositRefused: without a reason, and when nothing is left
        :return: id of the payment that gives it back
        """
        self.ensure_one()
        self._check_counter()
        self.check_access("write")
        # of two desks the second waits, and finds it given back
        self.env.cr.execute(
            "UPDATE account_payment SET id = id WHERE id = %s", (self.id,)
        )
        self.invalidate_recordset()
        # the cashier has no rights on visits
        visit = self.sudo().dealer_deposit_visit_id
        left = self._deposit_left()
        if self.payment_type != "inbound" or self.currency_id.is_zero(left):
            raise DepositRefused(
                self.env._("Nothing is left of this deposit to be given back.")
            )
        self._check_may_return(visit)
        reason = (reason or "").strip()
        if not reason:
            raise DepositRefused(self.env._("Say why the deposit is given back."))
        method = self._way_back()
        back = self._enter_deposit(
            visit,
            "outbound",
            amount=left,
            payment_method_line_id=method.id,
            journal_id=self.journal_id.id,
            partner_id=self.partner_id.id,
            payment_reference=self.payment_reference,
            memo=self.env._(
                "Deposit given back %(car)s %(visit)s: %(reason)s",
                car=visit._deposit_car(),
                visit=visit.name,
                reason=reason,
            ),
        )
        (self._debt_lines() | back._debt_lines()).reconcile()
        visit._message_log(
            body=self.env._(
                "Deposit of %(amount)s given back: %(reason)s",
                amount=visit.currency_id.format(left),
                reason=reason,
            )
        )
        return back.id

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _is_deposit(self):
        # a till is counted whole, whatever the cashier may read of visits
        return super()._is_deposit() or bool(self.sudo().dealer_deposit_visit_id)

    def _visits_paid_for(self):
        # the cashier has no rights on visits
        return super()._visits_paid_for() | self.sudo().dealer_deposit_visit_id

    def _check_day_of_till(self, invoice):
        """A deposit was counted on its own day, and pays the bill of its own visit."""
        # the cashier has no rights on visits
        visit = self.sudo().dealer_deposit_visit_id
        if not visit:
            return super()._check_day_of_till(invoice)
        # as above
        if visit != invoice.sudo().reception_id:
            raise AccessError(
                self.env._(
                    "%(payment)s is the deposit for %(visit)s, and pays nothing else.",
                    payment=self.display_name,
                    visit=visit.name,
                )
            )
        return None

    def _check_counter(self):
        """:raise AccessError: for whoever takes no payments"""
        self.env["account.move"]._check_cashier()

    @api.model
    def _held_domain(self):
        """Deposits of which something may be left."""
        return (
            Domain("dealer_deposit_visit_id", "!=", False)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("payment_type", "=", "inbound")
            & Domain("state", "in", _TAKEN)
            & Domain("is_reconciled", "=", False)
        )

    @api.model
    def _deposit_visit(self, visit_id):
        """:raise DepositRefused: for no visit of the shops of the user"""
        # the cashier has no rights on visits
        visits = self.env["dealer.reception"].sudo()
        visit = visits.browse(visit_id or 0).exists()
        if not visit or visit.company_id not in self.env.companies:
            raise DepositRefused(self.env._("Choose the visit of the deposit."))
        return visit

    def _check_may_return(self, visit):
        """:raise AccessError: for whoever collects, while the visit goes on"""
        if groups.keeps_books(self.env) or not visit._is_going_on():
            return
        raise AccessError(
            self.env._(
                "%(visit)s goes on: its deposit is set off at the settlement. Once the "
                "visit is cancelled or paid you give back what is left; before, "
                "accounting does.",
                visit=visit.name,
            )
        )

    def _way_back(self):
        """The way to pay out of the same journal.

        :raise DepositRefused: if there is none
        """
        ways = self.journal_id.outbound_payment_method_line_ids
        # a cheque has to be printed first
        method = ways.filtered(lambda line: line.code == "manual")[:1]
        if not method:
            raise DepositRefused(
                self.env._(
                    "%s has no way to give money back yet: accounting sets it up.",
                    self.journal_id.name,
                )
            )
        return method

    @api.model
    def _enter_deposit(self, visit, kind, **values):
        """Money of a deposit comes in or goes out, on the day of the till."""
        entries = self.with_company(visit.company_id)
        payment = entries.with_context(force_payment_move=True)._create_by_method(
            [
                {
                    "payment_type": kind,
                    "partner_type": "customer",
                    "currency_id": visit.currency_id.id,
                    "company_id": visit.company_id.id,
                    "date": visit.company_id._dealer_today(),
                    "dealer_deposit_visit_id": visit.id,
                    **values,
                }
            ]
        )
        payment._by_method().action_post()
        return payment.with_env(self.env)

    def _debt_lines(self):
        """The lines of these payments that say what the customer has to have."""
        # a line is looked at by the process, whatever of the ledger the user reads
        return self.sudo().move_id.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
            )
        )

    def _deposit_left(self):
        """What of these deposits was neither set off nor given back."""
        taken = self.filtered(lambda pay: pay.state in _TAKEN)
        return -sum(taken._debt_lines().mapped("amount_residual"))
