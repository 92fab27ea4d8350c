import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq

from ...tools import groups
from ...tools.arguments import BASE64, MOMENT, TEXT, TEXTS_BY_ID, arguments
from ...tools.refusal import NamedRefusal
from ..common.dealer_reception_states import UNSERVED_STATES
from .sale_order import _BY_METHOD, CONSENT_FIELDS

CONSENT_METHODS = [
    ("signature", "Signature"),
    ("phone", "Phone"),
    ("message", "Message"),
    ("in_person", "In Person"),
]
#: A visit in one of these takes no more work.
CLOSED_TO_WORK = ("ready", "settled", "delivered", *UNSERVED_STATES)


class ConsentRefused(NamedRefusal):
    """What is being decided cannot be decided (any more)."""


class ConsentMissing(NamedRefusal):
    """The order is not covered by a consent to exactly its amount."""


class SaleOrder(models.Model):
    """The customer's consent: to whom, how, when, and to exactly which amount."""

    _name = "sale.order"
    _inherit = "sale.order"

    consent_method = fields.Selection(
        CONSENT_METHODS, "How It Was Agreed", readonly=True, copy=False
    )
    consent_by = fields.Char("Agreed By", readonly=True, copy=False)
    consent_date = fields.Datetime("Agreed On", readonly=True, copy=False, index=True)
    consent_amount = fields.Monetary("Agreed Amount", readonly=True, copy=False)
    consent_note = fields.Text(
        "Note on the Consent", readonly=True, copy=False, groups="base.group_user"
    )
    consent_user_id = fields.Many2one(
        "res.users",
        "Recorded By",
        readonly=True,
        copy=False,
        help="Who recorded the consent on the customer's behalf. Empty if the "
        "customer decided through the link.",
    )
    consent_digest = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Fingerprint of the lines, prices, taxes and payer agreed to.",
    )
    consent_state = fields.Selection(
        [
            ("pending", "Not Agreed"),
            ("valid", "Agreed"),
            ("outdated", "Ask Again"),
        ],
        "Consent",
        compute="_compute_consent_state",
        help="“Ask Again”: the order has changed since the customer agreed to it.",
    )

    dealer_date_seen = fields.Datetime(
        "Seen by the Customer",
        readonly=True,
        copy=False,
        help="When the customer last had the offer in front of him, by his link.",
    )
    dealer_link = fields.Char(
        "Customer's Link",
        compute="_compute_dealer_link",
        groups=groups.ADVISOR,
        help="The page on which the customer decides. Anyone who has the link can "
        "decide.",
    )

    @api.depends("access_token", "reception_id", "state")
    def _compute_dealer_link(self):
        for order in self:
            order.dealer_link = (
                order.reception_id
                # nobody reads the token; who may have the link is asked below
                and order.sudo().access_token
                and order.state in ("draft", "sent")
                and order.get_base_url() + order.get_portal_url()
            )

    @api.depends("consent_date", "consent_amount", "amount_total", "order_line")
    def _compute_consent_state(self):
        for order in self:
            if not order.consent_date:
                order.consent_state = "pending"
            else:
                # a form that is being edited shows what was agreed to, as it is stored
                is_valid = order._origin._is_consent_valid() if order._origin else False
                order.consent_state = "valid" if is_valid else "outdated"

    # ------------------------------------------------------------------
    # WHAT THE CONSENT COVERS
    # ------------------------------------------------------------------

    def _agreed_content(self):
        """Everything the customer agrees to, in a form that can be compared."""
        self.ensure_one()
        # the taxes' rates may belong to what the reader must not see
        order = self.sudo()
        return json.dumps(
            [
                order.id,
                order.company_id.id,
                order.currency_id.id,
                order.partner_invoice_id.id,
                order.currency_id.round(order.amount_total),
                [
                    [
                        line.id,
                        line.product_id.id,
                        line.name,
                        line.product_uom_qty,
                        line.product_uom_id.id,
                        line.price_unit,
                        line.discount,
                        line.price_total,
                        [
                            [tax.id, tax.amount_type, tax.amount, tax.price_include]
                            for tax in line.tax_ids.sorted("id")
                        ],
                    ]
                    for line in order.order_line.sorted("id")
                    if not line.is_downpayment
                ],
            ],
            ensure_ascii=False,
        )

    def _agreed_digest(self, declined=()):
        """Fingerprint of the order as it is shown, with the lines ``declined``.

        :param declined: ids of the lines that are not wanted
        """
        text = self._agreed_content() + json.dumps(sorted(declined))
        return hashlib.sha256(text.encode()).hexdigest()

    def _is_consent_valid(self):
        """Whether the consent covers the order exactly as it is now."""
        self.ensure_one()
        return bool(
            self.consent_date
            and not self.currency_id.compare_amounts(
                self.consent_amount, self.amount_total
            )
            # the fingerprint is not the reader's business
            and consteq(self.sudo().consent_digest or "", self._agreed_digest())
        )

    def _check_consent(self):
        """:raise ConsentMissing: unless agreed to, and to exactly this amount"""
        for order in self:
            if not order.consent_date:
                raise ConsentMissing(
                    self.env._(
                        "%(order)s: the customer has not agreed to %(amount)s yet."
                        " Record the consent, or send the customer the link.",
                        order=order.name,
                        amount=order.currency_id.format(order.amount_total),
                    )
                )
            if not order._is_consent_valid():
                raise ConsentMissing(
                    self.env._(
                        "%(order)s: the customer agreed to %(agreed)s, but the order"
                        " has changed since and comes to %(amount)s. Ask again.",
                        order=order.name,
                        agreed=order.currency_id.format(order.consent_amount),
                        amount=order.currency_id.format(order.amount_total),
                    )
                )
            order._check_payer()

    def _check_payer(self):
        """:raise UserError: when another payer is meant but the customer would pay"""
        self.ensure_one()
        if self.dealer_payer_missing:
            raise UserError(
                self.env._(
                    "The payer of %(order)s is “%(payer)s”, but the invoice would "
                    "go to the customer. Open the order and enter in “Invoice To” "
                    "who pays for this work.",
                    order=self.name,
                    payer=self._selection_label("dealer_payer"),
                )
            )

    def _selection_label(self, name):
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(method=TEXT, consent_by=TEXT, note=TEXT, signature=BASE64)
    @arguments(consent_date=MOMENT, declined=TEXTS_BY_ID)
    def action_record_consent(
        self,
        method,
        consent_by,
        consent_date=None,
        note=None,
        declined=None,
        signature=None,
    ):
        """Record what the customer decided, on his behalf (代客确认).

        Lines that are not declined are approved. A supplement, and any order of a
        visit whose work is authorized already, is confirmed and locked at once.

        :param str method: ``signature|phone|message|in_person``
        :param str consent_by: the name of the person who decided
        :param consent_date: when (UTC), now unless given
        :param str note: e.g. which number was called
        :param dict declined: the lines not wanted: {line id: reason}
        :param str signature: the signature (base64), for the method ``signature``
        :raise ConsentRefused: when there is nothing to decide (any more)
        """
        if method not in dict(CONSENT_METHODS):
            raise ConsentRefused(
                self.env._("“%s” is not a valid way to give consent.", method)
            )
        if method == "signature" and not signature:
            raise ConsentRefused(self.env._("Please let the customer sign first."))
        date = fields.Datetime.to_datetime(consent_date) or fields.Datetime.now()
        if date > fields.Datetime.now():
            raise ConsentRefused(self.env._("Consent cannot be dated in the future."))
        self._check_advisor()
        if not set(self.order_line.ids).issuperset(declined or ()):
            # whoever declines what is not there must not have agreed to all the rest
            raise ConsentRefused(
                self.env._(
                    "%(orders)s: one of the declined lines is not on this order. "
                    "Please check the order again.",
                    orders=", ".join(self.mapped("name")),
                )
            )
        for order in self:
            lines = order._decidable_lines()
            order._decide(
                {
                    line: why
                    for line, why in (declined or {}).items()
                    if line in lines.ids
                },
                {
                    "consent_method": method,
                    "consent_by": consent_by,
                    "consent_date": date,
                    "consent_note": note,
                    "consent_user_id": self.env.uid,
                },
                signature=signature,
            )
        return True

    def action_share_link(self):
        """Make the link on which the customer decides himself; the old one dies.

        Nobody decides about additional work without being told why: a supplement
        without a reason asks for it first.
        """
        self._check_link()
        for order in self:
            order._check_decidable(is_approval=True)
            if order.dealer_kind == "supplement" and not order._has_reason():
                return self.env["dealer.reason.wizard"]._open("share_supplement", order)
        for order in self:
            # the key is nobody's to write: it is made anew
            order.sudo().access_token = False
            order._portal_ensure_token()
            order._write_by_method({"dealer_date_seen": False})
            if order.state == "draft":
                order.action_quotation_sent()
        return True

    def _has_reason(self):
        self.ensure_one()
        return bool((self.dealer_reason or "").strip())

    def _share_supplement(self, reason):
        self.ensure_one()
        self.dealer_reason = reason
        return self.action_share_link()

    def action_ask_consent(self):
        """Open the dialog that records what the customer decided about this order."""
        self.ensure_one()
        action = self.reception_id.action_ask_consent()
        action["context"]["default_order_id"] = self.id
        return action

    def action_ask_signature(self):
        """Open the dialog in which the customer signs afterwards (补签)."""
        self.ensure_one()
        action = self.action_ask_consent()
        action["context"]["default_is_afterwards"] = True
        action["context"]["default_method"] = "signature"
        return action

    @arguments(consent_by=TEXT, signature=BASE64)
    def action_record_signature(self, consent_by, signature):
        """Add the signature to a consent that was first given otherwise (补签)."""
        self._check_advisor()
        for order in self:
            if not order._is_consent_valid() or order.signature:
                raise ConsentRefused(
                    self.env._(
                        "%(order)s has no consent that still needs a signature.",
                        order=order.name,
                    )
                )
            if not signature or not (consent_by or "").strip():
                raise ConsentRefused(self.env._("Please let the customer sign first."))
            order._write_by_method(order._signature_vals(consent_by, signature))
            order.message_post(
                body=self.env._("%(name)s signed afterwards.", name=consent_by)
            )
        return True

    def action_void_consent(self):
        """Take the consent back before the work is authorized: ask again."""
        self._check_advisor()
        for order in self:
            if order.state == "sale":
                order._raise_agreed()
        self.filtered("consent_date")._void_consent(
            self.env._("%(user)s will ask the customer again", user=self.env.user.name)
        )
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_advisor(self):
        """:raise AccessError: for whoever may write orders without dealing with them

        A cashier writes orders, but does not speak for the customer.
        """
        self.check_access("write")
        advisor = groups.ADVISOR
        if not self.env.su and not self.env.user.has_group(advisor):
            raise AccessError(
                self.env._("Consents are recorded by the service advisors.")
            )

    def _void_consent(self, reason):
        """The consent no longer stands: back to pending, for everybody to see."""
        for order in self:
            order.message_post(
                body=self.env._(
                    "The consent of %(name)s to %(amount)s no longer stands:"
                    " %(reason)s.",
                    name=order.consent_by,
                    amount=order.currency_id.format(order.consent_amount),
                    reason=reason,
                )
            )
            order._write_by_method(
                dict.fromkeys(
                    CONSENT_FIELDS | {"signature", "signed_by", "signed_on"}, False
                )
            )
            order.order_line.filtered(
                lambda line: line.dealer_decision == "approved"
            )._write_by_method({"dealer_decision": "pending"})
        self.reception_id._refresh_estimate_total()

    def _cancel_by_method(self, reason, is_consent_kept=False):
        """Cancel orders that are locked against everybody else.

        :param bool is_consent_kept: whether it stays on record what was signed
        """
        for order in self:
            if order.consent_date and not is_consent_kept:
                order._void_consent(reason)
            else:
                order.message_post(
                    body=self.env._("Cancelled: %(reason)s.", reason=reason)
                )
            order = order.with_context(dealer_order_method=_BY_METHOD)
            order.locked = False
            order._action_cancel()
