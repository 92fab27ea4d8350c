from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import groups
from ...tools.arguments import TEXT, arguments
from .product_template import DEALER_KINDS
from .sale_order import _BY_METHOD

#: What the customer agrees to in a line: fixed once he did.
AGREED_FIELDS = {
    "order_id",
    "display_type",
    "product_id",
    "product_template_id",
    "product_custom_attribute_value_ids",
    "product_no_variant_attribute_value_ids",
    "name",
    "product_uom_qty",
    "product_uom_id",
    "price_unit",
    "technical_price_unit",
    "discount",
    "tax_ids",
    "extra_tax_data",
    "price_subtotal",
    "price_tax",
    "price_total",
    "price_reduce_taxexcl",
    "price_reduce_taxinc",
    "currency_id",
    "company_id",
    "is_downpayment",
    "is_expense",
    "combo_item_id",
    "linked_line_id",
    "linked_virtual_id",
    "dealer_declined_work_id",
}
#: Written by the methods of the order only.
_METHOD_FIELDS = {
    "dealer_decision",
    "dealer_decline_reason",
    "dealer_not_supplied",
    "qty_invoiced",
    "qty_to_invoice",
    "state",
    "reception_id",
}


class SaleOrderLine(models.Model):
    """A line the customer decides about, unchangeable once he agreed."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    reception_id = fields.Many2one(
        related="order_id.reception_id",
        store=True,
        index="btree_not_null",
        precompute=True,
    )
    dealer_kind = fields.Selection(
        DEALER_KINDS,
        "Kind of Work",
        compute="_compute_dealer_kind",
        store=True,
        precompute=True,
    )
    dealer_decision = fields.Selection(
        [("pending", "Undecided"), ("approved", "Approved"), ("declined", "Declined")],
        "Decision",
        default="pending",
        required=True,
        readonly=True,
        copy=False,
    )
    dealer_decline_reason = fields.Char(
        "Reason for Declining", readonly=True, copy=False
    )
    dealer_not_supplied = fields.Char(
        "Not Supplied",
        readonly=True,
        copy=False,
        help="Why the shop could not supply what was agreed. It is not invoiced.",
    )
    dealer_declined_work_id = fields.Many2one(
        "dealer.declined.work",
        "Offered Again",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        help="Declined at an earlier visit and offered once more.",
    )
    dealer_hours = fields.Float("Hours", compute="_compute_dealer_hours")
    dealer_price_taxed = fields.Monetary(
        "Price with Tax",
        compute="_compute_dealer_price_taxed",
        help="Price of one unit including tax, before any discount.",
    )
    dealer_job_ids = fields.One2many(
        "dealer.job", "sale_line_id", "Jobs", copy=False, groups=groups.ADVISOR
    )

    @api.depends("product_id.dealer_kind")
    def _compute_dealer_kind(self):
        """The kind of work when it was sold; renaming the product changes nothing."""
        for line in self:
            line.dealer_kind = line.product_id.dealer_kind
            if line.product_id and line._is_discount_line():
                # Odoo's product of discounts is a service, which nobody carries out
                line.dealer_kind = "fee"

    @api.depends("product_id.dealer_hours", "product_uom_qty")
    def _compute_dealer_hours(self):
        for line in self:
            line.dealer_hours = line.product_id.dealer_hours * line.product_uom_qty

    @api.depends("price_unit", "tax_ids", "currency_id")
    def _compute_dealer_price_taxed(self):
        for line in self:
            prices = line.tax_ids.compute_all(
                line.price_unit,
                currency=line.currency_id,
                product=line.product_id,
                partner=line.order_id.partner_id,
            )
            line.dealer_price_taxed = prices["total_included"]

    @api.constrains("dealer_declined_work_id")
    def _check_declined_work(self):
        # a user of several shops may see only one of them at the moment
        for line in self.sudo().filtered("dealer_declined_work_id"):
            work, visit = line.dealer_declined_work_id, line.order_id.reception_id
            if (work.vehicle_id, work.company_id) != (
                visit.vehicle_id,
                visit.company_id,
            ):
                raise ValidationError(
                    self.env._(
                        "“%(work)s” was not declined for the car of %(order)s in this"
                        " shop.",
                        work=work.name,
                        order=line.order_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if self.env.context.get("dealer_order_method") is not _BY_METHOD:
            lines._check_created()
        return lines

    def _check_created(self):
        """:raise UserError: for a line added to what the customer agreed to"""
        for line in self:
            if line.order_id.consent_date and not line._is_deposit():
                line.order_id._raise_agreed()
            if (
                line.dealer_decision != "pending"
                or line.dealer_decline_reason
                or line.dealer_not_supplied
            ):
                line._raise_decided()

    def _is_deposit(self):
        """A down payment, and its heading, add nothing to the amount."""
        self.ensure_one()
        return (
            self.is_downpayment and not self.product_uom_qty and not self.price_subtotal
        )

    def write(self, vals):
        if self.env.context.get("dealer_order_method") is _BY_METHOD:
            return super().write(vals)
        self._check_direct_write(vals)
        deposits = self.filtered(
            lambda line: line.order_id.consent_date and line._is_deposit()
        )
        result = super().write(vals)
        for line in deposits:
            # a deposit may change, but not into something that is sold
            if not line._is_deposit():
                line.order_id._raise_agreed()
        return result

    def _check_direct_write(self, vals):
        """Refuse what would change a decision, or what was decided."""
        decided = _METHOD_FIELDS.intersection(vals)
        agreed = AGREED_FIELDS.intersection(vals)
        for line in self:
            order = line.order_id
            if order.reception_id and any(line._would_change(vals, f) for f in decided):
                line._raise_decided()
            if order.consent_date and not line._is_deposit():
                if any(line._would_change(vals, f) for f in agreed):
                    order._raise_agreed()
            elif line.dealer_decision == "declined" and any(
                line._would_change(vals, f) for f in agreed
            ):
                line._raise_decided()
        if vals.get("order_id"):
            target = self.env["sale.order"].browse(vals["order_id"])
            if target.consent_date and any(line.order_id != target for line in self):
                target._raise_agreed()

    def _would_change(self, vals, name):
        """Whether writing ``vals`` gives the field ``name`` another value."""
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return True
        return field.convert_to_cache(vals[name], self) != field.convert_to_cache(
            self[name], self
        )

    def _raise_decided(self):
        raise UserError(
            self.env._(
                "%(order)s: use the buttons of the order to record whether a line "
                "is approved, declined or supplied. It cannot be entered by hand.",
                order=self[:1].order_id.name,
            )
        )

    def _write_by_method(self, vals):
        """Write what only the process may record."""
        self.with_context(dealer_order_method=_BY_METHOD).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for line in self:
            if line.order_id.consent_date and not line._is_deposit():
                line.order_id._raise_agreed()
            if line.dealer_decision == "declined" and line.order_id.reception_id:
                line._raise_decided()

    def unlink(self):
        """What is not offered any more may be offered another time."""
        offers = self.dealer_declined_work_id
        result = super().unlink()
        offers._reopen()
        return result

    # ------------------------------------------------------------------
    # ACTIONS AND BUSINESS
    # ------------------------------------------------------------------

    @arguments(reason=TEXT)
    def action_not_supplied(self, reason=None):
        """The shop cannot supply what was agreed to, or the rest of it: not invoiced.

        What was agreed stays as it was; the settlement shows the difference, and what
        is missing is offered again.
        """
        self.order_id._check_advisor()
        for line in self:
            if line.state != "sale" or not line.reception_id or line.qty_invoiced:
                raise UserError(
                    self.env._(
                        "%(line)s is not an agreed line that is still to be invoiced.",
                        line=line.name,
                    )
                )
            if line._is_supplied() and not line._is_supplied_in_part():
                raise UserError(
                    self.env._("%(line)s has already been supplied.", line=line.name)
                )
            line._leave_out(reason or self.env._("could not be supplied"))
        return True

    def _leave_out(self, reason):
        """What was not supplied of the line is not invoiced, and is offered again."""
        self.ensure_one()
        self._write_by_method({"dealer_not_supplied": reason})
        self._stop_procurement()
        missing = self.product_uom_qty - self.qty_delivered
        self._keep_declined(reason, self.order_id.consent_by, quantity=missing)
        self.order_id.message_post(
            body=self.env._(
                "%(line)s was not supplied (%(missing)g of %(ordered)g): %(reason)s.",
                line=self.name,
                missing=missing,
                ordered=self.product_uom_qty,
                reason=reason,
            )
        )

    def action_ask_not_supplied(self):
        """Ask why the line cannot be supplied, then take it off the settlement."""
        self.ensure_one()
        return self.env["dealer.reason.wizard"]._open("not_supplied", self)

    def _is_supplied(self):
        """Whether anything of the line was handed out already."""
        self.ensure_one()
        return bool(self.qty_delivered)

    def _is_supplied_in_part(self):
        """Whether some of a part was issued, and the rest is missing."""
        self.ensure_one()
        return bool(self.qty_delivered) and self._is_undelivered()

    def _stop_procurement(self):
        """With ``sale_stock``, nothing more is picked for the line."""
        if "move_ids" in self._fields:
            # the warehouse's moves are not the advisor's to write
            moves = self.sudo().move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            )
            moves._action_cancel()

    def _is_undelivered(self):
        """Whether a part would be missing on the invoice because it was not issued."""
        self.ensure_one()
        if (
            self.display_type
            or self.is_downpayment
            or self.dealer_not_supplied
            or (
                self.qty_delivered_method != "stock_move"
                and self.product_id.invoice_policy != "delivery"
            )
        ):
            return False
        return self.product_uom_id.compare(self.qty_delivered, self.product_uom_qty) < 0

    def _left_to_deduct(self):
        """What the final invoice takes off for these deposits."""
        invoiced = self.filtered("qty_to_invoice").invoice_lines
        taken = invoiced.filtered(
            lambda line: (
                line.parent_state != "cancel"
                and line.move_id.move_type == "out_invoice"
            )
        )
        return sum(taken.mapped("price_total"))

    def _is_overdelivered(self):
        """Whether more would be invoiced than was agreed to."""
        self.ensure_one()
        return (
            not self.display_type
            and self.product_id.invoice_policy == "delivery"
            and self.product_uom_id.compare(self.qty_delivered, self.product_uom_qty)
            > 0
        )

    def _decline(self, reasons, consent):
        """Keep what is not wanted: it is asked about again."""
        for line in self:
            reason = reasons.get(line.id) or False
            line._keep_declined(reason, consent["consent_by"])
            line._write_by_method(
                {
                    "dealer_decision": "declined",
                    "dealer_decline_reason": reason,
                    "product_uom_qty": 0.0,
                }
            )

    def _is_reduction(self):
        """Whether the line takes something off the amount: a discount is no work."""
        self.ensure_one()
        return (
            self._is_discount_line()
            or self.currency_id.compare_amounts(self.price_total, 0.0) < 0
        )

    def _keep_declined(self, reason, declined_by, quantity=None):
        """Put the line on the list of declined work of the car.

        :param quantity: how much of it; all of it unless given
        """
        self.ensure_one()
        if self._is_reduction():
            return
        # the customer decides on his link, without rights on the shop's lists
        works = self.env["dealer.declined.work"].sudo()
        known = works.browse(self.dealer_declined_work_id.id)
        if known:
            known._declined_again(self, reason, declined_by, quantity)
        else:
            works._create_from_line(self, reason, declined_by, quantity)
