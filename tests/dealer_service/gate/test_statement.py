"""A customer on account and what the month comes to, beside a ledger of the test's."""

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import users

from ...papers import PaperCase
from .test_release import ReleaseCase

STATEMENT = "dealer_service.action_paper_statement"
#: The month that is told.
BEGIN, END = date(2026, 2, 1), date(2026, 2, 28)


class StatementCase(ReleaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fleet = cls.make_partner(name="芜湖物流有限公司", is_company=True)
        cls.fleet.dealer_credit_limit = 100000.0
        cls.bank = cls.env["account.journal"].create(
            {"name": "对公转账", "code": "DG", "type": "bank"}
        )

    def setUp(self):
        super().setUp()
        # the oracle: what the test itself has charged and taken, by day
        self.book = []

    def owed(self, until):
        return sum(amount for day, amount in self.book if day <= until)

    def charge(self, day, amount, move_type="out_invoice", **values):
        """Accounting invoices something, or credits it."""
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": values.pop("partner_id", self.fleet.id),
                "invoice_date": day,
                "date": day,
                "company_id": self.company.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "维修", "price_unit": amount, "tax_ids": False}
                    )
                ],
                **values,
            }
        )
        move.action_post()
        self.book.append((day, -amount if move_type == "out_refund" else amount))
        return move

    def take(self, day, amount, kind="inbound", bill=None):
        """Money comes in, or goes back; for a bill, or on account."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": kind,
                "partner_type": "customer",
                "partner_id": self.fleet.id,
                "amount": amount,
                "date": day,
                "journal_id": self.bank.id,
                "memo": "转账 8812",
            }
        )
        payment.action_post()
        if bill:
            lines = (payment.move_id | bill).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            lines.reconcile()
        self.book.append((day, amount if kind == "outbound" else -amount))
        return payment

    def draw_up(self, begin=BEGIN, end=END):
        statements = self.env["dealer.account.statement"].with_user(self.accountant)
        return statements.create(
            {"partner_id": self.fleet.id, "date_from": begin, "date_to": end}
        )

    def assertLikeTheBook(self, statement, opening=None):  # noqa: N802
        begin, end = statement.date_from, statement.date_to
        if opening is None:
            opening = self.owed(begin - timedelta(days=1))
        self.assertEqual(statement.opening, opening)
        self.assertEqual(statement.closing, self.owed(end))
        left = opening
        for line in statement.line_ids:
            left += line.amount
            self.assertAlmostEqual(line.balance, left)
        self.assertAlmostEqual(left, statement.closing)
        self.assertAlmostEqual(
            statement.opening + statement.charged - statement.paid, statement.closing
        )


class TestStatement(StatementCase):
    def test_month_to_come_has_no_statement(self):
        today = self.company._dealer_today()
        begin = today + timedelta(days=1)
        refused = self.assertRaisesRegex(ValidationError, "has not begun")
        with refused, self.cr.savepoint():
            self.draw_up(begin, begin + timedelta(days=20))
        self.assertTrue(self.draw_up(today, begin))

    def test_who_never_bought_on_account_has_no_statement(self):
        stranger = self.make_partner(name="过路客")
        statements = self.env["dealer.account.statement"].with_user(self.accountant)
        values = {"date_from": BEGIN, "date_to": END}
        for nobody in (stranger, self.company.partner_id):
            refused = self.assertRaisesRegex(ValidationError, "does not buy on account")
            with refused, self.cr.savepoint():
                statements.create({**values, "partner_id": nobody.id})
        # a limit that was taken away leaves what is owed
        self.charge(BEGIN, 100.0)
        self.fleet.dealer_credit_limit = 0.0
        self.assertEqual(self.draw_up().closing, 100.0)

    def test_draft_is_deleted_by_who_may_write_it(self):
        self.charge(BEGIN, 100.0)
        draft = self.draw_up()
        with self.assertRaises(AccessError):
            draft.with_user(self.manager).unlink()
        draft.unlink()
        self.assertFalse(draft.exists())
        handed = self.draw_up()
        handed._hand_over()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            handed.unlink()

    def fill(self):
        self.charge(date(2026, 1, 20), 500.0)
        bill = self.charge(date(2026, 2, 3), 1200.0)
        self.charge(date(2026, 2, 5), 200.0, "out_refund")
        self.take(date(2026, 2, 10), 700.0, bill=bill)
        # a deposit, and some of it given back
        self.take(date(2026, 2, 12), 300.0)
        self.take(date(2026, 2, 14), 100.0, "outbound")
        self.charge(date(2026, 3, 1), 90.0)

    def test_says_what_was_charged_paid_credited_and_given_back(self):
        self.fill()
        statement = self.draw_up()
        self.assertLikeTheBook(statement)
        self.assertEqual(
            statement.line_ids.mapped(lambda line: (line.kind, line.amount)),
            [
                ("bill", 1200.0),
                ("credit", -200.0),
                ("payment", -700.0),
                ("payment", -300.0),
                ("refund", 100.0),
            ],
        )
        self.assertEqual(statement.paid, 1000.0)
        self.assertEqual(
            statement.date_due,
            END + timedelta(days=self.company.dealer_statement_days),
        )

    def test_next_one_begins_where_the_last_one_ended_and_names_what_came_late(self):
        self.fill()
        first = self.draw_up()
        first.action_print()
        told = first.closing
        # of February, entered in March
        self.charge(date(2026, 2, 27), 45.0)
        second = self.draw_up(date(2026, 3, 1), date(2026, 3, 31))
        self.assertLikeTheBook(second, opening=told)
        late = second.line_ids[0]
        self.assertEqual((late.kind, late.amount), ("late", 45.0))
        self.assertEqual(first.closing, told)

    def test_what_is_handed_over_stays(self):
        self.fill()
        statement = self.draw_up()
        self.charge(date(2026, 2, 20), 10.0)
        statement.action_refresh()
        self.assertLikeTheBook(statement)
        statement.action_print()
        self.charge(date(2026, 2, 21), 10.0)
        for attempt in (
            statement.action_refresh,
            lambda: statement.write({"date_due": END}),
            lambda: statement.sudo().unlink(),
            lambda: statement.line_ids.sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                attempt()
        for name, value in (("closing", 1.0), ("partner_id", self.customer.id)):
            with self.subTest(name), self.assertRaisesRegex(UserError, "recorded by"):
                statement.write({name: value})
        with self.assertRaisesRegex(UserError, "recorded by"):
            statement.line_ids[0].write({"amount": 1.0})

    def test_other_shop_and_other_customer_are_not_on_it(self):
        self.fill()
        self.charge(date(2026, 2, 8), 77.0, partner_id=self.customer.id)
        self.book.pop()
        branch = self.make_partner(name="物流车队二队", parent_id=self.fleet.id)
        self.charge(date(2026, 2, 9), 33.0, partner_id=branch.id)
        shop = self.env["res.company"].create({"name": "另一家店"})
        self.accountant.company_ids += shop
        shop.chart_template = False
        self.env["account.chart.template"].try_loading("generic_coa", company=shop)
        self.env["account.move"].with_company(shop).create(
            {
                "move_type": "out_invoice",
                "partner_id": self.fleet.id,
                "invoice_date": date(2026, 2, 8),
                "company_id": shop.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "维修", "price_unit": 999.0, "tax_ids": False}
                    )
                ],
            }
        ).action_post()
        self.assertLikeTheBook(self.draw_up())
        there = (
            self.env["dealer.account.statement"]
            .with_user(self.accountant)
            .with_company(shop)
            .create({"partner_id": self.fleet.id, "date_from": BEGIN, "date_to": END})
        )
        self.assertEqual(there.company_id, shop)
        self.assertEqual((there.opening, there.closing), (0.0, 999.0))

    def test_car_that_left_on_account_is_owed_from_the_day_it_left(self):
        company = self.fleet
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id,
            partner_id=company.id,
            state="arrived",
        )
        self.make_order(visit, self.make_product(price=300.0))
        self.bring_to(visit, "settled")
        self.deliver(visit.with_user(self.advisor))
        left = self.company._dealer_day(visit.date_delivered)
        [bill] = visit.invoice_ids
        self.assertEqual(bill.state, "draft")
        statement = self.draw_up(left.replace(day=1), left)
        self.assertEqual((bill.state, bill.invoice_date), ("posted", left))
        [line] = statement.line_ids
        self.assertEqual((line.plate, line.visit), ("皖B·K5555", visit.name))
        self.assertEqual(statement.closing, bill.amount_total)
        self.assertEqual(company.sudo().dealer_credit_used, bill.amount_total)

    def test_two_for_the_same_days_are_refused(self):
        self.draw_up()
        with self.assertRaisesRegex(ValidationError, "already"):
            self.draw_up(BEGIN + timedelta(days=5), END)

    @users("accountant")
    def test_last_month_is_drawn_up_for_everybody_on_account(self):
        statements = self.env["dealer.account.statement"]
        begin, end = statements._last_month()
        self.charge(end, 640.0)
        idle = self.make_partner(name="无往来公司", is_company=True)
        idle.sudo().dealer_credit_limit = 500.0
        action = statements.action_draw_up_all()
        drawn = statements.search(action["domain"])
        mine = drawn.filtered(lambda statement: statement.partner_id == self.fleet)
        self.assertEqual((mine.date_from, mine.date_to), (begin, end))
        self.assertEqual(mine.closing, 640.0)
        self.assertNotIn(idle, drawn.partner_id)
        with self.assertRaisesRegex(UserError, "no statement to draw up"):
            statements.action_draw_up_all()

    def test_who_may_draw_it_up_and_who_reads_it(self):
        self.fill()
        statement = self.draw_up()
        for user in (self.advisor, self.cashier, self.technician):
            mine = statement.with_user(user)
            for attempt in (
                lambda mine=mine: mine.read(["closing"]),
                mine.action_draw_up_all,
                mine.action_print,
                mine.action_refresh,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    attempt()
        manager = statement.with_user(self.manager)
        self.assertEqual(manager.closing, statement.closing)
        with self.assertRaises(AccessError):
            manager.action_refresh()
        # whoever only reads it has a draft on paper, and hands nothing over
        self.assertEqual(manager.action_print()["type"], "ir.actions.report")
        self.assertEqual(statement.state, "open")

    def test_mail_waits_in_the_queue_with_the_paper(self):
        self.fill()
        statement = self.draw_up()
        with self.assertRaisesRegex(UserError, "no mail address"):
            statement.action_send()
        self.assertEqual(statement.state, "open")
        self.fleet.email = "fleet@example.com"
        statement.action_send()
        self.assertEqual(statement.state, "handed")
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.fleet.ids)], order="id desc", limit=1
        )
        self.assertEqual(mail.state, "outgoing", "nothing is sent in the transaction")
        self.assertIn(f"{statement.closing:,.2f}", str(mail.body_html))
        [file] = mail.attachment_ids
        self.assertTrue(file.name.endswith(".pdf"))


class TestStatementPaper(PaperCase, StatementCase):
    def test_paper_in_chinese_and_english(self):
        self.charge(date(2026, 1, 20), 500.0)
        for number in range(14):
            self.charge(date(2026, 2, 3), 100.0 + number)
        self.take(date(2026, 2, 10), 700.0)
        statement = self.draw_up()
        draft = self.print_paper(STATEMENT, statement, self.manager)
        self.assertOnPaper(draft, "Draft of a Statement of Account", "113.00")
        statement.action_print()
        self.env["res.lang"]._activate_lang("zh_CN")
        words = {
            "en_US": ("Statement of Account", "Brought Forward", "To Be Paid By"),
            "zh_CN": ("对账单", "上期结转", "付款期限"),
        }
        for lang, told in words.items():
            self.fleet.lang = lang
            pdf = self.print_paper(STATEMENT, statement, self.accountant)
            self.assertNotIn("Draft", self.read_text(pdf))
            self.assertOnPaper(
                pdf,
                *told,
                "芜湖物流有限公司",
                "500.00",
                "113.00",
                "700.00",
                f"{self.owed(END):,.2f}",
                fields.Date.to_string(statement.date_due),
            )
            self.assertNoEmptyPage(pdf)
