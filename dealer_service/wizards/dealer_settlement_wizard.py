from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.orders.dealer_reception_settlement import VarianceReasonRequired


class DealerSettlementWizard(models.TransientModel):
    """The settlement is explained: agreed beside actual, then the invoices."""

    _name = "dealer.settlement.wizard"
    _description = "Settlement"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    version = fields.Char(help="Fingerprint of what the dialog shows.")
    currency_id = fields.Many2one(related="reception_id.currency_id")
    settlement_html = fields.Html(related="reception_id.settlement_html")
    agreed = fields.Monetary(related="reception_id.estimate_total")
    settled = fields.Monetary(compute="_compute_variance")
    difference = fields.Monetary(compute="_compute_variance")
    needs_reason = fields.Boolean(compute="_compute_variance")
    variance_reason = fields.Text(
        "Reason for the Difference",
        compute="_compute_from_visit",
        store=True,
        readonly=False,
    )
    old_parts = fields.Selection(
        [
            ("taken", "Taken Along"),
            ("given_up", "Left with the Shop"),
            ("none", "No Old Parts"),
        ],
        compute="_compute_from_visit",
        store=True,
        readonly=False,
        required=True,
    )
    discount_amount = fields.Monetary("Discount")
    round_to = fields.Selection(
        [("none", "Not Rounded"), ("one", "To Whole Amounts"), ("ten", "To Tens")],
        "Round Off",
        default="none",
        required=True,
    )
    rounding_amount = fields.Monetary(
        "Amount Rounded Off",
        compute="_compute_rounding_amount",
        store=True,
        readonly=False,
    )
    reduction_reason = fields.Char("Reason for the Discount")
    usable_voucher_ids = fields.Many2many(
        "dealer.voucher", compute="_compute_usable_voucher_ids"
    )
    voucher_ids = fields.Many2many(
        "dealer.voucher",
        "dealer_settlement_wizard_voucher_rel",
        string="Vouchers",
        domain="[('id', 'in', usable_voucher_ids)]",
    )
    voucher_amount = fields.Monetary(
        "Paid by Voucher", compute="_compute_voucher_amount"
    )
    voucher_text = fields.Char(compute="_compute_voucher_amount")
    may_reduce = fields.Boolean(compute="_compute_limits")
    limit_text = fields.Char(compute="_compute_limits")
    due = fields.Monetary("Customer Pays", compute="_compute_variance")
    odometer_out = fields.Integer(
        "Odometer Out (km)",
        compute="_compute_from_visit",
        store=True,
        readonly=False,
        aggregator=None,
    )

    signed_by = fields.Char("Customer's Name")
    signature = fields.Image(
        "Customer's Signature",
        max_width=1024,
        max_height=1024,
        help="Leave it empty if the printed sheet is signed by hand.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        reception = self.env["dealer.reception"].browse(values.get("reception_id"))
        if reception and "version" in fields:
            values["version"] = reception._settlement_version()
        values.setdefault(
            "signed_by", reception.contact_id.name or reception.partner_id.name
        )
        return values

    @api.depends("reception_id")
    def _compute_usable_voucher_ids(self):
        vouchers = self.env["dealer.voucher"]
        for wizard in self:
            wizard.usable_voucher_ids = vouchers._usable_for(wizard.reception_id)

    @api.depends("reception_id", "voucher_ids", "discount_amount")
    def _compute_voucher_amount(self):
        """What the chosen vouchers take off, and what of them would be lost."""
        for wizard in self:
            visit = wizard.reception_id
            vouchers = wizard.voucher_ids._origin
            worths = (
                visit._voucher_worths(vouchers, wizard.discount_amount)
                if visit and vouchers
                else []
            )
            money = wizard.currency_id
            wizard.voucher_amount = sum(worth for _voucher, worth in worths)
            lost = sum(
                voucher.amount - worth
                for voucher, worth in worths
                if voucher.kind == "value"
            )
            useless = [voucher for voucher, worth in worths if not worth]
            wizard.voucher_text = False
            if useless:
                wizard.voucher_text = visit._no_use_words(useless[0])
            elif lost:
                wizard.voucher_text = self.env._(
                    "A voucher is redeemed once: %(amount)s of it would be lost.",
                    amount=money.format(lost),
                )

    @api.depends("reception_id", "discount_amount", "rounding_amount", "voucher_amount")
    def _compute_variance(self):
        for wizard in self:
            visit = wizard.reception_id
            # what is taken off has its own reason
            settled, difference, wizard.needs_reason = (
                visit._variance() if visit else (0, 0, False)
            )
            off = (
                wizard.discount_amount + wizard.rounding_amount + wizard.voucher_amount
            )
            wizard.settled = settled - off
            wizard.difference = difference - off
            wizard.due = (visit._settlement_due() if visit else 0) - off

    @api.depends("reception_id", "round_to", "discount_amount", "voucher_amount")
    def _compute_rounding_amount(self):
        """The odd part of what is left to pay."""
        for wizard in self:
            unit = {"one": 1.0, "ten": 10.0}.get(wizard.round_to)
            visit = wizard.reception_id
            due = visit._settlement_due() if visit else 0
            due -= wizard.discount_amount + wizard.voucher_amount
            wizard.rounding_amount = (
                wizard.currency_id.round(due % unit) if unit and due > 0 else 0.0
            )

    @api.depends("reception_id")
    def _compute_limits(self):
        """What the user may take off, and what the customer pays at all."""
        for wizard in self:
            visit = wizard.reception_id
            discount, rounding = visit._reduction_limits() if visit else (0, 0)
            wizard.may_reduce = bool(discount or rounding)
            money = wizard.currency_id
            due = visit._settlement_due() if visit else 0
            is_limited = visit and (discount < due or rounding < due)
            wizard.limit_text = is_limited and self.env._(
                "You may give up to %(discount)s and round off up to %(rounding)s; a "
                "service manager may give more.",
                discount=money.format(discount),
                rounding=money.format(rounding),
            )

    @api.depends("reception_id")
    def _compute_from_visit(self):
        for wizard in self:
            reception = wizard.reception_id
            # a reason of another difference is none for what is explained now
            is_explained = reception and not reception._unexplained()
            wizard.variance_reason = reception.variance_reason if is_explained else ""
            wizard.old_parts = reception.old_parts
            wizard.odometer_out = reception.odometer_out or reception.odometer

    def action_settle(self):
        """Take over the declarations, then settle."""
        self.ensure_one()
        if self.version and self.version != self.reception_id._settlement_version():
            raise UserError(
                self.env._(
                    "The settlement of %(visit)s has changed since you opened it. "
                    "Please open it again and explain the current one.",
                    visit=self.reception_id.name,
                )
            )
        if self.needs_reason and not (self.variance_reason or "").strip():
            raise VarianceReasonRequired(
                self.env._("Please enter the reason for the difference.")
            )
        visit = self.reception_id
        visit._reduce(self.discount_amount, self.rounding_amount, self.reduction_reason)
        visit._redeem(self.voucher_ids)
        reason = self.variance_reason
        if not reason and visit._unexplained():
            # why something was taken off is why it differs
            reason = visit._reduction_words()
        visit.write(
            {
                "variance_reason": reason,
                "old_parts": self.old_parts,
                "odometer_out": self.odometer_out,
            }
        )
        result = visit.action_settle()
        if self.signature:
            visit._sign_settlement(self.signature, self.signed_by)
        return result
