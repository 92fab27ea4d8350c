from odoo import models
from odoo.exceptions import AccessError, UserError

from ..models.common.dealer_reception_states import UNSERVED_STATES
from ..tools import groups


class SaleAdvancePaymentInv(models.TransientModel):
    """The work of a visit is billed by its settlement; before it there are deposits."""

    _name = "sale.advance.payment.inv"
    _inherit = "sale.advance.payment.inv"

    def _create_invoices(self, sale_orders):
        if not self.env.su:
            for order in sale_orders.filtered("reception_id"):
                self._check_billed_beside_settlement(order)
        return super()._create_invoices(sale_orders)

    def _check_billed_beside_settlement(self, order):
        """:raise UserError: for work that is settled, and for whoever only sells"""
        # whoever bills need not read visits
        visit = order.sudo().reception_id
        is_deposit = self.advance_payment_method != "delivered"
        is_settled_apart = visit.state in UNSERVED_STATES
        if not is_settled_apart and (visit.date_settled or not is_deposit):
            raise UserError(
                self.env._(
                    "%(order)s belongs to %(visit)s and is billed by the settlement of "
                    "the visit. Only a deposit can be billed before it.",
                    order=order.name,
                    visit=visit.name,
                )
            )
        user = self.env.user
        if not (
            user.has_group(groups.ADVISOR)
            or user.has_group("account.group_account_invoice")
        ):
            raise AccessError(
                self.env._(
                    "%(order)s belongs to a visit. It is billed by the service "
                    "department or accounting only.",
                    order=order.name,
                )
            )
