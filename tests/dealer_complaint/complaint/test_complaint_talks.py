"""What was said to the customer, and by whom, stays as it was recorded."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...complaint_common import WORDS, DealerComplaintCase


@tagged("standard", "post_install", "-at_install")
class TestComplaintTalks(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls.make_complaint()
        cls.talk = cls.make_contact(cls.complaint, summary="The brakes squeal")

    def resolve(self):
        complaint = self.complaint.with_user(self.handler)
        complaint.action_investigate()
        complaint.write(WORDS)
        complaint.action_propose()
        complaint.action_resolve()

    def test_talks_of_a_resolved_complaint_are_fixed(self):
        self.resolve()
        for values in ({"summary": "All is well"}, {"is_shared": True}):
            with self.subTest(values):
                with self.assertRaisesRegex(UserError, self.complaint.name):
                    self.talk.with_user(self.handler).write(values)
                with self.assertRaisesRegex(UserError, self.complaint.name):
                    self.complaint.with_user(self.handler).write(
                        {"contact_ids": [Command.update(self.talk.id, values)]}
                    )
        self.assertEqual(self.talk.summary, "The brakes squeal")

    def test_what_a_form_sends_unchanged_is_no_change(self):
        self.resolve()
        self.talk.with_user(self.handler).write({"summary": "The brakes squeal"})

    def test_former_words_of_a_talk_are_kept(self):
        self.talk.with_user(self.handler).summary = "The brakes are loud"
        self.assertEqual(self.talk.summary, "The brakes are loud")
        notes = self.complaint.message_ids.mapped("body")
        self.assertTrue([body for body in notes if "The brakes squeal" in body])

    def test_note_of_the_former_words_stays(self):
        self.talk.with_user(self.handler).summary = "The brakes are loud"
        [note] = self.complaint.message_ids.filtered(
            lambda message: "The brakes squeal" in message.body
        )
        note = note.with_user(self.handler)
        self.assertEqual(note.author_id, self.handler.partner_id)
        for attempt in (lambda: note.write({"body": "Nothing"}), note.unlink):
            with self.assertRaisesRegex(AccessError, "The log of"):
                attempt()

    def test_words_that_were_missing_are_filled_in_without_a_note(self):
        talk = self.make_contact(self.complaint)
        before = self.complaint.message_ids
        talk.with_user(self.handler).summary = "The brakes are loud"
        self.assertEqual(self.complaint.message_ids, before)

    def next_kind(self):
        """What a new row of the form begins as."""
        form = Form(self.complaint.with_user(self.handler))
        return form.contact_ids.new().kind

    def test_new_row_begins_as_what_is_owed_next(self):
        self.complaint = self.make_complaint()
        self.assertEqual(self.next_kind(), "contact")
        self.make_contact(self.complaint, is_connected=False)
        self.assertEqual(self.next_kind(), "contact")
        self.make_contact(self.complaint)
        self.assertEqual(self.next_kind(), "feedback")
        self.resolve()
        self.assertEqual(self.next_kind(), "callback")

    def test_row_that_is_not_saved_is_no_contact(self):
        # a row that is dropped with Esc is not reported to the server
        form = Form(self.make_complaint().with_user(self.handler))
        with form.contact_ids.new() as row:
            row.summary = "The brakes squeal"
        self.assertEqual(form.contact_ids.new().kind, "contact")

    def test_talk_is_logged_from_the_header_as_what_is_owed(self):
        complaint = self.make_complaint().with_user(self.handler)
        for owed in ("contact", "feedback"):
            action = complaint.action_log_contact()
            talks = self.env[action["res_model"]].with_user(self.handler)
            form = Form(talks.with_context(**action["context"]))
            self.assertEqual(form.kind, owed)
            form.summary = "又响了"
            talk = form.save()
            self.assertEqual(talk.complaint_id, complaint)
            complaint.invalidate_recordset()
        self.assertEqual(self.timer(complaint).state, "met")
        # what was recorded is a fact also when the dialog is opened again
        form = Form(talk)
        self.assertTrue(form._get_modifier("date", "readonly"))

    def test_number_of_the_customer_is_on_the_form(self):
        form = Form(self.complaint.with_user(self.handler))
        self.assertEqual(form.customer_phone, self.customer.phone)
