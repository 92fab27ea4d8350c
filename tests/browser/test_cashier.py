"""The cashier: logs in, finds the car, takes the money."""

from odoo.tests import new_test_user, tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase


class CashierCase(DealerServiceCase, DevToolsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).tour_enabled = False
        cls.env["account.journal"].create(
            [
                {"name": name, "code": code, "type": "bank"}
                for name, code in (("微信收款", "WX"), ("支付宝收款", "ZFB"))
            ]
        )
        cls.cashier = new_test_user(
            cls.env, login="till", groups="account.group_account_invoice"
        )
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "settled")

    def enter(self, page):
        """The key as a keyboard sends it: it presses the button that has the focus."""
        for kind in ("keyDown", "keyUp"):
            page.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key="Enter",
                code="Enter",
                windowsVirtualKeyCode=13,
                **({"text": "\r"} if kind == "keyDown" else {}),
            )

    def assert_paid(self, journal=None):
        self.visit.invalidate_recordset()
        self.assertEqual(self.visit.settlement_state, "paid")
        payment = self.visit.invoice_ids.matched_payment_ids
        if journal:
            self.assertEqual(payment.journal_id.name, journal)


@tagged("standard", "post_install", "-at_install")
class TestCashier(CashierCase):
    def test_who_logs_in_finds_the_car_and_takes_the_payment(self):
        with self.open_page("/odoo", login="till") as page:
            page.wait_for(".o_cashier_car")
            self.assertIn("A1234", page.text(".o_cashier_car"))
            page.click(".o_cashier_car")
            page.click(".o_cashier_method")
            page.click(".o_cashier_take:enabled")
            page.wait("!document.querySelector('.o_cashier_car')")
            taken = page.text(".o_cashier_taken")
        self.assert_paid()
        self.assertIn("皖B·A1234", taken)
        self.assertIn("200.00", taken)

    def test_button_says_what_it_takes(self):
        with self.open_page("/odoo", login="till") as page:
            page.click(".o_cashier_car")
            page.click(".o_cashier_method")
            page.wait_for(".o_cashier_take:enabled")
            self.assertIn("200.00", page.text(".o_cashier_take"))
            page.js("document.querySelector('.o_cashier_amount').select()")
            page.send("Input.insertText", text="50")
            page.wait(
                "document.querySelector('.o_cashier_take').innerText.includes('50.00')"
            )

    def test_a_bill_that_a_voucher_has_paid_is_closed_in_one_press(self):
        car = self.make_vehicle(license_plate="皖B·V5000")
        other = self.bring_to(
            self.make_reception(state="arrived", vehicle_id=car.id), "ready"
        )
        self.tick(other)
        voucher = self.env["dealer.voucher"].create(
            {"partner_id": other.partner_id.id, "reason": "致歉", "amount": 500.0}
        )
        self.env["dealer.settlement.wizard"].create(
            {
                "reception_id": other.id,
                "voucher_ids": [(6, 0, voucher.ids)],
                "old_parts": "none",
            }
        ).action_settle()
        self.assertEqual(other.invoice_ids.amount_total, 0.0)
        with self.open_page("/odoo", login="till") as page:
            page.wait_for(".o_cashier_car")
            page.js(
                "[...document.querySelectorAll('.o_cashier_car')]"
                ".find((car) => car.innerText.includes('V5000')).click()"
            )
            page.click(".o_cashier_free")
            page.wait_for(".o_cashier_taken")
            self.assertIn("V5000", page.text(".o_cashier_taken"))
        other.invalidate_recordset()
        self.assertEqual(other.invoice_ids.state, "posted")
        self.assertEqual(other.settlement_state, "paid")

    def test_settlement_of_what_was_taken_is_printed(self):
        with self.open_page("/odoo", login="till") as page:
            page.js(
                "URL.createObjectURL = (blob) => { window.printed = blob.size;"
                " return '#'; }"
            )
            page.click(".o_cashier_car")
            page.click(".o_cashier_method")
            page.click(".o_cashier_take:enabled")
            page.click(".o_cashier_print")
            page.wait("window.printed > 1000")

    def test_who_searches_on_has_left_the_car_before(self):
        with self.open_page("/odoo", login="till") as page:
            page.click(".o_cashier_car")
            page.wait_for(".o_cashier_method")
            page.click(".o_cashier_search")
            page.send("Input.insertText", text="K5555")
            page.wait("!document.querySelector('.o_cashier_car')")
            self.assertEqual(page.count(".o_cashier_panel"), 0)

    def test_money_to_give_back_is_not_set_off_against_what_is_due(self):
        other = self.bring_to(
            self.make_reception(
                state="arrived",
                vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id,
            ),
            "settled",
        )
        other.invoice_ids.action_post()
        other.invoice_ids._reverse_moves()
        with self.open_page("/odoo", login="till") as page:
            page.wait_for(".o_cashier_car")
            totals = page.js(
                "[...document.querySelectorAll('.o_cashier_totals dd')]"
                ".map((total) => total.textContent)"
            )
        self.assertEqual(len(totals), 2)
        self.assertFalse([total for total in totals if "-" in total])

    def test_money_is_given_back_at_the_counter(self):
        moves = self.visit.invoice_ids.with_user(self.cashier)
        way = moves.get_cashier_board()["methods"][0]["id"]
        moves.action_take_payment(way)
        # drawn up by accounting, which confirms it later
        credit = self.visit.invoice_ids._reverse_moves()
        with self.open_page("/odoo", login="till") as page:
            page.click(".o_cashier_car")
            page.wait_for(".o_cashier_panel .alert-warning")
            self.assertIn("Accounting confirms", page.text(".o_cashier_panel .alert"))
            self.assertFalse(page.count(".o_cashier_give"))
            credit.action_post()
            self.env.flush_all()
            page.send("Page.reload")
            page.click(".o_cashier_car")
            page.click(".o_cashier_method")
            page.click(".o_cashier_give:enabled")
            page.wait_for(".o_cashier_taken")
            self.assertIn("200.00", page.text(".o_cashier_taken"))
        credit.invalidate_recordset()
        self.assertIn(credit.payment_state, ("paid", "in_payment"))
        self.assertEqual(credit.matched_payment_ids.payment_type, "outbound")

    def test_keyboard_alone_takes_the_payment(self):
        other = self.make_reception(
            state="arrived",
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id,
        )
        self.bring_to(other, "settled")
        with self.open_page("/odoo", login="till") as page:
            page.wait("document.activeElement.matches('.o_cashier_search')")
            self.assertEqual(page.count(".o_cashier_car"), 2)
            page.send("Input.insertText", text="a12")
            page.wait("document.querySelectorAll('.o_cashier_car').length === 1")
            self.enter(page)
            page.wait("document.activeElement.matches('.o_cashier_method')")
            wechat = page.js(
                "[...document.querySelectorAll('.o_cashier_method')]"
                ".findIndex((way) => way.textContent.includes('微信'))"
            )
            page.key(str(wechat + 1))
            page.wait("document.activeElement.matches('.o_cashier_take')")
            self.enter(page)
            page.wait("document.activeElement.matches('.o_cashier_search')")
            page.wait("document.querySelectorAll('.o_cashier_car').length === 1")
        self.assert_paid("微信收款")
        self.assertEqual(other.settlement_state, "draft")

    def test_invoice_is_one_click_away_and_asks_for_one_thing(self):
        self.visit.invoice_ids.action_post()
        primary = ".o_form_statusbar .btn-primary:not(.d-none)"
        with self.open_page("/odoo", login="till") as page:
            page.click(".o_cashier_car")
            page.click(".o_cashier_invoice")
            page.wait_for(primary)
            self.assertEqual(page.count(primary), 1)
            self.assertIn(
                "register_payment", page.js(f"document.querySelector('{primary}').name")
            )


@tagged("standard", "post_install", "-at_install")
class TestDepositAtTheCounter(CashierCase):
    """Taken for a booking, and given back when it is cancelled."""

    def test_deposit_is_taken_and_given_back(self):
        self.deposit_comes_and_goes()

    def deposit_comes_and_goes(self):
        car = self.make_vehicle(license_plate="皖B·D7777")
        booking = self.make_reception(vehicle_id=car.id)
        with self.open_page("/odoo", login="till") as page:
            page.click(".o_cashier_deposits")
            page.wait("document.activeElement.matches('.o_cashier_deposit input')")
            page.send("Input.insertText", text="D7777")
            page.wait("document.querySelectorAll('.o_cashier_visit').length === 1")
            page.click(".o_cashier_visit")
            page.click(".o_cashier_amount")
            page.send("Input.insertText", text="500")
            page.js(
                "[...document.querySelectorAll('.o_cashier_method')]"
                ".find((way) => way.innerText.includes('微信')).click()"
            )
            page.click(".o_cashier_take:enabled")
            page.wait_for(".o_cashier_held")
            self.assertIn("500.00", page.text(".o_cashier_held"))
            self.assertIn("微信", page.text(".o_cashier_held"))
            self.assertIn("D7777", page.text(".o_cashier_said"))
            # while the customer is still to come nobody gives it back
            self.assertEqual(page.count(".o_cashier_return"), 0)
            booking.invalidate_recordset()
            self.assertEqual(booking.deposit_amount, 500.0)
            booking.action_cancel()
            page.click(".o_cashier_close")
            page.wait_for(".o_cashier_visit")
            page.click(".o_cashier_deposits")
            page.wait_for(".o_cashier_hint")
            page.click(".o_cashier_deposits")
            page.click(".o_cashier_visit")
            page.click(".o_cashier_return")
            page.click(".o_cashier_reason")
            page.send("Input.insertText", text="客户取消")
            page.click(".o_cashier_give:enabled")
            page.wait(
                "!document.querySelector('.o_cashier_visit')?.innerText.match('D7777')"
            )
        booking.invalidate_recordset()
        self.assertEqual(booking.deposit_amount, 0.0)


@tagged("post_install", "-at_install")
class TestDepositOnAPhone(TestDepositAtTheCounter):
    browser_size = "390x844"


@tagged("post_install", "-at_install")
class TestCashierOnAPhone(CashierCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_cars_then_what_one_pays(self):
        with self.open_page("/odoo", login="till") as page:
            page.tap(".o_cashier_car")
            page.wait_for(".o_cashier_panel")
            page.wait(
                "getComputedStyle(document.querySelector('.o_cashier_cars'))"
                ".display === 'none'"
            )
            page.tap(".o_cashier_close")
            page.tap(".o_cashier_car")
            page.tap(".o_cashier_method")
            page.tap(".o_cashier_take:enabled")
            page.wait("!document.querySelector('.o_cashier_car')")
        self.assert_paid()
