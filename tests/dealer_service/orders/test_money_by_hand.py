"""What a visit comes to follows from its lines, and nobody hands in another figure."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from .test_consent import ConsentCase


class MoneyCase(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = new_test_user(
            cls.env, "cashier", "base.group_user,account.group_account_invoice"
        )

    def settle(self):
        self.bring_to(self.reception, "ready")
        self.tick(self.reception)
        self.reception.action_settle()
        return self.reception.invoice_ids

    def assert_refused(self, records, **values):
        for name, value in values.items():
            with self.subTest(name, model=records._name):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    records.write({name: value})
                    self.env.flush_all()
            self.env.invalidate_all()


class TestFiguresOfOdoo(MoneyCase):
    def test_nobody_writes_the_totals_of_an_order(self):
        for user in (self.advisor, self.cashier, self.manager):
            self.assert_refused(
                self.order.with_user(user),
                amount_total=1.0,
                amount_untaxed=1.0,
                amount_tax=1.0,
                currency_rate=2.0,
                invoice_status="invoiced",
            )
        self.assertEqual(self.order.amount_total, 780.0)

    def test_nobody_writes_what_a_line_comes_to(self):
        for user in (self.advisor, self.cashier):
            self.assert_refused(
                self.order.order_line[0].with_user(user),
                price_subtotal=1.0,
                price_total=1.0,
                price_tax=1.0,
                qty_invoiced=1.0,
                invoice_status="invoiced",
                untaxed_amount_to_invoice=1.0,
            )

    def test_warehouse_says_what_it_delivered(self):
        line = self.order.order_line[1]
        line.with_user(self.advisor).qty_delivered = 1.0
        line.qty_delivered_method = "analytic"
        self.assert_refused(line.with_user(self.advisor), qty_delivered=1.0)

    def test_cashier_does_not_write_the_totals_of_an_invoice(self):
        invoice = self.settle().with_user(self.cashier)
        self.assert_refused(
            invoice, amount_untaxed=1.0, amount_tax=1.0, amount_residual=0.0
        )
        self.assert_refused(
            invoice.invoice_line_ids[0], price_subtotal=1.0, price_total=1.0
        )

    def test_program_with_all_rights_is_not_asked(self):
        self.order.sudo().amount_tax = 3.0
        self.assertEqual(self.order.amount_tax, 3.0)

    @users("advisor")
    def test_consent_is_given_to_what_the_lines_come_to(self):
        order = self.env["sale.order"].create(
            {
                "reception_id": self.reception.id,
                "amount_total": 1.0,
                "order_line": [(0, 0, {"product_id": self.part.id})],
            }
        )
        self.env.flush_all()
        order.sudo().write({"amount_total": 1.0})
        self.agree(order)
        self.assertEqual(order.consent_amount, 480.0)
        self.assertEqual(order.amount_total, 480.0)


class TestWordsOfAConsentedOrder(MoneyCase):
    def assert_words_fixed(self):
        for user in (self.env.user, self.advisor, self.manager):
            self.assert_refused(
                self.order.with_user(user),
                name="S99999",
                note="<p>无质保</p>",
                validity_date="2030-01-01",
            )

    def test_number_and_terms_are_fixed_with_the_consent(self):
        self.order.with_user(self.advisor).note = "<p>质保一年</p>"
        self.agree()
        self.assert_words_fixed()
        self.order.with_user(self.advisor).note = self.order.note
        self.assertEqual(self.order.note, "<p>质保一年</p>")

    def test_consent_stands_when_a_draft_is_said_to_be_a_draft(self):
        self.agree()
        self.assertEqual(self.order.state, "draft")
        for user in (self.cashier, self.advisor, self.manager):
            self.order.with_user(user).state = "draft"
        self.assertEqual(self.order.consent_state, "valid")
        self.assertEqual(self.order.consent_amount, self.order.amount_total)

    def test_number_and_terms_stay_fixed_to_the_end(self):
        self.bring_to(self.reception, "authorized")
        self.assert_words_fixed()
        self.settle()
        self.assert_words_fixed()


class TestPaperOfASettledVisit(MoneyCase):
    def facts(self):
        """What the settlement tells beside the money, with other values."""
        return {
            "customer_parts": "自带机油 4 升",
            "insurance_partner_id": self.make_partner(name="人保财险").id,
            "is_maintenance": not self.reception.is_maintenance,
            "is_parts_checked": not self.reception.is_parts_checked,
            "parts_note": "都到了",
            "is_waiting": not self.reception.is_waiting,
            "package_id": self.env["sale.order.template"].create({"name": "小保养"}).id,
            "planned_hours": 9.0,
            "prepared_bay_id": self.bay().id,
            "prepared_technician_id": self.technician_resource().id,
            "variance_reason": "老客户优惠",
        }

    def bay(self):
        return self.env["resource.resource"].create(
            {"name": "1 号工位", "resource_type": "material", "dealer_role": "bay"}
        )

    def technician_resource(self):
        return self.env["resource.resource"].create(
            {"name": "张师傅", "resource_type": "user", "dealer_role": "technician"}
        )

    def test_settled_facts_are_corrected_by_a_second_person_with_a_reason(self):
        self.settle()
        for state in ("settled", "delivered"):
            self.bring_to(self.reception, state)
            for name, value in self.facts().items():
                with self.subTest(name, state=state):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        self.reception.with_user(self.advisor).write({name: value})
                    visit = self.reception.with_user(self.manager)
                    with self.assertRaisesRegex(UserError, "Enter why"):
                        visit.write({name: value})
                    self.env.invalidate_all()
        why = {"correction_reason": "量错了"}
        visit.write({"customer_parts": "自带机油 4 升", **why})
        self.assertIn("量错了", self.reception.message_ids[:1].body)

    def test_open_visit_is_filled_in_by_its_advisor(self):
        visit = self.reception.with_user(self.advisor)
        visit.write({"customer_parts": "自带机油 4 升", "is_waiting": True})
        self.assertTrue(visit.is_waiting)

    def test_another_difference_still_gets_its_reason(self):
        invoice = self.settle()
        invoice.invoice_line_ids[0].discount = 50.0
        visit = self.reception.with_user(self.advisor)
        visit.variance_reason = "老客户优惠"
        with self.assertRaises(AccessError):
            visit.variance_reason = "别的原因"


class TestPostedInvoiceOfAVisit(MoneyCase):
    def paths(self, invoice):
        """Every way to be rid of a posted invoice, by name."""
        return {
            "draft": invoice.button_draft,
            "cancel": invoice.button_cancel,
            "state": lambda: invoice.write({"state": "draft"}),
            "visit": lambda: invoice.write({"reception_id": False}),
            "delete": invoice.unlink,
        }

    def test_posted_invoice_of_a_settled_visit_is_kept(self):
        invoice = self.settle().with_user(self.cashier)
        invoice.action_post()
        for state in ("settled", "delivered"):
            self.bring_to(self.reception, state)
            for name, path in self.paths(invoice).items():
                with self.subTest(name, state=state):
                    with self.assertRaises(UserError) as refused:
                        with self.env.cr.savepoint():
                            path()
                    if name not in ("visit", "delete"):
                        self.assertIn("Correct the Settlement", str(refused.exception))
                        self.assertIn(self.reception.name, str(refused.exception))
                self.env.invalidate_all()
        self.assertEqual(invoice.state, "posted")

    def test_invoice_that_was_posted_once_is_not_deleted(self):
        invoice = self.settle()
        invoice.action_post()
        invoice.sudo().button_draft()
        with self.assertRaisesRegex(UserError, "Correct the Settlement"):
            invoice.with_user(self.cashier).unlink()

    def test_draft_of_a_settlement_is_not_the_cashiers_to_be_rid_of(self):
        invoice = self.settle().with_user(self.cashier)
        steps = {
            "cancel": invoice.button_cancel,
            "delete": invoice.unlink,
            "posted by hand": lambda: invoice.write({"state": "posted"}),
            "paid by hand": lambda: invoice.write({"payment_state": "paid"}),
            "credit note": lambda: invoice.write({"move_type": "out_refund"}),
            "switched": invoice.action_switch_move_type,
        }
        for what, step in steps.items():
            with self.subTest(what):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    step()
                    self.env.flush_all()
                self.env.invalidate_all()
        self.assertEqual((invoice.state, invoice.payment_state), ("draft", "not_paid"))
        self.reception.with_user(self.manager).action_correct_settlement("算错了")
        self.assertEqual(invoice.state, "cancel")

    def test_posted_invoice_is_not_paid_by_hand(self):
        invoice = self.settle().with_user(self.cashier)
        invoice.action_post()
        with self.assertRaisesRegex(UserError, "Register a payment"):
            invoice.payment_state = "paid"
        invoice.action_toggle_block_payment()
        self.assertEqual(invoice.payment_state, "blocked")

    def test_what_is_invoiced_is_not_unlinked_from_the_order(self):
        invoice = self.settle()
        line = self.order.order_line[:1]
        for user in (self.cashier, self.advisor, self.manager):
            with self.subTest(user.login), self.assertRaises(UserError):
                line.with_user(user).invoice_lines = [
                    Command.unlink(invoice.invoice_line_ids[:1].id)
                ]

    def test_manager_takes_a_posted_invoice_back(self):
        invoice = self.settle()
        invoice.action_post()
        self.reception.with_user(self.manager).action_correct_settlement("算错了")
        self.assertTrue(invoice.reversal_move_ids)


class TestSettledInvoice(MoneyCase):
    """What was settled is collected: no less, and from nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {"name": "6 %", "amount": 6.0, "company_id": cls.company.id}
        )

    def assert_as_settled(self, invoice, is_fixed=True):
        line = invoice.invoice_line_ids[:1]
        other = self.make_partner(name="张伟")
        account = line.account_id.sudo().copy()
        prices = {
            "amount": lambda: line.write({"balance": -1.0}),
            "amount in its currency": lambda: line.write({"amount_currency": -1.0}),
            "price": lambda: line.write({"price_unit": 1.0}),
            "discount": lambda: line.write({"discount": 50.0}),
            "taxes": lambda: line.write({"tax_ids": [Command.set(self.tax.ids)]}),
            "through the invoice": lambda: invoice.write(
                {"invoice_line_ids": [Command.update(line.id, {"price_unit": 1.0})]}
            ),
            "through all lines": lambda: invoice.write(
                {"line_ids": [Command.update(line.id, {"discount": 50.0})]}
            ),
        }
        steps = {
            "account": lambda: line.write({"account_id": account.id}),
            "words": lambda: line.write({"name": "hacked"}),
            "quantity": lambda: line.write({"quantity": 0.5}),
            "what it bills": lambda: line.write({"sale_line_ids": [Command.clear()]}),
            "no line": line.unlink,
            "another line": lambda: line.create(
                {"move_id": invoice.id, "name": "x", "price_unit": 100.0}
            ),
            "customer": lambda: invoice.write({"partner_id": other.id}),
            "number": lambda: invoice.write({"name": "INV/HACK/1"}),
            "total": lambda: invoice.write({"amount_total": 1.0}),
            "no state": lambda: invoice.write({"payment_state": False}),
        }
        if is_fixed:
            steps.update(prices)
        total = invoice.amount_total
        for what, step in steps.items():
            with self.subTest(what, state=invoice.state):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    step()
                    self.env.flush_all()
            self.env.invalidate_all()
        self.assertEqual(invoice.amount_total, total)
        self.assertEqual(invoice.partner_id, self.customer)

    def test_invoice_of_a_settlement_is_posted_and_paid_as_it_was_settled(self):
        invoice = self.settle().with_user(self.cashier)
        self.assert_as_settled(invoice, is_fixed=False)
        invoice.invoice_date = "2026-03-02"
        invoice.ref = "现金"
        invoice.action_post()
        self.assert_as_settled(invoice)
        self.assert_refused(invoice, name=False, amount_total=0.0)
        self.env["account.payment.register"].with_user(self.cashier).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(self.reception.settled_total, 780.0)

    def test_draft_is_taken_back_by_a_manager_and_made_again(self):
        self.settle()
        self.reception.with_user(self.manager).action_correct_settlement("算错了")
        self.reception.with_user(self.advisor).action_invoice_again()
        living = self.reception.invoice_ids.filtered(
            lambda move: move.state != "cancel"
        )
        self.assertEqual(living.amount_total, 780.0)

    def test_deposits_and_other_invoices_are_the_cashiers(self):
        plain = self.env["account.move"].with_user(self.cashier)
        invoice = plain.create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "invoice_line_ids": [Command.create({"name": "x", "price_unit": 5.0})],
            }
        )
        invoice.invoice_line_ids.price_unit = 7.0
        self.assertEqual(invoice.amount_untaxed, 7.0)

    def test_who_left_early_owes_what_was_agreed_to(self):
        self.bring_to(self.reception, "working")
        for line in self.order.order_line:
            line.qty_delivered = line.product_uom_qty
        self.reception.with_user(self.manager).action_leave("time")
        invoice = self.order.invoice_ids
        self.assert_as_settled(invoice.with_user(self.cashier))
