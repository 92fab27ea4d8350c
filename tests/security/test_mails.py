"""The address of the complaint desk is a door, too: whatever comes by mail.

Each way a mail is written or passed on is tried with each sender. Nobody's words are
lost, no clock begins in the past, and nobody gets two receipts.
"""

from datetime import datetime, timedelta
from email.utils import format_datetime

from odoo import fields

from ..dealer_complaint.customer.mail_case import SHANGHAI, MailCase

#: By name of the customer's program, or of what passed the mail on.
HEADERS = {
    "plain": [],
    "forwarded": ["Auto-Submitted: auto-generated"],
    "bulk": ["Precedence: bulk"],
    "list": ["List-Id: <owners.example.cn>"],
    "unsubscribe": ["List-Unsubscribe: <mailto:off@example.cn>"],
    "quiet": ["X-Auto-Response-Suppress: All"],
    "absent": ["Auto-Submitted: auto-replied"],
}
#: Who writes, by what no receipt may go to.
CUSTOMERS = ("Li {n} <li{n}@example.cn>", "LI{n}@Example.CN")
OTHERS = (
    "postmaster@x{n}.example.cn",
    "MAILER-DAEMON@x{n}.example.cn",
    "noreply@x{n}.example.cn",
    "tousu@shop.example.cn",
    "handler@shop.example.cn",
)
CHARSETS = ("utf-8", "gb18030", "gbk")


class TestMails(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.handler.email = "handler@shop.example.cn"

    def mails(self):
        """``(name, sender, words, mail)`` of every header with every sender, and of
        every charset."""
        kinds = [
            (name, "utf-8", sender, headers)
            for name, headers in HEADERS.items()
            for sender in (*CUSTOMERS, *OTHERS)
        ]
        kinds += [(name, name, CUSTOMERS[0], []) for name in CHARSETS]
        for number, (name, charset, sender, headers) in enumerate(kinds):
            words, sent = f"刹车失灵zq{number}qz", sender.format(n=number)
            raw = self.raw(
                words,
                f"投诉{number}",
                sender=sent,
                charset=charset,
                number=f"m{number}",
                headers=headers,
            )
            yield name, sent, words, raw
            if name in CHARSETS:
                # a program that gives it a name of its own
                known = charset.encode()
                raw = raw.replace(b"=" + known, b"=x-unknown-8")
                raw = raw.replace(b"?" + known + b"?", b"?x-unknown-8?")
                raw = raw.replace(b"<m", b"<x")
                yield f"{name}, unknown", sent, words, raw

    def holders(self):
        """``(model, field)`` of every text of the desk."""
        for model in self.env.values():
            if model._auto and not model._abstract and not model._transient:
                if model._name.startswith("dealer.") or model._name == "mail.message":
                    for field in model._fields.values():
                        if field.store and field.type in ("text", "html"):
                            yield model, field.name

    def count(self, words):
        """In how many texts the words stand."""
        return sum(
            model.with_context(active_test=False).search_count([(name, "ilike", words)])
            for model, name in self.texts
        )

    def receipts(self, address):
        return self.env["mail.mail"].search_count(
            [
                "|",
                ("email_to", "ilike", address),
                ("recipient_ids.email", "=ilike", address),
            ]
        )

    def test_no_words_are_lost_and_nobody_gets_two_receipts(self):
        self.texts = [*self.holders()]
        tried, receipts = 0, 0
        for name, sender, words, raw in self.mails():
            before = self.count(words)
            self.receive(raw)
            tried += 1
            address = sender.rpartition("<")[2].strip(">")
            is_customer = address.lower().startswith("li")
            with self.subTest(name, sender=sender):
                self.assertGreater(self.count(words), before, "lost")
                self.assertLessEqual(self.receipts(address), int(is_customer))
            receipts += self.receipts(address)
        print(f"\nmails: {tried}, receipts: {receipts}")
        self.assertGreater(tried, 50)
        self.assertGreater(receipts, 3)

    def test_no_clock_begins_before_the_mail_came(self):
        now = datetime.now(SHANGHAI).replace(microsecond=0)
        received = f"Received: from mx by shop; {format_datetime(now)}"
        for days in (2, 29, 400, 9000, -1, -400):
            raw = self.raw(
                f"刹车失灵{days}",
                sender=f"d{abs(days)}{days < 0}@example.cn",
                number=f"d{days}",
                date=now - timedelta(days=days),
                headers=[received],
            )
            known = self.env["dealer.complaint"].search([])
            self.receive(raw)
            complaint = self.env["dealer.complaint"].search([]) - known
            with self.subTest(days=days):
                self.assertAlmostEqual(
                    complaint.date_received,
                    fields.Datetime.now(),
                    delta=timedelta(minutes=5),
                )
