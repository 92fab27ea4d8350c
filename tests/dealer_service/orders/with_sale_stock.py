"""Parts in the warehouse: run by test_beside_modules.py on a database of its own.

Needs ``sale_stock``, which the suite does not depend on.
"""

from odoo.exceptions import UserError
from odoo.tests import users

from odoo.addons.dealer_service.models.orders.dealer_reception_settlement import (
    SettlementOpen,
    VarianceReasonRequired,
)

from .test_consent import ConsentCase


class TestPartsInTheWarehouse(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part_line = cls.order.order_line.filtered(
            lambda line: line.product_id == cls.part
        )

    def issue(self, order, quantity=1.0):
        """The parts counter hands the part out."""
        picking = order.picking_ids.filtered(lambda p: p.state != "done")
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking._action_done()

    def issue_some(self, order, quantity):
        """The parts counter hands out what there is, the rest stays owed."""
        picking = order.picking_ids.filtered(lambda p: p.state != "done")
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(cancel_backorder=False)._action_done()

    def settle(self):
        self.bring_to(self.reception, "ready")
        self.tick(self.reception)
        self.reception.with_env(self.env).action_settle()
        return self.reception.invoice_ids

    @users("advisor")
    def test_nothing_is_picked_before_the_consent(self):
        self.agree()
        self.assertFalse(self.order.picking_ids)
        self.bring_to(self.reception, "authorized")
        self.assertTrue(self.order.picking_ids)
        supplement = self.make_order(self.reception, self.part)
        self.assertFalse(supplement.picking_ids)
        self.agree(supplement)
        self.assertTrue(supplement.picking_ids)

    @users("advisor")
    def test_part_not_issued_is_found_and_not_silently_missing(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy):
                self.part.invoice_policy = policy
                words = "前制动片.*not been issued yet"
                with self.assertRaisesRegex(SettlementOpen, words):
                    self.settle()
                self.assertFalse(self.reception.invoice_ids)

    @users("advisor")
    def test_issued_part_is_settled(self):
        self.part.invoice_policy = "delivery"
        self.bring_to(self.reception, "authorized")
        self.issue(self.order)
        self.assertEqual(self.settle().amount_total, 780.0)

    @users("advisor")
    def test_more_issued_than_agreed_to_is_found(self):
        self.part.invoice_policy = "delivery"
        self.bring_to(self.reception, "authorized")
        self.issue(self.order, quantity=2.0)
        with self.assertRaisesRegex(SettlementOpen, "more of"):
            self.settle()

    @users("advisor")
    def test_part_that_cannot_be_had_is_taken_off_and_its_picking_cancelled(self):
        self.bring_to(self.reception, "authorized")
        self.part_line.with_env(self.env).action_not_supplied("缺货")
        self.assertEqual(set(self.order.picking_ids.mapped("state")), {"cancel"})
        with self.assertRaises(VarianceReasonRequired):
            self.settle()
        self.reception.variance_reason = "缺货"
        self.assertEqual(self.settle().amount_total, 300.0)

    @users("advisor")
    def test_part_issued_in_part_is_settled_for_what_was_issued(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy):
                self.part.invoice_policy = policy
                self.reception = self.make_reception(
                    state="arrived",
                    vehicle_id=self.make_vehicle(license_plate=f"皖B·{policy}").id,
                )
                order = self.make_order(self.reception, self.labour, self.part)
                line = order.order_line[1]
                line.product_uom_qty = 3.0
                self.agree(order)
                self.bring_to(self.reception, "authorized")
                self.issue_some(order, 1.0)
                with self.assertRaisesRegex(SettlementOpen, "1 of 3"):
                    self.settle()
                line.with_env(self.env).action_not_supplied("缺货")
                self.reception.variance_reason = "缺两副"
                invoices = self.settle()
                self.assertEqual(invoices.amount_total, 780.0)
                self.assertEqual(line.qty_invoiced, 1.0)
                self.assertEqual(self.reception.settlement_state, "draft")
                self.assertEqual(
                    set(order.picking_ids.mapped("state")), {"done", "cancel"}
                )
                work = self.env["dealer.declined.work"].search(
                    [("order_line_id", "=", line.id)]
                )
                self.assertEqual((work.quantity, work.amount), (2.0, 960.0))

    @users("advisor")
    def test_issued_part_cannot_be_called_not_supplied(self):
        self.bring_to(self.reception, "authorized")
        self.issue(self.order)
        with self.assertRaisesRegex(UserError, "already been supplied"):
            self.part_line.with_env(self.env).action_not_supplied("x")

    @users("advisor")
    def test_cancelled_agreement_cancels_the_picking(self):
        self.bring_to(self.reception, "authorized")
        self.order.with_env(self.env).action_cancel_agreement("客户改期")
        self.assertEqual(set(self.order.picking_ids.mapped("state")), {"cancel"})

    @users("advisor")
    def test_late_line_neither_enters_the_order_nor_the_warehouse(self):
        self.bring_to(self.reception, "authorized")
        moves = len(self.order.picking_ids.move_ids)
        with self.assertRaises(UserError):
            self.env["sale.order.line"].create(
                {"order_id": self.order.id, "product_id": self.part.id}
            )
        self.assertEqual(len(self.order.picking_ids.move_ids), moves)
