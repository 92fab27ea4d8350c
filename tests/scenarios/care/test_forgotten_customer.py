"""A customer who wants to be forgotten (个人信息保护法 art. 47).

王建国 was here, complained and was called. He sells no car and owes
nothing; he wants his data to be erased. What was done to his car and what he paid must
be kept, and how many calls were made stays counted. Who he was is gone.
"""

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...followup_common import DealerFollowupCase, cn

NAME, PHONE = "王建国", "13805531234"


@freeze_time(cn(2, 10))
class TestForgottenCustomer(DealerFollowupCase):
    def test_the_person_goes_and_what_happened_stays(self):
        visit = self.make_reception(state="arrived")
        self.env["dealer.reception.concern"].create(
            {"reception_id": visit.id, "name": f"{NAME}: the brakes squeal"}
        )
        # as long as the car is here, nobody is forgotten
        with self.assertRaises(UserError):
            self.forget()
        self.bring_to(visit, "delivered")
        complaint = self.make_complaint(
            subject=f"{NAME} is angry", description=f"Call {PHONE}"
        )
        self.make_contact(complaint, summary=f"{NAME} shouted")
        complaint.action_cancel()
        task = self.make_task(note=f"{NAME} is on holiday")
        self.call(task, "reached", note="Tell my wife")
        invoice = visit.order_ids.invoice_ids[:1]
        payer = invoice.invoice_partner_display_name

        self.forget()
        self.env.flush_all()
        self.env.cr.precommit.run()

        # who he was is nowhere any more
        self.assertEqual(self.customer.name, f"anonymous-{self.customer.id}")
        for record in (visit, complaint, self.vehicle, *visit.order_ids):
            messages = self.env["mail.message"].search(
                [("model", "=", record._name), ("res_id", "=", record.id)]
            )
            self.assertFalse(messages, record)
        words = (
            visit.concern_ids.name,
            complaint.subject,
            complaint.description,
            complaint.contact_ids[:1].summary,
            visit.order_ids.consent_by,
            task.note,
            task.contact_name,
        )
        for word in words:
            self.assertNotIn(NAME, word or "")
            self.assertNotIn(PHONE, word or "")

        # what happened is still counted
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(complaint.state, "cancelled")
        self.assertEqual(len(complaint.contact_ids), 1)
        self.assertEqual(len(task.attempt_ids), 1)

        # what the law makes the shop keep stands on the card
        self.assertEqual(invoice.invoice_partner_display_name, payer)
        kept = self.customer.kept_record_ids
        self.assertEqual(
            {"accounting", "repair"}, set(kept.retention_id.mapped("code"))
        )

        # and nobody calls any more
        self.assertTrue(self.customer.no_care)

    def forget(self):
        self.customer.with_user(self.care_manager).action_anonymise_customer()
