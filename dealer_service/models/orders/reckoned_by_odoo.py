from odoo import models

from ...tools.field_values import is_reckoned_by_odoo


class SaleOrder(models.Model):
    """The figures of an order follow from its lines, and from nothing else."""

    _name = "sale.order"
    _inherit = "sale.order"

    def _is_reckoned(self, field):
        return super()._is_reckoned(field) or (
            is_reckoned_by_odoo(field) and any(order.reception_id for order in self)
        )

    def _reckon_anew(self):
        """Put right what somebody handed in for an order before it was of a visit."""
        for records in (self.order_line, self):
            for name in records._amounts_of_odoo():
                self.env.add_to_compute(records._fields[name], records)


class SaleOrderLine(models.Model):
    """What a line comes to, and what of it is delivered by the warehouse."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _is_reckoned(self, field):
        if super()._is_reckoned(field):
            return True
        if field and field.name == "qty_delivered":
            # typed in for what no other document delivers
            return any(
                line.qty_delivered_method != "manual"
                for line in self.filtered("reception_id")
            )
        return is_reckoned_by_odoo(field) and any(line.reception_id for line in self)


class AccountMove(models.Model):
    """The totals of an invoice follow from its lines."""

    _name = "account.move"
    _inherit = "account.move"

    def _is_reckoned(self, field):
        return super()._is_reckoned(field) or (
            is_reckoned_by_odoo(field) and any(move.reception_id for move in self)
        )


class AccountMoveLine(models.Model):
    """What a line of an invoice comes to."""

    _name = "account.move.line"
    _inherit = "account.move.line"

    def _is_reckoned(self, field):
        return super()._is_reckoned(field) or (
            is_reckoned_by_odoo(field)
            and bool(self.move_id.reception_id or self.move_id.origin_payment_id)
        )
