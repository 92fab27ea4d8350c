"""What the customer signed stays signed, and nothing else is taken for it."""

from odoo.exceptions import UserError
from odoo.tests import users

from odoo.addons.dealer_service.models.orders.sale_order_consent import ConsentRefused

from ...signature import SIGNATURE
from .test_consent import ConsentCase


class TestConsentSignature(ConsentCase):
    @users("advisor")
    def test_signature_can_neither_be_erased_nor_replaced(self):
        order = self.order.with_env(self.env)
        order.action_record_consent("signature", "王建国", signature=SIGNATURE)
        for name in ("signature", "signed_by", "signed_on"):
            with self.subTest(name), self.assertRaises(UserError):
                order.write({name: False})
        with self.assertRaises(ConsentRefused):
            order.action_record_signature("somebody else", SIGNATURE)
        self.assertEqual(order.signed_by, "王建国")

    @users("advisor")
    def test_signature_of_something_else_does_not_come_along(self):
        signed = {"signature": SIGNATURE, "signed_by": "x"}
        base = {"reception_id": self.reception.id, "partner_id": self.customer.id}
        for vals in ({**base, **signed}, {**base, "signed_by": "x"}):
            with self.subTest(vals), self.assertRaises(UserError):
                self.env["sale.order"].create(vals)
        sale = self.env["sale.order"].create({"partner_id": self.customer.id})
        joined = {**base, "dealer_kind": "estimate", "dealer_payer": "customer"}
        with self.assertRaises(UserError):
            sale.write({**joined, **signed})
        sale.write(signed)
        with self.assertRaises(UserError):
            sale.write(joined)
        sale.write({**joined, **dict.fromkeys(signed, False)})
        self.assertEqual(sale.reception_id, self.reception)

    @users("advisor")
    def test_sale_cannot_become_part_of_a_visit_that_is_over(self):
        self.reception.sudo()._write_by_method({"state": "delivered"})
        sale = self.env["sale.order"].create({"partner_id": self.customer.id})
        with self.assertRaisesRegex(UserError, "no more work can be offered"):
            sale.write(
                {
                    "reception_id": self.reception.id,
                    "dealer_kind": "estimate",
                    "dealer_payer": "customer",
                }
            )
