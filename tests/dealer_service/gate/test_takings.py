"""A shift's takings: what was taken, what was counted, and nothing twice."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, users
from odoo.tools import mute_logger

from ..orders.test_settlement import SettlementCase


class TakingsCase(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wechat = cls.env["account.journal"].create(
            {"name": "微信收款", "code": "WX", "type": "bank"}
        )
        cls.cash = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "cash")], limit=1
        )
        cls.bring_to(cls.reception, "settled")
        # what others have taken before is none of this shift
        cls.other = new_test_user(
            cls.env, "till_two", "base.group_user,account.group_account_invoice"
        )

    def take(self, journal, amount, user=None):
        """The cashier takes a part of the 780 that are due."""
        moves = self.env["account.move"].with_user(user or self.cashier)
        [way] = [
            way
            for way in moves.get_cashier_board()["methods"]
            if way["label"] == journal.name
        ]
        moves.browse(self.reception.invoice_ids.ids).action_take_payment(
            way["id"], amount
        )

    def count(self, user=None):
        """The cashier begins to count."""
        closings = self.env["dealer.cash.closing"].with_user(user or self.cashier)
        return closings.browse(closings.action_count()["res_id"])

    def line(self, closing, journal):
        return closing.line_ids.filtered(lambda line: line.sudo().journal_id == journal)


class TestTakings(TakingsCase):
    @users("cashier")
    def test_till_is_counted_by_way(self):
        # the oracle: what the test itself hands over
        given = [(self.cash, 100.0), (self.wechat, 250.0), (self.cash, 30.0)]
        for journal, amount in given:
            self.take(journal, amount)
        self.take(self.cash, 50.0, user=self.other)
        closing = self.count()
        closing.cash_start = 200.0
        for journal in (self.cash, self.wechat):
            taken = sum(amount for way, amount in given if way == journal)
            line = self.line(closing, journal)
            start = 200.0 if journal == self.cash else 0.0
            self.assertEqual(line.taken, taken)
            self.assertEqual(line.expected, taken + start)
            line.counted = taken + start
        closing.action_close()
        self.assertEqual(closing.state, "closed")
        self.assertEqual(closing.taken, 380.0)
        self.assertEqual(closing.difference, 0.0)
        self.assertEqual(len(closing.sudo().payment_ids), 3)
        self.assertEqual(self.count(self.other).taken, 50.0)

    @users("cashier")
    def test_difference_needs_its_reason(self):
        self.take(self.cash, 100.0)
        closing = self.count()
        line = self.line(closing, self.cash)
        line.counted = 95.0
        with self.assertRaisesRegex(UserError, "95.*100.*Say why"):
            closing.action_close()
        line.reason = "找错零钱"
        closing.action_close()
        self.assertEqual(closing.difference, -5.0)

    @users("cashier")
    def test_there_is_some_cash_in_a_till_or_none(self):
        self.take(self.cash, 100.0)
        line = self.line(self.count(), self.cash)
        with self.assertRaisesRegex(ValidationError, "some cash"):
            line.counted = -0.01
        line.counted = 0.0

    @users("cashier")
    def test_what_is_closed_stays_as_it_is(self):
        self.take(self.cash, 100.0)
        closing = self.count()
        self.line(closing, self.cash).counted = 100.0
        closing.action_close()
        for record, values in (
            (closing, {"cash_start": 5.0}),
            (closing, {"note": "x"}),
            (closing, {"state": "open"}),
            (closing, {"user_id": self.other.id}),
            (self.line(closing, self.cash), {"counted": 90.0}),
            (self.line(closing, self.cash), {"taken": 90.0}),
            (self.line(closing, self.cash), {"reason": "x"}),
        ):
            with self.subTest(values), self.assertRaises(UserError):
                record.write(values)
        for method in ("action_close", "action_refresh"):
            with self.subTest(method), self.assertRaises(UserError):
                getattr(closing, method)()
        with self.assertRaises(AccessError):
            closing.unlink()
        with self.assertRaises(AccessError):
            closing.line_ids.unlink()

    @users("cashier")
    def test_nothing_is_counted_twice_and_nothing_is_lost(self):
        self.take(self.cash, 100.0)
        first = self.count()
        self.take(self.cash, 40.0)
        self.line(first, self.cash).counted = 100.0
        with self.assertRaisesRegex(UserError, "come in since"):
            first.action_close()
        first.action_refresh()
        self.line(first, self.cash).counted = 140.0
        first.action_close()
        self.take(self.cash, 7.0)
        second = self.count()
        self.assertNotEqual(second, first)
        self.assertEqual(self.line(second, self.cash).taken, 7.0)

    @users("cashier")
    def test_one_is_open_for_each_cashier(self):
        closing = self.count()
        self.assertEqual(self.count(), closing)
        self.assertNotEqual(self.count(self.other).id, closing.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            closing.sudo()._create_by_method(
                [
                    {
                        "company_id": self.company.id,
                        "user_id": self.cashier.id,
                        "date_from": closing.date_from,
                    }
                ]
            )

    @users("cashier")
    def test_money_given_back_is_taken_off(self):
        self.take(self.wechat, 780.0)
        credit = self.reception.invoice_ids.sudo()._reverse_moves()
        credit.action_post()
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({"journal_id": self.cash.id})
        )
        wizard.action_create_payments()
        closing = self.count()
        self.assertEqual(self.line(closing, self.cash).given, 780.0)
        self.assertEqual(self.line(closing, self.cash).expected, -780.0)
        self.assertEqual(self.line(closing, self.wechat).taken, 780.0)

    def test_till_of_somebody_else(self):
        closing = self.count()
        theirs = closing.with_user(self.other)
        with self.assertRaises(AccessError):
            theirs.read(["taken"])
        with self.assertRaises(AccessError):
            theirs.action_close()
        # accounting and the manager read all
        self.assertEqual(closing.with_user(self.accountant).user_id, self.cashier)
        with self.assertRaises(AccessError):
            closing.with_user(self.advisor).read(["taken"])
        with self.assertRaises(AccessError):
            self.env["dealer.cash.closing"].with_user(self.advisor).action_count()

    @users("cashier")
    def test_another_shop_counts_its_own(self):
        self.take(self.cash, 100.0)
        mine = self.count()
        shop = self.env["res.company"].sudo().create({"name": "另一家店"})
        self.cashier.sudo().company_ids += shop
        there = self.env["dealer.cash.closing"].with_context(
            allowed_company_ids=shop.ids
        )
        self.assertFalse(there.search([("id", "=", mine.id)]))
        other = there.browse(there.action_count()["res_id"])
        self.assertEqual(other.taken, 0.0)

    @users("cashier")
    def test_paper_lists_every_payment(self):
        self.take(self.cash, 100.0)
        closing = self.count()
        self.line(closing, self.cash).counted = 100.0
        closing.action_close()
        reports = self.env["ir.actions.report"].with_context(lang="en_US")
        html = reports._render_qweb_html("dealer_service.paper_closing", closing.ids)
        text = html[0].decode()
        # the manager, who reads no payments, prints it as well
        mine = reports.with_user(self.manager)
        mine._render_qweb_html("dealer_service.paper_closing", closing.ids)
        for words in (closing.name, "皖B·A1234", "100.00", "Counted"):
            self.assertIn(words, text)
