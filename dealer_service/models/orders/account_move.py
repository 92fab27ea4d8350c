from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ...tools import groups
from .sale_order import DEALER_PAYERS

#: Who owes what to whom, in which money, under which number.
_SETTLED = (
    "amount_total",
    "company_id",
    "currency_id",
    "fiscal_position_id",
    "inalterable_hash",
    "invoice_currency_rate",
    "journal_id",
    "move_type",
    "name",
    "origin_payment_id",
    "partner_id",
    "reversed_entry_id",
    "statement_line_id",
)
#: What Odoo's own button writes: the payment of an invoice waits, or no longer does.
_BLOCKED = ("blocked", "not_paid")


class AccountMove(models.Model):
    """Invoices and credit notes know the visit and the car they are for."""

    _name = "account.move"
    _inherit = ["account.move", "dealer.recorded.mixin"]
    _RECORDED_FIELDS = frozenset({"dealer_payer", "reception_id"})
    # an invoice is made by whoever bills the order
    _CHOSEN_FIELDS = frozenset({"dealer_payer", "reception_id"})

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    dealer_payer = fields.Selection(DEALER_PAYERS, "Payer", readonly=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        compute="_compute_visit_data",
        store=True,
        index="btree_not_null",
        compute_sudo=True,
    )
    dealer_plate = fields.Char(
        "Plate", compute="_compute_visit_data", store=True, compute_sudo=True
    )
    dealer_visit = fields.Char(
        "Visit No.",
        compute="_compute_dealer_visit",
        search="_search_dealer_visit",
        compute_sudo=True,
        help="Search by visit number, by plate in any spelling, or by the person "
        "who brought the car.",
    )
    dealer_has_left = fields.Boolean(
        "Customer Left",
        compute="_compute_dealer_has_left",
        search="_search_dealer_has_left",
        compute_sudo=True,
        help="The customer drove away before the car was ready.",
    )
    dealer_odometer_out = fields.Integer(
        "Odometer Out (km)",
        compute="_compute_dealer_odometer_out",
        store=True,
        compute_sudo=True,
        aggregator=None,
    )
    # how many, not which: an advisor opens the invoice and has no rights on payments
    payment_count = fields.Integer(compute_sudo=True)

    @api.depends("reception_id.vehicle_id")
    def _compute_visit_data(self):
        """The car, and the plate of the visit: a new one leaves old invoices alone."""
        for move in self:
            move.vehicle_id = move.reception_id.vehicle_id
            move.dealer_plate = move.reception_id.license_plate

    @api.depends("reception_id.name")
    def _compute_dealer_visit(self):
        for move in self:
            move.dealer_visit = move.reception_id.name

    def _search_dealer_visit(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        # the cashier has no rights on visits, and finds invoices he may read with it
        visits = self.env["dealer.reception"].sudo()
        return Domain(
            "reception_id", "in", visits._search([("display_name", operator, value)])
        )

    @api.depends("reception_id.date_left")
    def _compute_dealer_has_left(self):
        for move in self:
            move.dealer_has_left = bool(move.reception_id.date_left)

    def _search_dealer_has_left(self, operator, value):
        if operator != "in":
            return NotImplemented
        # the cashier has no rights on visits, and finds invoices he may read with it
        visits = self.env["dealer.reception"].sudo()
        left = visits._search([("date_left", "!=", False)])
        return Domain("reception_id", "in", left)

    @api.depends("reception_id.odometer_out", "reception_id.odometer")
    def _compute_dealer_odometer_out(self):
        for move in self:
            visit = move.reception_id
            move.dealer_odometer_out = visit.odometer_out or visit.odometer

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """A credit note belongs to the same visit and payer."""
        default_values_list = default_values_list or [{} for move in self]
        for move, values in zip(self, default_values_list, strict=True):
            if move.reception_id:
                values.setdefault("reception_id", move.reception_id.id)
                values.setdefault("dealer_payer", move.dealer_payer)
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _post(self, soft=True):
        """What is invoiced is what was settled; more or less needs its reason."""
        invoices = self.filtered(lambda m: m.reception_id and m.state == "draft")
        # the cashier has no rights on visits
        receptions = self.sudo().browse(invoices.ids).reception_id
        if "out_invoice" in invoices.mapped("move_type"):
            # a deposit is taken before the settlement and has nothing to differ from
            receptions.filtered("date_settled")._check_variance()
        self._check_may_post()
        posted = super(AccountMove, self._by_method())._post(soft).with_env(self.env)
        invoices._refresh_settlement()
        posted._was_posted()
        return posted

    def _check_may_post(self):
        """Hook: refuse what must not be posted as it is."""
        self._check_owed_by_entry()

    def _was_posted(self):
        """Hook: what follows once invoices are posted."""

    def _check_direct_write(self, vals):
        if "state" in vals:
            changed = self._would_change(vals, "state")
            changed._check_not_settled()
            changed.origin_payment_id._check_stays()
        if "posted_before" in vals:
            # by which Odoo knows what must not be deleted
            self._would_change(vals, "posted_before")._check_not_settled()
        if "payment_state" in vals:
            self._would_change(vals, "payment_state")._check_blocked(vals)
        for name in (*_SETTLED, "date"):
            if name in vals and not self.env.su:
                changed = self._would_change(vals, name)
                changed.origin_payment_id._check_stays()
                if name in _SETTLED:
                    changed._check_as_settled()
        return super()._check_direct_write(vals)

    def _check_blocked(self, vals):
        """:raise UserError: for an invoice that would be paid without a payment"""
        states = {vals["payment_state"], *self.mapped("payment_state")}
        if self.env.su or states <= set(_BLOCKED):
            return
        for move in self.filtered("reception_id"):
            raise UserError(
                self.env._(
                    "%(invoice)s: what is paid follows from the payments. Register a "
                    "payment, or take one back.",
                    invoice=move.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._check_not_settled()

    def _check_not_settled(self):
        """:raise UserError: for what a visit was settled at, or was credited"""
        if self.env.su:
            return
        # the cashier has no rights on visits
        for move in self.sudo():
            if not move.reception_id or not move.reception_id._is_accounted():
                continue
            if move.move_type != "out_invoice" and not move.posted_before:
                continue
            raise UserError(
                self.env._(
                    "%(invoice)s belongs to %(visit)s, which is settled, and is kept "
                    "as it is. A service manager takes it back with “Correct the "
                    "Settlement” on the visit, and says why.",
                    invoice=move.display_name,
                    visit=move.reception_id.name,
                )
            )

    def _check_as_settled(self):
        """:raise UserError: for the invoice of a visit that is over"""
        # the cashier has no rights on visits
        for move in self.sudo():
            visit = move.reception_id
            if move.move_type == "out_invoice" and visit and visit._is_accounted():
                raise UserError(
                    self.env._(
                        "%(invoice)s is what %(visit)s was settled at, and is not "
                        "changed here. A service manager takes it back with “Correct "
                        "the Settlement” on the visit, and says why.",
                        invoice=move.name or self.env._("The draft invoice"),
                        visit=visit.name,
                    )
                )

    def _check_gives_back(self):
        """:raise AccessError: for money that whoever collects it would give back"""
        if groups.keeps_books(self.env):
            return
        for move in self.filtered(lambda move: move.move_type == "out_refund"):
            if move.reception_id:
                raise AccessError(
                    self.env._(
                        "Only accounting gives back what was charged for %(visit)s, or "
                        "a service manager with “Correct the Settlement”.",
                        # the cashier has no rights on visits
                        visit=move.sudo().reception_id.name,
                    )
                )
            if move.company_id._receives_cars():
                raise AccessError(
                    self.env._(
                        "Only accounting gives back what a customer of the shop was "
                        "charged."
                    )
                )

    def _check_owed_by_entry(self):
        """:raise AccessError: for an entry by which a customer of a shop owes less"""
        if groups.keeps_books(self.env):
            return
        for move in self:
            if (
                move.move_type == "entry"
                and not move.origin_payment_id
                and move.journal_id != move.company_id.currency_exchange_journal_id
                and "asset_receivable"
                in move.line_ids.account_id.mapped("account_type")
                and move.company_id._receives_cars()
            ):
                raise AccessError(
                    self.env._("Only accounting posts entries on customers' accounts.")
                )

    def button_cancel(self):
        result = super().button_cancel()
        self._refresh_settlement()
        return result

    def button_draft(self):
        result = super().button_draft()
        self._refresh_settlement()
        return result

    def unlink(self):
        receptions = self.reception_id
        # with an invoice that may be deleted go its lines
        result = super(AccountMove, self._by_method()).unlink()
        # the cashier has no rights on visits
        receptions.sudo()._refresh_settled_total()
        return result

    def _logged_threads(self):
        """What was done to the invoice of a visit."""
        return super()._logged_threads() | self.exists().filtered("reception_id")

    def _message_post_after_hook(self, new_message, message_values):
        # Odoo files the attachments of what has just been posted: see _logged_threads
        return super()._message_post_after_hook(new_message.sudo(), message_values)

    def _is_credited(self):
        """Whether credit notes, drafts included, give back all of the invoice."""
        self.ensure_one()
        credits = self.reversal_move_ids.filtered(lambda move: move.state != "cancel")
        back = sum(credits.mapped("amount_total"))
        return (
            bool(credits)
            and self.currency_id.compare_amounts(back, self.amount_total) >= 0
        )

    def _leave_out_earlier_credits(self):
        """Draft credit notes give back what earlier ones have left of the price."""
        for line in self.invoice_line_ids.filtered("sale_line_ids"):
            earlier = line.move_id.reversed_entry_id.reversal_move_ids.filtered(
                lambda move, new=line.move_id: move != new and move.state != "cancel"
            )
            lines = earlier.invoice_line_ids.filtered(
                lambda known, new=line: known.sale_line_ids & new.sale_line_ids
            )
            back = sum(lines.mapped("price_subtotal"))
            if back and line.price_subtotal:
                line.price_unit *= 1 - back / line.price_subtotal

    def _add_reduction(self, kind, amount, label):
        """Lines that lower the total, taxes included, by exactly ``amount``."""
        self.ensure_one()
        taxes = self.env["account.tax"]
        base_lines, _taxes = self._get_rounded_base_and_tax_lines()
        reduced = taxes._prepare_global_discount_lines(
            base_lines,
            self.company_id,
            "fixed",
            amount,
            computation_key=f"global_discount,{kind}",
        )
        work = self.invoice_line_ids.filtered(lambda line: line.price_subtotal > 0)
        self.invoice_line_ids = [
            Command.create(
                {
                    "name": label,
                    "dealer_reduction": kind,
                    "account_id": work[:1].account_id.id,
                    "quantity": line["quantity"],
                    "price_unit": line["price_unit"],
                    "tax_ids": [Command.set(line["tax_ids"].ids)],
                    "extra_tax_data": taxes._export_base_line_extra_tax_data(line),
                    "sequence": 9999,
                }
            )
            for line in reduced
        ]

    def _refresh_settlement(self):
        """Bring the settled total of the visits up to date."""
        # the cashier has no rights on visits
        self.sudo().reception_id._refresh_settled_total()

    def action_view_reception(self):
        """Back to the visit."""
        self.ensure_one()
        self.check_access("read")
        return self.reception_id._get_records_action()
