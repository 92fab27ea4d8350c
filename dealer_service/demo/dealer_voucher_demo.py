"""Vouchers of the demo dealership: two wait, one was withdrawn, one was redeemed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Car whose visit was paid with a voucher, its amount, and why it was given.
REDEEMED = (4, 100.0, "上次等配件三天，经理致歉赠送。")
#: Car, amount (none: a free wheel alignment), why, and why it was withdrawn.
GIVEN = (
    (28, 200.0, "预约时间被我店改了两次。", ""),
    (32, 0.0, "做过四轮定位后仍跑偏，免费复检。", ""),
    (33, 2000.0, "洗车时刮花轮毂，已抛光。", "金额多录了一个零，另发 200 元。"),
)


class DealerVoucher(models.Model):
    """Loading of the demo vouchers."""

    _name = "dealer.voucher"
    _inherit = "dealer.voucher"

    @api.model
    def _load_demo(self):
        """Those of the last weeks. Loads once."""
        if self.search_count([("state", "!=", "redeemed")]):
            return
        for number, amount, reason, withdrawn in GIVEN:
            voucher = self._demo_give(number, amount, reason, number)
            if withdrawn:
                voucher.action_withdraw(withdrawn)

    @api.model
    def _demo_give(self, number, amount, reason, days):
        """The service manager gives one to the customer of a car, ``days`` ago."""
        visits = self.env["dealer.reception"]
        manager = self.env.ref("dealer_service.demo_user_manager")
        labour = visits._demo("product_labour_alignment")
        voucher = self.with_user(manager).create(
            {
                "partner_id": visits._demo(f"vehicle_{number:02d}").owner_id.id,
                "kind": "value" if amount else "service",
                "amount": amount,
                "product_id": not amount and labour.id,
                "reason": reason,
            }
        )
        voucher.flush_recordset()
        issued = visits._demo_day(fields.Datetime.now() - timedelta(days=days))
        # Odoo keeps by itself when a record was made
        self.env.cr.execute(
            SQL(
                "UPDATE dealer_voucher SET create_date = %s WHERE id = %s",
                issued,
                voucher.id,
            )
        )
        voucher.invalidate_recordset(["create_date"])
        return voucher


class DealerReception(models.Model):
    """A demo visit that is paid with a voucher."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _demo_redeem(self, times):
        """The customer of the car shows it before the settlement."""
        number, amount, reason = REDEEMED
        if self.vehicle_id != self._demo(f"vehicle_{number:02d}"):
            return
        voucher = self.env["dealer.voucher"]._demo_give(number, amount, reason, 30)
        self.with_user(self.advisor_id)._redeem(voucher)
        self.variance_reason = self._reduction_words()
        # the process keeps when it was; the visit was settled in the past
        voucher.sudo()._write_by_method({"date_redeemed": times["date_settled"]})
