from odoo import api, fields, models

from ...tools import groups

#: How soon what was found should be done.
URGENCIES = [
    ("safety", "At Once, for Safety"),
    ("soon", "Soon"),
    ("later", "At the Next Service"),
]


class SaleOrder(models.Model):
    """What an offer is written with: words, and the time a supplement takes."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_urgency = fields.Selection(
        URGENCIES,
        "Urgency",
        copy=False,
        groups="base.group_user",
        help="How soon the additional work should be done, as the technician sees it.",
    )
    dealer_extra_minutes = fields.Integer("Additional Time (min)", copy=False)
    dealer_date_promised = fields.Datetime(
        "New Promised Time",
        compute="_compute_dealer_date_promised",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        help="Promised to the customer if the supplement is agreed to. By default, "
        "the current promised time plus the additional time.",
    )
    dealer_concern_words = fields.Text(
        "Customer's Words",
        compute="_compute_dealer_concern_words",
        groups=groups.ADVISOR,
        help="What the customer reported, as it was written down at reception.",
    )
    dealer_own_words_id = fields.Many2one(
        "product.product",
        "Work in Own Words",
        compute="_compute_dealer_own_words_id",
        groups=groups.ADVISOR,
        help="What a line is of that the catalogue has no entry for. Archived: every "
        "line is of the catalogue.",
    )

    dealer_unpriced = fields.Char(
        "Lines without a Price",
        compute="_compute_dealer_unpriced",
        groups=groups.ADVISOR,
        help="Work in own words that nobody has put a price on. What is given away has "
        "its price, and a discount.",
    )

    @api.depends("dealer_extra_minutes", "dealer_kind", "reception_id.date_promised")
    def _compute_dealer_date_promised(self):
        """Extra time moves the promise as long as the customer has not decided."""
        for order in self:
            visit = order.reception_id
            if (
                order.dealer_kind == "supplement"
                and order.dealer_extra_minutes
                and visit.date_promised
                and order.state in ("draft", "sent")
                and not order.consent_date
            ):
                order.dealer_date_promised = visit._promise_after(
                    order.dealer_extra_minutes
                )
            else:
                order.dealer_date_promised = order.dealer_date_promised

    @api.depends("reception_id.concern_ids.name")
    def _compute_dealer_concern_words(self):
        for order in self:
            words = order.reception_id.concern_ids.mapped("name")
            order.dealer_concern_words = "\n".join(words)

    @api.depends("company_id")
    def _compute_dealer_own_words_id(self):
        product = self.env.ref("dealer_service.product_own_words", False)
        shops = product and product.active and (product.company_id or self.company_id)
        for order in self:
            is_ours = shops and order.company_id in shops
            order.dealer_own_words_id = product if is_ours else False

    @api.depends("order_line.product_id", "order_line.price_unit", "order_line.name")
    def _compute_dealer_unpriced(self):
        """The catalogue has no price for own words: it is forgotten easily."""
        product = self.env.ref("dealer_service.product_own_words", False)
        for order in self:
            lines = order.order_line.filtered(
                lambda line: (
                    product and line.product_id == product and not line.price_unit
                )
            )
            order.dealer_unpriced = "; ".join(line.name or "" for line in lines)

    # ------------------------------------------------------------------
    # LOG
    # ------------------------------------------------------------------

    def _creation_message(self):
        """Said of every estimate; looking up the name of the model costs a query."""
        if self.reception_id:
            return self.env._("Written for the visit %s.", self.reception_id.name)
        return super()._creation_message()

    def _mail_track(self, tracked_fields, initial_values):
        """That an order is confirmed, and locked with it, is one line of the entry
        (decision 0037)."""
        former = initial_values.get("state")
        is_confirmed = self.reception_id and former and former != self.state == "sale"
        if not (is_confirmed and "state" in tracked_fields):
            return super()._mail_track(tracked_fields, initial_values)
        tracked_fields = {**tracked_fields}
        states = dict(tracked_fields.pop("state")["selection"])
        if self.locked:
            tracked_fields.pop("locked", None)
        changes, values = super()._mail_track(tracked_fields, initial_values)
        self._track_set_log_message(f"{states[former]} → {states[self.state]}")
        return changes | {"state"}, values
