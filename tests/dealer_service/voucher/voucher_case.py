"""Base case: a visit of 780 that is ready for its settlement, and vouchers."""

from odoo.tests import Form

from ..orders.test_settlement import SettlementCase


class VoucherCase(SettlementCase):
    @classmethod
    def make_voucher(cls, **values):
        """100 for the customer of the visit, unless given otherwise."""
        if values.get("kind") != "service":
            values.setdefault("amount", 100.0)
        return cls.env["dealer.voucher"].create(
            {"partner_id": cls.customer.id, "reason": "等配件一周", **values}
        )

    def dialog(self):
        """The dialog of the settlement, as the user opens it."""
        self.ready()
        self.tick(self.reception)
        action = self.reception.with_env(self.env).action_open_settlement()
        return Form(self.env[action["res_model"]].with_context(action["context"]))

    def settle_with(self, *vouchers, **values):
        dialog = self.dialog()
        for voucher in vouchers:
            dialog.voucher_ids.add(voucher.with_env(self.env))
        for name, value in values.items():
            dialog[name] = value
        dialog.save().action_settle()
        return self.reception.invoice_ids
