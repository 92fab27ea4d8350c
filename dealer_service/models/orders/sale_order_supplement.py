from odoo import api, fields, models

#: How soon what was found should be done.
URGENCIES = [
    ("safety", "At Once, for Safety"),
    ("soon", "Soon"),
    ("later", "At the Next Service"),
]


class SaleOrder(models.Model):
    """What a supplement does to the promised time."""

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
