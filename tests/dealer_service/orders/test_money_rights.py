"""Who sees prices, whose orders, and of which shop."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, users

from .test_consent import ConsentCase

PRICED = ("sale.order", "sale.order.line", "account.move", "account.move.line")


class TestMoneyRights(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "user")
        # whoever may export does not export what he may not see
        cls.technician.group_ids += cls.env.ref("base.group_allow_export")
        cls.cashier = new_test_user(
            cls.env, "cashier", "base.group_user,account.group_account_invoice"
        )

    def invoice(self):
        self.bring_to(self.reception, "ready")
        self.tick(self.reception)
        self.reception.action_settle()
        return self.reception.invoice_ids

    def test_advisor_and_manager_open_the_invoice_they_are_sent_to(self):
        invoice = self.invoice()
        for state in ("draft", "posted", "paid"):
            if state == "posted":
                invoice.action_post()
            if state == "paid":
                self.env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=invoice.ids
                ).create({}).action_create_payments()
            for user in (self.advisor, self.manager):
                self.env.invalidate_all()
                with self.subTest(state, user=user.login):
                    self.assertTrue(Form(invoice.with_user(user)).id)

    @users("technician")
    def test_technician_reads_no_order_line_invoice_or_declined_work(self):
        for model in (*PRICED, "dealer.declined.work"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].search([])

    @users("technician")
    def test_technician_sees_no_money_in_the_visit(self):
        reception = self.reception.with_env(self.env)
        money = {
            "estimate_total",
            "settled_total",
            "variance_reason",
            "order_ids",
            "invoice_ids",
            "payer_summary",
            "settlement_html",
            "settled_capitals",
            "settlement_state",
            "declined_work_ids",
            "insurance_partner_id",
        }
        self.assertFalse(money.intersection(reception.fields_get()))
        for name in sorted(money):
            with self.subTest(name), self.assertRaises(AccessError):
                reception.read([name])
            with self.subTest(export=name), self.assertRaises(AccessError):
                reception.export_data([name])
        arch = reception.get_view(view_type="form")["arch"]
        for name in sorted(money):
            self.assertNotIn(f'"{name}"', arch)

    @users("technician")
    def test_technician_reads_products_without_their_prices(self):
        for product in (self.part, self.part.product_tmpl_id):
            product = product.with_env(self.env)
            self.assertEqual(product.name, "前制动片")
            for name in {
                "list_price",
                "lst_price",
                "standard_price",
                "tax_string",
            }.intersection(product._fields):
                with self.subTest(model=product._name, name=name):
                    self.assertNotIn(name, product.fields_get())
                    with self.assertRaises(AccessError):
                        product.read([name])
                    with self.assertRaises(AccessError):
                        product.export_data([name])
                    if not product._fields[name].store:
                        continue
                    with self.assertRaises(AccessError):
                        product.search([(name, ">", 0)])

    @users("technician")
    def test_technician_reads_no_price_lists_and_purchase_prices(self):
        pricelist = self.env["product.pricelist"].sudo().create({"name": "VIP"})
        item = (
            self.env["product.pricelist.item"]
            .sudo()
            .create({"pricelist_id": pricelist.id, "fixed_price": 66.0})
        )
        seller = (
            self.env["product.supplierinfo"]
            .sudo()
            .create(
                {
                    "partner_id": self.customer.id,
                    "product_tmpl_id": self.part.product_tmpl_id.id,
                    "price": 55.0,
                }
            )
        )
        for record, names in (
            (item, ("fixed_price", "price", "price_discount")),
            (seller, ("price", "discount")),
        ):
            for name in names:
                with self.subTest(name), self.assertRaises(AccessError):
                    record.with_env(self.env).sudo(False).read([name])

    @users("advisor")
    def test_advisor_reads_the_prices_of_products(self):
        self.assertEqual(self.part.with_env(self.env).list_price, 480.0)

    def test_technician_who_also_sells_keeps_the_prices(self):
        both = new_test_user(
            self.env,
            "both",
            "dealer_service.group_dealer_service_technician,"
            "sales_team.group_sale_salesman",
        )
        self.assertEqual(self.part.with_user(both).list_price, 480.0)

    def test_employee_outside_of_the_dealership_keeps_the_prices(self):
        clerk = new_test_user(self.env, "clerk", "base.group_user")
        self.assertEqual(self.part.with_user(clerk).list_price, 480.0)

    def test_advisor_sees_the_orders_of_a_colleague(self):
        order = self.order.with_user(self.colleague)
        self.assertEqual(self.order.user_id, self.advisor)
        self.assertEqual(order.amount_total, 780.0)
        self.assertEqual(order.order_line.mapped("price_unit"), [300.0, 480.0])
        order.action_record_consent("phone", "王建国")
        self.assertEqual(self.order.consent_user_id, self.colleague)

    def test_advisor_sees_the_invoices_of_a_colleague(self):
        invoice = self.invoice()
        self.assertEqual(invoice.invoice_user_id, self.advisor)
        lines = invoice.invoice_line_ids
        # what the cache knows is not checked
        self.env.invalidate_all()
        seen = invoice.with_user(self.colleague).read(["amount_total"])
        self.assertEqual(seen[0]["amount_total"], 780.0)
        self.assertEqual(len(lines.with_user(self.colleague).read(["price_unit"])), 2)

    def test_advisor_does_not_see_other_sales_of_colleagues(self):
        sale = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.advisor.id}
        )
        with self.assertRaises(AccessError):
            sale.with_user(self.colleague).read(["amount_total"])

    def test_seller_outside_of_the_service_sells_as_before(self):
        seller = new_test_user(
            self.env,
            "seller",
            "sales_team.group_sale_salesman,account.group_account_invoice",
        )
        order = (
            self.env["sale.order"]
            .with_user(seller)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create({"product_id": self.part.id})],
                }
            )
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order._create_invoices().amount_total, 480.0)

    def test_other_shop_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Shop 2"})
        self.colleague.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        with self.assertRaises(AccessError):
            self.order.with_user(self.colleague).read(["amount_total"])

    def test_cashier_reads_what_the_invoice_needs(self):
        invoice = self.invoice().with_user(self.cashier)
        data = invoice.web_read(
            {
                "reception_id": {"fields": {"display_name": {}}},
                "dealer_plate": {},
                "dealer_payer": {},
                "dealer_odometer_out": {},
            }
        )[0]
        self.assertEqual(data["dealer_plate"], "皖B·A1234")
        self.assertIn(self.reception.name, data["reception_id"]["display_name"])
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_cashier_does_not_speak_for_the_customer(self):
        order = self.order.with_user(self.cashier)
        with self.assertRaises(AccessError):
            order.action_record_consent("phone", "王建国")
        self.agree()
        with self.assertRaises(AccessError):
            order.action_void_consent()
        with self.assertRaises(AccessError):
            order.action_cancel_agreement("x")

    def test_cashier_takes_nothing_off_the_settlement(self):
        self.bring_to(self.reception, "authorized")
        line = self.order.order_line[1].with_user(self.cashier)
        self.assertTrue(line.has_access("write"), "a cashier writes lines")
        with self.assertRaises(AccessError):
            line.action_not_supplied("x")
        line.with_user(self.advisor).action_not_supplied("x")

    def test_what_was_agreed_to_is_written_by_the_service_department(self):
        self.bring_to(self.reception, "authorized")
        sellers = [
            new_test_user(self.env, name, group)
            for name, group in (
                ("books", "base.group_user,account.group_account_manager"),
                ("sales", "sales_team.group_sale_manager"),
            )
        ]
        values = {
            "client_order_ref": "x",
            "user_id": self.colleague.id,
            "origin": "x",
            "commitment_date": "2027-01-01",
        }
        for user in (self.cashier, *sellers):
            order = self.order.with_user(user)
            line = order.order_line[0]
            for record, name, value in (
                *((order, name, value) for name, value in values.items()),
                (line, "qty_delivered", 7.0),
                (line, "sequence", 7),
                (order, "order_line", [Command.update(line.id, {"sequence": 7})]),
            ):
                with self.subTest(name, user=user.login):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        record.write({name: value})
            order.activity_schedule("mail.mail_activity_data_todo", user_id=user.id)
        order = self.order.with_user(self.advisor)
        order.write(values)
        order.order_line[0].qty_delivered = 1.0

    def test_portal_customer_reads_own_orders_only(self):
        portal = new_test_user(self.env, "portal_owner", "base.group_portal")
        self.customer.user_ids = False
        portal.partner_id = self.customer
        stranger = new_test_user(self.env, "portal_other", "base.group_portal")
        self.order.action_share_link()
        self.assertEqual(self.order.with_user(portal).amount_total, 780.0)
        with self.assertRaises(AccessError):
            self.order.with_user(stranger).read(["amount_total"])
        with self.assertRaises(AccessError):
            self.order.with_user(portal).read(["consent_note"])
        with self.assertRaises(AccessError):
            self.order.with_user(portal).action_record_consent("phone", "me")
