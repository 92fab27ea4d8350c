"""Who sells, collects or keeps the books leaves a visit's offers to the service."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from .test_consent import ConsentCase

SELLERS = (
    "sales_team.group_sale_manager",
    "account.group_account_invoice",
    "account.group_account_manager",
)


class TestSellers(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sellers = [
            new_test_user(
                cls.env,
                f"of_{group}",
                f"base.group_user,{group}",
                company_ids=[Command.set(cls.company.ids)],
                company_id=cls.company.id,
            )
            for group in SELLERS
        ]

    def report(self):
        """What a technician found on the car, as it lands at the desk."""
        job = self.make_job(self.reception)
        return job._report_finding("Front pads 2 mm", "safety")

    def test_offers_are_withdrawn_by_the_service_department_only(self):
        for user in self.sellers:
            offer = self.order.with_user(user)
            with self.subTest(user.login):
                with self.assertRaisesRegex(AccessError, "service department"):
                    offer.action_cancel()
                with self.assertRaisesRegex(AccessError, "service department"):
                    offer.action_quotation_sent()
                with self.assertRaisesRegex(AccessError, "service department"):
                    offer.write({"dealer_reason": "nothing"})
        self.assertEqual(self.order.state, "draft")

    def test_offers_are_made_by_the_service_department_only(self):
        seller = self.sellers[0]
        other = self.make_partner(name="李国庆")
        offer = self.order.with_user(seller)
        line = offer.order_line[0]
        for record, vals in (
            (offer, {"partner_id": other.id}),
            (offer, {"partner_invoice_id": other.id}),
            (offer, {"order_line": [Command.update(line.id, {"discount": 50.0})]}),
            (line, {"price_unit": 1.0}),
            (line, {"product_uom_qty": 9.0}),
        ):
            with (
                self.subTest(record._name, vals=vals),
                self.assertRaisesRegex(AccessError, "service department"),
                self.env.cr.savepoint(),
            ):
                record.write(vals)
        with self.assertRaisesRegex(AccessError, "service department"):
            line.create(
                {"order_id": offer.id, "product_id": self.part.id, "price_unit": -9.0}
            )

    def test_offers_and_their_lines_are_deleted_by_the_service_department_only(self):
        seller = self.sellers[0]
        for record in (self.order.order_line[0], self.order):
            with (
                self.subTest(record._name),
                self.assertRaisesRegex(AccessError, "service department"),
            ):
                record.with_user(seller).unlink()
        self.assertTrue(self.order.exists())

    def test_service_department_withdraws_and_deletes_an_estimate(self):
        other = self.make_order(self.reception, self.part)
        other.with_user(self.advisor).action_cancel()
        self.assertEqual(other.state, "cancel")
        self.order.order_line[0].with_user(self.advisor).unlink()

    def test_report_of_a_technician_is_withdrawn_but_never_deleted(self):
        self.bring_to(self.reception, "working")
        report = self.report()
        # may delete orders at all
        self.manager.group_ids += self.env.ref("sales_team.group_sale_manager")
        for user in (self.sellers[0], self.advisor):
            mine = report.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine.unlink()
        desk = report.with_user(self.advisor)
        desk.write({"dealer_urgency": "soon"})
        with self.assertRaisesRegex(UserError, "found on the car"):
            desk.write({"dealer_urgency": False})
        desk.action_cancel()
        with self.assertRaisesRegex(UserError, "found on the car"):
            report.with_user(self.manager).unlink()
        self.assertEqual(report.state, "cancel")
        self.assertEqual(report.dealer_reason, "Front pads 2 mm")

    def test_sales_without_a_visit_are_cancelled_and_deleted_as_ever(self):
        seller = self.sellers[0]
        sale = self.env["sale.order"].with_user(seller)
        order = sale.create({"partner_id": self.customer.id})
        order.action_cancel()
        order.unlink()
        self.assertFalse(order.exists())

    # -- billing

    def billers(self):
        """A salesperson, and a cashier who may open the dialog of sale at all."""
        seller, cashier = self.sellers[:2]
        cashier.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        return seller, cashier

    def bill(self, user, order, method, **values):
        wizard = self.env["sale.advance.payment.inv"].with_user(user)
        wizard.with_context(active_model="sale.order", active_ids=order.ids).create(
            {"advance_payment_method": method, **values}
        ).create_invoices()

    def test_work_is_billed_by_the_settlement_only(self):
        self.bring_to(self.reception, "authorized")
        for user in (*self.billers(), self.advisor, self.manager):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(UserError, "settlement"),
            ):
                self.bill(user, self.order, "delivered")
        self.assertFalse(self.order.invoice_ids)

    def test_deposit_is_asked_for_by_the_service_department_or_accounting(self):
        self.bring_to(self.reception, "authorized")
        seller, cashier = self.billers()
        for method, values in (
            ("percentage", {"amount": 50}),
            ("fixed", {"fixed_amount": 100.0}),
        ):
            with (
                self.subTest(method),
                self.assertRaisesRegex(AccessError, "service department"),
            ):
                self.bill(seller, self.order, method, **values)
        self.bill(self.advisor, self.order, "fixed", fixed_amount=100.0)
        self.bill(cashier, self.order, "fixed", fixed_amount=80.0)
        self.assertEqual(sum(self.order.invoice_ids.mapped("amount_total")), 180.0)

    def test_what_is_owed_after_an_early_leave_is_billed_by_hand(self):
        self.bring_to(self.reception, "working")
        for line in self.order.order_line:
            line.qty_delivered = line.product_uom_qty
        left = self.reception.with_user(self.manager)
        left.action_leave("time")
        # what leaving has billed is taken back
        left.action_correct_settlement("x")
        seller, cashier = self.billers()
        with self.assertRaisesRegex(AccessError, "service department"):
            self.bill(seller, self.order, "delivered")
        self.bill(cashier, self.order, "delivered")
        billed = self.order.invoice_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(billed.amount_total, 780.0)

    @users("advisor")
    def test_settled_visit_is_billed_again_by_its_own_button(self):
        self.bring_to(self.reception, "ready")
        self.tick(self.reception)
        self.reception.with_env(self.env).action_settle()
        self.reception.with_user(self.manager).action_correct_settlement("x")
        with self.assertRaisesRegex(UserError, "settlement"):
            self.bill(self.advisor, self.order, "delivered")
        self.reception.with_env(self.env).action_invoice_again()
        self.assertEqual(self.reception.settled_total, 780.0)
