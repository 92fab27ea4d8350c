from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import groups
from ...tools.actions import open_form
from ...tools.work_time import from_wall

#: Money that was taken, or given back.
_TAKEN = Domain("state", "in", ("in_process", "paid"))


class DealerCashClosing(models.Model):
    """A cashier's takings (日结): what was taken by each way, beside what was counted.

    One at a time for each cashier. Once closed it stays as it is, with every payment
    that it counts.
    """

    _name = "dealer.cash.closing"
    _description = "Takings of a Shift"
    _inherit = ["dealer.process.mixin", "dealer.numbered.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _COMPLETIONS = ("_number",)
    _RECORDED_FIELDS = frozenset(
        {"company_id", "date_closed", "date_from", "name", "state", "user_id"}
    )
    _GUARDS = (
        (("cash_left", "cash_start", "line_ids", "note"), "_check_open"),
        (("cash_start",), "_check_start"),
    )
    _transitions = frozenset({("open", "closed")})

    company_id = fields.Many2one(
        "res.company", "Shop", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        "Cashier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Shift Closed")],
        required=True,
        readonly=True,
        default="open",
    )
    date_from = fields.Datetime("Counted From", required=True, readonly=True)
    date_closed = fields.Datetime("Closed On", readonly=True)
    cash_start = fields.Monetary(
        "Cash at the Start",
        help="Change that lay in the till before the first payment: what the shift "
        "before has left there.",
    )
    cash_left = fields.Monetary(
        "Cash Left in the Till",
        help="What is not handed in: change for the next shift.",
    )
    note = fields.Char()
    line_ids = fields.One2many("dealer.cash.closing.line", "closing_id", "Ways to Pay")
    payment_ids = fields.One2many(
        "account.payment", "dealer_closing_id", "Payments", readonly=True
    )
    taken = fields.Monetary(compute="_compute_sums", store=True)
    deposit = fields.Monetary(
        "Of Which Deposits",
        compute="_compute_sums",
        store=True,
        help="Deposits that were taken, without those that were given back.",
    )
    difference = fields.Monetary(compute="_compute_sums", store=True)

    _open_uniq = models.UniqueIndex(
        "(company_id, user_id) WHERE state = 'open'",
        "Your till is being counted already.",
    )
    _check_cash = models.Constraint(
        "CHECK(cash_start >= 0 AND cash_left >= 0)",
        "There is some cash in a till, or none.",
    )

    @api.depends(
        "line_ids.taken", "line_ids.given", "line_ids.deposit", "line_ids.difference"
    )
    def _compute_sums(self):
        for closing in self:
            lines = closing.line_ids
            closing.taken = sum(lines.mapped("taken")) - sum(lines.mapped("given"))
            closing.deposit = sum(lines.mapped("deposit"))
            closing.difference = sum(lines.mapped("difference"))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_count(self):
        """Count the own till: begin, or go on with what was begun."""
        self.env["account.payment"].check_access("create")
        self.check_access("read")
        shop, user = self.env.company, self.env.user
        mine = Domain("company_id", "=", shop.id) & Domain("user_id", "=", user.id)
        closing = self.search(mine & Domain("state", "=", "open"), limit=1)
        if not closing:
            last = self.search(mine & Domain("state", "=", "closed"), limit=1)
            # nobody writes these rows; who takes payments counts the own ones
            closing = (
                self.sudo()
                ._create_by_method(
                    [
                        {
                            "company_id": shop.id,
                            "user_id": user.id,
                            "date_from": last.date_closed or self._first_moment(),
                            "cash_start": last.cash_left,
                            "cash_left": last.cash_left,
                        }
                    ]
                )
                .with_env(self.env)
            )
        closing.action_refresh()
        return open_form(closing, self.env._("Count the Till"))

    def action_refresh(self):
        """Take over the payments that came in since."""
        for closing in self:
            closing._check_own()
            closing._check_open()
            closing._write_lines()
        return True

    def action_close(self):
        """The till is counted: keep what was counted, and what it counts.

        :raise UserError: for a difference without a reason, and for payments that have
            come in since the page was opened
        """
        for closing in self:
            closing._check_own()
            closing._check_move("closed")
            # whoever presses twice waits, and finds it closed
            self.env.cr.execute(
                "UPDATE dealer_cash_closing SET id = id WHERE id = %s", (closing.id,)
            )
            closing._check_counted()
            payments = closing._payments()
            # the process keeps which payment was counted when
            payments.sudo()._write_by_method({"dealer_closing_id": closing.id})
            closing.sudo()._write_by_method(
                {"state": "closed", "date_closed": fields.Datetime.now()}
            )
        return True

    def action_print(self):
        """The takings on paper, to be signed with the money."""
        self.check_access("read")
        return self.env.ref("dealer_service.action_paper_closing").report_action(self)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _first_moment(self):
        """The beginning of the day of the shop, in UTC: nothing older is counted."""
        shop = self.env.company
        return from_wall(shop._dealer_today(), 0, shop._dealer_tz())

    def _check_own(self):
        """:raise UserError: for the till of somebody else"""
        self.check_access("write")
        if self.user_id != self.env.user and not groups.keeps_books(self.env):
            raise UserError(
                self.env._(
                    "%(closing)s is the till of %(user)s.",
                    closing=self.name,
                    user=self.user_id.name,
                )
            )

    def _check_open(self, _vals=None):
        """:raise UserError: for what is closed"""
        for closing in self:
            if closing.state == "closed":
                raise UserError(
                    self.env._(
                        "%s is closed and stays as it is. What was forgotten is "
                        "counted in the next one.",
                        closing.name,
                    )
                )

    def _check_start(self, _vals):
        """:raise UserError: for another start than what the shift before has left"""
        if groups.keeps_books(self.env):
            return
        for closing in self:
            mine = Domain("company_id", "=", closing.company_id.id)
            mine &= Domain("user_id", "=", closing.user_id.id)
            mine &= Domain("state", "=", "closed")
            if self.search_count(mine, limit=1):
                raise UserError(
                    self.env._(
                        "%(closing)s begins with what the shift before has left in "
                        "the till. If something was taken out or put in since, "
                        "accounting enters it here.",
                        closing=closing.name,
                    )
                )

    def _payments(self):
        """The cashier's payments that no closing has counted yet."""
        self.ensure_one()
        # since the first time: one that was under way when the last one closed counts
        first = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("user_id", "=", self.user_id.id),
            ],
            order="id",
            limit=1,
        )
        # a till is counted whole, whatever the cashier may read of it
        payments = self.env["account.payment"].sudo()
        return payments.search(
            _TAKEN
            & Domain("company_id", "=", self.company_id.id)
            & Domain("create_uid", "=", self.user_id.id)
            & Domain("create_date", ">=", first.date_from)
            & Domain("partner_type", "=", "customer")
            & Domain("dealer_closing_id", "=", False)
        )

    def _sums(self):
        """What was taken and given back by each journal, cash first.

        :return: dict of journal: list of both amounts, and of what of them is
            deposits, in company currency
        """
        # each way to pay is counted, also one of which the cashier reads nothing else
        journals = self.env["account.journal"].sudo()
        cash = journals.search(
            [("company_id", "=", self.company_id.id), ("type", "=", "cash")]
        )
        sums = {journal: [0.0, 0.0, 0.0] for journal in cash}
        for payment in self._payments():
            is_given = payment.payment_type == "outbound"
            amount = payment.amount_company_currency_signed
            sum_ = sums.setdefault(payment.journal_id, [0.0, 0.0, 0.0])
            sum_[is_given] += abs(amount)
            if payment._is_deposit():
                sum_[2] += amount
        return sums

    def _write_lines(self):
        """A line for each way, what was counted already stays."""
        # the process writes what was taken; the cashier writes what was counted
        known = {line.journal_id: line for line in self.sudo().line_ids}
        for journal, (taken, given, deposit) in self._sums().items():
            values = {"taken": taken, "given": given, "deposit": deposit}
            line = known.pop(journal, None)
            if line:
                line._write_by_method(values)
            else:
                # see above
                self.line_ids.sudo()._create_by_method(
                    [{"closing_id": self.id, "journal_id": journal.id, **values}]
                )
        for line in known.values():
            # its payments were taken back
            line._write_by_method({"taken": 0.0, "given": 0.0, "deposit": 0.0})

    def _check_counted(self):
        """
        :raise UserError: for payments that have come in since, and for a difference
            without a reason
        """
        money = self.currency_id
        shown = {line.journal_id: (line.taken, line.given) for line in self.line_ids}
        for journal, (taken, given, _deposit) in self._sums().items():
            seen = shown.get(journal.with_env(self.env), (0.0, 0.0))
            if money.compare_amounts(seen[0], taken) or (
                money.compare_amounts(seen[1], given)
            ):
                raise UserError(
                    self.env._(
                        "%(way)s: payments have come in since. Press “Refresh”, and "
                        "count again.",
                        way=journal.name,
                    )
                )
        cash = sum(self.line_ids.filtered("is_cash").mapped("counted"))
        if money.compare_amounts(self.cash_left, cash) > 0:
            raise UserError(
                self.env._(
                    "%(left)s cannot stay in the till: %(counted)s was counted.",
                    left=money.format(self.cash_left),
                    counted=money.format(cash),
                )
            )
        for line in self.line_ids:
            if not money.is_zero(line.difference) and not (line.reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(way)s: %(counted)s was counted, and %(expected)s was to be "
                        "there. Say why.",
                        way=line.journal_id.name,
                        counted=money.format(line.counted),
                        expected=money.format(line.expected),
                    )
                )


class DealerCashClosingLine(models.Model):
    """One way to pay of a shift: taken, given back, counted."""

    _name = "dealer.cash.closing.line"
    _description = "Way to Pay of a Shift"
    _inherit = "dealer.process.mixin"
    _order = "is_cash desc, journal_id, id"
    _rec_name = "journal_id"
    _RECORDED_FIELDS = frozenset(
        {"closing_id", "deposit", "given", "journal_id", "taken"}
    )
    _GUARDS = ((("counted", "reason"), "_check_open"),)

    closing_id = fields.Many2one(
        "dealer.cash.closing", "Takings", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="closing_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    journal_id = fields.Many2one(
        "account.journal",
        "Way to Pay",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    is_cash = fields.Boolean(
        "Cash", compute="_compute_is_cash", store=True, precompute=True
    )
    taken = fields.Monetary(readonly=True)
    given = fields.Monetary("Given Back", readonly=True)
    deposit = fields.Monetary("Of Which Deposits", readonly=True)
    expected = fields.Monetary("To Be There", compute="_compute_expected", store=True)
    counted = fields.Monetary()
    difference = fields.Monetary(compute="_compute_expected", store=True)
    reason = fields.Char("Why It Differs")

    _way_uniq = models.UniqueIndex("(closing_id, journal_id)")

    @api.depends("journal_id")
    def _compute_is_cash(self):
        for line in self:
            # which of the ways is cash is told to whoever counts it
            line.is_cash = line.sudo().journal_id.type == "cash"

    @api.constrains("counted")
    def _check_cash_counted(self):
        for line in self.filtered("is_cash"):
            if line.counted < 0:
                raise ValidationError(
                    self.env._(
                        "%s: there is some cash in a till, or none.",
                        line.display_name,
                    )
                )

    @api.depends("taken", "given", "counted", "is_cash", "closing_id.cash_start")
    def _compute_expected(self):
        for line in self:
            start = line.closing_id.cash_start if line.is_cash else 0.0
            line.expected = start + line.taken - line.given
            line.difference = line.counted - line.expected

    def _check_open(self, vals):
        self.closing_id._check_open(vals)
        for closing in self.closing_id:
            closing._check_own()
