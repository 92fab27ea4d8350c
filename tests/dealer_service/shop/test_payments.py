"""How customers of a shop in China pay: a journal for each way, called by its name."""

from odoo.exceptions import UserError

from ...common import DealerServiceCase


class TestPayments(DealerServiceCase):
    def guide(self, **values):
        guides = self.env["dealer.shop.guide"].with_user(self.manager)
        return guides.with_context(default_step="payments").create(values)

    def journals(self):
        return self.company._dealer_journals()

    def test_shop_in_china_is_asked(self):
        self.assertEqual(len(self.journals()), 2, "those of the chart of accounts")
        self.assertIn("payments", self.company._dealer_open_steps())
        self.guide().action_save()
        self.assertNotIn("payments", self.company._dealer_open_steps())

    def test_each_way_has_a_journal_and_is_called_alike(self):
        present = self.journals()
        self.guide().with_context(lang="zh_CN").action_save()
        added = self.journals() - present
        self.assertEqual(set(added.mapped("code")), {"WX", "ZFB", "POS"})
        named = {journal.code: journal.with_context(lang="zh_CN") for journal in added}
        self.assertEqual(named["WX"].name, "微信支付")
        self.assertEqual(named["ZFB"].name, "支付宝")
        self.assertEqual(named["POS"].name, "银行卡")
        for journal in self.journals():
            for line in (
                journal.inbound_payment_method_line_ids
                | journal.outbound_payment_method_line_ids
            ):
                self.assertNotIn("Manual", line.name)
        self.assertTrue(all(added.mapped("default_account_id")))

    def test_nothing_is_made_twice(self):
        self.guide().action_save()
        before = self.journals()
        self.guide().action_save()
        self.assertEqual(self.journals(), before)

    def test_way_that_is_not_ticked_is_not_made(self):
        self.guide(pays_alipay=False, pays_card=False).action_save()
        self.assertNotIn("ZFB", self.journals().mapped("code"))
        self.assertIn("WX", self.journals().mapped("code"))

    def test_name_that_somebody_chose_stays(self):
        line = self.journals()[0].inbound_payment_method_line_ids
        line.name = "Front Desk"
        self.guide().action_save()
        self.assertEqual(line.name, "Front Desk")

    def test_money_that_comes_in_by_wechat_stands_in_its_journal(self):
        self.guide().action_save()
        journal = self.journals().filtered(lambda journal: journal.code == "WX")
        visit = self.make_reception(state="arrived", odometer=1000)
        order = self.make_order(visit, self.make_product("Oil", price=200.0))
        self.bring_to(visit, "inspected")
        order.action_record_consent("in_person", self.customer.name)
        self.bring_to(visit, "settled")
        invoice = visit.invoice_ids
        invoice.filtered(lambda move: move.state == "draft").action_post()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        payment = register.create({"journal_id": journal.id})._create_payments()
        self.assertEqual(payment.journal_id, journal)
        self.assertEqual(payment.payment_method_line_id.name, journal.name)

    def test_shop_elsewhere_is_not_asked(self):
        self.company.country_id = self.env.ref("base.de")
        self.assertNotIn("payments", self.company._dealer_open_steps())
        home = self.env["dealer.home"].with_user(self.manager).get_home("service")
        keys = [step["key"] for step in home["guide"]["steps"]]
        self.assertNotIn("payments", keys)

    def test_company_without_a_chart_is_told(self):
        shop = self.env["res.company"].create(
            {"name": "另一家店", "country_id": self.env.ref("base.cn").id}
        )
        self.assertNotIn("payments", shop._dealer_open_steps())
        guides = self.env["dealer.shop.guide"].with_company(shop)
        with self.assertRaises(UserError):
            guides.create({"step": "payments"}).action_save()
