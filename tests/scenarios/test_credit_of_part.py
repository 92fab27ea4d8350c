"""A customer who complains gets 100 of 800 back: the visit stays paid."""

from odoo.tests import new_test_user

from .story import StoryCase


class TestCreditOfPart(StoryCase):
    def test_hundred_of_eight_hundred_back(self):
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000)
        work = self.make_product("前悬挂检修", price=800.0, dealer_hours=1.0)
        self.agree(visit, work)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

        # The cashier posts the invoice and takes the money.
        cashier = self.env["account.move"].with_user(self.cashier)
        invoice = cashier.browse(visit.invoice_ids.id)
        invoice.action_post()
        self.env["account.payment.register"].with_user(self.cashier).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertEqual(visit.settlement_state, "paid")

        accountant = new_test_user(
            self.env, "books", "base.group_user,account.group_account_user"
        )
        # Days later the customer gets 100 back, by a credit note over the same line.
        with self.later(days=3):
            reversal = (
                self.env["account.move.reversal"]
                .with_user(accountant)
                .with_context(active_model="account.move", active_ids=invoice.ids)
                .create({"reason": "客户关怀", "journal_id": invoice.journal_id.id})
            )
            credit = cashier.with_user(accountant).browse(
                reversal.reverse_moves()["res_id"]
            )
            credit.invoice_line_ids.price_unit = 100.0
            credit.action_post()

        # Nothing is owed, nothing is to be invoiced, 700 is what the visit came to.
        self.assertEqual(credit.dealer_plate, "皖B·A1234")
        self.assertEqual(visit.settlement_state, "paid")
        self.assertEqual(visit.settled_total, 700.0)
        [row] = visit._settlement_rows()
        self.assertEqual(
            (row["agreed"], row["settled"], row["settled_qty"]), (800.0, 700.0, 1.0)
        )
        order = visit.order_ids
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertFalse(order.order_line.qty_to_invoice)
