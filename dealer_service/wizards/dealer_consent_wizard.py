from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.orders.sale_order_consent import CLOSED_TO_WORK, CONSENT_METHODS


class DealerConsentWizard(models.TransientModel):
    """What the customer decided, line by line, recorded on his behalf."""

    _name = "dealer.consent.wizard"
    _description = "The Customer's Decision"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    order_id = fields.Many2one(
        "sale.order",
        "Only This Order",
        domain="[('reception_id', '=', reception_id)]",
        help="Empty: everything in the visit that is waiting for a decision.",
    )
    is_afterwards = fields.Boolean(
        help="Consent was already given in another way; only the signature is added."
    )
    currency_id = fields.Many2one(related="reception_id.currency_id")
    method = fields.Selection(CONSENT_METHODS, required=True, default="signature")
    consent_by = fields.Char("Who Decided", required=True)
    consent_date = fields.Datetime("When", default=fields.Datetime.now, required=True)
    note = fields.Text(help="For example: which number was called.")
    signature = fields.Image(max_width=1024, max_height=1024)
    date_promised = fields.Datetime(
        "Promised For",
        compute="_compute_date_promised",
        store=True,
        readonly=False,
        help="By default, includes the additional time of the agreed work.",
    )
    needs_reason = fields.Boolean(compute="_compute_needs_reason")
    supplement_reason = fields.Char(
        "Reason for the Supplement",
        help="Nobody decides about additional work without being told why.",
    )
    unpriced = fields.Char(
        "Lines without a Price", compute="_compute_unpriced", help="Said, not refused."
    )
    line_ids = fields.One2many("dealer.consent.wizard.line", "wizard_id", "Lines")
    version = fields.Char(help="Fingerprint of what the dialog shows.")
    amount_approved = fields.Monetary(
        "Agreed Amount", compute="_compute_amount_approved"
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        reception = self.env["dealer.reception"].browse(
            values.get("reception_id") or context.get("default_reception_id")
        )
        order = self.env["sale.order"].browse(
            values.get("order_id") or context.get("default_order_id")
        )
        orders = order or reception._living_orders().filtered(
            lambda o: not o.consent_date and o.state in ("draft", "sent")
        )
        person = reception.contact_id or reception.partner_id
        values.setdefault("consent_by", person.name)
        if "line_ids" in fields:
            # once the work is over, an offer can only be declined
            is_open = reception.state not in CLOSED_TO_WORK
            values["line_ids"] = [
                Command.create({"order_line_id": line.id, "is_approved": is_open})
                for line in orders._decidable_lines()
            ]
        if "version" in fields:
            values["version"] = self._version_of(orders._decidable_lines())
        return values

    @api.model
    def _version_of(self, lines):
        """Fingerprint of the orders of these lines as they are now."""
        orders = lines.order_id.sorted("id")
        return ",".join(order._agreed_digest() for order in orders)

    @api.depends("line_ids.is_approved", "line_ids.order_line_id")
    def _compute_amount_approved(self):
        for wizard in self:
            wanted = wizard.line_ids.filtered("is_approved").order_line_id
            wizard.amount_approved = sum(
                order._amount_of(lines)
                for order, lines in wanted.grouped("order_id").items()
            )

    @api.depends("line_ids.order_line_id", "is_afterwards")
    def _compute_needs_reason(self):
        for wizard in self:
            wizard.needs_reason = not wizard.is_afterwards and bool(
                wizard._unexplained_supplements()
            )

    @api.depends("line_ids.is_approved", "line_ids.order_line_id", "is_afterwards")
    def _compute_unpriced(self):
        for wizard in self:
            orders = wizard.line_ids.filtered("is_approved").order_line_id.order_id
            names = orders.filtered("dealer_unpriced").mapped("dealer_unpriced")
            wizard.unpriced = not wizard.is_afterwards and "; ".join(names)

    def _unexplained_supplements(self):
        return self.line_ids.order_line_id.order_id.filtered(
            lambda o: o.dealer_kind == "supplement" and not o._has_reason()
        )

    @api.depends("line_ids.is_approved", "line_ids.order_line_id", "reception_id")
    def _compute_date_promised(self):
        for wizard in self:
            visit = wizard.reception_id
            date = wizard._offered_promise() or visit.date_promised
            if not date and visit:
                date = wizard.date_promised or visit._propose_promise()
            wizard.date_promised = date

    def _offered_promise(self):
        """What the supplements that are wanted make of the promise, all together."""
        wanted = self._wanted_supplements()
        minutes = sum(wanted.mapped("dealer_extra_minutes"))
        if len(wanted) > 1 and minutes and self.reception_id.date_promised:
            return self.reception_id._promise_after(minutes)
        return wanted.filtered("dealer_date_promised")[-1:].dealer_date_promised

    def _wanted_supplements(self):
        """The supplements of which the customer wants something, in their order."""
        wanted = self.line_ids.filtered("is_approved").order_line_id.order_id
        return wanted.filtered(lambda o: o.dealer_kind == "supplement").sorted("id")

    def action_confirm(self):
        """Record the decision on every order that it concerns."""
        self.ensure_one()
        close = {"type": "ir.actions.act_window_close"}
        if self.is_afterwards:
            self.order_id.action_record_signature(self.consent_by, self.signature)
            return close
        orders = self.line_ids.order_line_id.order_id
        if not orders:
            raise UserError(self.env._("Nothing is waiting for a decision."))
        lines = orders._decidable_lines()
        if lines != self.line_ids.order_line_id or (
            self.version and self.version != self._version_of(lines)
        ):
            # a colleague wrote to the offer while the customer was being asked
            raise UserError(
                self.env._(
                    "The offer has changed since you opened it. Please look at it"
                    " again."
                )
            )
        if (self.supplement_reason or "").strip():
            self._unexplained_supplements().dealer_reason = self.supplement_reason
        visit = self.reception_id
        is_new = self.date_promised and self.date_promised != visit.date_promised
        if is_new and not visit._is_authorized():
            visit.write(
                {
                    "date_promised": self.date_promised,
                    "correction_reason": self.env._("The customer agreed to it."),
                }
            )
        # each supplement moves the promise; the last one says when all is done
        last = self._wanted_supplements()[-1:]
        self._record(orders - last)
        if last and is_new:
            last.dealer_date_promised = self.date_promised
        self._record(last)
        return close

    def _record(self, orders):
        """Record the decision on these orders, with what they have been declined of."""
        orders.action_record_consent(
            self.method,
            self.consent_by,
            consent_date=self.consent_date,
            note=self.note,
            declined={
                line.order_line_id.id: line.reason
                for line in self.line_ids
                if not line.is_approved and line.order_line_id.order_id in orders
            },
            signature=self.signature if self.method == "signature" else None,
        )


class DealerConsentWizardLine(models.TransientModel):
    """One line, wanted or not."""

    _name = "dealer.consent.wizard.line"
    _description = "Decision on a Line"
    _inherit = "dealer.dialog.mixin"

    wizard_id = fields.Many2one(
        "dealer.consent.wizard", required=True, ondelete="cascade", index=True
    )
    order_line_id = fields.Many2one("sale.order.line", required=True)
    currency_id = fields.Many2one(related="order_line_id.currency_id")
    name = fields.Text(related="order_line_id.name")
    payer = fields.Selection(related="order_line_id.order_id.dealer_payer")
    amount = fields.Monetary(related="order_line_id.price_total")
    is_approved = fields.Boolean("Approved", default=True)
    reason = fields.Char("Reason for Declining")
