"""What users of other ticket systems reported, tried at this complaint desk.

Each test names the report; docs/field-cases.md lists them all.
"""

from freezegun import freeze_time

from ..complaint_common import cn
from ..dealer_complaint.customer.mail_case import MailCase


class TestDeskInTheField(MailCase):
    def received(self, moment):
        with freeze_time(moment):
            return self.make_complaint()

    def letter(self, complaint):
        return complaint.message_post(
            body="请周四来店", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def reply_to(self, letter, text="周四不行", **values):
        return self.raw(
            text,
            "Re: 投诉",
            headers=[f"In-Reply-To: {letter.message_id}"],
            number="reply",
            **values,
        )

    def test_blind_copies_of_one_mail_reach_both_shops(self):
        """osTicket#866: what a second department got as a copy is thrown away as a
        duplicate."""
        other = self.env["res.company"].create(
            {"name": "另一家店", "alias_domain_id": self.domain.id}
        )
        other.dealer_calendar_id = self.make_calendar(company_id=other.id)
        other.dealer_complaint_alias_name = "tousu2"
        copies = [
            self.raw(to="undisclosed-recipients:;", headers=[f"Delivered-To: {box}"])
            for box in ("tousu@shop.example.cn", "tousu2@shop.example.cn")
        ]
        for raw in copies + copies:
            found = self.receive(raw)
        self.assertEqual(found.company_id, self.company + other)
        self.assertEqual(len(found), 2, "one for each shop, however often fetched")

    def test_words_inside_winmail_dat_are_not_overlooked(self):
        """zammad#2403: the text of an Outlook mail stands in winmail.dat alone."""
        lines = self.raw(text="").replace(
            b"Content-Type: text/plain; charset=utf-8",
            b'Content-Type: application/ms-tnef; name="winmail.dat"\r\n'
            b'Content-Disposition: attachment; filename="winmail.dat"',
        )
        complaint = self.receive(lines + b"eJ8+IggABgAIAAEAAAAAAAE=\r\n")
        self.assertEqual(complaint.subject, "投诉")
        self.assertEqual(complaint.message_ids.attachment_ids.name, "winmail.dat")
        self.assertTrue(complaint.activity_ids)

    def test_answer_to_who_has_left_reaches_somebody(self):
        """zammad#5209: tickets of a deactivated agent are answered into the void."""
        complaint = self.receive(self.raw())
        complaint.user_id = self.handler
        letter = self.letter(complaint)
        self.handler.active = False
        self.receive(self.reply_to(letter))
        readers = complaint.activity_ids.filtered(
            lambda todo: todo.summary == "The customer has written"
        ).user_id
        self.assertTrue(readers)
        self.assertTrue(all(readers.mapped("active")))

    def test_limits_of_who_has_left_are_told_to_somebody(self):
        """phproject#88: escalations go to an account that nobody reads."""
        complaint = self.received(cn(2, 9))
        self.handler.active = False
        self.run_engine(cn(2, 12))
        timer = self.timer(complaint)
        self.assertIn("breached", self.kinds(timer))
        told = self.env["dealer.sla.notice"].search([("timer_id", "=", timer.id)])
        self.assertTrue(told.user_id)
        self.assertNotIn(self.handler, told.user_id)

    def test_policy_taken_away_ends_its_reminders(self):
        """zammad#4353: escalations go on after the agreement was deactivated."""
        complaint = self.received(cn(2, 9))
        self.run_engine(cn(2, 12))
        late = self.timer(complaint)
        self.assertIn("breached", self.kinds(late))
        self.policy.active = False
        before = self.env["dealer.sla.notice"].search_count([])
        self.run_engine(cn(4, 12))
        self.assertEqual(self.env["dealer.sla.notice"].search_count([]), before)
        self.assertTrue(late.exists(), "what was missed stays in the figures")

    def test_nobody_is_late_because_of_lunch(self):
        """frappe/helpdesk#2212: the clock runs while nobody is there."""
        complaint = self.received(cn(2, 11, 30))
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 14, 30))

    def test_words_between_quoted_lines_are_kept(self):
        """freescout#349: an answer written between the quoted lines is cut off with
        them."""
        complaint = self.receive(self.raw())
        letter = self.letter(complaint)
        text = (
            "王建国：\n\n"
            "> 2026年3月2日 客服 写道：\n> 请周四来店\n周四不行，周五可以\n"
            "> 请带上保养手册\n手册丢了\n"
        )
        self.receive(self.reply_to(letter, text))
        [answer] = complaint.message_ids.filtered(
            lambda message: "周五可以" in (message.body or "")
        )
        self.assertIn("手册丢了", answer.body)
        self.assertIn("周五可以", answer.preview or answer.body)

    def test_mail_of_a_subject_alone_is_a_complaint(self):
        """osTicket#280: a mail without a word in its body makes an empty ticket."""
        complaint = self.receive(self.raw(text="", subject="刹车失灵，请马上联系我"))
        self.assertEqual(complaint.subject, "刹车失灵，请马上联系我")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertTrue(complaint.activity_ids, "somebody asks what it is about")
