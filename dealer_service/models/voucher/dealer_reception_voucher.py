from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.arguments import TEXT, arguments


class DealerReception(models.Model):
    """The vouchers a visit is paid with: what they take off its settlement.

    They lower what the customer pays, like a discount that was promised before. A
    settlement that is taken back gives them back.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    voucher_ids = fields.One2many(
        "dealer.voucher", "reception_id", "Vouchers", groups=groups.ADVISOR
    )

    def action_invoice_again(self):
        """What was given back is redeemed again, unless it was used elsewhere."""
        for visit in self:
            visit._redeem_again()
        return super().action_invoice_again()

    @arguments(reason=TEXT)
    def action_correct_settlement(self, reason=None):
        """Vouchers go back to the customer with the invoices."""
        result = super().action_correct_settlement(reason=reason)
        for visit in self.filtered("voucher_amount"):
            visit._redeemed_vouchers()._give_back()
            visit._write_by_method({"voucher_amount": 0.0})
        return result

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _redeemed_vouchers(self):
        self.ensure_one()
        # the process writes vouchers; what they take off is no secret of the visit
        return self.sudo().voucher_ids.filtered(
            lambda voucher: voucher.state == "redeemed"
        )

    def _redeem(self, vouchers):
        """Let vouchers pay for what the customer is about to pay.

        :raise UserError: for one that is not good for this visit, or takes nothing off
        """
        self.ensure_one()
        self.check_access("write")
        self._check_move("settled")
        vouchers.check_access("read")
        # the process writes vouchers; who settles this visit was asked above
        vouchers = vouchers.sudo().sorted("id")
        for voucher in vouchers:
            voucher._claim()
            voucher._check_redeemable(self)
        self._take_vouchers(vouchers)
        for voucher in vouchers:
            if voucher.state != "redeemed":
                raise UserError(self._no_use_words(voucher))

    def _redeem_again(self):
        """Vouchers that an earlier settlement of this visit has given back."""
        self.ensure_one()
        # who invoices is asked below; one that has expired since was redeemed in time
        vouchers = self.sudo().voucher_ids
        if not vouchers:
            return
        self.check_access("write")
        for voucher in vouchers.sorted("id"):
            voucher._claim()
        self._take_vouchers(
            vouchers.filtered(
                lambda voucher: (
                    voucher.state in ("issued", "expired")
                    and voucher.reception_id.id == self.id
                )
            )
        )

    def _take_vouchers(self, vouchers):
        """Redeem those that take something off."""
        for voucher, worth in self._voucher_worths(vouchers):
            if worth:
                voucher._redeem_with(self, worth)
                self._write_by_method({"voucher_amount": self.voucher_amount + worth})

    def _voucher_worths(self, vouchers, off=0.0):
        """What each voucher takes off: together never more than the customer pays.

        :param off: what is taken off besides
        :return: list of pairs (voucher, amount)
        """
        self.ensure_one()
        money = self.currency_id
        due = self._settlement_due() - off
        left = {}
        worths = []
        # first what ends first
        for voucher in vouchers.sorted(lambda known: (known.date_until, known.id)):
            if voucher.kind == "value":
                worth = voucher._amount_left()
            else:
                product = voucher.product_id
                if product not in left:
                    left[product] = self._prices_of(product)
                worth = left[product].pop(0) if left[product] else 0.0
            worth = max(money.round(min(worth, due)), 0.0)
            due -= worth
            worths.append((voucher, worth))
        return worths

    def _prices_of(self, product):
        """What the customer is about to pay for each single one of it, the dearest
        first."""
        self.ensure_one()
        prices = []
        for order in self._living_orders().filtered(
            lambda order: order.state == "sale" and order.dealer_payer == "customer"
        ):
            for line in order.order_line.filtered(
                lambda line: line.product_id.id == product.id and line.product_uom_qty
            ):
                one = line.price_total / line.product_uom_qty
                one = self._in_company_currency(order, one)
                whole, rest = divmod(max(line.qty_to_invoice, 0.0), 1.0)
                prices += [one] * int(whole) + ([one * rest] if rest else [])
        return sorted(prices, reverse=True)

    def _no_use_words(self, voucher):
        if voucher.kind == "service":
            return self.env._(
                "Voucher %(voucher)s takes nothing off: “%(service)s” is not among the "
                "work that the customer pays for.",
                voucher=voucher.name,
                service=voucher.product_id.name,
            )
        return self.env._(
            "Voucher %(voucher)s takes nothing off: there is nothing left to pay. Keep "
            "it for another visit.",
            voucher=voucher.name,
        )

    def _reduction_label(self, kind):
        if kind != "voucher":
            return super()._reduction_label(kind)
        return self.env._(
            "Voucher %(numbers)s",
            numbers=", ".join(self._redeemed_vouchers().mapped("name")),
        )
