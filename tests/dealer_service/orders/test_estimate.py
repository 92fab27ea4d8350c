"""The estimate of a visit: written in one click, paid by whoever it concerns."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, users

from ...signature import SIGNATURE
from .test_consent import ConsentCase


class TestEstimate(ConsentCase):
    @users("advisor")
    def test_button_writes_the_estimate_once_and_opens_it_again(self):
        reception = self.make_reception(state="arrived").with_env(self.env)
        action = reception.action_open_estimate()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.dealer_kind, "estimate")
        self.assertEqual(order.dealer_payer, "customer")
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.user_id, self.advisor)
        self.assertEqual(reception.action_open_estimate()["res_id"], order.id)

    @users("advisor")
    def test_own_words_without_a_price_are_told_before_the_customer_is_asked(self):
        words = self.env.ref("dealer_service.product_own_words")
        order = self.make_order(self.reception, self.labour).with_env(self.env)
        self.assertFalse(order.dealer_unpriced)
        order.order_line = [
            Command.create({"product_id": words.id, "name": "客户自带行车记录仪安装"})
        ]
        self.assertEqual(order.dealer_unpriced, "客户自带行车记录仪安装")
        dialog = self.env["dealer.consent.wizard"].with_context(
            default_reception_id=self.reception.id, default_order_id=order.id
        )
        self.assertEqual(Form(dialog).unpriced, "客户自带行车记录仪安装")
        # what is given away has its price, and a discount
        order.order_line[1].write({"price_unit": 100.0, "discount": 100.0})
        self.assertFalse(order.dealer_unpriced)
        self.assertFalse(Form(dialog).unpriced)

    def test_workshop_sells_under_its_own_team(self):
        team = self.env.ref("dealer_service.crm_team_service")
        order = self.make_order(self.reception, self.labour)
        self.assertEqual(order.team_id, team)
        self.assertEqual(order._prepare_invoice()["team_id"], team.id)
        order.user_id = self.manager
        self.assertEqual(order.team_id, team)
        native = self.env["sale.order"].create({"partner_id": self.customer.id})
        self.assertNotEqual(native.team_id, team)

    def test_shop_names_another_team_and_an_archived_one_sells_nothing(self):
        shipped = self.env.ref("dealer_service.crm_team_service")
        named = self.env["crm.team"].create({"name": "钣喷组"})
        self.company.dealer_team_id = named
        order = self.make_order(self.reception, self.labour)
        self.assertEqual(order.team_id, named)
        (named | shipped).active = False
        order = self.make_order(self.reception, self.labour)
        self.assertNotIn(order.team_id, named | shipped)

    def test_plain_orders_are_never_the_workshops_by_default(self):
        """Also where its team is the only one that is left to choose from."""
        workshop = self.env.ref("dealer_service.crm_team_service")
        others = self.env["crm.team"].search([("id", "!=", workshop.id)])
        seller = new_test_user(
            self.env, "car_seller", "sales_team.group_sale_salesman", lang="en_US"
        )
        orders = self.env["sale.order"].with_user(seller)

        def team():
            return orders.create({"partner_id": self.customer.id}).team_id

        workshop.sequence = -1
        self.assertIn(team(), others)
        self.company.dealer_team_id = self.env["crm.team"].create(
            {"name": "钣喷组", "sequence": -2}
        )
        self.assertIn(team(), others)
        self.company.dealer_team_id = False
        others.active = False
        (self.env["crm.team"].search([]) - workshop).active = False
        self.assertFalse(team())
        workshop.member_ids = seller
        self.assertEqual(team(), workshop)

    @users("advisor")
    def test_package_fills_the_estimate(self):
        package = (
            self.env["sale.order.template"]
            .sudo()
            .create(
                {
                    "name": "10000 km 保养套餐",
                    "sale_order_template_line_ids": [
                        Command.create({"product_id": self.labour.id}),
                        Command.create({"product_id": self.part.id}),
                    ],
                }
            )
        )
        booked = self.make_reception(state="arrived", package_id=package.id)
        action = booked.with_env(self.env).action_open_estimate()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.order_line.product_id, self.labour + self.part)
        reception = self.make_reception(state="arrived").with_env(self.env)
        action = reception.action_open_estimate()
        order = self.env["sale.order"].browse(action["res_id"])
        with Form(order, view="dealer_service.sale_order_view_form_dealer") as form:
            form.sale_order_template_id = package
        self.assertEqual(order.order_line.product_id, self.labour + self.part)
        self.assertEqual(order.amount_total, 780.0)
        self.assertEqual(order.order_line.mapped("dealer_kind"), ["labour", "part"])

    @users("advisor")
    def test_each_payer_gets_his_invoice_address(self):
        company = self.env.company.sudo()
        chery = self.make_partner(name="奇瑞汽车销售有限公司")
        insurer = self.make_partner(name="人保财险")
        goodwill = self.make_partner(name="市场部")
        company.dealer_warranty_partner_id = chery
        company.dealer_goodwill_partner_id = goodwill
        self.reception.insurance_partner_id = insurer
        for payer, partner in {
            "customer": self.customer,
            "warranty": chery,
            "insurance": insurer,
            "internal": company.partner_id,
            "goodwill": goodwill,
        }.items():
            with self.subTest(payer):
                order = self.make_order(self.reception, dealer_payer=payer)
                self.assertEqual(order.partner_invoice_id, partner)
        order = self.order.with_env(self.env)
        order.dealer_payer = "warranty"
        self.assertEqual(order.partner_invoice_id, chery)

    @users("advisor")
    def test_warranty_work_is_never_invoiced_to_the_customer_by_mistake(self):
        order = self.make_order(self.reception, dealer_payer="warranty")
        with self.assertRaisesRegex(UserError, "would go to the"):
            self.agree(order)

    @users("advisor")
    def test_goodwill_is_never_invoiced_to_the_customer_by_mistake(self):
        for payer in ("goodwill", "internal"):
            order = self.make_order(
                self.reception,
                self.labour,
                dealer_payer=payer,
                partner_invoice_id=self.customer.id,
            )
            with self.subTest(payer), self.assertRaisesRegex(UserError, "customer"):
                self.agree(order)

    @users("advisor")
    def test_work_on_the_shops_own_car_is_internal(self):
        visit = self.make_reception(
            state="arrived", partner_id=self.company.partner_id.id
        )
        order = self.make_order(visit, self.labour, dealer_payer="internal")
        self.agree(order)
        self.assertEqual(order.partner_invoice_id, order.partner_id)

    @users("advisor")
    def test_visit_with_an_order_stays_with_its_shop(self):
        shop = self.env["res.company"].sudo().create({"name": "Second shop"})
        self.advisor.sudo().company_ids += shop
        empty = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555", company_id=False).id
        )
        both = {"allowed_company_ids": (self.company + shop).ids}
        with self.assertRaises(ValidationError):
            self.reception.with_env(self.env).with_context(**both).company_id = shop
        empty.with_env(self.env).with_context(**both).company_id = shop

    @users("advisor")
    def test_totals_are_shown_by_payer(self):
        self.make_order(self.reception, dealer_payer="internal")
        self.agree()
        totals = self.reception.with_env(self.env)._totals_by_payer()
        self.assertEqual(
            [(t["payer"], t["offered"], t["agreed"]) for t in totals],
            [("customer", 780.0, 780.0), ("internal", 200.0, 0.0)],
        )
        self.assertIn("780", self.reception.with_env(self.env).payer_summary)

    @users("advisor")
    def test_nothing_is_offered_in_a_visit_that_is_over(self):
        visit = self.make_reception()
        visit.action_cancel()
        with self.assertRaises(UserError):
            visit.with_env(self.env).action_open_estimate()
        with self.assertRaisesRegex(UserError, "Cancelled"):
            self.env["sale.order"].create({"reception_id": visit.id})

    @users("advisor")
    def test_dialog_records_the_decision_on_the_customers_behalf(self):
        reception = self.reception.with_env(self.env)
        action = reception.action_ask_consent()
        wizard = Form(self.env[action["res_model"]].with_context(action["context"]))
        self.assertEqual(wizard.consent_by, "王建国")
        self.assertEqual(wizard.amount_approved, 780.0)
        wizard.method = "in_person"
        with wizard.line_ids.edit(1) as line:
            line.is_approved = False
            line.reason = "下次再换"
        self.assertEqual(wizard.amount_approved, 300.0)
        wizard.save().action_confirm()
        self.assertEqual(self.order.consent_amount, 300.0)
        self.assertEqual(self.order.consent_user_id, self.advisor)
        declined = self.order.order_line.filtered(
            lambda line: line.dealer_decision == "declined"
        )
        self.assertEqual(declined.product_id, self.part)
        self.assertEqual(declined.dealer_decline_reason, "下次再换")

    @users("advisor")
    def test_dialog_decides_nothing_that_it_did_not_show(self):
        action = self.reception.with_env(self.env).action_ask_consent()
        model = self.env[action["res_model"]].with_context(action["context"])
        colleague = {
            "price": lambda: self.order.order_line[0].write({"price_unit": 900.0}),
            "line": lambda: self.order.write(
                {"order_line": [Command.create({"product_id": self.part.id})]}
            ),
        }
        for name, change in colleague.items():
            wizard = Form(model)
            change()
            with self.subTest(name), self.assertRaisesRegex(UserError, "has changed"):
                wizard.save().action_confirm()
        self.assertFalse(self.order.consent_date)
        wizard = Form(model)
        wizard.method = "in_person"
        wizard.save().action_confirm()
        self.assertEqual(self.order.consent_amount, 900.0 + 480.0 + 480.0)

    @users("advisor")
    def test_signature_dialog_adds_what_was_agreed_to_by_phone(self):
        self.agree()
        action = self.order.with_env(self.env).action_ask_signature()
        wizard = self.env[action["res_model"]].with_context(action["context"])
        wizard.create({"signature": SIGNATURE, "consent_by": "王建国"}).action_confirm()
        self.assertTrue(self.order.signature)
        self.assertEqual(self.order.consent_method, "phone")

    def test_parts_name_their_origin(self):
        self.assertEqual(self.part.dealer_part_origin, "oem")
        self.assertFalse(self.labour.dealer_part_origin)
        self.part.dealer_part_origin = "refurbished"
        self.assertEqual(self.part.product_tmpl_id.dealer_part_origin, "refurbished")

    def test_order_of_a_visit_speaks_the_words_of_the_service_desk(self):
        reception = self.make_reception(state="arrived", odometer=12000)
        order = self.make_order(reception)
        self.assertEqual((order.dealer_state, order.type_name), ("offer", "Estimate"))
        self.bring_to(reception, "authorized")
        self.assertEqual(
            (order.dealer_state, order.type_name), ("agreed", "Work Order")
        )
        other = self.env["sale.order"].create({"partner_id": self.customer.id})
        self.assertEqual(other.type_name, "Quotation")
