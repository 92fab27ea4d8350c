import re
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.work_time import from_wall
from .dealer_message_occasion import AT_ANY_HOUR, BY_CONSENT
from .sms_provider import SmsApiOutbox

#: What stands between the words to unsubscribe, as people type it.
_BETWEEN_WORDS = re.compile(r"[,，、;；/|\s]+")
#: Preferred channel of a customer → what is tried first.
PREFERRED = {"sms": "sms", "email": "mail"}


class ResCompany(models.Model):
    """How messages reach the customers of a shop, and when.

    No text message leaves a shop that has not chosen a service for it. Odoo's own is
    one of the choices: it is abroad, and numbers and words of customers go with it.
    """

    _name = "res.company"
    _inherit = "res.company"

    dealer_sms_provider = fields.Selection(
        [("outbox", "Outbox only: nothing leaves"), ("iap", "Odoo (abroad)")],
        "Text Messages By",
        help="Empty: no text message is sent. Outbox: it is shown, and never leaves.",
    )
    dealer_message_mail = fields.Boolean("Messages by E-Mail", default=True)
    dealer_message_order = fields.Selection(
        [
            ("sms", "Text message, else e-mail"),
            ("mail", "E-mail, else text message"),
            ("both", "Both"),
        ],
        "Order of Ways",
        required=True,
        default="sms",
        help="A customer's preferred channel comes first.",
    )
    dealer_quiet_from = fields.Float(
        "Quiet From",
        default=21.0,
        help="Service messages on the phone wait from this hour on. Codes and messages "
        "to staff do not wait.",
    )
    dealer_quiet_until = fields.Float("Quiet Until", default=8.0)
    dealer_message_months = fields.Integer(
        "Keep Messages (months)",
        default=36,
        help="Messages are deleted after so many months. 36: the limitation period of "
        "the Civil Code (China), Article 188.",
    )
    dealer_stop_words = fields.Char(
        "Words to Unsubscribe",
        default="R, TD, T, 退订, 拒收",
        help="A reply with one of these words withdraws consent to marketing. Commas, "
        "semicolons or spaces stand between them.",
    )

    _check_quiet = models.Constraint(
        "CHECK(dealer_quiet_from >= 0 AND dealer_quiet_from < 24"
        " AND dealer_quiet_until >= 0 AND dealer_quiet_until < 24)",
        "Quiet hours are hours of a day.",
    )

    @api.constrains("dealer_stop_words")
    def _check_stop_words(self):
        for company in self:
            if not company._message_stop_words():
                raise ValidationError(
                    self.env._(
                        "Customers of %(shop)s unsubscribe with at least one word.",
                        shop=company.name,
                    )
                )

    @api.constrains("dealer_message_months")
    def _check_message_months(self):
        if any(not 1 <= company.dealer_message_months <= 1200 for company in self):
            raise ValidationError(
                self.env._(
                    "Messages are kept for at least one month, and for a hundred years "
                    "at most."
                )
            )

    def _get_sms_api_class(self):
        self.ensure_one()
        if self.dealer_sms_provider == "outbox":
            return SmsApiOutbox
        return super()._get_sms_api_class()

    # ------------------------------------------------------------------
    # THE WAY
    # ------------------------------------------------------------------

    def _dealer_can_text(self):
        """Whether text messages leave this shop: a service with an account.

        Odoo's own service takes every message and refuses it later: without an account
        nobody was told anything.
        """
        self.ensure_one()
        if self._get_sms_api_class().__module__ != "odoo.addons.sms.tools.sms_api":
            return True  # another service, which was set up
        # whoever sends a message knows nothing of accounts
        accounts = self.env["iap.account"].sudo()
        return bool(
            accounts.search_count(
                [
                    ("service_id.technical_name", "=", "sms"),
                    ("state", "=", "registered"),
                    "|",
                    ("company_ids", "=", False),
                    ("company_ids", "in", self.ids),
                ],
                limit=1,
            )
        )

    def _message_order(self, person):
        """The channels in the order in which this customer is reached."""
        self.ensure_one()
        first = PREFERRED.get(person.preferred_channel) or (
            "mail" if self.dealer_message_order == "mail" else "sms"
        )
        return [first, *({"sms", "mail"} - {first})]

    def _message_by_all(self):
        """Whether a customer is told by every way there is."""
        self.ensure_one()
        return self.dealer_message_order == "both"

    def _link_start(self):
        """The address of short links up to the token, see ``dealer.message.link``."""
        self.ensure_one()
        return f"{self.get_base_url()}/r/"

    def _message_no_address(self, channel, person):
        """Why a customer cannot be reached, in words."""
        if channel == "sms" and person.is_phone_wrong:
            return self.env._("the number of the customer reaches nobody")
        return self.env._("the customer has no mobile number and no e-mail address")

    # ------------------------------------------------------------------
    # WHETHER AND WHEN
    # ------------------------------------------------------------------

    def _message_refusals(self, purpose, channel, targets):
        """Why customers may not be told something. Hook.

        :param list targets: pairs of customer and address
        :return: a list of reasons in words, ``None`` for who may be told
        """
        self.ensure_one()
        return [None] * len(targets)

    def _message_due(self, purpose, channel, moment):
        """The first moment from ``moment`` on at which a message may leave. Hook."""
        self.ensure_one()
        # a mail wakes nobody, but nobody is asked at night how it was
        is_quiet = channel == "mail" and purpose not in BY_CONSENT
        if is_quiet or purpose in AT_ANY_HOUR:
            return moment
        return self._message_after_quiet(moment)

    def _message_after_quiet(self, moment):
        """The end of the quiet hours, for a moment that lies within them."""
        if not self._dealer_has_zone():
            return moment
        start, stop = (
            round(hour * 60)
            for hour in (self.dealer_quiet_from, self.dealer_quiet_until)
        )
        tz = self._dealer_tz()
        local = pytz.utc.localize(moment).astimezone(tz)
        minute = local.hour * 60 + local.minute
        is_over_midnight = start > stop
        if is_over_midnight:
            is_quiet = minute >= start or minute < stop
        else:
            is_quiet = start <= minute < stop
        if not is_quiet:
            return moment
        day = local.date() + timedelta(days=is_over_midnight and minute >= start)
        return from_wall(day, stop, tz)

    def _message_held(self, due):
        """Why a message waits, in words."""
        return self.env._(
            "Not before %(time)s: at this hour customers are left in peace.",
            time=self._dealer_format(due),
        )

    # ------------------------------------------------------------------
    # REPLIES
    # ------------------------------------------------------------------

    def _message_stop_words(self):
        """The words with which customers unsubscribe, as they are compared."""
        self.ensure_one()
        words = self.env["dealer.customer.message"]
        parts = _BETWEEN_WORDS.split(self.dealer_stop_words or "")
        return {word for part in parts if (word := words._word_of(part))}

    def _message_withdraw(self, number, text):
        """A number has unsubscribed from marketing of this shop. Hook."""
        self.ensure_one()
