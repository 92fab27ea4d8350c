"""The number of the tax invoice stands on the bill, and nothing that is none."""

from odoo.exceptions import ValidationError
from odoo.tests import users

from ..orders.test_settlement import SettlementCase


class TestTaxInvoice(SettlementCase):
    @users("cashier")
    def test_cashier_enters_the_number_of_a_posted_bill(self):
        self.bring_to(self.reception, "settled")
        bill = self.reception.invoice_ids
        bill.action_post()
        bill = bill.with_env(self.env)
        bill.write(
            {
                "dealer_buyer_title": "芜湖物流有限公司",
                "dealer_buyer_tax_number": "91340200MA2N00000X",
                "dealer_einvoice_number": "26342000000012345678",
            }
        )
        for number in ("123", "2634200000001234567X", "2634 2000 0000 12345"):
            with self.subTest(number), self.assertRaises(ValidationError):
                bill.dealer_einvoice_number = number
        bill.dealer_red_number = "26342000000087654321"
        self.assertEqual(bill.dealer_red_number, "26342000000087654321")

    def test_a_tax_invoice_is_issued_once(self):
        self.bring_to(self.reception, "settled")
        bill = self.reception.invoice_ids[:1]
        bill.dealer_einvoice_number = "26342000000012345678"
        other = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.customer.id}
        )
        with self.assertRaisesRegex(ValidationError, "was issued for"):
            other.dealer_einvoice_number = "26342000000012345678"

    def test_numbers_of_a_batch_are_looked_up_together(self):
        number = "2634200000001234567%d"
        bills = self.env["account.move"].create(
            [
                {"move_type": "out_invoice", "partner_id": self.customer.id}
                for _bill in range(6)
            ]
        )
        for index, bill in enumerate(bills):
            bill.dealer_einvoice_number = number % index
        bills.flush_recordset()
        with self.assertQueryCount(1):
            bills._check_tax_invoice_twins()
        with self.assertRaisesRegex(ValidationError, "was issued for"):
            bills[:2].dealer_einvoice_number = number % 7

    def test_number_is_kept_as_the_tax_platform_writes_it(self):
        bills = self.env["account.move"].create(
            [
                {"move_type": "out_invoice", "partner_id": self.customer.id}
                for _bill in range(2)
            ]
        )
        kept = "26342000000012345678"
        typed = (
            "".join(chr(ord(digit) + 0xFEE0) for digit in kept),
            f" {kept}\t",
            "2634 2000 0000 1234 5678",
            "26342000-000012345678",
        )
        for text in typed:
            with self.subTest(text):
                bills[0].dealer_einvoice_number = text
                self.assertEqual(bills[0].dealer_einvoice_number, kept)
                refused = self.assertRaisesRegex(ValidationError, "was issued for")
                with refused, self.env.cr.savepoint():
                    bills[1].dealer_einvoice_number = text
        arabic = "".join(chr(0x660 + int(digit)) for digit in kept)
        with self.assertRaisesRegex(ValidationError, "no number"):
            bills[1].dealer_einvoice_number = arabic

    def test_red_letter_invoice_is_one_of_its_own(self):
        bills = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "dealer_einvoice_number": f"2634200000001234567{index}",
                }
                for index in range(2)
            ]
        )
        with self.assertRaisesRegex(ValidationError, "was issued for"):
            bills[0].dealer_red_number = bills[0].dealer_einvoice_number
        with self.assertRaisesRegex(ValidationError, "was issued for"):
            bills[0].dealer_red_number = bills[1].dealer_einvoice_number
        bills[0].dealer_red_number = "26342000000087654321"
        with self.assertRaisesRegex(ValidationError, "was issued for"):
            bills[1].dealer_red_number = "26342000000087654321"

    def test_bills_of_one_visit_share_a_tax_invoice(self):
        number = "26342000000012345678"
        bills = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "reception_id": visit.id,
                }
                for visit in (self.reception, self.reception, self.make_reception())
            ]
        )
        bills[:2].dealer_einvoice_number = number
        with self.assertRaisesRegex(ValidationError, "was issued for"):
            bills[2].dealer_einvoice_number = number

    @users("cashier")
    def test_red_letter_takes_back_what_there_is(self):
        self.bring_to(self.reception, "settled")
        bill = self.reception.invoice_ids.with_env(self.env)
        with self.assertRaisesRegex(ValidationError, "none to take back"):
            bill.dealer_red_number = "26342000000087654321"
