"""What was settled is what is owed, whatever a client writes into which field."""

from odoo.exceptions import UserError

from ...security.methods import QUIET
from ...security.values import ValuesCase
from .test_money_by_hand import MoneyCase

#: Who owes what, in which money, and what was paid of it, as the database has it.
OWED = """SELECT m.state, m.name, m.move_type, m.partner_id, m.currency_id,
    m.amount_total, m.amount_residual, m.payment_state, m.reception_id
    FROM account_move m WHERE m.id = %s"""
LINES = """SELECT l.account_id, l.partner_id, l.currency_id, l.balance,
    CASE l.display_type WHEN 'product' THEN l.product_id END,
    l.amount_currency, l.amount_residual, l.reconciled, l.full_reconcile_id
    FROM account_move_line l WHERE l.move_id = %s ORDER BY l.id"""
AGREED = """SELECT o.state, o.name, o.partner_id, o.amount_total, o.consent_amount,
    o.consent_by, l.product_id, l.price_unit, l.discount, l.product_uom_qty,
    l.qty_delivered, l.qty_invoiced, l.price_total, l.dealer_decision
    FROM sale_order o JOIN sale_order_line l ON l.order_id = o.id
    WHERE o.id = %s ORDER BY l.id"""


class TestEveryMoneyField(MoneyCase):
    other_value = ValuesCase.other_value

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # another one to be put in the place of each
        cls.other = cls.make_partner(name="张伟")
        cls.bring_to(cls.reception, "ready")
        cls.tick(cls.reception)
        cls.reception.action_settle()
        cls.invoice = cls.reception.invoice_ids

    def facts(self):
        self.env.flush_all()
        found = []
        for query, record in (
            (OWED, self.invoice),
            (LINES, self.invoice),
            (AGREED, self.order),
        ):
            self.env.cr.execute(query, [record.id])
            found.append(self.env.cr.fetchall())
        return found

    def assert_owed(self, user, records, afterwards=lambda: None):
        """Write each field of the records; where nothing refuses, nothing is owed
        otherwise.

        :param afterwards: what is done before the facts are looked at
        """
        tried = 0
        with self.env.cr.savepoint(flush=True) as savepoint:
            afterwards()
            facts = self.facts()
            savepoint.rollback()
        self.env.invalidate_all()
        for record in records:
            for field in record._fields.values():
                # Odoo keeps the number, and takes any text for a file
                if not field.store or field.name == "id":
                    continue
                if field.type in ("binary", "json", "one2many"):
                    continue
                value = self.other_value(record, field)
                if not value and (field.required or not record[field.name]):
                    continue
                with self.subTest(field=str(field), user=user.login):
                    tried += 1
                    with self.env.cr.savepoint() as savepoint:
                        try:
                            record.with_user(user).write({field.name: value})
                            afterwards()
                            self.assertEqual(self.facts(), facts)
                        except UserError:
                            pass
                        finally:
                            savepoint.rollback()
                            self.env.invalidate_all()
        return tried

    def lines(self):
        due = self.invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        return self.invoice.invoice_line_ids[:1], due[:1]

    @QUIET
    def test_whoever_collects_it_collects_what_was_settled(self):
        post = self.invoice.with_user(self.cashier).action_post
        tried = self.assert_owed(self.cashier, [self.invoice, *self.lines()], post)
        self.assertGreater(tried, 170)

    @QUIET
    def test_posted_invoice_stays_as_it_is(self):
        self.invoice.action_post()
        tried = self.assert_owed(self.cashier, [self.invoice, *self.lines()])
        self.assertGreater(tried, 170)

    @QUIET
    def test_order_stays_as_it_was_agreed(self):
        for user in (self.advisor, self.manager, self.cashier):
            tried = self.assert_owed(user, [self.order, *self.order.order_line[:2]])
            self.assertGreater(tried, 150)
