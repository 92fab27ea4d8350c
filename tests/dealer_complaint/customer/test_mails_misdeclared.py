"""Mails that say something else of themselves than they are; none of them is lost."""

import doctest

from odoo.addons.dealer_complaint.tools import mail_origin, mail_text

from .mail_case import MailCase

WORDS = "刹车失灵，很危险"


def test_doctests():
    for module in (mail_origin, mail_text):
        assert not doctest.testmod(module).failed


class TestMisdeclaredMails(MailCase):
    def mail(self, body=None, kind="text/plain; charset=utf-8", **headers):
        """A mail with bare bytes; ``headers`` of the value ``None`` are left out."""
        body = WORDS.encode() if body is None else body
        self.number = getattr(self, "number", 0) + 1
        headers = {
            "From": "wang@example.cn",
            "To": "tousu@shop.example.cn",
            "Subject": "Brakes",
            "Message-ID": f"<misdeclared.{self.number}@mail.example.cn>",
            "MIME-Version": "1.0",
            "Content-Type": kind,
            "Content-Transfer-Encoding": "8bit",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        lines = [
            name.encode()
            + b": "
            + (value.encode() if isinstance(value, str) else value)
            for name, value in headers.items()
            if value is not None
        ]
        return b"\r\n".join([*lines, b"", body])

    def complaint(self, raw):
        before = self.env["dealer.complaint"].search([])
        self.receive(raw)
        return self.env["dealer.complaint"].search([]) - before

    def look(self, raw):
        before = self.to_look_at()
        self.assertFalse(self.complaint(raw))
        return self.to_look_at() - before

    # ------------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------------

    def test_text_is_read_whatever_set_its_mail_claims(self):
        """glpi#8986, zammad#6054: what says GB2312 and is not is rubbish, or fails."""
        for written, claimed in (
            ("gbk", "utf-8"),
            ("gbk", "iso-8859-1"),
            ("gbk", "windows-1252"),
            ("utf-8", "gb2312"),
            ("utf-8", "gbk"),
            ("utf-8", "iso-8859-1"),
            ("utf-8", "us-ascii"),
        ):
            with self.subTest(written, claimed=claimed):
                kind = f"text/plain; charset={claimed}"
                found = self.complaint(self.mail(WORDS.encode(written), kind))
                self.assertEqual(found.description, WORDS)

    def test_subject_and_name_in_bare_gbk_are_read(self):
        found = self.complaint(
            self.mail(
                Subject="刹车失灵".encode("gbk"),
                From="刘备".encode("gbk") + b" <liu@example.cn>",
            )
        )
        self.assertEqual(found.subject, "刹车失灵")
        self.assertEqual(found.email_from, '"刘备" <liu@example.cn>')

    def test_subject_that_claims_another_set_is_read(self):
        # GBK, said to be UTF-8
        found = self.complaint(self.mail(Subject="=?utf-8?B?ybKztcqnwek=?="))
        self.assertEqual(found.subject, "刹车失灵")

    def test_empty_page_beside_a_text_does_not_hide_it(self):
        """email-to-pdf-converter#62: an empty HTML part makes the mail blank."""
        parts = (
            "--X\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + WORDS,
            "--X\r\nContent-Type: text/html\r\n\r\n<html><body></body></html>",
            "--X--\r\n",
        )
        body = "\r\n".join(parts).encode()
        found = self.complaint(self.mail(body, 'multipart/alternative; boundary="X"'))
        self.assertEqual(found.description, WORDS)

    def test_parts_that_are_not_parted_as_said_are_read_as_they_stand(self):
        for kind in ("multipart/mixed", 'multipart/mixed; boundary="Y"'):
            with self.subTest(kind):
                found = self.complaint(self.mail(f"--X\r\n\r\n{WORDS}".encode(), kind))
                self.assertIn(WORDS, found.description)

    # ------------------------------------------------------------------
    # WHOM IT IS FOR
    # ------------------------------------------------------------------

    def test_blind_copy_finds_the_shop_by_what_the_server_says(self):
        """cerb#1164: a blind copy matches no address of the desk."""
        for header in (
            {"X_Original_To": "tousu@shop.example.cn"},
            {"Envelope_To": "tousu@shop.example.cn"},
            {"X_Forwarded_To": "tousu@shop.example.cn"},
            {"Received": "from a by b for <tousu@shop.example.cn>; nonsense"},
        ):
            with self.subTest(header):
                for to in ("undisclosed-recipients:;", "service@old.example.org"):
                    found = self.complaint(self.mail(To=to, **header))
                    self.assertEqual(found.description, WORDS)

    def test_other_address_of_ours_is_not_overruled_by_the_server(self):
        raw = self.mail(
            To="kefu@shop.example.cn", X_Original_To="tousu@shop.example.cn"
        )
        self.assertEqual(self.look(raw).reason, "unaddressed")

    def test_mail_that_names_nobody_is_looked_at(self):
        for to in (None, "undisclosed-recipients:;", "service@old.example.org"):
            with self.subTest(to):
                mail = self.look(self.mail(To=to))
                self.assertEqual((mail.reason, mail.text), ("unaddressed", WORDS))

    def test_shop_without_staff_does_not_get_what_names_nobody(self):
        empty = self.env["res.company"].create(
            {"name": "A shop to come", "sequence": 0, "alias_domain_id": self.domain.id}
        )
        empty.dealer_complaint_alias_name = "tousu2"
        mail = self.look(self.mail(To="kefu@shop.example.cn"))
        self.assertEqual(mail.company_id, self.company)
        self.assertEqual(mail.activity_ids.user_id, self.officer)

    def test_customer_who_writes_to_the_address_of_nobody_is_not_turned_away(self):
        self.domain.catchall_alias = "catchall"
        self.domain.bounce_alias = "bounce"
        for to in ("catchall@shop.example.cn", "bounce@shop.example.cn"):
            with self.subTest(to):
                self.assertEqual(self.look(self.mail(To=to)).text, WORDS)
        before = self.to_look_at()
        self.receive(self.mail(To="catchall@shop.example.cn", From="x@example.org"))
        self.assertEqual(self.to_look_at(), before, "a stranger is told by Odoo")

    # ------------------------------------------------------------------
    # WHO WROTE IT
    # ------------------------------------------------------------------

    def test_program_that_answers_by_itself_gets_no_receipt(self):
        """osTicket#1041, freescout#688: such answers make tickets and loops."""
        for header in (
            {"X_Autoresponder": "yes"},
            {"X_Mail_Autoreply": "yes"},
            {"Subject": "自动回复：您的邮件已收到"},
        ):
            with self.subTest(header):
                letters = self.env["mail.mail"].search([])
                mail = self.look(self.mail(**header))
                self.assertEqual(mail.reason, "automatic")
                sent = self.env["mail.mail"].search([]) - letters
                self.assertNotIn(self.customer, sent.recipient_ids)

    def test_letter_of_nobody_is_a_failure(self):
        self.assertEqual(self.look(self.mail(From="<>")).reason, "undelivered")

    def test_mail_that_cannot_be_processed_shows_its_subject(self):
        with self.assertLogs("odoo.addons.dealer_complaint", "WARNING"):
            mail = self.look(self.mail(Message_ID="<>", Subject="刹车".encode("gbk")))
        self.assertEqual((mail.reason, mail.subject), ("unreadable", "刹车"))
