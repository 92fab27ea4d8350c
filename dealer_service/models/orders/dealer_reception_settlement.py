from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import groups
from ...tools.actions import open_dialog
from ...tools.arguments import TEXT, arguments
from ...tools.refusal import NamedRefusal


class SettlementOpen(NamedRefusal):
    """Something is still open: the visit cannot be settled."""


class VarianceReasonRequired(NamedRefusal):
    """The settlement differs from what was agreed to: it needs a reason."""


class DealerReception(models.Model):
    """The settlement: one invoice for each payer, beside what was agreed to."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    invoice_ids = fields.One2many(
        "account.move", "reception_id", "Invoices", groups=groups.ADVISOR
    )
    invoice_count = fields.Integer(
        compute="_compute_invoice_count", groups=groups.ADVISOR
    )
    settlement_state = fields.Selection(
        [
            ("open", "To Invoice"),
            ("draft", "Draft Invoice"),
            ("posted", "Invoiced"),
            ("paid", "Paid"),
        ],
        "Invoicing",
        compute="_compute_settlement_state",
        store=True,
        groups=groups.ADVISOR,
        help="Empty before the settlement. “To Invoice”: an invoice was cancelled, "
        "deleted or credited and must be issued again.",
    )
    odometer_out = fields.Integer(
        "Odometer Out (km)", copy=False, tracking=True, aggregator=None
    )
    old_parts = fields.Selection(
        [
            ("taken", "Taken Along"),
            ("given_up", "Left with the Shop"),
            ("none", "No Old Parts"),
        ],
        compute="_compute_old_parts",
        store=True,
        precompute=True,
        readonly=False,
        help="What the customer declared about old parts on the settlement.",
    )

    _left_unsettled_idx = models.Index("(settlement_state) WHERE state = 'left'")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("invoice_ids")
    def _compute_invoice_count(self):
        for reception in self:
            reception.invoice_count = len(reception.invoice_ids)

    @api.depends(
        "date_left",
        "date_settled",
        "invoice_ids.state",
        "invoice_ids.payment_state",
        "invoice_ids.move_type",
        "order_ids.invoice_status",
        "order_ids.state",
    )
    def _compute_settlement_state(self):
        for reception in self:
            invoices = reception.invoice_ids.filtered(
                lambda m: (
                    m.move_type == "out_invoice"
                    and m.state != "cancel"
                    and m.payment_state != "reversed"
                )
            )
            if not reception._is_accounted():
                reception.settlement_state = False
            elif any(
                order.invoice_status == "to invoice" and not order._waits_for_answer()
                for order in reception.order_ids
            ):
                reception.settlement_state = "open"
            elif reception.date_left and not invoices:
                # whoever leaves before anything was done owes nothing
                reception.settlement_state = False
            elif any(invoice.state == "draft" for invoice in invoices):
                reception.settlement_state = "draft"
            elif any(invoice.payment_state != "paid" for invoice in invoices):
                reception.settlement_state = "posted"
            else:
                reception.settlement_state = "paid"

    @api.depends("keep_old_parts", "order_ids.order_line.dealer_kind")
    def _compute_old_parts(self):
        for reception in self:
            if reception.date_settled:
                continue
            lines = reception.order_ids.order_line.filtered(
                lambda line: line.order_id.state != "cancel" and line.product_uom_qty
            )
            if "part" not in lines.mapped("dealer_kind"):
                reception.old_parts = "none"
            else:
                reception.old_parts = (
                    "taken" if reception.keep_old_parts else "given_up"
                )

    @api.constrains("odometer_out", "odometer")
    def _check_odometer_out(self):
        for reception in self.filtered("odometer_out"):
            if reception.odometer_out < reception._least_odometer_out():
                raise ValidationError(
                    self.env._(
                        "%(visit)s: the odometer shows %(km_out)s km at departure, "
                        "but showed %(km_in)s km on arrival. Please read it again; "
                        "if the odometer was replaced, have that recorded on the "
                        "car.",
                        visit=reception.name,
                        km_out=reception.odometer_out,
                        km_in=reception.odometer,
                    )
                )

    def _least_odometer_out(self):
        """What the instrument shows at least when the car leaves."""
        self.ensure_one()
        # replaced instruments are noted in the history of the car, whoever asks
        swaps = self.vehicle_id.sudo()._odometer_swaps()
        is_replaced = any(swap.date >= self._odometer_day() for swap in swaps)
        return 0 if is_replaced else self.odometer

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_settlement(self):
        """Open the dialog in which the settlement is explained to the customer."""
        self.ensure_one()
        self._check_move("settled")
        self._check_settlement_open()
        return open_dialog(
            self.env["dealer.settlement.wizard"],
            self.env._("Settlement"),
            reception_id=self.id,
        )

    def action_settle(self):
        """The settlement was explained and agreed to: one draft invoice per payer.

        :raise SettlementOpen: while parts, jobs or decisions are open
        :raise VarianceReasonRequired: when it differs from what was agreed to by more
            than the company tolerates, and ``variance_reason`` is empty
        """
        self._check_move("settled")
        self._check_settlement_open()
        for reception in self:
            reception._check_variance()
            reception._create_settlement_invoices()
        result = super().action_settle()
        self._refresh_settled_total()
        return result

    def action_invoice_again(self):
        """Make the invoices again that were cancelled, deleted or credited."""
        for reception in self:
            if not reception._is_accounted():
                raise UserError(
                    self.env._("%(visit)s is not settled yet.", visit=reception.name)
                )
            if reception.date_settled:
                reception._check_variance()
            if not reception._create_settlement_invoices():
                raise UserError(
                    self.env._(
                        "%(visit)s is invoiced in full. Correct the settlement first:"
                        " it credits what was invoiced.",
                        visit=reception.name,
                    )
                )
        self._refresh_settled_total()
        return True

    @arguments(reason=TEXT)
    def action_correct_settlement(self, reason=None):
        """Take the invoices of a settled visit back; then they can be made again.

        Draft invoices are cancelled. Posted ones get a draft credit note, which
        accounting checks and posts.
        """
        self.check_access("write")
        if not self.env.user.has_group(groups.MANAGER):
            raise UserError(
                self.env._("Only a service manager may correct a settlement.")
            )
        for reception in self:
            invoices = reception.invoice_ids.filtered(
                lambda m: (
                    m.move_type == "out_invoice"
                    and m.state != "cancel"
                    and not m._is_credited()
                )
            )
            if not reception._is_accounted() or not invoices:
                raise UserError(
                    self.env._(
                        "%(visit)s has no invoice to correct.", visit=reception.name
                    )
                )
            reason = reason or self.env._("Correction of the settlement")
            # the service manager takes back what his visit created; posting the
            # credit note stays with accounting
            invoices = invoices.sudo()
            invoices.filtered(lambda m: m.state == "draft").button_cancel()
            posted = invoices.filtered(lambda m: m.state == "posted")
            credits = posted._reverse_moves(
                [
                    {
                        "ref": self.env._(
                            "Reversal of: %(invoice)s, %(reason)s",
                            invoice=invoice.name,
                            reason=reason,
                        ),
                        "invoice_date": fields.Date.context_today(self),
                    }
                    for invoice in posted
                ]
            )
            credits._leave_out_earlier_credits()
            reception.message_post(
                body=self.env._("Settlement taken back: %(reason)s.", reason=reason)
            )
        self._refresh_settled_total()
        return True

    def action_ask_correction(self):
        """Ask why the settlement is taken back, then take it back."""
        self.ensure_one()
        return self.env["dealer.reason.wizard"]._open("correct_settlement", self)

    def action_view_invoices(self):
        """The invoices and credit notes of the visit."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["domain"] = [("reception_id", "=", self.id)]
        action["context"] = {"create": False}
        return action

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _settlement_obstacles(self):
        """Hook: sentences that say what is still open before the settlement."""
        self.ensure_one()
        obstacles = []
        for order in self._living_orders():
            if order.state != "sale":
                obstacles.append(
                    self.env._(
                        "%(order)s has not been decided: record the decision, or "
                        "cancel the order.",
                        order=order.name,
                    )
                )
                continue
            for line in order.order_line:
                if line._is_undelivered():
                    obstacles.append(
                        self.env._(
                            "%(order)s: “%(line)s” has not been issued yet "
                            "(%(done)g of %(ordered)g). Issue it, or mark it as not "
                            "supplied.",
                            order=order.name,
                            line=line.name,
                            done=line.qty_delivered,
                            ordered=line.product_uom_qty,
                        )
                    )
                elif line._is_overdelivered():
                    obstacles.append(
                        self.env._(
                            "%(order)s: more of “%(line)s” was issued (%(done)g) "
                            "than was agreed to (%(ordered)g). Take it back into "
                            "stock, or offer a supplement.",
                            order=order.name,
                            line=line.name,
                            done=line.qty_delivered,
                            ordered=line.product_uom_qty,
                        )
                    )
        return obstacles

    def _check_settlement_open(self):
        for reception in self:
            obstacles = reception._settlement_obstacles()
            if obstacles:
                raise SettlementOpen(
                    self.env._(
                        "%(visit)s cannot be settled yet:\n%(obstacles)s",
                        visit=reception.name,
                        obstacles="\n".join(f"• {text}" for text in obstacles),
                    )
                )

    def _create_settlement_invoices(self):
        """Invoice what is not invoiced yet, one invoice for each payer."""
        self.ensure_one()
        invoices = self.env["account.move"]
        orders = self._living_orders().filtered(
            lambda o: (
                o.state == "sale"
                and any(
                    not line.display_type and line.qty_to_invoice
                    for line in o.order_line
                )
            )
        )
        billed = orders.filtered(lambda order: order._is_billed_at_settlement())
        (orders - billed)._ask_payer_first()
        for _payer, mine in billed.grouped("dealer_payer").items():
            # its first entry says that it was created, and from which order
            silent = mine.with_context(mail_create_nolog=True)
            invoices |= silent._create_invoices(final=True)
        self._reduce_invoices(invoices)
        return invoices

    def _is_accounted(self):
        """Whether it was decided what is billed: at the settlement, or when the
        customer left."""
        self.ensure_one()
        return bool(self.date_settled or self.date_left)

    def _living_invoices(self):
        """Invoices and credit notes that count."""
        self.ensure_one()
        # for sums of the process: they do not depend on whose invoices the user sees
        return self.sudo().invoice_ids.filtered(
            lambda move: (
                move.state != "cancel"
                and move.move_type in ("out_invoice", "out_refund")
            )
        )

    def _invoiced_total(self):
        """What the living invoices and credit notes come to, in company currency."""
        billed = sum(self._at_agreed_rate(move) for move in self._living_invoices())
        return billed + sum(
            self._in_company_currency(order, order._asked_for())
            for order in self._living_orders()
        )

    def _at_agreed_rate(self, move):
        """The total of an invoice in company currency, at the rate agreed to.

        Who pays the foreign amount he agreed to pays no more and no less because the
        rate has moved since.
        """
        if move.currency_id != self.currency_id:
            order = move.invoice_line_ids.sale_line_ids.order_id[:1]
            if order.currency_id == move.currency_id:
                return self._in_company_currency(
                    order, move.amount_total_in_currency_signed
                )
        return move.amount_total_signed

    def _refresh_settled_total(self):
        """``settled_total`` follows the invoices, also after the settlement."""
        for reception in self.filtered(lambda visit: visit._is_accounted()):
            total = reception._invoiced_total()
            if reception.currency_id.compare_amounts(total, reception.settled_total):
                reception._write_by_method({"settled_total": total})
