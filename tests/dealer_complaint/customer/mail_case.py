"""Raw mails, as Chinese programs and servers write them, through Odoo's gateway."""

import base64
from datetime import datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from odoo.tools import mute_logger

from ...complaint_common import DealerComplaintCase

SHANGHAI = ZoneInfo("Asia/Shanghai")


def encoded(text, charset):
    """A header word as a Chinese mail program writes it."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


class MailCase(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "shop.example.cn"})
        cls.company.alias_domain_id = cls.domain
        cls.company.dealer_complaint_alias_name = "tousu"
        cls.customer.email = "wang@example.cn"
        cls.before = cls.env["dealer.complaint"].search([])

    def raw(
        self,
        text="空调不制冷",
        subject="投诉",
        sender="王建国 <wang@example.cn>",
        to="tousu@shop.example.cn",
        charset="utf-8",
        number="1",
        date=None,
        headers=(),
    ):
        """A mail as bytes, base64 in the charset of the sender."""
        name, _at, address = sender.rpartition("<")
        if name:
            sender = f"{encoded(name.strip(), charset)} <{address}"
        date = date or datetime.now(SHANGHAI).replace(microsecond=0)
        lines = [
            *(header for header in headers if header.startswith("Received:")),
            f"From: {sender}",
            f"To: {to}",
            f"Subject: {encoded(subject, charset)}" if subject else None,
            f"Message-ID: <{number}@mail.example.cn>",
            f"Date: {date if isinstance(date, str) else format_datetime(date)}",
            "MIME-Version: 1.0",
            *(header for header in headers if not header.startswith("Received:")),
            f"Content-Type: text/plain; charset={charset}",
            "Content-Transfer-Encoding: base64",
            "",
            base64.encodebytes(text.encode(charset)).decode(),
        ]
        return "\r\n".join(line for line in lines if line is not None).encode()

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def receive(self, raw):
        """Through the gateway, as the server that fetches mails does."""
        self.env["mail.thread"].message_process(False, raw)
        self.env.flush_all()
        return self.env["dealer.complaint"].search([]) - self.before

    def to_look_at(self):
        """The mails that somebody has to look at."""
        return self.env["dealer.complaint.mail"].search([("state", "=", "open")])
