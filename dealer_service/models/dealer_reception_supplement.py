from odoo import api, fields, models


class DealerReception(models.Model):
    """What became of the extra work that was offered: automation rules fire on it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    supplement_state = fields.Selection(
        [
            ("pending", "Waiting for a Decision"),
            ("approved", "Approved"),
            ("partial", "Approved in Part"),
            ("declined", "Declined"),
        ],
        "Supplements",
        compute="_compute_supplement_state",
        store=True,
        help="State of all supplements of the visit together. Empty: no additional "
        "work was offered.",
    )

    @api.depends(
        "order_ids.dealer_kind",
        "order_ids.state",
        "order_ids.consent_date",
        "order_ids.order_line.dealer_decision",
    )
    def _compute_supplement_state(self):
        for reception in self:
            # no price is told, and a technician has to know as well
            orders = reception.sudo().order_ids.filtered(
                lambda order: order.dealer_kind == "supplement"
            )
            waiting = orders.filtered(
                lambda order: (
                    order.state in ("draft", "sent")
                    and not order.consent_date
                    and order._decidable_lines()
                )
            )
            decisions = set(orders.order_line.mapped("dealer_decision")) - {"pending"}
            if waiting:
                reception.supplement_state = "pending"
            elif len(decisions) == 2:
                reception.supplement_state = "partial"
            else:
                reception.supplement_state = next(iter(decisions), False)
