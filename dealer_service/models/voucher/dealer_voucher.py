from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import groups
from ...tools.arguments import TEXT, arguments
from ...tools.customer_words import check_length

#: What is promised, and is not changed once it is printed.
_PROMISED = (
    "amount",
    "company_id",
    "date_until",
    "kind",
    "partner_id",
    "product_id",
    "reason",
    "vehicle_id",
)


class DealerVoucher(models.Model):
    """A voucher (代金券): an amount, or one service, that the customer need not pay.

    Issued to one customer by a remedy or by a service manager, redeemed once at a
    settlement of this shop. What is promised stays as it was printed: a wrong voucher
    is withdrawn, and another one issued.
    """

    _name = "dealer.voucher"
    _description = "Voucher"
    _inherit = ["dealer.process.mixin", "dealer.numbered.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _COMPLETIONS = ("_number", "_complete_promise")
    _INTAKE = ("_check_can_be_used",)
    _RECORDED_FIELDS = frozenset(
        {
            *_PROMISED,
            "date_redeemed",
            "name",
            "reception_id",
            "redeemed_amount",
            "redeemed_user_id",
            "state",
            "user_id",
            "withdraw_reason",
        }
    )
    _CHOSEN_FIELDS = frozenset(_PROMISED)
    _transitions = frozenset(
        {
            ("issued", "redeemed"),
            ("issued", "expired"),
            ("issued", "withdrawn"),
            ("redeemed", "issued"),
        }
    )

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("value", "An Amount"), ("service", "A Service")],
        "Good For",
        required=True,
        default="value",
    )
    amount = fields.Monetary(help="Taxes included.")
    product_id = fields.Many2one(
        "product.product",
        "Free Service",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        help="Once, at the price that the customer would pay for it.",
    )
    date_until = fields.Date(
        "Valid Until",
        required=True,
        default=lambda self: self._usual_last_day(self.env.company),
        help="The last day, by the clock of the shop.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Only for This Car",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_customer_vehicle', '=', True)]",
        help="Empty: for every car of the customer.",
    )
    reason = fields.Char(
        "Issued Because", required=True, help="Not printed: for the shop alone."
    )
    state = fields.Selection(
        [
            ("issued", "Unused"),
            ("redeemed", "Redeemed"),
            ("expired", "Expired"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="issued",
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users", "Issued By", readonly=True, copy=False, ondelete="restrict"
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Redeemed With",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    date_redeemed = fields.Datetime("Redeemed On", readonly=True, copy=False)
    redeemed_amount = fields.Monetary("Taken Off", readonly=True, copy=False)
    redeemed_user_id = fields.Many2one(
        "res.users", "Redeemed By", readonly=True, copy=False, ondelete="restrict"
    )
    withdraw_reason = fields.Char("Withdrawn Because", readonly=True, copy=False)

    _open_idx = models.Index("(company_id, date_until) WHERE state = 'issued'")
    _check_promise = models.Constraint(
        "CHECK((kind = 'value' AND amount > 0 AND product_id IS NULL)"
        " OR (kind = 'service' AND product_id IS NOT NULL))",
        "A voucher is good for an amount above zero, or for a service.",
    )

    # ------------------------------------------------------------------
    # WHAT IS PROMISED
    # ------------------------------------------------------------------

    @api.depends("name", "kind", "amount", "product_id")
    def _compute_display_name(self):
        for voucher in self:
            voucher.display_name = f"{voucher.name} · {voucher._promise()}"

    @api.constrains("reason", "withdraw_reason")
    def _check_words(self):
        check_length(self, "reason", "withdraw_reason")

    @api.model
    def _usual_last_day(self, shop):
        return shop._dealer_today() + timedelta(days=shop.dealer_voucher_days)

    @api.model
    def _complete_promise(self, vals_list):
        """Who issues it; what the form has hidden is not promised."""
        for vals in vals_list:
            vals["user_id"] = self.env.uid
            # blanks are no reason
            vals["reason"] = (vals.get("reason") or "").strip() or False
            if vals.get("kind") == "service":
                vals["amount"] = 0.0
            else:
                vals["product_id"] = False

    def _check_can_be_used(self):
        """:raise UserError: for a new voucher whose last day is over"""
        for voucher in self:
            if voucher._is_over():
                raise UserError(
                    self.env._(
                        "%s is a day of the past: nobody could use the voucher.",
                        fields.Date.to_string(voucher.date_until),
                    )
                )

    def _promise(self):
        """What it is good for, in short."""
        self.ensure_one()
        if self.kind == "service":
            return self.product_id.name or ""
        return self.currency_id.format(self.amount)

    def _amount_left(self):
        """What of the amount can still be taken off. Hook."""
        self.ensure_one()
        return self.amount

    def _is_over(self):
        self.ensure_one()
        return self.date_until < self.company_id._dealer_today()

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_withdrawal(self):
        """Ask why it is withdrawn, then withdraw it."""
        self.ensure_one()
        self._check_move("withdrawn")
        return self.env["dealer.reason.wizard"]._open("withdraw_voucher", self)

    @arguments(reason=TEXT)
    def action_withdraw(self, reason=None):
        """It is good for nothing any more.

        :raise AccessError: for everybody but a service manager
        :raise UserError: without a reason, or once it was used
        """
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._("Only a service manager may withdraw a voucher.")
            )
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the voucher is withdrawn."))
        for voucher in self:
            voucher._claim()
            voucher._check_move("withdrawn")
        return self._write_by_method({"state": "withdrawn", "withdraw_reason": reason})

    def action_print(self):
        """The voucher on paper, for the customer."""
        self.check_access("read")
        return self.env.ref("dealer_service.action_paper_voucher").report_action(self)

    # ------------------------------------------------------------------
    # REDEEMED
    # ------------------------------------------------------------------

    @api.model
    def _usable_for(self, visit):
        """The vouchers that may be redeemed with a visit, the shortest first."""
        if not visit.partner_id:
            return self.browse()
        return self.search(
            Domain("state", "=", "issued")
            & Domain("company_id", "=", visit.company_id.id)
            & Domain("date_until", ">=", visit.company_id._dealer_today())
            & Domain("vehicle_id", "in", (False, visit.vehicle_id.id))
            & Domain(
                "partner_id.commercial_partner_id",
                "=",
                visit.partner_id.commercial_partner_id.id,
            ),
            order="date_until, id",
        )

    def _claim(self):
        """Have it to oneself: two counters do not redeem the same voucher."""
        self.ensure_one()
        self.env.cr.execute(
            "UPDATE dealer_voucher SET id = id WHERE id = %s", (self.id,)
        )
        self.invalidate_recordset(["state", "reception_id"])

    def _check_redeemable(self, visit):
        """:raise UserError: saying why the voucher is not good for this visit"""
        self.ensure_one()
        why = ""
        if self.state == "redeemed":
            why = self.env._(
                "it was redeemed with %(visit)s already", visit=self.reception_id.name
            )
        elif self.state != "issued":
            why = self.env._("it is “%(state)s”", state=self._state_label())
        elif self._is_over():
            why = self.env._(
                "it was valid until %(day)s", day=fields.Date.to_string(self.date_until)
            )
        elif self.company_id != visit.company_id:
            why = self.env._("another shop has issued it")
        elif (
            self.partner_id.commercial_partner_id
            != visit.partner_id.commercial_partner_id
        ):
            why = self.env._("it belongs to another customer")
        elif self.vehicle_id and self.vehicle_id != visit.vehicle_id:
            why = self.env._("it is for another car")
        if why:
            raise UserError(
                self.env._(
                    "Voucher %(voucher)s cannot be redeemed: %(why)s.",
                    voucher=self.name,
                    why=why,
                )
            )

    def _redeem_with(self, visit, amount):
        self._write_by_method(
            {
                "state": "redeemed",
                "reception_id": visit.id,
                "redeemed_amount": amount,
                "redeemed_user_id": self.env.uid,
                "date_redeemed": fields.Datetime.now(),
            }
        )

    def _give_back(self):
        """The settlement was taken back. Which visit it was remains known: should it
        be invoiced again, the voucher counts again."""
        self._write_by_method(
            {
                "state": "issued",
                "redeemed_amount": 0.0,
                "redeemed_user_id": False,
                "date_redeemed": False,
            }
        )

    # ------------------------------------------------------------------
    # SCHEDULED
    # ------------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """Those whose last day is over, by the clock of each shop."""
        for (shop,) in self._read_group([("state", "=", "issued")], ["company_id"]):
            self.search(
                [
                    ("state", "=", "issued"),
                    ("company_id", "=", shop.id),
                    ("date_until", "<", shop._dealer_today()),
                ]
            )._write_by_method({"state": "expired"})
