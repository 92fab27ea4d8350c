"""Every path round the consent is closed."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users
from odoo.tools import mute_logger

from odoo.addons.dealer_service.models.orders.sale_order_consent import (
    ConsentMissing,
    ConsentRefused,
)

from .test_consent import ConsentCase


class TestLinesOfAConsentedOrder(ConsentCase):
    """Before and after the confirmation: the lines stay what was agreed to."""

    def paths(self, order):
        """Every way to add, change or remove a line, by name."""
        line = order.order_line[0]
        product = self.labour.id
        tax = self.env["account.tax"].sudo().create({"name": "X", "amount": 6.0})
        other = self.make_order(self.reception).with_env(self.env)
        line_model = self.env["sale.order.line"]
        new = {"product_id": product, "order_id": order.id}
        return {
            "create": lambda: line_model.create(new),
            "create with the order from the context": lambda: line_model.with_context(
                default_order_id=order.id
            ).create({"product_id": product}),
            "create through the order": lambda: order.write(
                {"order_line": [Command.create({"product_id": product})]}
            ),
            "create a priced down payment": lambda: line_model.create(
                {**new, "is_downpayment": True, "product_uom_qty": 1, "price_unit": 9}
            ),
            "note": lambda: line_model.create(
                {"order_id": order.id, "display_type": "line_note", "name": "+500"}
            ),
            "quantity": lambda: line.write({"product_uom_qty": 2}),
            "quantity through the order": lambda: order.write(
                {"order_line": [Command.update(line.id, {"product_uom_qty": 2})]}
            ),
            "price": lambda: line.write({"price_unit": 1.0}),
            "discount": lambda: line.write({"discount": 10.0}),
            "tax": lambda: line.write({"tax_ids": [Command.set(tax.ids)]}),
            "product": lambda: line.write({"product_id": self.part.id}),
            "name": lambda: line.write({"name": "something else"}),
            "total": lambda: line.write({"price_total": 1.0}),
            "subtotal": lambda: line.write({"price_subtotal": 1.0}),
            "move away": lambda: line.write({"order_id": other.id}),
            "move in": lambda: other.order_line.write({"order_id": order.id}),
            "delete": line.unlink,
            "delete through the order": lambda: order.write(
                {"order_line": [Command.delete(line.id)]}
            ),
            "clear": lambda: order.write({"order_line": [Command.clear()]}),
            "update prices": lambda: (
                line.product_id.sudo().write({"list_price": 999.0}),
                order.action_update_prices(),
            ),
            "decision": lambda: line.write({"dealer_decision": "declined"}),
            "not supplied": lambda: line.write({"dealer_not_supplied": "x"}),
        }

    def assert_paths_closed(self, order):
        before = order._agreed_content()
        for name, path in self.paths(order).items():
            with self.subTest(name), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    path()
                    self.env.flush_all()
            self.env.invalidate_all()
        self.assertEqual(order._agreed_content(), before)
        self.assertEqual(order.consent_state, "valid")

    @users("advisor")
    def test_lines_are_fixed_before_the_confirmation(self):
        self.agree()
        self.assert_paths_closed(self.order.with_env(self.env))

    @users("manager")
    def test_lines_are_fixed_after_the_confirmation_even_for_managers(self):
        self.bring_to(self.reception, "authorized")
        self.assert_paths_closed(self.order.with_env(self.env))

    def test_lines_are_fixed_even_for_the_superuser(self):
        self.bring_to(self.reception, "authorized")
        self.assert_paths_closed(self.order)

    @users("advisor")
    def test_deposit_does_not_become_something_that_is_sold(self):
        self.agree()
        order = self.order.with_env(self.env)
        # two of them, so that the total would stay what was agreed to
        deposits = self.env["sale.order.line"].create(
            [
                {
                    "order_id": order.id,
                    "product_id": self.labour.id,
                    "is_downpayment": True,
                    "product_uom_qty": 0.0,
                    "price_unit": price,
                }
                for price in (500.0, -500.0)
            ]
        )
        for vals in (
            {"product_uom_qty": 1.0},
            {"is_downpayment": False},
            {"product_uom_qty": 1.0, "price_unit": 500.0},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    deposits.write(vals)
            self.env.invalidate_all()
        self.assertEqual(order.consent_state, "valid")
        deposits.write({"price_unit": 100.0})
        self.assertEqual(order.amount_total, 780.0)

    @users("advisor")
    def test_writing_the_same_values_is_not_a_change(self):
        self.agree()
        line = self.order.with_env(self.env).order_line[0]
        line.write({"product_uom_qty": 1.0, "price_unit": 300.0, "name": line.name})
        self.assertEqual(self.order.consent_state, "valid")

    @users("advisor")
    def test_import_cannot_change_lines(self):
        self.agree()
        order = self.order.with_env(self.env)
        line = order.order_line[0]
        xmlid = line._BaseModel__ensure_xml_id()
        rows = [[next(iter(xmlid))[1], "1.0"]]
        result = self.env["sale.order.line"].load(["id", "price_unit"], rows)
        self.assertFalse(result["ids"])
        self.assertIn("can no longer be changed", result["messages"][0]["message"])
        result = self.env["sale.order.line"].load(
            ["order_id/.id", "product_id/.id"], [[str(order.id), str(self.part.id)]]
        )
        self.assertFalse(result["ids"])
        self.assertEqual(len(order.order_line), 2)


class TestOrderOfAConsent(ConsentCase):
    def order_paths(self, order):
        """Fields of the order that would change what was agreed to."""
        env = self.env
        other = self.make_partner(name="李娜")
        pricelist = env["product.pricelist"].sudo().create({"name": "VIP"})
        position = env["account.fiscal.position"].sudo().create({"name": "Export"})
        return {
            "partner_id": other.id,
            "partner_invoice_id": other.id,
            "partner_shipping_id": other.id,
            "pricelist_id": pricelist.id,
            "fiscal_position_id": position.id,
            "amount_total": 1.0,
            "amount_untaxed": 1.0,
            "dealer_payer": "goodwill",
            "dealer_kind": "supplement",
            "reception_id": self.make_reception(state="arrived").id,
            "currency_id": (
                env.ref("base.USD") + env.ref("base.CNY") - order.currency_id
            )[0].id,
        }

    @users("advisor")
    def test_what_changes_the_amount_is_fixed(self):
        self.agree()
        order = self.order.with_env(self.env)
        for name, value in self.order_paths(order).items():
            with self.subTest(name), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    order.write({name: value})
                    self.env.flush_all()
            self.env.invalidate_all()
        self.assertEqual(order.consent_state, "valid")

    @users("advisor")
    def test_discount_wizard_is_refused(self):
        self.agree()
        wizard = self.env["sale.order.discount"].create(
            {
                "sale_order_id": self.order.id,
                "discount_type": "sol_discount",
                "discount_percentage": 0.1,
            }
        )
        with self.assertRaises(UserError):
            wizard.action_apply_discount()

    @users("advisor")
    def test_insurer_named_later_does_not_change_the_payer_of_an_agreed_order(self):
        insurer = self.make_partner(name="人保财险")
        self.reception.insurance_partner_id = insurer
        order = self.make_order(self.reception, dealer_payer="insurance")
        self.agree(order)
        self.reception.insurance_partner_id = self.make_partner(name="平安")
        self.assertEqual(order.partner_invoice_id, insurer)
        self.assertEqual(order.consent_state, "valid")

    @users("advisor")
    def test_consent_cannot_be_forged(self):
        order = self.order.with_env(self.env)
        for vals in (
            {"consent_method": "phone"},
            {"consent_by": "nobody"},
            {"consent_date": "2026-03-02 01:00:00"},
            {"consent_amount": 780.0},
            {"consent_note": "x"},
            {"consent_user_id": self.manager.id},
            {"consent_digest": order._agreed_digest()},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                order.write(vals)
            with self.subTest(vals=vals, su=True), self.assertRaises(UserError):
                order.sudo().write(vals)
        forged = order.with_context(dealer_order_method=True)
        with self.assertRaises(UserError):
            forged.write({"consent_amount": 780.0})
        with self.assertRaises(UserError):
            order.order_line[0].write({"dealer_decision": "approved"})

    @users("advisor")
    def test_recorded_consent_cannot_be_edited(self):
        self.agree()
        with self.assertRaises(UserError):
            self.order.with_env(self.env).write({"consent_by": "somebody else"})

    @users("advisor")
    def test_nothing_is_born_with_a_consent(self):
        orders = self.env["sale.order"]
        base = {"reception_id": self.reception.id, "partner_id": self.customer.id}
        for vals in (
            {**base, "consent_date": "2026-03-02 01:00:00"},
            {"partner_id": self.customer.id, "consent_amount": 5.0},
            {**base, "state": "sale"},
            {**base, "locked": True},
            {
                **base,
                "order_line": [
                    Command.create(
                        {"product_id": self.part.id, "dealer_decision": "approved"}
                    )
                ],
            },
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                orders.create(vals)
        with self.assertRaises(UserError):
            orders.with_context(default_consent_by="x").create(base)
        with self.assertRaises(UserError):
            orders.with_context(default_state="sale").create(base)

    @users("advisor")
    def test_import_cannot_bring_a_consent(self):
        result = self.env["sale.order"].load(
            ["partner_id/.id", "reception_id/.id", "consent_by"],
            [[str(self.customer.id), str(self.reception.id), "x"]],
        )
        self.assertFalse(result["ids"])

    @users("advisor")
    def test_state_cannot_be_written_round_the_consent(self):
        order = self.order.with_env(self.env)
        with self.assertRaises(ConsentMissing):
            order.write({"state": "sale"})
        with self.assertRaises(ConsentMissing):
            order.sudo()._validate_order()

    @users("manager")
    def test_agreed_order_cannot_be_unlocked_cancelled_or_reset(self):
        self.bring_to(self.reception, "authorized")
        order = self.order.with_env(self.env)
        wizard = self.env["sale.mass.cancel.orders"].create(
            {"sale_order_ids": [Command.set(order.ids)]}
        )
        for name, path in {
            "unlock": order.action_unlock,
            "unlock by write": lambda: order.write({"locked": False}),
            "cancel": order.action_cancel,
            "mass cancel": wizard.action_mass_cancel,
            "draft by write": lambda: order.write({"state": "draft"}),
            "sent by write": lambda: order.write({"state": "sent"}),
            "delete": order.unlink,
        }.items():
            with self.subTest(name), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    path()
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.locked)

    @users("advisor")
    def test_cancelled_and_reset_order_has_to_be_agreed_to_again(self):
        self.agree()
        order = self.order.with_env(self.env)
        order.action_cancel()
        self.assertFalse(order.consent_date)
        order.action_draft()
        with self.assertRaises(ConsentMissing):
            order.action_confirm()

    @users("advisor")
    def test_reconfirmation_after_expiry_needs_a_new_consent(self):
        self.agree()
        order = self.order.with_env(self.env)
        order.action_cancel()
        order.action_draft()
        order.validity_date = "2026-01-01"
        with self.assertRaises(ConsentMissing):
            order.action_confirm()
        with self.assertRaises(ConsentRefused):
            self.agree()

    @users("advisor")
    def test_copy_has_no_consent(self):
        self.agree()
        copy = self.order.with_env(self.env).copy()
        self.assertFalse(copy.consent_date)
        self.assertEqual(copy.reception_id, self.reception)
        self.assertEqual(set(copy.order_line.mapped("dealer_decision")), {"pending"})
        with self.assertRaises(ConsentMissing):
            copy.action_confirm()

    @users("advisor")
    def test_order_cannot_leave_its_visit(self):
        with self.assertRaises(UserError):
            self.order.with_env(self.env).write({"reception_id": False})

    @users("manager")
    def test_confirmed_sale_cannot_become_an_order_of_a_visit(self):
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.part.id})],
            }
        )
        sale.action_confirm()
        with self.assertRaises(UserError):
            sale.write(
                {
                    "reception_id": self.reception.id,
                    "dealer_kind": "estimate",
                    "dealer_payer": "customer",
                }
            )

    @users("manager")
    def test_other_sales_need_no_consent(self):
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.part.id})],
            }
        )
        sale.action_confirm()
        sale.order_line.price_unit = 470.0
        self.assertEqual(sale.state, "sale")

    def test_payment_does_not_replace_the_consent(self):
        self.order.require_payment = True
        self.assertFalse(self.order._has_to_be_paid())
        self.assertFalse(self.order._is_confirmation_amount_reached())
        self.agree()
        self.order.write({"require_payment": False, "prepayment_percent": 0.0})
        self.assertTrue(self.order._is_confirmation_amount_reached())

    def test_page_of_sale_neither_accepts_nor_edits(self):
        self.order.require_signature = True
        self.assertFalse(self.order._has_to_be_signed())
        self.assertFalse(self.order._can_be_edited_on_portal())
        self.assertFalse(self.order.order_line[0]._can_be_edited_on_portal())
        with self.assertRaises(UserError):
            self.order.write({"signature": b"R0lGODlhAQABAAAAACw=", "signed_by": "x"})

    @users("advisor")
    def test_deposit_may_be_invoiced_without_touching_the_lines(self):
        self.bring_to(self.reception, "authorized")
        order = self.order.with_env(self.env)
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 100.0})
        )
        wizard.create_invoices()
        self.assertEqual(order.amount_total, 780.0)
        self.assertEqual(order.consent_state, "valid")
        self.assertEqual(order.invoice_ids.amount_total, 100.0)

    def test_order_of_a_visit_needs_kind_and_payer(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.order.write({"dealer_payer": False})
            self.env.flush_all()
