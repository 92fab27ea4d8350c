from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups

#: What whoever follows an order writes: its thread, its tasks.
_OF_EVERYBODY = ("activity_", "message_", "rating_", "website_")
#: What makes an offer of a visit, agreed to or not: for whom, for how much, offered,
#: withdrawn, and why.
_OF_THE_SERVICE = (
    "dealer_",
    "discount",
    "fiscal_position_id",
    "order_id",
    "partner_",
    "payment_term_id",
    "price",
    "product_",
    "reception_id",
    "state",
    "tax_ids",
)


class SaleOrder(models.Model):
    """What was offered and agreed to in a visit is the service department's.

    Whoever sells, collects or keeps the books may write every order in Odoo: whose it
    is, what was handed out, and under which number the customer knows it.
    """

    _name = "sale.order"
    _inherit = "sale.order"

    def _check_direct_write(self, vals):
        self._check_writer(self, vals)
        if "dealer_urgency" in vals and not vals["dealer_urgency"]:
            self._check_not_found_work()
        return super()._check_direct_write(vals)

    def _check_writer(self, records, vals):
        """Of orders, or of their lines.

        :raise AccessError: for whoever has no role in the service department
        """
        if self._is_of_service():
            return
        for name in vals:
            if name.startswith(_OF_EVERYBODY):
                continue
            for record in records:
                order = record if record._name == self._name else record.order_id
                if not order.reception_id or not record._would_change(vals, name):
                    continue
                if not order.consent_date and name.startswith(_OF_THE_SERVICE):
                    order._raise_of_service()
                if order.consent_date:
                    raise AccessError(
                        self.env._(
                            "%(order)s was agreed to. “%(field)s” is changed by the "
                            "service department only.",
                            order=order.name,
                            field=record._fields[name]._description_string(self.env),
                        )
                    )

    @api.model
    def _is_of_service(self):
        return self.env.su or self.env.user.has_group(groups.ADVISOR)

    def _raise_of_service(self):
        raise AccessError(
            self.env._(
                "%(order)s is the offer of a visit: it is made, changed and withdrawn "
                "by the service department only.",
                order=self[:1].name,
            )
        )

    def _check_not_found_work(self):
        """:raise UserError: for what was found on a car, which stays on record"""
        for order in self.filtered("dealer_urgency"):
            raise UserError(
                self.env._(
                    "%(order)s tells how urgent the work is that was found on the "
                    "car, and is kept. If it is not needed, use “Withdraw the Offer”.",
                    order=order.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_service(self):
        offers = self.filtered("reception_id")
        if offers and not self._is_of_service():
            offers._raise_of_service()
        offers._check_not_found_work()


class SaleOrderLine(models.Model):
    """See :class:`SaleOrder`."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _check_direct_write(self, vals):
        work = self.filtered(lambda line: not line._is_deposit())
        self.order_id._check_writer(work, vals)
        if "invoice_lines" in vals and not self.env.su:
            work._check_invoiced_by_odoo()
        if "qty_delivered" in vals and not self.env.su:
            work._check_handed_out(vals)
        return super()._check_direct_write(vals)

    def _check_created(self):
        result = super()._check_created()
        work = self.filtered(lambda line: not line._is_deposit())
        offers = work.order_id.filtered("reception_id")
        if offers and not offers._is_of_service():
            offers._raise_of_service()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_service(self):
        work = self.filtered(lambda line: not line._is_deposit())
        offers = work.order_id.filtered("reception_id")
        if offers and not offers._is_of_service():
            offers._raise_of_service()

    def _check_handed_out(self, vals):
        """:raise UserError: for what was handed out in a visit that is settled"""
        for line in self:
            # whoever writes the order need not have rights on visits
            visit = line.sudo().reception_id
            if visit.date_settled and line._would_change(vals, "qty_delivered"):
                raise UserError(
                    self.env._(
                        "%(visit)s is settled, and what was handed out for it is kept. "
                        "A service manager takes the settlement back with “Correct the "
                        "Settlement” on the visit, and says why.",
                        visit=visit.name,
                    )
                )

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
