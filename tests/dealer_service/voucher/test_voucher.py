"""A voucher is redeemed once, by its customer, in time, for what he pays himself."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, users
from odoo.tools import mute_logger

from .voucher_case import VoucherCase


class TestVoucher(VoucherCase):
    @users("advisor")
    def test_voucher_lowers_what_the_customer_pays_once(self):
        voucher = self.make_voucher()
        invoice = self.settle_with(voucher)
        self.assertEqual(invoice.amount_total, 680.0)
        line = invoice.invoice_line_ids.filtered("dealer_reduction")
        self.assertEqual((line.dealer_reduction, line.price_total), ("voucher", -100.0))
        self.assertIn(voucher.name, line.name)
        visit = self.reception
        self.assertEqual((visit.voucher_amount, visit.settled_total), (100.0, 680.0))
        # what was agreed to stays, and why less is paid is known
        self.assertEqual(visit.order_ids.amount_total, 780.0)
        self.assertIn(voucher.name, visit.variance_reason)
        self.assertEqual(
            (voucher.state, voucher.reception_id, voucher.redeemed_amount),
            ("redeemed", visit, 100.0),
        )
        self.assertEqual(voucher.redeemed_user_id, self.advisor)
        self.assertEqual(
            [(row["label"], row["amount"]) for row in visit._reduction_rows()],
            [(f"Voucher {voucher.name}", -100.0)],
        )
        invoice.with_user(self.cashier).action_post()
        self.assertEqual(visit._left_to_pay(visit._settlement_due()), 680.0)

    @users("advisor")
    def test_redeemed_voucher_is_offered_and_taken_by_nobody(self):
        voucher = self.make_voucher()
        self.settle_with(voucher)
        other = self.bring_to(self.make_reception(state="arrived"), "ready")
        self.tick(other)
        visit = other.with_env(self.env)
        vouchers = self.env["dealer.voucher"]
        self.assertFalse(vouchers._usable_for(visit))
        with self.assertRaisesRegex(UserError, "was redeemed with .* already"):
            visit._redeem(voucher.with_env(self.env))

    @users("advisor")
    def test_others_and_other_cars_do_not_use_it(self):
        someone = self.make_partner(name="李娜")
        car = self.make_vehicle(license_plate="皖B·C3456")
        for why, values in (
            ("belongs to another customer", {"partner_id": someone.id}),
            ("is for another car", {"vehicle_id": car.id}),
        ):
            voucher = self.make_voucher(**values)
            self.assertNotIn(
                voucher, self.env["dealer.voucher"]._usable_for(self.reception).sudo()
            )
            with self.subTest(why), self.assertRaisesRegex(UserError, why):
                self.redeem(voucher)
            self.assertEqual(voucher.state, "issued")
        mine = self.make_voucher(vehicle_id=self.vehicle.id)
        self.assertIn(
            mine, self.env["dealer.voucher"]._usable_for(self.reception).sudo()
        )

    def redeem(self, voucher, visit=None):
        visit = visit or self.reception
        if visit.state != "ready":
            self.bring_to(visit, "ready")
            self.tick(visit)
        visit.with_env(self.env)._redeem(voucher.with_env(self.env))

    @users("advisor")
    def test_contact_of_the_company_redeems_the_voucher_of_the_company(self):
        fleet = self.make_partner(name="芜湖物流", is_company=True)
        driver = self.make_partner(name="赵师傅", parent_id=fleet.id)
        self.reception.partner_id = driver
        voucher = self.make_voucher(partner_id=fleet.id)
        self.assertEqual(
            self.env["dealer.voucher"]._usable_for(self.reception).sudo(), voucher
        )

    @users("advisor")
    def test_last_day_is_the_day_of_the_shop(self):
        self.company._dealer_calendar().tz = "Asia/Shanghai"
        with freeze_time("2026-03-01 04:00:00"):
            voucher = self.make_voucher(date_until=date(2026, 3, 10))
        self.bring_to(self.reception, "ready")
        self.tick(self.reception)
        usable = self.env["dealer.voucher"]._usable_for
        # 23:59 in China, then midnight, while it is still the 10th in UTC
        with freeze_time("2026-03-10 15:59:00"):
            self.assertTrue(usable(self.reception))
            self.env["dealer.voucher"].sudo()._cron_expire()
            self.assertEqual(voucher.state, "issued")
        with freeze_time("2026-03-10 16:00:00"):
            self.assertFalse(usable(self.reception))
            with self.assertRaisesRegex(UserError, "was valid until 2026-03-10"):
                self.redeem(voucher)
            self.env["dealer.voucher"].sudo()._cron_expire()
            self.assertEqual(voucher.state, "expired")
            with self.assertRaisesRegex(UserError, "is “Expired”"):
                self.redeem(voucher)

    @users("advisor")
    def test_never_more_is_taken_off_than_the_customer_pays(self):
        self.make_order(self.reception, self.labour, dealer_payer="warranty")
        first = self.make_voucher(amount=700.0)
        second = self.make_voucher(amount=500.0)
        invoices = self.settle_with(first, second)
        self.assertEqual(
            {move.dealer_payer: move.amount_total for move in invoices},
            {"customer": 0.0, "warranty": 300.0},
        )
        self.assertEqual((first | second).mapped("redeemed_amount"), [700.0, 80.0])

    @users("advisor")
    def test_dialog_says_what_would_be_lost_and_refuses_what_is_of_no_use(self):
        large = self.make_voucher(amount=1000.0)
        late = self.make_voucher(amount=50.0)
        dialog = self.dialog()
        self.assertEqual(dialog.usable_voucher_ids[:], (large | late).sorted("id"))
        dialog.voucher_ids.add(large.with_env(self.env))
        self.assertEqual((dialog.voucher_amount, dialog.due), (780.0, 0.0))
        self.assertIn("220.00", dialog.voucher_text)
        dialog.voucher_ids.add(late.with_env(self.env))
        with self.assertRaisesRegex(UserError, "nothing left to pay"):
            dialog.save().action_settle()

    @users("manager")
    def test_discount_and_rounding_come_before_it(self):
        voucher = self.make_voucher(amount=100.55)
        dialog = self.dialog()
        dialog.voucher_ids.add(voucher.with_env(self.env))
        dialog.discount_amount = 80.0
        dialog.reduction_reason = "老客户"
        dialog.round_to = "one"
        self.assertEqual(
            (dialog.voucher_amount, dialog.rounding_amount, dialog.due),
            (100.55, 0.45, 599.0),
        )
        dialog.save().action_settle()
        self.assertEqual(self.reception.invoice_ids.amount_total, 599.0)
        self.assertEqual(
            self.reception.variance_reason, f"老客户, Voucher {voucher.name}"
        )

    @users("advisor")
    def test_advisor_who_may_give_no_discount_redeems(self):
        self.company.dealer_discount_percent = 0.0
        self.company.dealer_rounding_limit = 0.0
        self.assertEqual(self.settle_with(self.make_voucher()).amount_total, 680.0)

    @users("advisor")
    def test_service_is_taken_off_at_its_price_and_only_where_it_is_done(self):
        good = self.make_voucher(kind="service", product_id=self.labour.id)
        useless = self.make_voucher(
            kind="service", product_id=self.make_product("四轮定位").id
        )
        again = self.make_voucher(kind="service", product_id=self.labour.id)
        invoice = self.settle_with(good)
        self.assertEqual(invoice.amount_total, 480.0)
        self.assertEqual(good.redeemed_amount, 300.0)
        other = self.make_reception(state="arrived")
        self.make_order(other, self.labour, self.part)
        for voucher in (useless, again | self.make_voucher(**self.same(again))):
            with self.assertRaisesRegex(UserError, "is not among the work"):
                self.redeem(voucher, other)

    def same(self, voucher):
        return {"kind": "service", "product_id": voucher.product_id.id}

    @users("advisor")
    def test_what_another_pays_is_no_service_of_the_customer(self):
        wanted = self.make_product("更换减振器", price=900.0)
        self.make_order(self.reception, wanted, dealer_payer="warranty")
        voucher = self.make_voucher(kind="service", product_id=wanted.id)
        with self.assertRaisesRegex(UserError, "is not among the work"):
            self.redeem(voucher)

    @users("manager")
    def test_settlement_taken_back_gives_it_back(self):
        voucher = self.make_voucher()
        self.settle_with(voucher)
        visit = self.reception.with_env(self.env)
        visit.action_correct_settlement("工时录错")
        self.assertEqual((voucher.state, voucher.redeemed_amount), ("issued", 0.0))
        self.assertFalse(voucher.date_redeemed or voucher.redeemed_user_id)
        self.assertEqual(visit.voucher_amount, 0.0)
        self.assertEqual(visit._settlement_due(), 780.0)
        # made again: it counts again, also when its last day was in between
        voucher._write_by_method({"date_until": fields.Date.today() - timedelta(9)})
        voucher._cron_expire()
        visit.action_invoice_again()
        living = visit.invoice_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(living.amount_total, 680.0)
        self.assertEqual((voucher.state, visit.voucher_amount), ("redeemed", 100.0))

    @users("manager")
    def test_voucher_used_elsewhere_since_stays_there(self):
        voucher = self.make_voucher()
        self.settle_with(voucher)
        visit = self.reception.with_env(self.env)
        visit.action_correct_settlement("工时录错")
        other = self.make_reception(state="arrived")
        self.make_order(other, self.labour)
        self.redeem(voucher, other)
        visit.action_invoice_again()
        living = visit.invoice_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual((living.amount_total, visit.voucher_amount), (780.0, 0.0))
        self.assertEqual(voucher.reception_id, other)

    @users("manager")
    def test_posted_invoice_that_is_credited_gives_it_back(self):
        voucher = self.make_voucher()
        invoice = self.settle_with(voucher)
        invoice.with_user(self.cashier).action_post()
        visit = self.reception.with_env(self.env)
        visit.action_correct_settlement("工时录错")
        self.assertEqual(voucher.state, "issued")
        visit.sudo().invoice_ids.filtered(
            lambda move: move.move_type == "out_refund"
        ).action_post()
        visit.action_invoice_again()
        self.assertEqual(visit.settled_total, 680.0)
        self.assertEqual(voucher.state, "redeemed")


class TestIssuing(VoucherCase):
    @users("manager")
    def test_manager_issues_by_hand_for_as_long_as_the_shop_says(self):
        self.company.dealer_voucher_days = 90
        with Form(self.env["dealer.voucher"]) as form:
            form.partner_id = self.customer.with_env(self.env)
            form.amount = 200.0
            form.reason = "车间漏油弄脏内饰"
        voucher = form.record
        self.assertTrue(voucher.name.startswith("DJ"))
        self.assertEqual((voucher.state, voucher.user_id), ("issued", self.manager))
        today = self.company._dealer_today()
        self.assertEqual(voucher.date_until, today + timedelta(days=90))
        self.assertEqual(voucher.display_name, f"{voucher.name} · ¥\xa0200.00")

    @users("manager")
    def test_what_was_printed_is_not_changed(self):
        voucher = self.make_voucher().with_env(self.env)
        for name, value in (
            ("amount", 900.0),
            ("date_until", date(2030, 1, 1)),
            ("partner_id", self.make_partner().id),
            ("reason", "x"),
            ("state", "redeemed"),
            ("reception_id", self.reception.id),
            ("user_id", self.advisor.id),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                voucher.write({name: value})

    @users("manager")
    def test_nobody_enters_a_used_or_an_old_one(self):
        vouchers = self.env["dealer.voucher"]
        values = {"partner_id": self.customer.id, "reason": "x", "amount": 10.0}
        for more in (
            {"state": "redeemed"},
            {"user_id": self.advisor.id},
            {"redeemed_amount": 5.0},
            {"date_until": self.company._dealer_today() - timedelta(days=1)},
        ):
            with self.subTest(more), self.assertRaises(UserError):
                vouchers.create({**values, **more})

    @users("manager")
    @mute_logger("odoo.sql_db")
    def test_voucher_is_good_for_something(self):
        vouchers = self.env["dealer.voucher"]
        for values in (
            {"amount": 0.0},
            {"amount": -5.0},
            {"kind": "service"},
            {"amount": 5.0, "reason": "   "},
        ):
            with self.subTest(values), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    vouchers.create(
                        {"partner_id": self.customer.id, "reason": "x", **values}
                    )

    @users("advisor")
    def test_advisor_reads_and_neither_issues_nor_withdraws(self):
        voucher = self.make_voucher().with_env(self.env)
        self.assertEqual(voucher.amount, 100.0)
        with self.assertRaises(AccessError):
            self.env["dealer.voucher"].create(
                {"partner_id": self.customer.id, "reason": "x", "amount": 1.0}
            )
        with self.assertRaises(AccessError):
            voucher.action_withdraw("试试")

    @users("technician")
    def test_technician_sees_none(self):
        with self.assertRaises(AccessError):
            self.make_voucher().with_env(self.env).read(["amount"])

    @users("manager")
    def test_withdrawn_with_a_reason_and_good_for_nothing_then(self):
        voucher = self.make_voucher().with_env(self.env)
        with self.assertRaisesRegex(UserError, "Say why"):
            voucher.action_withdraw(" ")
        action = voucher.action_ask_withdrawal()
        form = Form(self.env[action["res_model"]].with_context(action["context"]))
        form.reason = "金额录错"
        form.save().action_apply()
        self.assertEqual(
            (voucher.state, voucher.withdraw_reason), ("withdrawn", "金额录错")
        )
        self.bring_to(self.reception, "ready")
        with self.assertRaisesRegex(UserError, "is “Withdrawn”"):
            self.reception.with_env(self.env)._redeem(voucher)

    @users("manager")
    def test_redeemed_one_is_not_withdrawn(self):
        voucher = self.make_voucher()
        self.settle_with(voucher)
        with self.assertRaisesRegex(UserError, "cannot go from"):
            voucher.with_env(self.env).action_withdraw("反悔")

    def test_other_shops_see_and_redeem_none(self):
        other = self.env["res.company"].create({"name": "二店"})
        theirs = self.make_voucher(company_id=other.id)
        mine = self.env["dealer.voucher"].with_user(self.manager)
        self.assertNotIn(theirs.id, mine.search([]).ids)
        with self.assertRaises(AccessError):
            mine.browse(theirs.id).read(["amount"])
        self.bring_to(self.reception, "ready")
        with self.assertRaisesRegex(UserError, "another shop has issued it"):
            self.reception._redeem(theirs)

    @users("advisor")
    def test_paper_says_what_it_is_good_for_and_nothing_of_why(self):
        voucher = self.make_voucher(date_until=datetime(2031, 5, 6).date())
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("dealer_service.action_paper_voucher", voucher.ids)[0]
            .decode()
        )
        for words in (voucher.name, "100.00", "2031-05-06", "王建国"):
            self.assertIn(words, html)
        self.assertNotIn("等配件一周", html)
