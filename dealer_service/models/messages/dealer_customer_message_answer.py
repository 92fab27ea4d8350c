import re
import unicodedata

from odoo import api, models
from odoo.tools import plaintext2html

#: A reply that is longer says something else, even if a word to unsubscribe is in it.
MOST_LETTERS = 12
#: What people write around a word to unsubscribe: “回复R”.
_AROUND = re.compile("回复|请|我要|发送")


class DealerCustomerMessage(models.Model):
    """What comes back: reports of delivery, dead numbers, replies."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    @api.model
    def _report(self, references, state, reason=False, wrong_number=False):
        """A provider reports what became of messages, once or often, early or late.

        :param list references: our own numbers; unknown ones change nothing
        :param str state: ``sent``, ``delivered`` or ``failed``
        :param bool wrong_number: the number reaches nobody
        :return: the messages that this was news about
        """
        messages = self.search([("reference", "in", list(references))])
        moved = messages._settle(state, reason if state == "failed" else False)
        for message in moved:
            message._close_sms()
        if wrong_number:
            for message in messages:
                message._flag_wrong_number()
        return moved

    def _flag_wrong_number(self):
        """The card says that this number reaches nobody."""
        self.ensure_one()
        people = self.partner_id or self.env["res.partner"].search(
            [("phone_key", "=", self.address)]
        )
        people = people.filtered(lambda person: person.phone_key == self.address)
        people.filtered(lambda person: not person.is_phone_wrong).is_phone_wrong = True

    @api.model
    def _reply(self, number, text, company=None):
        """A customer has answered a text message: a word of refusal counts at once.

        :param str number: as the provider reports it
        :param company: the shop whose account was answered; empty: every shop that has
            written to the number
        :return: whether it was a refusal
        """
        key = self.env["res.partner"]._phone_to_key(number)
        if not key:
            return False
        # a reply comes without a user
        messages = self.sudo()
        shops = company
        if not shops:
            shops = self.env["res.company"].browse(
                shop.id
                for [shop] in messages._read_group(
                    [("address", "=", key)], ["company_id"]
                )
            )
        said = self._word_of(text)
        # as above: which words a shop goes by is no secret
        shops = shops.sudo()
        refused = shops.filtered(
            lambda shop: self._is_refusal(said, shop._message_stop_words())
        )
        for shop in refused:
            shop._message_withdraw(key, text)
            messages.search(
                [
                    ("address", "=", key),
                    ("company_id", "=", shop.id),
                    ("purpose", "=", "marketing"),
                    ("state", "in", ("waiting", "held")),
                ]
            )._settle("refused", self.env._("The customer has unsubscribed."))
        for shop in shops - refused:
            messages._pass_on(key, text, shop)
        return bool(refused)

    @api.model
    def _is_refusal(self, said, words):
        """Whether a short reply holds a word to unsubscribe: “回复R”, “退订谢谢”.

        :param str said: see :meth:`_word_of`
        """
        if said in words or _AROUND.sub("", said) in words:
            return True
        return len(said) <= MOST_LETTERS and any(
            word in said for word in words if not word.isascii()
        )

    @api.model
    def _pass_on(self, key, text, shop):
        """What a customer writes back is read by whoever looks after the matter."""
        last = self.search(
            [
                ("address", "=", key),
                ("company_id", "=", shop.id),
                ("purpose", "not in", ("code", "staff")),
            ],
            limit=1,
        )
        record = last._record() if last else None
        if not record or not hasattr(record, "message_post"):
            record = last.partner_id or self.env["res.partner"].search(
                [("phone_key", "=", key), ("company_id", "in", (False, shop.id))],
                limit=1,
            )
        if not record:
            return
        user = last._keeper(record) if last else self.env["res.users"]
        record = record._for_reader(user) if hasattr(record, "_for_reader") else record
        record.message_post(
            body=plaintext2html(
                record.env._(
                    "The customer wrote back: %(text)s", text=(text or "").strip()
                )
            ),
            message_type="notification",
            subtype_xmlid="mail.mt_note",
            partner_ids=user.partner_id.ids,
        )

    @api.model
    def _word_of(self, text):
        """A reply as it is compared: width, case and what stands around do not count.

        >>> # " ｔｄ。" → "TD"
        """
        plain = unicodedata.normalize("NFKC", text or "").upper()
        return "".join(filter(str.isalnum, plain))
