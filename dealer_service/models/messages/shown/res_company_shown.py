from odoo import models

from ....tools.messages.segments import size_abroad, size_in_china


class ResCompany(models.Model):
    """How a text message looks on the phone, and what it is billed as."""

    _name = "res.company"
    _inherit = "res.company"

    def _message_signed(self, text):
        """The text with the signature that a provider in China puts before it."""
        self.ensure_one()
        # whoever reads a message reads no settings
        shop = self.sudo()
        if shop.dealer_sms_provider == "iap":
            return text
        return f"【{shop.dealer_sms_sign_name or shop.name}】{text}"

    def _message_size(self, text):
        """Characters and messages that the provider bills."""
        self.ensure_one()
        # as above
        is_abroad = self.sudo().dealer_sms_provider == "iap"
        return (size_abroad if is_abroad else size_in_china)(self._message_signed(text))

    def _message_size_words(self, text):
        characters, messages = self._message_size(text)
        return self.env._(
            "%(characters)s characters, billed as %(messages)s",
            characters=characters,
            messages=messages,
        )
