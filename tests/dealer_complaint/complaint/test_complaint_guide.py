"""Whoever makes the first call reads how to meet the customer, as he calls."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...common import what_opens
from ...complaint_common import DealerComplaintCase


@tagged("standard", "post_install", "-at_install")
class TestComplaintGuide(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.complaint.guide"].search([]).active = False
        cls.make_guide("for all", role="understand", sequence=30)
        cls.make_guide("of a grievance", level="grievance", sequence=20)
        cls.make_guide("of the angry", customer_kind="angry", sequence=10)

    @classmethod
    def make_guide(cls, text, **values):
        return cls.env["dealer.complaint.guide"].create(
            {"name": f"In short {text}", "text": f"To do {text}", **values}
        )

    def first_call(self, **values):
        """The dialog of the handler's first call."""
        complaint = self.make_complaint(**values).with_user(self.handler)
        action = what_opens(complaint.action_log_contact())
        contact = self.env[action["res_model"]].with_user(self.handler)
        return complaint, Form(contact.with_context(**action["context"]))

    def test_guide_goes_by_the_level(self):
        _complaint, call = self.first_call(level="complaint")
        self.assertIn("To do for all", call.guide)
        self.assertNotIn("grievance", call.guide)
        _complaint, call = self.first_call(level="grievance")
        self.assertIn("To do of a grievance", call.guide)

    def test_guide_follows_the_kind_of_customer_while_calling(self):
        complaint, call = self.first_call()
        self.assertNotIn("angry", call.guide)
        call.customer_kind = "angry"
        page = call.guide
        self.assertLess(page.index("of the angry"), page.index("for all"))
        call.summary = "He shouted."
        call.save()
        self.assertEqual(complaint.customer_kind, "angry")

    def test_what_was_written_is_text_and_not_markup(self):
        self.make_guide("<b>loud</b>")
        _complaint, call = self.first_call()
        self.assertIn("&lt;b&gt;loud&lt;/b&gt;", call.guide)

    def test_later_talks_need_no_guide(self):
        _complaint, call = self.first_call()
        call.kind = "feedback"
        self.assertFalse(call.guide)

    def test_manager_changes_the_guide_and_a_handler_reads_it(self):
        row = self.make_guide("to change")
        row.with_user(self.complaint_manager).text = "Changed"
        self.assertEqual(row.with_user(self.handler).text, "Changed")
        with self.assertRaises(AccessError):
            row.with_user(self.handler).text = "Mine"

    def test_three_roles_are_shipped_for_everybody(self):
        shipped = self.env["dealer.complaint.guide"].with_context(active_test=False)
        for_all = shipped.search(
            [("level", "=", False), ("customer_kind", "=", False), ("active", "=", 0)]
        )
        self.assertEqual(set(for_all.mapped("role")), {"listen", "clear", "understand"})
