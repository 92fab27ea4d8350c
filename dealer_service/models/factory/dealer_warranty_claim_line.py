from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import groups
from ...tools.customer_words import MAX_CODE, MAX_LINE, check_length
from ..orders.product_template import DEALER_KINDS

ANSWERS = [
    ("approved", "Approved in Full"),
    ("cut", "Cut"),
    ("refused", "Refused in Full"),
]
#: What the shop does not get, and whose word that is.
LOSSES = [
    ("cut", "Cut"),
    ("refused", "Refused in Full"),
    ("given_up", "Not Claimed"),
]
#: Who bears what the manufacturer does not: never the customer, who has not agreed.
BEARERS = [("internal", "Internal"), ("goodwill", "Goodwill")]
_ANSWERED = ("amount_approved", "answer", "answer_reason")


class DealerWarrantyClaimLine(models.Model):
    """One piece of a claim: what is asked, what was answered, who bears the rest."""

    _name = "dealer.warranty.claim.line"
    _description = "Line of a Warranty Claim"
    _inherit = "dealer.process.mixin"
    _order = "claim_id, number, id"
    _check_company_auto = True
    _GUARDS = (
        (
            ("amount_claimed", "hours", "installed_lots", "operation_code"),
            "_check_draft",
        ),
        (_ANSWERED, "_check_submitted"),
        (("rest_reason", "rest_to"), "_check_decidable"),
    )
    _CONSEQUENCES = ((("rest_to", "rest_reason"), "_sign_decision"),)
    _RECORDED_FIELDS = frozenset(
        {
            "amount_laid",
            "claim_id",
            "company_id",
            "line_kind",
            "name",
            "number",
            "product_id",
            "quantity",
            "rest_user_id",
            "sale_line_id",
        }
    )

    claim_id = fields.Many2one(
        "dealer.warranty.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="claim_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="claim_id.state", string="State of the Claim")
    claim_kind = fields.Selection(related="claim_id.kind", string="Kind of Claim")
    partner_id = fields.Many2one(related="claim_id.partner_id", string="Manufacturer")
    date_repair = fields.Date(related="claim_id.date_repair")
    number = fields.Integer("No.", required=True, readonly=True, aggregator=None)
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    line_kind = fields.Selection(DEALER_KINDS, "Kind of Work", readonly=True)
    name = fields.Char("Work or Part", required=True, readonly=True)
    quantity = fields.Float(readonly=True, digits="Product Unit", aggregator=None)

    # what is asked
    operation_code = fields.Char(
        "Code", help="Labour operation or part number, as the manufacturer lists it."
    )
    installed_lots = fields.Char(
        "Lot or Serial Number",
        help="Of the part that was built in. With a warehouse it is what was handed "
        "out; without one it is typed.",
    )
    hours = fields.Float("Standard Hours")
    amount_laid = fields.Monetary(
        "As Settled",
        readonly=True,
        help="What the settlement has laid down, without tax. A service manager may "
        "claim more.",
    )
    amount_claimed = fields.Monetary(help="Without tax.")

    # what was answered
    answer = fields.Selection(ANSWERS, "Manufacturer's Answer")
    amount_approved = fields.Monetary(
        compute="_compute_amount_approved",
        store=True,
        readonly=False,
        help="Without tax.",
    )
    answer_reason = fields.Char("The Manufacturer Says")
    amount_rest = fields.Monetary(
        "Cut or Refused", compute="_compute_amount_rest", store=True
    )
    amount_open = fields.Monetary(
        "Not Answered Yet",
        compute="_compute_amount_rest",
        store=True,
        help="Asked for, or still to be. The rest was approved, cut or refused.",
    )
    loss = fields.Selection(
        LOSSES,
        "Kind of Refusal",
        compute="_compute_loss",
        store=True,
        help="Empty: nothing of the line was lost so far.",
    )

    # what becomes of the rest
    rest_to = fields.Selection(
        BEARERS,
        "Rest Borne As",
        help="The customer has not agreed to pay it, and is never charged for it.",
    )
    rest_reason = fields.Char("Why")
    rest_user_id = fields.Many2one(
        "res.users", "Rest Decided By", readonly=True, ondelete="restrict"
    )
    move_line_ids = fields.One2many(
        "account.move.line", "dealer_claim_line_id", "Invoice Lines", readonly=True
    )

    _sale_line_uniq = models.UniqueIndex(
        "(sale_line_id)", "This order line is claimed already."
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("number", "name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.number}. {line.name or ''}"

    @api.depends("answer", "amount_claimed")
    def _compute_amount_approved(self):
        for line in self:
            if line.answer == "approved":
                line.amount_approved = line.amount_claimed
            elif line.answer != "cut":
                line.amount_approved = 0.0

    @api.depends("answer", "amount_claimed", "amount_approved")
    def _compute_amount_rest(self):
        for line in self:
            rest = line.amount_claimed - line.amount_approved
            line.amount_rest = rest if line.answer else 0.0
            line.amount_open = 0.0 if line.answer else line.amount_claimed

    @api.depends("answer", "claim_id.given_up_reason")
    def _compute_loss(self):
        for line in self:
            is_given_up = line.answer == "refused" and line.claim_id.given_up_reason
            is_lost = line.answer in ("cut", "refused")
            line.loss = "given_up" if is_given_up else is_lost and line.answer

    # ------------------------------------------------------------------
    # CONSTRAINTS AND GUARDS
    # ------------------------------------------------------------------

    @api.constrains("operation_code", "installed_lots", "answer_reason", "rest_reason")
    def _check_words(self):
        check_length(self, "operation_code", most=MAX_CODE)
        names = ("installed_lots", "answer_reason", "rest_reason")
        check_length(self, *names, most=MAX_LINE)

    @api.constrains("amount_claimed")
    def _check_claimed(self):
        """What was settled is claimed, or less: more is no slip of the finger."""
        # a constraint has all rights, whoever writes
        user = self.env.user
        is_manager = user._is_superuser() or user.has_group(groups.MANAGER)
        for line in self:
            low, high = sorted((0.0, line.amount_laid))
            money = line.currency_id.compare_amounts
            is_other_way = money(line.amount_claimed * (line.amount_laid or 1), 0.0) < 0
            is_more = (
                money(line.amount_claimed, low) < 0
                or money(line.amount_claimed, high) > 0
            )
            if is_other_way or (is_more and not is_manager):
                raise ValidationError(
                    self.env._(
                        "“%(line)s” was settled at %(laid)s. Claim that or less; only "
                        "a service manager claims more.",
                        line=line.display_name,
                        laid=line.currency_id.format(line.amount_laid),
                    )
                )

    @api.constrains("hours")
    def _check_hours(self):
        for line in self:
            if line.hours < 0:
                raise ValidationError(
                    self.env._("“%s”: hours cannot be negative.", line.display_name)
                )

    @api.constrains("answer", "amount_approved", "amount_claimed")
    def _check_answer(self):
        """What is approved, cut and refused says the same as the amounts do."""
        for line in self:
            low, high = sorted((0.0, line.amount_claimed))
            money = line.currency_id.compare_amounts
            given, claimed = line.amount_approved, line.amount_claimed
            is_within = money(given, low) >= 0 and money(given, high) <= 0
            is_whole = not money(given, claimed)
            is_none = not money(given, 0.0)
            fits = {
                "approved": is_whole,
                "cut": is_within and not is_whole and not is_none,
                "refused": is_none,
                False: is_none,
            }
            if not fits[line.answer]:
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: of %(claimed)s the manufacturer approves all, "
                        "cuts a part, or refuses all. %(approved)s does not fit the "
                        "answer.",
                        line=line.display_name,
                        claimed=line.currency_id.format(claimed),
                        approved=line.currency_id.format(given),
                    )
                )

    def _check_draft(self, _vals):
        """:raise UserError: for what the manufacturer has in hand"""
        self.claim_id._check_draft()

    def _check_submitted(self, _vals):
        """:raise UserError: for an answer before the question, or after the answer"""
        for claim in self.claim_id:
            if claim.state != "submitted":
                raise UserError(
                    self.env._(
                        "%(claim)s is “%(state)s”. The manufacturer's answer is "
                        "entered while the claim is submitted; to ask again, use "
                        "“Appeal”.",
                        claim=claim.name,
                        state=claim._state_label(),
                    )
                )

    def _check_decidable(self, vals):
        """
        :raise UserError: for who may not decide, for what is not, or was, decided, and
            where nothing is left
        """
        self.claim_id._check_decides()
        for claim in self.claim_id:
            if claim.state != "answered":
                raise UserError(
                    self.env._(
                        "%(claim)s is “%(state)s”. Who bears the rest is decided when "
                        "the manufacturer has answered.",
                        claim=claim.name,
                        state=claim._state_label(),
                    )
                )
        for line in self:
            if vals.get("rest_to") and line.currency_id.is_zero(line.amount_rest):
                raise UserError(
                    self.env._(
                        "“%s” was approved in full: nothing is left to be borne.",
                        line.display_name,
                    )
                )

    def _sign_decision(self, _change):
        """Who has decided about the shop's money is known."""
        self._write_by_method({"rest_user_id": self.env.uid})
