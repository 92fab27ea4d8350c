from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools import groups

#: What whoever follows an order writes: its thread, its tasks.
_OF_EVERYBODY = ("activity_", "message_", "rating_", "website_")


class SaleOrder(models.Model):
    """What was agreed to in a visit is looked after by the service department.

    Whoever sells, collects or keeps the books may write every order in Odoo: whose it
    is, what was handed out, and under which number the customer knows it.
    """

    _name = "sale.order"
    _inherit = "sale.order"

    def _check_direct_write(self, vals):
        self._check_writer(self, vals)
        return super()._check_direct_write(vals)

    def _check_writer(self, records, vals):
        """Of orders, or of their lines.

        :raise AccessError: for whoever has no role in the service department
        """
        if self.env.su or self.env.user.has_group(groups.ADVISOR):
            return
        for name in vals:
            if name.startswith(_OF_EVERYBODY):
                continue
            for record in records:
                order = record if record._name == self._name else record.order_id
                agreed = order.reception_id and order.consent_date
                if agreed and record._would_change(vals, name):
                    raise AccessError(
                        self.env._(
                            "%(order)s was agreed to. “%(field)s” is changed by the "
                            "service department only.",
                            order=order.name,
                            field=record._fields[name]._description_string(self.env),
                        )
                    )


class SaleOrderLine(models.Model):
    """See :class:`SaleOrder`."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _check_direct_write(self, vals):
        work = self.filtered(lambda line: not line._is_deposit())
        self.order_id._check_writer(work, vals)
        if "invoice_lines" in vals and not self.env.su:
            work._check_invoiced_by_odoo()
        return super()._check_direct_write(vals)

    def _check_invoiced_by_odoo(self):
        """:raise UserError: for work that would be billed twice, or never"""
        for line in self.filtered("reception_id"):
            raise UserError(
                self.env._(
                    "%(order)s: what is invoiced of “%(line)s” follows from the "
                    "invoices.",
                    order=line.order_id.name,
                    line=line.name,
                )
            )
