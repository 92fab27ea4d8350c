"""Mails as they really come: forwarded, without references, from machines, forged."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .mail_case import SHANGHAI, MailCase


class TestComplaintMailsAsTheyCome(MailCase):
    def look(self, raw):
        """The one mail to look at that comes of ``raw``."""
        before = self.to_look_at()
        self.assertFalse(self.receive(raw), "no complaint")
        mail = self.to_look_at() - before
        self.assertEqual(len(mail), 1)
        return mail

    def answered(self, complaint):
        """A letter of ours in the thread of the complaint."""
        complaint.user_id = self.handler
        return complaint.message_post(
            body="请周四来店", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def receipts(self, address):
        return self.env["mail.mail"].search(
            [
                "|",
                ("email_to", "ilike", address),
                ("recipient_ids.email", "ilike", address),
            ]
        )

    # ------------------------------------------------------------------
    # NOTHING IS THROWN AWAY
    # ------------------------------------------------------------------

    def test_what_a_program_passed_on_stands_in_the_list_with_a_task(self):
        for number, header in enumerate(
            (
                "Auto-Submitted: auto-generated",
                "Precedence: bulk",
                "List-Unsubscribe: <mailto:off@example.cn>",
                "List-Id: <owners.example.cn>",
            )
        ):
            with self.subTest(header):
                mail = self.look(
                    self.raw(
                        "发动机漏油，没人管",
                        f"转发{number}",
                        sender=f"li{number}@example.cn",
                        headers=[header],
                        number=f"rule{number}",
                    )
                )
                self.assertEqual(mail.reason, "passed_on")
                self.assertEqual(mail.text, "发动机漏油，没人管")
                self.assertEqual(mail.company_id, self.company)
                self.assertEqual(mail.activity_ids.user_id, self.officer)

    def test_web_form_and_mail_server_stand_in_the_list(self):
        form = self.look(self.raw(sender="官网 <noreply@site.example.cn>"))
        self.assertEqual(form.reason, "passed_on")
        server = self.look(self.raw(sender="postmaster@x.example.cn", number="2"))
        self.assertEqual(server.reason, "undelivered")
        bounce = self.look(self.raw(sender="MAILER-DAEMON@x.example.cn", number="3"))
        self.assertEqual(bounce.reason, "undelivered")

    def test_our_own_address_is_no_customer(self):
        mail = self.look(self.raw(sender="tousu@shop.example.cn"))
        self.assertEqual(mail.reason, "echo")
        self.assertFalse(self.receipts("tousu@shop.example.cn"))

    def test_mails_beyond_the_limit_of_the_gateway_are_kept(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 2)
        for number in range(4):
            self.receive(self.raw(f"第{number}次", number=f"many{number}"))
        complaints = self.env["dealer.complaint"].search([]) - self.before
        kept = self.to_look_at()
        self.assertEqual(len(complaints), 2)
        self.assertEqual(set(kept.mapped("reason")), {"echo"})
        self.assertEqual(set(kept.mapped("text")), {"第2次", "第3次"})
        self.assertEqual(len(kept.activity_ids), 1, "one task, not one for each")

    def test_returned_letter_is_shown_with_its_complaint(self):
        complaint = self.receive(self.raw())
        letter = self.answered(complaint)
        raw = self.raw(
            "用户不存在",
            "退信",
            sender="MAILER-DAEMON@mail.example.cn",
            to="bounce@shop.example.cn",
            number="back",
            headers=[f"References: {letter.message_id}"],
        )
        self.receive(raw)
        mail = self.to_look_at()
        self.assertEqual(mail.complaint_id, complaint)
        self.assertEqual(mail.activity_ids.user_id, self.handler)

    # ------------------------------------------------------------------
    # WHAT BECOMES OF IT
    # ------------------------------------------------------------------

    def forwarded(self, **values):
        headers = ["Auto-Submitted: auto-generated"]
        return self.look(self.raw(headers=headers, **values))

    def test_one_click_makes_the_complaint_with_clocks_from_the_mail(self):
        written = datetime.now(SHANGHAI).replace(microsecond=0) - timedelta(hours=3)
        mail = self.forwarded(text="刹车失灵", date=written)
        mail.with_user(self.handler).action_make_complaint()
        complaint = self.env["dealer.complaint"].search([]) - self.before
        utc = written.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        self.assertEqual(complaint.date_received, utc)
        self.assertEqual(self.timer(complaint, "contact").date_start, utc)
        self.assertEqual(complaint.description, "刹车失灵")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.first_receiver_id, self.handler)
        self.assertEqual(complaint.email_from, mail.email_from)
        self.assertIn("刹车失灵", "".join(complaint.message_ids.mapped("body")))
        self.assertEqual((mail.state, mail.complaint_id), ("complaint", complaint))
        self.assertFalse(mail.activity_ids)
        with self.assertRaises(UserError):
            mail.with_user(self.handler).action_make_complaint()

    def test_mail_is_added_to_the_complaint_it_belongs_to(self):
        complaint = self.receive(self.raw())
        complaint.user_id = self.handler
        before = self.to_look_at()
        headers = ["Precedence: bulk"]
        self.receive(self.raw("补充：还漏水", number="2", headers=headers))
        mail = (self.to_look_at() - before).with_user(self.handler)
        with self.assertRaises(UserError):
            mail.action_add_to_complaint()
        mail.complaint_id = complaint
        mail.action_add_to_complaint()
        self.assertEqual(mail.state, "added")
        self.assertIn("补充：还漏水", "".join(complaint.message_ids.mapped("body")))
        todo = complaint.activity_ids.filtered(lambda a: a.user_id == self.handler)
        self.assertIn("The customer has written", todo.mapped("summary"))

    def test_newsletter_is_put_away(self):
        mail = self.forwarded()
        mail.with_user(self.handler).action_dismiss()
        self.assertEqual(mail.state, "dismissed")
        self.assertFalse(mail.activity_ids)

    def test_words_of_the_mail_are_not_rewritten(self):
        mail = self.forwarded().with_user(self.officer)
        for vals in ({"text": "很满意"}, {"date": fields.Datetime.now()}):
            with self.assertRaises(UserError):
                mail.write(vals)

    def test_mails_are_seen_by_the_desk_of_their_shop_only(self):
        mail = self.forwarded()
        elsewhere = self.env["res.company"].create({"name": "另一家店"})
        other = new_test_user(
            self.env,
            "elsewhere",
            groups="dealer_complaint.group_dealer_complaint_manager",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        advisor = new_test_user(
            self.env, "adv", groups="dealer_service.group_dealer_service_user"
        )
        self.assertIn(mail, mail.with_user(self.handler).search([]))
        self.assertNotIn(mail, mail.with_user(other).search([]))
        for user in (other, advisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                mail.with_user(user).action_make_complaint()

    # ------------------------------------------------------------------
    # REPLIES
    # ------------------------------------------------------------------

    def test_reply_with_the_header_of_a_program_keeps_its_text_and_is_told(self):
        complaint = self.receive(self.raw())
        letter = self.answered(complaint)
        for number, header in enumerate(
            ("Auto-Submitted: auto-generated", "Auto-Submitted: auto-replied")
        ):
            with self.subTest(header):
                complaint.activity_ids.unlink()
                reply = self.raw(
                    f"周四不行，请改周五{number}",
                    "Re: 投诉",
                    number=f"r{number}",
                    headers=[f"In-Reply-To: {letter.message_id}", header],
                )
                self.assertEqual(self.receive(reply), complaint)
                bodies = "".join(complaint.message_ids.mapped("body"))
                self.assertIn(f"请改周五{number}", bodies)
                self.assertEqual(complaint.activity_ids.user_id, self.handler)

    def test_words_of_an_absence_note_are_kept(self):
        complaint = self.receive(self.raw())
        letter = self.answered(complaint)
        reply = self.raw(
            "我在休假，下周一回来",
            "自动回复：投诉",
            number="2",
            headers=[
                f"In-Reply-To: {letter.message_id}",
                "Auto-Submitted: auto-replied",
            ],
        )
        self.receive(reply)
        self.assertIn("下周一回来", "".join(complaint.message_ids.mapped("body")))

    def test_reply_without_references_finds_its_complaint_by_the_number(self):
        complaint = self.receive(self.raw())
        complaint.user_id = self.handler
        reply = self.raw("周四不行", f"回复：{complaint.name} 投诉", number="2")
        self.assertEqual(self.receive(reply), complaint, "no second complaint")
        self.assertIn("周四不行", "".join(complaint.message_ids.mapped("body")))
        self.assertIn(
            "The customer has written", complaint.activity_ids.mapped("summary")
        )

    def test_number_in_the_subject_of_a_stranger_opens_nothing(self):
        complaint = self.receive(self.raw())
        strange = self.raw(
            "给我退款", f"Re: {complaint.name}", sender="x@example.cn", number="2"
        )
        both = self.receive(strange)
        self.assertEqual(len(both), 2)
        self.assertNotIn("给我退款", "".join(complaint.message_ids.mapped("body")))

    def test_number_of_another_shop_opens_nothing(self):
        other = self.env["res.company"].create(
            {"name": "另一家店", "alias_domain_id": self.domain.id}
        )
        other.dealer_calendar_id = self.make_calendar(company_id=other.id)
        other.dealer_complaint_alias_name = "tousu2"
        complaint = self.receive(self.raw())
        reply = self.raw(
            "还有", f"Re: {complaint.name}", to="tousu2@shop.example.cn", number="2"
        )
        there = self.receive(reply) - complaint
        self.assertEqual(there.company_id, other)

    # ------------------------------------------------------------------
    # RECEIPTS
    # ------------------------------------------------------------------

    def test_one_receipt_for_an_address_however_it_is_written(self):
        senders = (
            "zhao@example.cn",
            "赵六 <zhao@example.cn>",
            "Zhao <ZHAO@example.cn>",
            '"赵" <Zhao@Example.cn>',
        )
        for number, sender in enumerate(senders):
            self.receive(self.raw(sender=sender, number=f"z{number}"))
        self.assertEqual(len(self.receipts("zhao@example.cn")), 1)

    def test_one_mail_after_the_other_calls_one_colleague(self):
        second = self.make_complaint_user("second_officer", "officer")
        first = self.receive(self.raw(sender="zhao@example.cn"))
        self.assertIn(second, first.activity_ids.user_id)
        again = self.receive(self.raw(sender="zhao@example.cn", number="2")) - first
        self.assertEqual(len(again.activity_ids), 1)

    def test_no_receipt_to_programs_and_colleagues(self):
        self.handler.email = "handler@shop.example.cn"
        quiet = ["X-Auto-Response-Suppress: All"]
        self.receive(self.raw(sender="q@example.cn", headers=quiet, number="q"))
        self.receive(self.raw(sender="handler@shop.example.cn", number="h"))
        for address in ("q@example.cn", "handler@shop.example.cn"):
            with self.subTest(address):
                self.assertFalse(self.receipts(address))

    # ------------------------------------------------------------------
    # DATES AND LETTERS
    # ------------------------------------------------------------------

    def test_forged_date_does_not_start_the_clock_in_the_past(self):
        now = datetime.now(SHANGHAI).replace(microsecond=0)
        received = f"Received: from mx by shop; {format_datetime(now)}"
        forged = self.raw(date=now - timedelta(days=29), headers=[received])
        complaint = self.receive(forged)
        self.assertAlmostEqual(
            complaint.date_received, fields.Datetime.now(), delta=timedelta(minutes=5)
        )

    def test_mail_that_waited_on_our_own_server_keeps_its_time(self):
        came = datetime.now(SHANGHAI).replace(microsecond=0) - timedelta(days=3)
        received = f"Received: from mx by shop; {format_datetime(came)}"
        written = came - timedelta(hours=2)
        complaint = self.receive(self.raw(date=written, headers=[received]))
        utc = written.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        self.assertEqual(complaint.date_received, utc)

    def test_unknown_charset_is_read_as_what_it_is(self):
        for charset in ("utf-8", "gb18030"):
            with self.subTest(charset):
                text = f"空调不制冷{charset}"
                raw = self.raw(text, text, charset=charset, number=charset)
                name = charset.encode()
                raw = raw.replace(b"=" + name, b"=x-unknown-8")
                raw = raw.replace(b"?" + name + b"?", b"?x-unknown-8?")
                complaint = self.receive(raw).sorted("id")[-1:]
                self.assertEqual(complaint.description, text)
                self.assertEqual(complaint.subject, text)
