from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.actions import open_list


class DealerAccountStatement(models.Model):
    """What a customer on account owes for a month (对账单): opening, lines, closing.

    It says what the ledger says of the customer, in this shop. Once it was printed or
    sent it stays as it is; what is entered or corrected later for its days stands on
    the next one.
    """

    _name = "dealer.account.statement"
    _description = "Statement of Account"
    _inherit = "dealer.process.mixin"
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _INTAKE = ("_begin", "_draw_up")
    _RECORDED_FIELDS = frozenset(
        {
            "charged",
            "closing",
            "company_id",
            "date_drawn",
            "date_from",
            "date_handed",
            "date_to",
            "opening",
            "paid",
            "partner_id",
            "state",
            "user_id",
        }
    )
    _CHOSEN_FIELDS = frozenset({"company_id", "date_from", "date_to", "partner_id"})
    _GUARDS = ((("date_due", "line_ids"), "_check_open"),)
    _transitions = frozenset({("open", "handed")})

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
    )
    state = fields.Selection(
        [("open", "Draft"), ("handed", "Handed Over")],
        required=True,
        readonly=True,
        default="open",
    )
    date_from = fields.Date(
        "From", required=True, default=lambda self: self._last_month()[0]
    )
    date_to = fields.Date(
        "Until", required=True, default=lambda self: self._last_month()[1]
    )
    date_due = fields.Date("To Be Paid By")
    date_drawn = fields.Datetime("Drawn Up On", readonly=True)
    date_handed = fields.Datetime("Handed Over On", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Drawn Up By", readonly=True, ondelete="restrict"
    )
    opening = fields.Monetary("Brought Forward", readonly=True)
    charged = fields.Monetary(readonly=True, help="Invoices less credit notes.")
    paid = fields.Monetary("Paid in the Month", readonly=True)
    closing = fields.Monetary("Owed at the End", readonly=True)
    line_ids = fields.One2many(
        "dealer.account.statement.line", "statement_id", "Lines", readonly=True
    )

    _month_uniq = models.UniqueIndex(
        "(company_id, partner_id, date_from)",
        "The customer has a statement from this day on already.",
    )
    _check_days = models.Constraint(
        "CHECK(date_to >= date_from)", "A statement ends after it has begun."
    )
    _check_due = models.Constraint(
        "CHECK(date_due >= date_to)",
        "A statement is payable on its last day, or later.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("partner_id", "date_from", "date_to")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = self.env._(
                "%(customer)s, %(begin)s – %(end)s",
                customer=statement.partner_id.name or "",
                begin=statement.date_from or "",
                end=statement.date_to or "",
            )

    @api.constrains("partner_id", "date_from", "date_to")
    def _check_follows(self):
        for statement in self:
            later = self.search(
                statement._siblings()
                & Domain("date_to", ">=", statement.date_from)
                & Domain("date_from", "<=", statement.date_to),
                limit=1,
            )
            if later:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has a statement for these days already: "
                        "%(begin)s – %(end)s.",
                        customer=statement.partner_id.name,
                        begin=later.date_from,
                        end=later.date_to,
                    )
                )

    @api.model
    def _last_month(self):
        """First and last day of the month that is over, by the day of the shop."""
        last = self.env.company._dealer_today().replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @api.model
    def action_draw_up_all(self):
        """A statement of the last month for each customer on account who has none.

        :raise UserError: when there is nobody to write to
        """
        self.check_access("create")
        date_from, date_to = self._last_month()
        shop = self.env.company
        customers = self.env["res.partner"].search(
            [("dealer_credit_limit", ">", 0), ("parent_id", "=", False)]
        )
        has_one = self.search(
            [
                ("company_id", "=", shop.id),
                ("date_to", ">=", date_from),
                ("date_from", "<=", date_to),
            ]
        ).partner_id
        drawn = self.create(
            [
                {"partner_id": customer.id, "date_from": date_from, "date_to": date_to}
                for customer in customers - has_one
                if customer.company_id <= shop
            ]
        )
        # who has had nothing and owes nothing gets no paper
        drawn.filtered(lambda statement: statement._is_empty())._drop()
        drawn = drawn.exists()
        if not drawn:
            raise UserError(
                self.env._(
                    "There is no statement to draw up: each customer on account has "
                    "one for the last month, or owes nothing."
                )
            )
        title = self.env._("Statements of Account")
        return open_list(self, title, [("id", "in", drawn.ids)])

    def action_refresh(self):
        """Draw it up again with what was entered since."""
        self.check_access("write")
        self._check_open()
        self._draw_up()
        return True

    def action_print(self):
        """The statement on paper; from now on it stays as it is.

        Whoever only reads it hands nothing over: what is not final is a draft.
        """
        self.check_access("read")
        if self.has_access("write"):
            self._hand_over()
        return self.env.ref("dealer_service.action_paper_statement").report_action(self)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _begin(self):
        """Complete what was asked for: of the whole customer, payable some days on."""
        for statement in self:
            statement._write_by_method(
                {
                    "partner_id": statement.partner_id.commercial_partner_id.id,
                    "date_due": statement.date_due
                    or statement.date_to
                    + relativedelta(days=statement.company_id.dealer_statement_days),
                }
            )

    def _check_open(self, _vals=None):
        """:raise UserError: for what the customer has in hand"""
        for statement in self:
            if statement.state != "open":
                raise UserError(
                    self.env._(
                        "%s was handed over and stays as it is. What is entered later "
                        "stands on the next statement.",
                        statement.display_name,
                    )
                )

    def _hand_over(self):
        """Whoever prints what is handed over already changes nothing."""
        for statement in self.filtered(lambda statement: statement.state == "open"):
            statement.check_access("write")
            statement._check_move("handed")
            statement._check_over()
            statement._draw_up()
            statement._write_by_method(
                {"state": "handed", "date_handed": fields.Datetime.now()}
            )

    def _check_over(self):
        """:raise UserError: for days that are still to come"""
        self.ensure_one()
        if self.date_to >= self.company_id._dealer_today():
            raise UserError(
                self.env._(
                    "%s is not over: it is handed over once its last day has passed.",
                    self.display_name,
                )
            )

    def _draw_up(self):
        """Take over what the ledger says of the customer and the days."""
        for statement in self:
            statement._post_driven()
            before = statement._last_handed()
            opening = (
                before.closing
                if before
                else statement._owed_until(statement.date_from - timedelta(days=1))
            )
            rows = [
                statement._line_values(line)
                for line in statement._ledger(
                    Domain("date", ">=", statement.date_from)
                    & Domain("date", "<=", statement.date_to)
                )
            ]
            closing = statement._owed_until(statement.date_to)
            money = statement.currency_id
            late = money.round(closing - opening - sum(row["amount"] for row in rows))
            if late:
                rows.insert(0, statement._late_values(late))
            left = opening
            for number, row in enumerate(rows):
                left = money.round(left + row["amount"])
                row.update(sequence=number, balance=left, statement_id=statement.id)
            # the process writes what the ledger says, whoever draws it up
            lines = statement.line_ids.sudo()
            lines._drop()
            lines._create_by_method(rows)
            paid = -sum(row["amount"] for row in rows if row["kind"] == "payment")
            statement._write_by_method(
                {
                    "opening": opening,
                    "closing": closing,
                    "charged": money.round(closing - opening + paid),
                    "paid": money.round(paid),
                    "date_drawn": fields.Datetime.now(),
                    "user_id": self.env.uid,
                }
            )

    def _siblings(self):
        """The other statements of the customer in this shop."""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("partner_id", "=", self.partner_id.commercial_partner_id.id)
            & Domain("id", "!=", self.id)
        )

    def _last_handed(self):
        """What the customer has in hand for the days before."""
        self.ensure_one()
        before = Domain("state", "=", "handed") & Domain("date_to", "<", self.date_from)
        return self.search(self._siblings() & before, order="date_to desc", limit=1)

    def _of_customer(self):
        """The entries of the customer in this shop, as a domain."""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("parent_state", "=", "posted")
            & Domain("account_id.account_type", "=", "asset_receivable")
            & Domain("partner_id.commercial_partner_id", "=", self.partner_id.id)
        )

    def _ledger(self, domain):
        """The entries of the customer, the earliest first."""
        # a statement is told whole, whatever its reader may read of the ledger
        lines = self.env["account.move.line"].sudo()
        found = lines.search(self._of_customer() & domain)
        # what is paid on the day it was charged stands below it
        return found.sorted(
            lambda line: (line.date, line.balance < 0, line.move_id.id, line.id)
        )

    def _owed_until(self, day):
        """What the customer owes at the end of a day, as the ledger says."""
        # as above
        lines = self.env["account.move.line"].sudo()
        [(total,)] = lines._read_group(
            self._of_customer() & Domain("date", "<=", day), [], ["balance:sum"]
        )
        return self.currency_id.round(total or 0.0)

    def _post_driven(self):
        """Bills of cars that have left are owed: post them on the day they left."""
        self.ensure_one()
        # accounting has no rights on visits, and posts what it may post
        moves = self.env["account.move"].sudo()
        drafts = moves.search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("commercial_partner_id", "=", self.partner_id.id)
            & Domain("move_type", "=", "out_invoice")
            & Domain("state", "=", "draft")
            & Domain("dealer_payer", "=", "customer")
            & Domain("reception_id.state", "in", ("delivered", "left"))
        )
        for known in drafts:
            visit, move = known.reception_id, known.with_env(self.env)
            day = self.company_id._dealer_day(visit.date_delivered or visit.date_left)
            if day <= self.date_to:
                move.invoice_date = move.invoice_date or day
                move.action_post()

    def _line_values(self, line):
        """A line of the ledger, in plain words that stay."""
        move, payment = line.move_id, line.move_id.origin_payment_id
        if payment:
            kind = "payment" if line.balance < 0 else "refund"
        else:
            kind = {"out_invoice": "bill", "out_refund": "credit"}.get(
                move.move_type, "other"
            )
        visit = move.reception_id
        bills = payment.reconciled_invoice_ids if payment else move
        plates = filter(None, bills.mapped("dealer_plate"))
        return {
            "date": line.date,
            "kind": kind,
            "name": move.name or "",
            "plate": ", ".join(dict.fromkeys(plates)),
            "visit": visit.name or "",
            "reference": (payment.payment_reference or payment.memo or "")
            if payment
            else (move.dealer_einvoice_number or ""),
            "amount": line.balance,
        }

    def _late_values(self, amount):
        return {
            "date": self.date_from,
            "kind": "late",
            "name": "",
            "amount": amount,
        }

    def _is_empty(self):
        return not self.line_ids and self.currency_id.is_zero(self.closing)

    def _drop(self):
        """Unmade before anybody has seen it."""
        # nobody deletes statements; the process takes back what it has just made
        self.sudo().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed(self):
        self._check_open()
