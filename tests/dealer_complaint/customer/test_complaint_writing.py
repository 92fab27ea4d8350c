"""What the process writes to the customer: each mail once, through Odoo's queue."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import users
from odoo.tools import mute_logger

from ...complaint_common import DealerComplaintCase

WRITING = "odoo.addons.dealer_service.models.messages.dealer_customer_message_tell"


class TestComplaintWriting(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "wang@example.cn"
        cls.company.email = "shop@example.cn"

    def mails(self, complaint):
        """Those of the process; colleagues get others."""
        mails = (
            type(self)
            .env["mail.mail"]
            .search(
                [("model", "=", "dealer.complaint"), ("res_id", "=", complaint.id)],
                order="id",
            )
        )
        return mails.filtered(lambda mail: "auto-generated" in (mail.headers or ""))

    def propose(self, complaint, text="免费更换"):
        if complaint.state == "new":
            complaint.action_investigate()
        complaint.proposal = text
        complaint.action_propose()

    def close(self, complaint):
        self.propose(complaint)
        complaint.decision_answer = "accepted"
        self.make_contact(complaint)
        self.make_contact(complaint, kind="decision")
        complaint.action_resolve()
        self.make_contact(complaint, kind="callback")
        complaint.action_close()

    # ------------------------------------------------------------------
    # RECEIVED
    # ------------------------------------------------------------------

    @users("handler")
    def test_customer_is_told_that_it_was_received_with_the_link(self):
        complaint = self.env["dealer.complaint"].create(
            {"subject": "刹车异响", "partner_id": self.customer.id}
        )
        mail = self.mails(complaint)
        self.assertEqual(mail.state, "outgoing", "not in the queue")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn(complaint.name, mail.subject)
        self.assertIn(f"/my/complaints/{complaint.id}?access_token=", mail.body_html)
        self.assertIn(complaint.access_token, mail.body_html)
        self.assertIn("We will call you by", mail.body_html)
        self.assertIn("auto-generated", mail.headers)
        self.assertTrue(complaint.date_acknowledged)

    def test_replies_go_to_the_address_for_complaints(self):
        domain = self.env["mail.alias.domain"].create({"name": "shop.example.cn"})
        self.company.alias_domain_id = domain
        self.company.dealer_complaint_alias_name = "tousu"
        mail = self.mails(self.make_complaint())
        self.assertIn("tousu@shop.example.cn", mail.reply_to)

    def test_words_of_the_customer_are_escaped(self):
        complaint = self.make_complaint(subject="<b>粗</b>")
        self.assertIn("&lt;b&gt;粗", self.mails(complaint).body_html)

    def test_nobody_is_written_to_where_the_company_does_not_want_it(self):
        self.company.dealer_complaint_mail_customer = False
        complaint = self.make_complaint()
        self.close(complaint)
        self.assertFalse(self.mails(complaint))

    def test_who_has_no_address_gets_no_mail_and_the_process_goes_on(self):
        self.customer.email = False
        complaint = self.make_complaint()
        self.close(complaint)
        self.assertFalse(self.mails(complaint))
        self.assertFalse(complaint.date_acknowledged)
        self.assertEqual(complaint.state, "closed")

    def test_public_bodies_grumbles_and_old_ones_get_no_receipt(self):
        yesterday = fields.Datetime.now() - timedelta(days=2)
        for vals in (
            {"source": "12315"},
            {"source": "media"},
            {"level": "dissatisfaction"},
            {"date_received": yesterday},
        ):
            with self.subTest(vals):
                self.assertFalse(self.mails(self.make_complaint(**vals)))
        told = self.make_complaint(level="dissatisfaction", source="portal")
        self.assertTrue(self.mails(told))

    def test_import_writes_to_nobody(self):
        result = (
            self.env["dealer.complaint"]
            .with_user(self.officer)
            .load(["subject", "partner_id/.id"], [["导入", str(self.customer.id)]])
        )
        complaint = self.env["dealer.complaint"].browse(result["ids"])
        self.assertFalse(self.mails(complaint))

    def test_unknown_sender_is_answered_at_the_address_of_the_mail_once(self):
        unknown = self.env.ref("dealer_complaint.partner_unknown")
        vals = {
            "partner_id": unknown.id,
            "source": "email",
            "email_from": "赵六 <zhao@example.cn>",
        }
        mail = self.mails(self.make_complaint(**vals))
        self.assertIn("zhao@example.cn", mail.email_to)
        self.assertFalse(mail.recipient_ids)
        self.assertIn("赵六", mail.body_html)
        # an echo of a machine that does not say that it is one
        self.assertFalse(self.mails(self.make_complaint(**vals)))

    # ------------------------------------------------------------------
    # PROPOSED
    # ------------------------------------------------------------------

    def test_each_proposal_is_mailed_once(self):
        complaint = self.make_complaint()
        with freeze_time(fields.Datetime.now() - timedelta(minutes=9)):
            self.propose(complaint)
        mail = self.mails(complaint)[-1]
        self.assertIn("免费更换", mail.body_html)
        self.assertFalse(complaint.is_proposal_unsent)
        with self.assertRaises(UserError):
            complaint.action_send_proposal()
        complaint.action_investigate()
        self.propose(complaint, "更换并赠送保养")
        self.assertEqual(len(self.mails(complaint)), 3)

    def test_corrected_proposal_is_mailed_on_request(self):
        complaint = self.make_complaint()
        self.propose(complaint)
        complaint.proposal = "改为全部更换"
        self.assertEqual(len(self.mails(complaint)), 2, "each correction is no mail")
        self.assertTrue(complaint.is_proposal_unsent)
        complaint.with_user(self.handler).action_send_proposal()
        self.assertIn("改为全部更换", self.mails(complaint)[-1].body_html)
        with self.assertRaises(AccessError):
            complaint.with_user(self.colleague).action_send_proposal()

    def test_nothing_is_sent_without_a_proposal(self):
        complaint = self.make_complaint()
        with self.assertRaises(UserError):
            self.propose(complaint, False)
        self.assertEqual(len(self.mails(complaint)), 1)

    # ------------------------------------------------------------------
    # CLOSED
    # ------------------------------------------------------------------

    def test_rating_is_asked_for_once_at_each_end(self):
        complaint = self.make_complaint()
        self.close(complaint)
        self.assertIn("How did we handle it?", self.mails(complaint)[-1].body_html)
        count = len(self.mails(complaint))
        complaint._ask_for_rating()
        self.assertEqual(len(self.mails(complaint)), count)
        complaint.action_reopen()
        self.close(complaint)
        self.assertEqual(complaint.rating_asked_cycle, 2)

    # ------------------------------------------------------------------
    # WHAT CANNOT HAPPEN
    # ------------------------------------------------------------------

    def test_broken_or_missing_template_never_stops_the_process(self):
        template = self.env.ref("dealer_complaint.mail_template_complaint_received")
        template.body_html = '<p t-out="object.no_such_field"/>'
        with mute_logger(WRITING):
            complaint = self.make_complaint()
        self.assertFalse(self.mails(complaint))
        self.assertFalse(complaint.date_acknowledged)
        self.assertIn(
            "could not be created", "".join(complaint.message_ids.mapped("body"))
        )
        template.unlink()
        self.assertFalse(self.mails(self.make_complaint()))

    def test_messages_of_complaints_are_read_by_the_sender_and_the_officers(self):
        complaint = self.make_complaint()
        advisor, colleague = self.make_users(
            {"login": "sender", "groups": "dealer_service.group_dealer_service_user"},
            {"login": "beside", "groups": "dealer_service.group_dealer_service_user"},
        )
        self.officer.group_ids |= self.env.ref(
            "dealer_service.group_dealer_service_user"
        )
        occasion = self.env["dealer.message.occasion"]._of("complaint_feedback")
        [message] = self.env["dealer.customer.message"]._create_by_method(
            [
                {
                    "occasion_id": occasion.id,
                    "purpose": "service",
                    "channel": "sms",
                    "address": "+8613805531234",
                    "company_id": self.company.id,
                    "user_id": advisor.id,
                    "res_model": complaint._name,
                    "res_id": complaint.id,
                }
            ]
        )
        for user, may in ((advisor, True), (colleague, False), (self.officer, True)):
            with self.subTest(user=user.login):
                self.assertEqual(message.with_user(user).has_access("read"), may)
