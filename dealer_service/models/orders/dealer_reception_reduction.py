from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.customer_words import check_length

#: What the shop takes off, and in which field of the visit.
GIVEN = {"discount": "discount_amount", "rounding": "rounding_amount"}
#: The same, with what the customer brought along.
REDUCTIONS = {**GIVEN, "voucher": "voucher_amount"}


class DealerReception(models.Model):
    """What the shop takes off a settlement: a discount (优惠), or the odd cents (抹零).

    It lowers what the customer pays and never what was agreed to. Who may take off how
    much is a setting of the shop; a service manager may take off all.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    discount_amount = fields.Monetary(
        "Discount at Settlement", readonly=True, copy=False, groups=groups.ADVISOR
    )
    rounding_amount = fields.Monetary(
        "Rounded Off", readonly=True, copy=False, groups=groups.ADVISOR
    )
    voucher_amount = fields.Monetary(
        "Paid by Voucher", readonly=True, copy=False, groups=groups.ADVISOR
    )
    reduction_reason = fields.Char(
        "Reason for the Discount", readonly=True, copy=False, groups=groups.ADVISOR
    )
    reduction_user_id = fields.Many2one(
        "res.users", "Given By", readonly=True, copy=False, groups=groups.ADVISOR
    )

    @api.constrains("reduction_reason")
    def _check_reduction_reason(self):
        check_length(self, "reduction_reason")

    def _reduce(self, discount, rounding, reason):
        """Take something off what the customer is about to pay.

        :raise UserError: for more than he pays, for more than the user may give, and
            for a discount without a reason
        """
        self.ensure_one()
        self.check_access("write")
        self._check_move("settled")
        if not discount and not rounding and not any(self[x] for x in GIVEN.values()):
            return
        # what was entered before is replaced, and counts no more
        self._write_by_method(dict.fromkeys(GIVEN.values(), 0.0))
        self._check_reduction(discount, rounding, (reason or "").strip())
        self._write_by_method(
            {
                "discount_amount": discount,
                "rounding_amount": rounding,
                "reduction_reason": (reason or "").strip()
                or self.env._("Rounded off in the customer's favour"),
                "reduction_user_id": self.env.uid,
            }
        )

    def _check_reduction(self, discount, rounding, reason):
        money = self.currency_id
        due = self._settlement_due()
        if min(discount, rounding) < 0 or (
            money.compare_amounts(discount + rounding, due) > 0
        ):
            raise UserError(
                self.env._(
                    "%(visit)s: %(amount)s cannot be taken off. The customer pays "
                    "%(due)s, and never more than was agreed to.",
                    visit=self.name,
                    amount=money.format(discount + rounding),
                    due=money.format(due),
                )
            )
        if discount and not reason:
            raise UserError(
                self.env._("%(visit)s: why is the discount given?", visit=self.name)
            )
        may_give, may_round = self._reduction_limits()
        if (
            money.compare_amounts(discount, may_give) > 0
            or money.compare_amounts(rounding, may_round) > 0
        ):
            raise UserError(
                self.env._(
                    "%(visit)s: you may give a discount of up to %(discount)s and "
                    "round off up to %(rounding)s. A service manager may give more: "
                    "ask one to settle this visit.",
                    visit=self.name,
                    discount=money.format(may_give),
                    rounding=money.format(may_round),
                )
            )

    def _reduction_limits(self):
        """What the user may take off what the customer pays: discount, rounding."""
        self.ensure_one()
        due = self._settlement_due()
        if self.env.su or self.env.user.has_group(groups.MANAGER):
            return due, due
        shop = self.company_id
        share = self.currency_id.round(due * shop.dealer_discount_percent / 100)
        return share, shop.dealer_rounding_limit

    def _reduction(self):
        """All that is taken off."""
        self.ensure_one()
        return sum(self[name] for name in REDUCTIONS.values())

    def _reductions_left(self):
        """What of it no living invoice has taken off yet, by kind."""
        self.ensure_one()
        if not self._reduction():
            return {}
        lines = self._living_invoices().invoice_line_ids
        left = {}
        for kind, name in REDUCTIONS.items():
            given = lines.filtered(lambda line, k=kind: line.dealer_reduction == k)
            rest = self[name] - sum(
                line.price_total * line.move_id.direction_sign for line in given
            )
            if not self.currency_id.is_zero(rest):
                left[kind] = rest
        return left

    def _reduce_invoices(self, invoices):
        """Take it off the customer's invoice that was just made."""
        self.ensure_one()
        left = self._reductions_left()
        mine = invoices.filtered(lambda move: move.dealer_payer == "customer")
        invoice = mine.sorted("amount_total", reverse=True)[:1]
        if not left or not invoice:
            return
        if invoice.currency_id != self.currency_id or (
            self.currency_id.compare_amounts(sum(left.values()), invoice.amount_total)
            > 0
        ):
            raise UserError(
                self.env._(
                    "%(visit)s: %(amount)s cannot be taken off one invoice of the "
                    "customer. Take off less, or lower the prices of the offer.",
                    visit=self.name,
                    amount=self.currency_id.format(sum(left.values())),
                )
            )
        for kind, amount in left.items():
            # the advisor settles, and writes no invoices
            invoice.sudo()._add_reduction(
                kind, amount, self._for_reader()._reduction_label(kind)
            )

    def _reduction_label(self, kind):
        self.ensure_one()
        if kind == "rounding":
            return self.env._("Rounded Off")
        if kind == "voucher":
            return self.env._("Voucher")
        return self.env._("Discount")

    def _reduction_words(self):
        """Why something was taken off: the reason of the difference it makes."""
        self.ensure_one()
        paid = self.voucher_amount and self._reduction_label("voucher")
        return ", ".join(filter(None, (self.reduction_reason, paid)))

    def _reduction_rows(self):
        """What is taken off, as the settlement shows it: label, reason, amount."""
        self.ensure_one()
        return [
            {
                "label": self._reduction_label(kind),
                "reason": self.reduction_reason if kind == "discount" else "",
                "amount": -self[name],
            }
            for kind, name in REDUCTIONS.items()
            if self[name]
        ]
