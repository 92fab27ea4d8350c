import logging
import re

from odoo import api, models

_logger = logging.getLogger(__name__)

#: Programs name the old Chinese set and write the new one, which contains it.
OLD_CHARSETS = ("gb2312", "gbk", "gb_2312-80", "euc-cn", "x-gbk", "cp936")
NEW_CHARSET = "gb18030"
_OLD_WORD = re.compile(rf"=\?(?:{'|'.join(OLD_CHARSETS)})\?", re.IGNORECASE)
#: Headers that people write.
_TEXT_HEADERS = ("Subject", "From", "To", "Cc", "Reply-To")


class MailThread(models.AbstractModel):
    """Mails as Chinese programs write them; and those that no person wrote: they make
    no complaints, and wake nobody up."""

    _name = "mail.thread"
    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        """See ``mail.thread``; names, rare characters and all, are read."""
        for part in message.walk():
            if part.get_content_charset() in OLD_CHARSETS:
                part.set_param("charset", NEW_CHARSET)
        raw = {name.lower(): str(value) for name, value in message.raw_items()}
        for name in _TEXT_HEADERS:
            value = raw.get(name.lower(), "")
            if _OLD_WORD.search(value):
                unfolded = re.sub(r"\r?\n\s*", " ", value)
                message.replace_header(
                    name, _OLD_WORD.sub(f"=?{NEW_CHARSET}?", unfolded)
                )
        return super().message_parse(message, save_original=save_original)

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        if route[0] == "dealer.complaint" and self._is_automatic_mail(message):
            _logger.info(
                "Automatic mail %s makes no complaint", message_dict.get("message_id")
            )
            complaint = self.env["dealer.complaint"].browse(route[1] or ()).exists()
            for known in complaint:
                known._message_log(
                    body=self.env._(
                        "An automatic reply came: %(subject)s",
                        subject=message_dict.get("subject") or "–",
                    )
                )
            return False
        return super()._routing_check_route(
            message, message_dict, route, raise_exception=raise_exception
        )

    @api.model
    def _is_automatic_mail(self, message):
        """Whether a machine wrote it: out-of-office replies, lists, notifications.

        :param message: ``email.message.EmailMessage``
        """

        def header(name):
            return str(message.get(name) or "").strip().lower()

        return (
            header("Auto-Submitted") not in ("", "no")
            or header("Precedence") in ("bulk", "junk", "list", "auto_reply")
            or bool(header("X-Autoreply") or header("X-Autorespond"))
            or bool(header("List-Id") or header("List-Unsubscribe"))
            or header("Return-Path") == "<>"
        )
