"""Complaints by mail: real raw mails through Odoo's gateway."""

import base64
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.exceptions import UserError

from .mail_case import SHANGHAI, MailCase, encoded

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


class TestComplaintMailgate(MailCase):
    # ------------------------------------------------------------------
    # A NEW COMPLAINT
    # ------------------------------------------------------------------

    def test_mail_is_taken_in_in_the_words_of_the_shop(self):
        self.company.partner_id.lang = "zh_CN"
        self.handler.lang = self.officer.lang = "zh_CN"
        complaint = self.receive(self.raw("", subject="", sender="who@example.cn"))
        words = [complaint.subject, *complaint.activity_ids.mapped("summary")]
        words += complaint.message_ids.mapped("preview")
        for word in filter(None, words):
            self.assertRegex(word, "[\u4e00-\u9fff]")
        self.assertRegex(complaint.name, r"^TS\d{4}-\d+$")

    def test_mail_of_a_customer_becomes_a_complaint_with_running_clocks(self):
        complaint = self.receive(self.raw("空调不制冷\n修了两次了"))
        self.assertEqual(complaint.subject, "投诉")
        self.assertEqual(complaint.description, "空调不制冷\n修了两次了")
        self.assertEqual(complaint.source, "email")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.vehicle_id, self.vehicle, "the only car")
        self.assertEqual(complaint.company_id, self.company)
        self.assertRegex(complaint.name, r"^TS\d{4}-\d+$")
        self.assertFalse(complaint.user_id)
        self.assertEqual(self.timer(complaint, "contact").state, "running")
        self.assertIn(self.officer, complaint.activity_ids.user_id)
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(message.author_id, self.customer)

    def test_clocks_run_from_the_moment_the_mail_was_written(self):
        written = datetime.now(SHANGHAI).replace(microsecond=0) - timedelta(hours=7)
        complaint = self.receive(self.raw(date=written))
        utc = written.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        self.assertEqual(complaint.date_received, utc)
        self.assertEqual(self.timer(complaint, "contact").date_start, utc)

    def test_date_of_a_wrong_clock_is_not_believed(self):
        now = fields.Datetime.now()
        dates = (
            datetime.now(SHANGHAI) + timedelta(days=3),
            datetime(2001, 1, 1, tzinfo=SHANGHAI),
            "yesterday, maybe",
        )
        for number, date in enumerate(dates):
            with self.subTest(date):
                complaint = self.receive(self.raw(date=date, number=f"d{number}"))
                received = complaint.sorted("id")[-1].date_received
                self.assertAlmostEqual(received, now, delta=timedelta(minutes=5))

    def test_chinese_charsets_are_read(self):
        for charset in ("gb2312", "gbk", "gb18030", "utf-8", "big5"):
            with self.subTest(charset):
                text = "空調不制冷" if charset == "big5" else "空调不制冷"
                raw = self.raw(
                    text,
                    text,
                    sender="wang@example.cn",
                    charset=charset,
                    number=charset,
                )
                complaint = self.receive(raw).sorted("id")[-1]
                self.assertEqual(complaint.subject, text)
                self.assertEqual(complaint.description, text)

    def test_mail_that_says_gb2312_and_is_gbk_is_read_all_the_same(self):
        """Chinese mail programs name the old set and write the new one."""
        text = "朱镕先生：車門异响"
        raw = self.raw(text, text, charset="gbk", number="rong")
        raw = raw.replace(b"=gbk", b"=gb2312").replace(b"=?gbk?", b"=?gb2312?")
        complaint = self.receive(raw)
        self.assertEqual(complaint.description, text)
        self.assertEqual(complaint.subject, text)

    def test_mail_without_subject_or_text_is_one_as_well(self):
        complaint = self.receive(self.raw(subject=""))
        self.assertEqual(complaint.subject, "空调不制冷")
        empty = self.receive(self.raw("", "", number="2")) - complaint
        self.assertEqual(empty.subject, "Mail without a subject")

    def test_attachments_come_along(self):
        name = encoded("异响.png", "gbk")
        raw = "\r\n".join(
            [
                "From: wang@example.cn",
                "To: tousu@shop.example.cn",
                f"Subject: {encoded('照片', 'gbk')}",
                "Message-ID: <photo@mail.example.cn>",
                "MIME-Version: 1.0",
                'Content-Type: multipart/mixed; boundary="XX"',
                "",
                "--XX",
                "Content-Type: text/html; charset=gbk",
                "Content-Transfer-Encoding: base64",
                "",
                base64.b64encode(
                    "<p>见<b>照片</b></p><script>x()</script>".encode("gbk")
                ).decode(),
                "--XX",
                f'Content-Type: image/png; name="{name}"',
                "Content-Transfer-Encoding: base64",
                f'Content-Disposition: attachment; filename="{name}"',
                "",
                PIXEL,
                "--XX--",
                "",
            ]
        ).encode()
        complaint = self.receive(raw)
        self.assertEqual(complaint.message_ids.attachment_ids.name, "异响.png")
        self.assertIn("照片", complaint.description)
        self.assertNotIn("x()", complaint.description)

    # ------------------------------------------------------------------
    # WHOSE
    # ------------------------------------------------------------------

    def unknown(self):
        return self.env.ref("dealer_complaint.partner_unknown")

    def test_unknown_sender_is_nobody_in_particular_and_makes_no_customer(self):
        partners = self.env["res.partner"].search_count([])
        complaint = self.receive(self.raw(sender="赵六 <zhao@example.cn>"))
        self.assertEqual(complaint.partner_id, self.unknown())
        self.assertIn("zhao@example.cn", complaint.email_from)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        bodies = "".join(complaint.message_ids.mapped("body"))
        self.assertIn("No customer has the address", bodies)

    def test_address_of_several_customers_is_not_guessed(self):
        self.make_partner(name="王太太", email="Wang@Example.cn")
        complaint = self.receive(self.raw())
        self.assertEqual(complaint.partner_id, self.unknown())
        self.assertFalse(complaint.vehicle_id)
        bodies = "".join(complaint.message_ids.mapped("body"))
        self.assertIn("王太太", bodies)
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertFalse(message.author_id)

    def test_addresses_of_one_customer_are_that_customer(self):
        self.make_partner(
            name="收货",
            parent_id=self.customer.id,
            type="delivery",
            email="wang@example.cn",
        )
        self.assertEqual(self.receive(self.raw()).partner_id, self.customer)

    def test_customer_of_another_company_is_not_ours(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        self.customer.company_id = other
        self.assertEqual(self.receive(self.raw()).partner_id, self.unknown())

    def test_mail_forwarded_by_a_colleague_is_not_the_colleagues_complaint(self):
        self.handler.email = "handler@shop.example.cn"
        complaint = self.receive(self.raw(sender="前台 <handler@shop.example.cn>"))
        self.assertEqual(complaint.partner_id, self.unknown())
        self.assertEqual(complaint.first_receiver_id, self.handler)
        self.assertFalse(complaint.user_id)

    def test_mail_from_the_address_of_the_shop_is_not_the_shops_complaint(self):
        self.company.partner_id.email = "info@shop.example.cn"
        complaint = self.receive(self.raw(sender="info@shop.example.cn"))
        self.assertEqual(complaint.partner_id, self.unknown())

    # ------------------------------------------------------------------
    # WHERE
    # ------------------------------------------------------------------

    def test_each_shop_has_its_own_address(self):
        other = self.env["res.company"].create(
            {"name": "另一家店", "alias_domain_id": self.domain.id}
        )
        other.dealer_calendar_id = self.make_calendar(company_id=other.id)
        other.dealer_complaint_alias_name = "tousu2"
        self.assertEqual(other.dealer_complaint_alias_email, "tousu2@shop.example.cn")
        there = self.receive(self.raw(to="tousu2@shop.example.cn"))
        self.assertEqual(there.company_id, other)
        here = self.receive(self.raw(number="2")) - there
        self.assertEqual(here.company_id, self.company)
        both = self.receive(
            self.raw(to="tousu@shop.example.cn, tousu2@shop.example.cn", number="3")
        )
        self.assertEqual((both - here - there).company_id, self.company + other)

    def test_address_is_changed_moved_and_taken_away(self):
        alias = self.company.dealer_complaint_alias_id
        self.company.dealer_complaint_alias_name = "kefu"
        self.assertEqual(alias.alias_full_name, "kefu@shop.example.cn")
        moved = self.env["mail.alias.domain"].create({"name": "4s.example.cn"})
        self.company.alias_domain_id = moved
        self.assertEqual(
            self.company.dealer_complaint_alias_email, "kefu@4s.example.cn"
        )
        self.company.dealer_complaint_alias_name = "  "
        self.assertFalse(alias.exists())
        self.assertFalse(self.company.dealer_complaint_alias_email)

    def test_two_shops_cannot_have_the_same_address(self):
        other = self.env["res.company"].create(
            {"name": "另一家店", "alias_domain_id": self.domain.id}
        )
        with self.assertRaises(UserError):
            other.dealer_complaint_alias_name = "tousu"
            self.env.flush_all()

    # ------------------------------------------------------------------
    # ONCE, AND NOT FOR MACHINES
    # ------------------------------------------------------------------

    def test_same_mail_fetched_twice_is_one_complaint(self):
        self.receive(self.raw())
        self.assertEqual(len(self.receive(self.raw())), 1)

    def test_what_a_machine_wrote_makes_no_complaint(self):
        for number, header in enumerate(
            (
                "Auto-Submitted: auto-replied",
                "Precedence: bulk",
                "X-Autoreply: yes",
                "List-Id: <news.example.cn>",
                "Return-Path: <>",
            )
        ):
            with self.subTest(header):
                raw = self.raw(headers=[header], number=f"auto{number}")
                self.assertFalse(self.receive(raw))
        person = self.raw(headers=["Auto-Submitted: no"], number="person")
        self.assertEqual(len(self.receive(person)), 1)

    def test_bounce_makes_no_complaint(self):
        raw = self.raw(sender="MAILER-DAEMON@mail.example.cn", subject="退信")
        self.assertFalse(self.receive(raw))

    # ------------------------------------------------------------------
    # REPLIES
    # ------------------------------------------------------------------

    def test_reply_goes_to_the_thread_and_on_the_list_of_the_responsible(self):
        complaint = self.receive(self.raw())
        complaint.user_id = self.handler
        letter = complaint.message_post(
            body="请周四来店", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        reply = self.raw(
            "周四不行",
            "Re: 投诉",
            number="2",
            headers=[f"In-Reply-To: {letter.message_id}"],
        )
        self.assertEqual(self.receive(reply), complaint)
        self.assertIn("周四不行", "".join(complaint.message_ids.mapped("body")))
        todo = complaint.activity_ids.filtered(lambda a: a.user_id == self.handler)
        self.assertIn("The customer has written", todo.mapped("summary"))
        self.assertEqual(self.timer(complaint, "contact").state, "running")

    def test_reply_to_a_merged_complaint_reaches_the_one_that_goes_on(self):
        merged = self.receive(self.raw())
        letter = merged.message_post(
            body="请周四来店", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        target = self.make_complaint(user_id=self.colleague.id)
        merged.action_merge(target)
        reply = self.raw(
            "周四不行",
            "Re: 投诉",
            number="2",
            headers=[f"In-Reply-To: {letter.message_id}"],
        )
        self.receive(reply)
        self.assertNotIn("周四不行", "".join(merged.message_ids.mapped("body")))
        self.assertIn("周四不行", "".join(target.message_ids.mapped("body")))
        todo = target.activity_ids.filtered(lambda a: a.user_id == self.colleague)
        self.assertIn("The customer has written", todo.mapped("summary"))

    def test_out_of_office_reply_wakes_nobody(self):
        complaint = self.receive(self.raw())
        letter = complaint.message_post(
            body="请周四来店", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        todo = complaint.activity_ids
        reply = self.raw(
            "我在休假",
            "自动回复",
            number="2",
            headers=[
                f"In-Reply-To: {letter.message_id}",
                "Auto-Submitted: auto-replied",
            ],
        )
        self.assertEqual(self.receive(reply), complaint)
        self.assertEqual(complaint.activity_ids, todo)
        self.assertIn("自动回复", complaint.message_ids.mapped("subject"))
        self.assertIn("我在休假", "".join(complaint.message_ids.mapped("body")))
