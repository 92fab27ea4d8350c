from base64 import b64encode
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.arguments import LABEL, MONEY, RECORD, arguments

#: What is to be paid, or to be given back, at the counter.
_OPEN = Domain("reception_id", "!=", False) & (
    Domain("move_type", "in", ("out_invoice", "out_refund"))
    & (
        Domain("state", "=", "draft")
        | Domain("state", "=", "posted")
        & Domain("payment_state", "in", ("not_paid", "partial"))
    )
)
#: A button is pressed twice within it, the same money is not taken twice.
_PRESSED_TWICE = timedelta(minutes=1)


class AccountMove(models.Model):
    """The counter: whose car is paid by whom, and the money is taken."""

    _name = "account.move"
    _inherit = "account.move"

    @api.model
    def get_cashier_board(self):
        """What is to be paid, by visit and payer, and how it can be paid.

        :return: dict: ``cars``, one for each visit, the longest settled first, with its
            ``bills`` (one for each payer); ``totals`` by payer; ``methods``
        """
        self._check_cashier()
        moves = self.search(_OPEN, order="id")
        payers = dict(self._fields["dealer_payer"]._description_selection(self.env))
        # the cashier has no rights on visits, and is told the car and its people
        known = moves.sudo()
        visits = known.reception_id.sorted(
            lambda visit: (
                not visit._is_accounted(),
                visit.date_settled or visit.date_left,
                visit.id,
            )
        )
        bills = known.grouped("reception_id")
        cars = [(moves & bills[visit])._cashier_card(visit) for visit in visits]
        order = list(payers)
        for car in cars:
            car["bills"].sort(key=lambda bill: order.index(bill["payer"]))
        return {
            "cars": cars,
            "payers": [{"key": key, "label": label} for key, label in payers.items()],
            "methods": [
                {
                    "id": line.id,
                    "label": self._method_label(line),
                    "company_id": line.company_id.id,
                    "kind": line.journal_id.type,
                    "gives": bool(line.journal_id.outbound_payment_method_line_ids),
                }
                for line in self._cashier_methods()
            ],
        }

    @arguments(method_id=RECORD, amount=MONEY, reference=LABEL)
    def action_take_payment(self, method_id=None, amount=None, reference=None):
        """Take the money for these invoices: post what is a draft, record the payment.

        A bill of nothing, paid by a voucher for instance, is only posted.

        :param int method_id: how it is paid: one of the ``methods`` of the counter;
            none for a bill of nothing
        :param float amount: what was given; all that is due unless given
        :param str reference: the number on the slip, or of the transfer
        :raise UserError: for invoices of several visits or payers, and for more than
            is due
        :return: dict ``due``: what is still to be paid, as text, or False
        """
        self._check_cashier()
        self.check_access("write")
        self._claim_for_payment()
        self.filtered(lambda move: move.state == "draft").action_post()
        due = sum(self.mapped("amount_residual"))
        if not amount and self.currency_id.is_zero(due):
            return {"due": False}
        method = self._cashier_method(method_id, self.company_id)
        amount = due if amount is None or amount is False else float(amount)
        reference = (reference or "").strip()
        self._check_taken(amount, due)
        self._check_not_just_taken(method, amount, reference)
        register = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=self.ids)
            .create(
                {
                    "journal_id": method.journal_id.id,
                    "payment_method_line_id": method.id,
                    # the day of the till, wherever the clock of the user stands
                    "payment_date": self.company_id._dealer_today(),
                    "group_payment": True,
                    "amount": amount,
                    "payment_difference_handling": "open",
                    "dealer_reference": reference,
                }
            )
        )
        register.with_context(dont_redirect_to_payments=True).action_create_payments()
        left = sum(self.mapped("amount_residual"))
        money = self.currency_id
        return {"due": not money.is_zero(left) and money.format(left)}

    def get_settlement_sheet(self):
        """The settlement sheet of the visit that these invoices are for.

        :raise UserError: for invoices of no visit, or of several
        :return: dict ``name`` of the file, ``pdf`` in base64
        """
        self._check_cashier()
        # the cashier has no rights on visits, and hands the customer this paper
        visit = self.sudo().reception_id
        if len(visit) != 1:
            raise UserError(
                self.env._("Choose the invoices of one visit to print its settlement.")
            )
        pdf, _kind = visit.env["ir.actions.report"]._render_qweb_pdf(
            "dealer_service.action_paper_settlement", visit.ids
        )
        return {"name": f"{visit.name}.pdf", "pdf": b64encode(pdf).decode()}

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_cashier(self):
        """:raise AccessError: for whoever takes no payments"""
        self.env["account.payment"].check_access("create")
        self.check_access("read")

    def _claim_for_payment(self):
        """:raise UserError: for what is not one bill that is to be paid"""
        self._claim_bill()
        if any(move.move_type == "out_refund" for move in self):
            raise UserError(
                self.env._(
                    "%(notes)s is a credit note: give the money back on its own page.",
                    notes=", ".join(move.name or "–" for move in self),
                )
            )

    def _claim_bill(self):
        """Have the invoices to oneself: two desks do not take the same money twice.

        :raise UserError: for what is not one bill
        """
        self.env.cr.execute(
            "UPDATE account_move SET id = id WHERE id IN %s", (tuple(self.ids or [0]),)
        )
        self.invalidate_recordset()
        bill = self.filtered_domain(_OPEN)
        # the cashier has no rights on visits
        known = bill.sudo()
        wholes = (
            known.reception_id,
            known.commercial_partner_id,
            known.currency_id,
            set(known.mapped("dealer_payer")),
            known.company_id,
        )
        if any(len(whole) != 1 for whole in wholes) or bill != self:
            raise UserError(
                self.env._(
                    "Choose the unpaid invoices of one visit and of one payer. If "
                    "your page shows something else, reload it: somebody may have "
                    "taken the money already."
                )
            )

    def _check_taken(self, amount, due):
        """:raise UserError: for nothing, and for more than is due"""
        money = self.currency_id
        if (
            money.compare_amounts(amount, 0.0) <= 0
            or money.compare_amounts(amount, due) > 0
        ):
            raise UserError(
                self.env._(
                    "%(amount)s cannot be taken: %(due)s is due.",
                    amount=money.format(amount),
                    due=money.format(due),
                )
            )

    def _check_not_just_taken(self, method, amount, reference):
        """:raise UserError: for a button that was pressed twice"""
        since = fields.Datetime.now() - _PRESSED_TWICE
        for payment in self.matched_payment_ids.filtered(
            lambda pay: (
                pay.create_date >= since
                and pay.payment_method_line_id == method
                and pay.currency_id.compare_amounts(pay.amount, amount) == 0
                and (pay.payment_reference or "") == reference
            )
        ):
            raise UserError(
                self.env._(
                    "%(amount)s was taken this very minute: %(payment)s. If the "
                    "customer has paid the same once more, take it in a minute.",
                    amount=payment.currency_id.format(amount),
                    payment=payment.name,
                )
            )

    @api.model
    def _cashier_methods(self):
        """The ways in which the shops of the user take money, cash first."""
        lines = self.env["account.payment.method.line"].search(
            [
                ("payment_type", "=", "inbound"),
                ("journal_id.type", "in", ("cash", "bank", "credit")),
                ("journal_id.active", "=", True),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        return lines.sorted(
            lambda line: (
                line.journal_id.type != "cash",
                line.journal_id.sequence,
                line.journal_id.id,
                line.sequence,
                line.id,
            )
        )

    @api.model
    def _method_label(self, line):
        """The name the customer knows it by: WeChat is a journal of its own, or one of
        the ways into the bank's."""
        ways = line.journal_id.inbound_payment_method_line_ids
        return line.name if len(ways) > 1 else line.journal_id.name

    @api.model
    def _cashier_method(self, method_id, company):
        """:raise UserError: for what is no way to pay of this shop"""
        lines = self._cashier_methods().filtered(
            lambda line: line.company_id == company
        )
        method = lines & lines.browse(method_id if type(method_id) is int else 0)
        if not method:
            raise UserError(self.env._("Choose how it is paid."))
        return method

    def _cashier_card(self, visit):
        """The car, its people, and what each of its payers owes.

        :param visit: the visit that these invoices are for, readable
        """
        bills = self.grouped(
            lambda move: (
                move.dealer_payer or "customer",
                move.move_type,
                move.commercial_partner_id,
                move.currency_id,
            )
        )
        company = visit.company_id
        date = visit.date_settled or visit.date_left
        return {
            "id": visit.id,
            "plate": visit.license_plate or "",
            "car": visit.vehicle_id.model_id.name or "",
            "visit": visit.name,
            "customer": visit.partner_id.name or "",
            "advisor": visit.advisor_id.name or "",
            "company_id": company.id,
            "settled": company._dealer_format(date) if date else "",
            "has_left": bool(visit.date_left),
            "bills": [
                mine._cashier_bill(payer)
                for (payer, _type, _partner, _money), mine in bills.items()
            ],
        }

    def _cashier_bill(self, payer):
        """What one payer pays for one visit, or gets back."""
        # a draft has no residual yet
        due = sum(
            (-1 if move.move_type == "out_refund" else 1)
            * (move.amount_total if move.state == "draft" else move.amount_residual)
            for move in self
        )
        money = self.currency_id
        return {
            "ids": self.ids,
            "payer": payer,
            "partner": self.commercial_partner_id.name or "",
            "names": [move.name for move in self if move.name and move.name != "/"],
            "is_draft": "draft" in self.mapped("state"),
            "is_refund": "out_refund" in self.mapped("move_type"),
            "due": money.round(due),
            "due_text": money.format(due),
            "currency_id": money.id,
        }
