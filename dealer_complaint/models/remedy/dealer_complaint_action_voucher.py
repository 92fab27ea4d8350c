from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerComplaintAction(models.Model):
    """A voucher: for the amount of the remedy, or for a service once."""

    _name = "dealer.complaint.action"
    _inherit = "dealer.complaint.action"
    _CONSEQUENCES = ((("voucher_product_id",), "_agree_anew"),)

    voucher_product_id = fields.Many2one(
        "product.product",
        "Service on the Voucher",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        help="Empty: the voucher is good for the amount of the remedy.",
    )
    voucher_until = fields.Date(
        "Voucher Valid Until", copy=False, help="Empty: as long as the shop says."
    )
    voucher_id = fields.Many2one(
        "dealer.voucher",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )

    @api.constrains("kind", "voucher_product_id", "voucher_until")
    def _check_is_voucher(self):
        for action in self:
            is_described = action.voucher_product_id or action.voucher_until
            if is_described and action.kind != "voucher":
                raise ValidationError(
                    self.env._("Only a voucher is good for a service, or until a day.")
                )

    def _worth(self):
        """A free service is worth what an estimate of today asks for it."""
        worth = super()._worth()
        if not self.voucher_product_id:
            return worth
        # whoever grants it has no rights on prices
        prices = self.env["dealer.public.price"].sudo()
        row = prices.new(
            {
                "company_id": self.company_id.id,
                "product_id": self.voucher_product_id.id,
            }
        )
        return max(worth, row.price)

    def _check_terms(self):
        today = self.company_id._dealer_today()
        if self.voucher_until and self.voucher_until < today:
            self._refuse(self.env._("Nobody could use the voucher any more."))
        return super()._check_terms()

    def _documents(self):
        return super()._documents() + ([self.voucher_id] if self.voucher_id else [])

    def _make_voucher(self):
        """Issued at once: the approval was given for it."""
        complaint = self.complaint_id
        service = self.voucher_product_id
        if not service and not self.cost:
            self._refuse(self.env._("Enter the amount first."))
        vouchers = self.env["dealer.voucher"].with_company(self.company_id)
        until = self.voucher_until or vouchers._usual_last_day(self.company_id)
        voucher = vouchers.create(
            {
                "company_id": self.company_id.id,
                "kind": "service" if service else "value",
                "amount": 0.0 if service else self.cost,
                "product_id": service.id,
                "date_until": until,
                "partner_id": complaint.partner_id.id,
                "reason": self._reference(),
            }
        )
        return {"voucher_id": voucher.id}
