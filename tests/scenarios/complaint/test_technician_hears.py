"""A technician records what he hears; the desk takes it over, and the invoice is given
back in part, with its taxes."""

from odoo.fields import Command

from ...complaint_common import WORDS, cn
from .complaint_story import ComplaintStoryCase


class TestTechnicianHears(ComplaintStoryCase):
    def make_invoice(self, visit):
        """1,000 and 13 % of value added tax: 1,130."""
        tax = self.env["account.tax"].create(
            {
                "name": "销项 13%",
                "amount": 13,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "company_id": self.company.id,
            }
        )
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "reception_id": visit.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "更换前制动片",
                            "price_unit": 1000,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    def test_heard_taken_over_and_refunded(self):
        # The customer grumbles beside the lift; the technician writes it down.
        with self.at(cn(2, 9)):
            visit = self.make_reception(state="arrived", odometer=12_000)
            invoice = self.make_invoice(visit)
            heard = (
                self.env["dealer.complaint.heard"]
                .with_user(self.technician)
                .create({"words": "刹车片换贵了。", "who": self.vehicle.license_plate})
            )
            heard.action_confirm()
            complaint = self.env["dealer.complaint"].search(
                [], limit=1, order="id desc"
            )
            self.assertEqual(complaint.first_receiver_id, self.technician)
            self.assertEqual(complaint.vehicle_id, self.vehicle)
            self.assertFalse(complaint.user_id)

        # The desk takes it over within its limit, plans who does what, and phones.
        with self.at(cn(2, 9, 20)):
            complaint = complaint.with_user(self.handler)
            complaint.action_take()
            complaint.write(
                {
                    "reception_id": visit.id,
                    "next_step": "核对结算单",
                    "next_step_user_id": self.handler.id,
                    "next_step_date": cn(2, 11),
                }
            )
            self.say(complaint, self.handler)
            self.assertEqual(self.timer(complaint, "acceptance").state, "met")
            self.assertEqual(self.timer(complaint).state, "met")

        # A tenth is given back: a draft with the tax that is in it.
        with self.at(cn(2, 10)):
            complaint.action_next_step_done()
            complaint.action_investigate()
            remedy = (
                self.env["dealer.complaint.action"]
                .with_user(self.handler)
                .create(
                    {
                        "complaint_id": complaint.id,
                        "kind": "refund",
                        "name": "退还差价",
                        "cost": 113,
                    }
                )
            )
            remedy.action_request()
            remedy.action_carry_out()
            credit = remedy.sudo().move_id
            self.assertEqual(credit.reversed_entry_id, invoice)
            self.assertEqual(
                (credit.state, credit.amount_untaxed, credit.amount_tax),
                ("draft", 100.0, 13.0),
            )

        # Accounting posts it; the customer is told, and accepts.
        with self.at(cn(2, 11)):
            credit.action_post()
            complaint.write(WORDS)
            complaint.action_propose()
            self.say(complaint, self.handler, "decision")
            complaint.decision_answer = "accepted"
            complaint.action_resolve()
        self.assertEqual(credit.state, "posted")
        self.assertEqual(complaint.state, "resolved")
