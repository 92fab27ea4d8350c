from collections import Counter

from odoo import fields, models

from ...tools import groups


class SaleOrder(models.Model):
    """An order that the manufacturer pays: claimed first, invoiced afterwards."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_claim_ids = fields.One2many(
        "dealer.warranty.claim",
        "order_id",
        "Warranty Claims",
        readonly=True,
        copy=False,
        groups=groups.ADVISOR,
    )

    def _is_billed_at_settlement(self):
        """Once claimed, always claimed: switching claims off ends no claim."""
        if self.dealer_payer != "warranty" or not self.reception_id:
            return super()._is_billed_at_settlement()
        return not (self.company_id.dealer_warranty_claims or self._has_claim())

    def _ask_payer_first(self):
        result = super()._ask_payer_first()
        new = self.filtered(
            lambda order: order.dealer_payer == "warranty" and not order._has_claim()
        )
        self.env["dealer.warranty.claim"]._make_for(new)
        return result

    def _waits_for_answer(self):
        if self.dealer_payer != "warranty":
            return super()._waits_for_answer()
        return self._has_claim()

    def _asked_for(self):
        if self.dealer_payer != "warranty":
            return super()._asked_for()
        # a fact of the settlement, whoever looks at it
        return sum(self.sudo().dealer_claim_ids.mapped("asked_total"))

    def _has_claim(self):
        self.ensure_one()
        # as above
        return bool(self.sudo().dealer_claim_ids)


class SaleOrderLine(models.Model):
    """What of an order is claimed, and at which amount."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _is_claimable(self):
        """Whether the settlement would bill the line."""
        self.ensure_one()
        return bool(
            not self.display_type and not self.is_downpayment and self.qty_to_invoice
        )

    def _asked_qty(self):
        # a fact of the settlement, whoever looks at it
        claimed = self.order_id.sudo().dealer_claim_ids.line_ids.filtered(
            lambda line: line.sale_line_id == self
        )
        return super()._asked_qty() + sum(claimed.mapped("quantity"))

    def _claim_values(self, number, kind):
        """The line of a claim.

        :param int number: its place in the claim
        :param str kind: what the claim is for
        """
        self.ensure_one()
        product = self.product_id
        quantity = self.qty_to_invoice
        hours = 0.0
        if self.dealer_kind == "labour" and self.product_uom_qty:
            hours = self._job_hours() * quantity / self.product_uom_qty
        amount = self._claim_amount(quantity, hours, kind)
        return {
            "number": number,
            "sale_line_id": self.id,
            "product_id": product.id,
            "line_kind": self.dealer_kind or "fee",
            "name": (self.name or product.name).strip().splitlines()[0],
            "quantity": quantity,
            "operation_code": product.default_code,
            "installed_lots": self._installed_lots(),
            "hours": hours,
            "amount_laid": amount,
            "amount_claimed": amount,
        }

    def _installed_lots(self):
        """Lots and serial numbers that the warehouse has handed out for the line."""
        self.ensure_one()
        if "move_ids" not in self._fields:
            return False
        # whoever settles need not read the warehouse
        lines = self.sudo().move_ids.move_line_ids
        lines = lines.filtered(lambda line: line.state == "done" and line.lot_id)
        balance = Counter()
        for line in lines:
            if line.location_dest_usage == "customer":
                balance[line.lot_id] += line.quantity_product_uom
            elif line.location_usage == "customer":
                # it was brought back
                balance[line.lot_id] -= line.quantity_product_uom
        names = [lot.name for lot, quantity in balance.items() if quantity > 0]
        return ", ".join(names) or False

    def _claim_amount(self, quantity, hours, kind):
        """Without tax: by the manufacturer's rates, else the price of the order."""
        shop = self.company_id
        rate, markup = shop.dealer_claim_labour_rate, shop.dealer_claim_part_markup
        is_by_rate = kind in ("repair", "campaign")
        if is_by_rate and rate and hours:
            return shop.currency_id.round(hours * rate)
        # the cost is not the advisor's to read, the claim is
        cost = self.product_id.sudo().with_company(shop).standard_price
        if is_by_rate and markup and cost and self.dealer_kind == "part":
            units = self.product_uom_id._compute_quantity(
                quantity, self.product_id.uom_id, round=False
            )
            return shop.currency_id.round(units * cost * (1 + markup / 100))
        whole = self.product_uom_qty
        price = self.price_subtotal * quantity / whole if whole else 0.0
        return self.reception_id._in_company_currency(self.order_id, price)

    def _prepare_qty_invoiced(self):
        """What the shop bears of a piece of work is no further piece of it."""
        quantities = super()._prepare_qty_invoiced()
        for line in self:
            if line.order_id.dealer_payer != "warranty":
                continue
            # the shares are facts of the claim, whoever asks
            for share in line.sudo()._get_invoice_lines():
                if share.parent_state == "cancel" or not share._is_second_share():
                    continue
                sign = 1 if share.move_id.move_type == "out_invoice" else -1
                quantities[line] -= sign * share.product_uom_id._compute_quantity(
                    share.quantity, line.product_uom_id
                )
        return quantities
