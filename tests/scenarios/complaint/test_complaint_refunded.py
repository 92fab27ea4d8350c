"""The customer gets part of the invoice back, with the tax that is in it."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...complaint_common import WORDS, cn
from .complaint_story import ComplaintStoryCase


class TestComplaintRefunded(ComplaintStoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_complaint_remedy_limit = 500
        cls.visit = cls.make_reception(state="arrived", odometer=12000)
        tax = cls.env["account.tax"].create(
            {
                "name": "销项 13%",
                "amount": 13,
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": cls.company.id,
            }
        )
        cls.invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "reception_id": cls.visit.id,
                "invoice_date": date(2026, 2, 27),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": name,
                            "quantity": 1,
                            "price_unit": price,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                    for name, price in (("更换前制动片工时", 180), ("前制动片", 368))
                ],
            }
        )
        cls.invoice.action_post()

    def test_labour_is_given_back(self):
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(
                self.handler, reception_id=self.visit.id, subject="换了片还是响"
            )
        with self.at(cn(2, 10)):
            self.say(complaint, self.handler)
            complaint.action_investigate()
            complaint.write({**WORDS, "proposal": "退还工时费 180 元"})
            complaint.action_propose()
            self.say(complaint, self.handler, "decision")
            complaint.decision_answer = "accepted"

        # The money is within the handler's limit; the credit note waits for accounting.
        with self.at(cn(2, 11)):
            remedy = (
                self.env["dealer.complaint.action"]
                .with_user(self.handler)
                .create(
                    {
                        "complaint_id": complaint.id,
                        "kind": "refund",
                        "name": "退还工时费",
                        "cost": 180,
                    }
                )
            )
            remedy.action_request()
            remedy.action_carry_out()
            note = remedy.sudo().move_id
            self.assertEqual(
                (note.move_type, note.state, note.reversed_entry_id),
                ("out_refund", "draft", self.invoice),
            )
            with self.assertRaises(AccessError):
                note.with_user(self.handler).action_post()
            note.action_post()
        self.assertEqual(note.amount_total, 180.0)
        # 180 with 13 % in it, by hand
        tax = (Decimal(180) * 13 / 113).quantize(Decimal("0.01"))
        self.assertAlmostEqual(note.amount_tax, float(tax), delta=0.011)
        self.assertEqual(self.invoice.state, "posted")

        with self.at(cn(3, 9)):
            complaint.action_resolve()
        with self.at(cn(4, 10)):
            self.say(complaint, self.handler, "callback", summary="钱收到了")
            complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        with self.at(cn(4, 11)), self.assertRaises(UserError):
            remedy.with_user(self.handler).cost = 200
