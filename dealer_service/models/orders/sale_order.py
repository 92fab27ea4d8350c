from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.dealer_reception_states import OPEN_STATES

DEALER_KINDS = [("estimate", "Estimate"), ("supplement", "Supplement")]
DEALER_PAYERS = [
    ("customer", "Customer"),
    ("warranty", "Warranty (Manufacturer)"),
    ("insurance", "Insurance"),
    ("internal", "Internal"),
    ("goodwill", "Goodwill"),
]

# Written by the methods of the order only. The key of the context is an object of
# this process: no remote caller, import or default can forge it.
_BY_METHOD = object()
CONSENT_FIELDS = {
    "consent_method",
    "consent_by",
    "consent_date",
    "consent_amount",
    "consent_note",
    "consent_user_id",
    "consent_digest",
    "consent_paper",
    "dealer_date_seen",
}
#: Between what Odoo dates and what it then writes.
_AT_ONCE = timedelta(minutes=1)
_SIGNATURE_FIELDS = {"signature", "signed_by", "signed_on"}
#: What a customer agreed to, beside the lines: fixed once the consent is given.
_AGREED_FIELDS = {
    "name",
    "note",
    "validity_date",
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "pricelist_id",
    "fiscal_position_id",
    "payment_term_id",
    "currency_id",
    "currency_rate",
    "company_id",
    "amount_untaxed",
    "amount_tax",
    "amount_total",
    "reception_id",
    "dealer_kind",
    "dealer_payer",
    "dealer_reason",
    "dealer_extra_minutes",
    "dealer_date_promised",
    "dealer_photo_ids",
}


class SaleOrder(models.Model):
    """Estimates and supplements of a visit, one order for each payer.

    What the customer consented to is kept by :mod:`.sale_order_consent`.
    """

    _name = "sale.order"
    _inherit = "sale.order"

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    vehicle_id = fields.Many2one(related="reception_id.vehicle_id", string="Car")
    dealer_kind = fields.Selection(DEALER_KINDS, "Kind", tracking=True)
    dealer_payer = fields.Selection(DEALER_PAYERS, "Payer", tracking=True)
    dealer_reason = fields.Text(
        "Reason",
        copy=False,
        groups="base.group_user",
        help="Why the additional work is needed, in plain words.",
    )
    dealer_photo_ids = fields.Many2many(
        "ir.attachment",
        "sale_order_dealer_photo_rel",
        string="Photos",
        copy=False,
        bypass_search_access=True,
        help="What the customer sees beside the supplement.",
    )

    _dealer_order_complete = models.Constraint(
        "CHECK(reception_id IS NULL"
        " OR (dealer_kind IS NOT NULL AND dealer_payer IS NOT NULL))",
        "An order of a visit needs a kind and a payer.",
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create([self._with_visit(vals) for vals in vals_list])
        orders._check_created()
        orders._notice_supplement()
        orders._bind_photos()
        return orders

    def _with_visit(self, vals):
        """``vals`` completed from the visit that they, or the context, name."""
        reception_id = vals.get(
            "reception_id", self.env.context.get("default_reception_id")
        )
        if not reception_id:
            return vals
        reception = self.env["dealer.reception"].browse(reception_id)
        defaults = {
            "partner_id": reception.partner_id.id,
            "company_id": reception.company_id.id,
            "user_id": reception.advisor_id.id,
            "dealer_kind": reception._next_order_kind(),
            "dealer_payer": "customer",
        }
        for name in list(defaults):
            if f"default_{name}" in self.env.context:
                del defaults[name]
        return {**defaults, **vals}

    def _check_created(self):
        """Nobody is born with a consent, and no dealer order beyond a draft."""
        if self.env.context.get("dealer_order_method") is _BY_METHOD:
            return
        for order in self:
            # read with all rights: some of the fields are not everybody's to read
            if any(order.sudo()[name] for name in CONSENT_FIELDS):
                raise UserError(
                    self.env._(
                        "Consent is recorded with the buttons of the order. It "
                        "cannot be entered by hand."
                    )
                )
            if not order.reception_id:
                continue
            if any(order[name] for name in _SIGNATURE_FIELDS):
                order._raise_signature()
            if order.state not in ("draft", "sent") or order.locked:
                raise UserError(
                    self.env._("An estimate or a supplement starts as a draft.")
                )
            order._check_visit_open()

    def write(self, vals):
        if self.env.context.get("dealer_order_method") is not _BY_METHOD:
            self._check_direct_write(vals)
            if vals.get("state") in ("draft", "cancel"):
                # whatever happens to the order next, it has to be asked for again
                self.filtered(
                    lambda o: o.consent_date and o.state != vals["state"]
                )._void_consent(self.env._("the order was set back to draft"))
        joining = self.filtered(lambda o: not o.reception_id)
        result = super().write(vals)
        if vals.get("reception_id"):
            for order in joining:
                order._check_visit_open()
            joining._notice_supplement()
        if "dealer_photo_ids" in vals:
            self._bind_photos()
        if vals.get("state") == "cancel":
            # cancelled on the customer's link, without rights on the shop's lists
            self.sudo().order_line.dealer_declined_work_id._reopen()
        return result

    def _check_direct_write(self, vals):
        """Refuse what would go round the consent.

        :raise UserError: naming the order and the way that is open
        """
        if CONSENT_FIELDS.intersection(vals):
            raise UserError(
                self.env._(
                    "%(orders)s: consent is recorded with the buttons of the order. "
                    "It cannot be entered or changed by hand.",
                    orders=", ".join(self.mapped("name")),
                )
            )
        agreed = _AGREED_FIELDS.intersection(vals)
        for order in self:
            if order.consent_date and any(order._would_change(vals, f) for f in agreed):
                order._raise_agreed()
            if order.consent_date and order._would_move_date(vals):
                order._raise_agreed()
            if order.reception_id:
                order._check_dealer_write(vals)
            elif vals.get("reception_id"):
                order._check_joining(vals)

    def _check_joining(self, vals):
        """:raise UserError: for a sale that was agreed to outside of the visit"""
        self.ensure_one()
        if self.state not in ("draft", "sent") or vals.get("state") == "sale":
            raise UserError(
                self.env._(
                    "%(order)s is already confirmed and cannot be added to a visit.",
                    order=self.name,
                )
            )
        if any(vals.get(name, self[name]) for name in _SIGNATURE_FIELDS):
            self._raise_signature()

    def _check_dealer_write(self, vals):
        """The part of :meth:`_check_direct_write` that only visits know."""
        self.ensure_one()
        if "reception_id" in vals and self._would_change(vals, "reception_id"):
            raise UserError(
                self.env._(
                    "%(order)s belongs to %(visit)s and cannot be moved.",
                    order=self.name,
                    visit=self.reception_id.name,
                )
            )
        for name in _SIGNATURE_FIELDS.intersection(vals):
            # nobody adds one, and what was signed stays signed
            if vals[name] or (self.consent_date and self[name]):
                self._raise_signature()
        state = vals.get("state", self.state)
        if state == "sale" != self.state:
            self._check_consent()
        if self.state == "sale" != state:
            raise UserError(
                self.env._(
                    "The customer has agreed to %(order)s. Use “Cancel Agreement”, "
                    "which keeps a record of it.",
                    order=self.name,
                )
            )
        if "locked" in vals and not vals["locked"] and self.locked:
            self._raise_agreed()

    def _would_move_date(self, vals):
        """Whether ``vals`` give another date than that of the confirmation."""
        if "date_order" not in vals:
            return False
        if vals.get("state") == "sale" != self.state:
            # Odoo dates the order when it is confirmed, and so does nobody else
            date = fields.Datetime.to_datetime(vals["date_order"])
            return not date or abs(fields.Datetime.now() - date) > _AT_ONCE
        return self._would_change(vals, "date_order")

    def _would_change(self, vals, name):
        """Whether writing ``vals`` gives the field ``name`` another value."""
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return True
        return field.convert_to_cache(vals[name], self) != field.convert_to_cache(
            self[name], self
        )

    def _raise_agreed(self):
        raise UserError(
            self.env._(
                "The customer has agreed to %(order)s, so it can no longer be "
                "changed. Offer additional work as a supplement; before the work is "
                "authorized, “Ask Again” withdraws the consent.",
                order=self[:1].name,
            )
        )

    def _raise_signature(self):
        raise UserError(
            self.env._(
                "%(order)s: a signature is recorded together with the consent.",
                order=self.name,
            )
        )

    def _write_by_method(self, vals):
        """Write what only the process may record."""
        self.with_context(dealer_order_method=_BY_METHOD).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        for order in self:
            if order.reception_id and (order.consent_date or order._was_decided()):
                raise UserError(
                    self.env._(
                        "%(order)s was presented to the customer and must be kept.",
                        order=order.name,
                    )
                )

    def _was_decided(self):
        return any(
            line.dealer_decision in ("approved", "declined") for line in self.order_line
        )

    # ------------------------------------------------------------------
    # ACTIONS AND HOOKS OF SALE
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Confirm; a dealer order only as the customer agreed to it, and locked."""
        dealer_orders = self.filtered("reception_id")
        for order in dealer_orders:
            order._check_consent()
        result = super().action_confirm()
        agreed = dealer_orders.order_line.filtered(
            # a note is what had no price when it was found: that of the order is for it
            lambda line: line.dealer_decision == "approved" or line.display_type
        )
        # the customer may confirm on his link, without rights on the shop's lists
        agreed.sudo().dealer_declined_work_id.action_done()
        return result

    def _should_be_locked(self):
        return bool(self.reception_id) or super()._should_be_locked()

    def action_unlock(self):
        for order in self:
            if order.reception_id and order.consent_date:
                order._raise_agreed()
        return super().action_unlock()

    def _has_to_be_signed(self):
        """Sale's own page knows all or nothing: visits have a page of their own."""
        return not self.reception_id and super()._has_to_be_signed()

    def _has_to_be_paid(self):
        return not self.reception_id and super()._has_to_be_paid()

    def _can_be_edited_on_portal(self):
        return not self.reception_id and super()._can_be_edited_on_portal()

    def _is_confirmation_amount_reached(self):
        """A payment does not replace the consent."""
        self.ensure_one()
        if self.reception_id and not self._is_consent_valid():
            return False
        return super()._is_confirmation_amount_reached()

    def _prepare_invoice(self):
        values = super()._prepare_invoice()
        # of every sale: what differs in them is invoiced apart
        values["reception_id"] = self.reception_id.id
        values["dealer_payer"] = bool(self.reception_id) and self.dealer_payer
        return values

    def _get_invoice_grouping_keys(self):
        """An invoice belongs to one visit and to one payer of it."""
        return [*super()._get_invoice_grouping_keys(), "reception_id", "dealer_payer"]

    def action_view_reception(self):
        """Back to the visit."""
        self.ensure_one()
        return self.reception_id._get_records_action()

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_visit_open(self):
        """:raise UserError: when the visit is over"""
        self.ensure_one()
        if self.reception_id.state not in OPEN_STATES:
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: no more work can be offered.",
                    visit=self.reception_id.name,
                    state=self.reception_id._state_label(),
                )
            )

    def _bind_photos(self):
        """Photos are seen with the order: nobody shows what he may not see himself."""
        for order in self:
            photos = order.dealer_photo_ids
            if photos:
                photos.check_access("read")
                loose = photos.filtered(lambda photo: not photo.res_id)
                loose.write({"res_model": self._name, "res_id": order.id})

    def _notice_supplement(self):
        """From now on the standards for supplements are asked for as well."""
        self.filtered(
            lambda o: o.dealer_kind == "supplement"
        ).reception_id._create_checks()
