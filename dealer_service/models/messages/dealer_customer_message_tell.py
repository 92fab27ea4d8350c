import logging
from typing import NamedTuple

from psycopg2 import errors

from odoo import api, fields, models
from odoo.tools import email_normalize

from ...tools.refusal import NamedRefusal
from .dealer_customer_message import PRIORITY

_logger = logging.getLogger(__name__)

#: Two transactions met; the whole transaction is to be tried again.
CONCURRENCY_ERRORS = (errors.SerializationFailure, errors.DeadlockDetected)


class TextRefused(NamedRefusal):
    """There is no text that may be sent; the reason is for whoever tells."""


class Row(NamedTuple):
    """One customer to be told of one record by one way."""

    record: models.Model
    person: models.Model
    address: str
    is_only_way: bool
    #: Pairs of channel and address that are left when there are no words for this one.
    later: list
    #: In whose place it is sent.
    origin: models.Model


class DealerCustomerMessage(models.Model):
    """Somebody is told something: the way, consent, the hour, the words.

    Nothing leaves here. A mail is put into Odoo's queue, a text message into ours; both
    are sent once the transaction that tells is committed, and not if it is rolled back.
    """

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    @api.model
    def _tell(self, key, record, partner=None, number=None, **options):
        """Tell one customer about one record; see :meth:`_tell_all`.

        :param str number: send a text message to this number, whatever the card says
        """
        return self._tell_all(key, record, [(partner, number)], **options)

    @api.model
    def _tell_all(self, key, records, people, channel=None, mail_values=None, **values):
        """Queue a message about each record, as far as it may be sent.

        :param str key: of the occasion; one that is switched off tells nobody
        :param records: the same kind of records, of one or several shops
        :param list people: for each record the customer and the number; ``None`` for
            those of the record
        :param str channel: the only way that is meant
        :param dict mail_values: values of the mail that the caller decides
        :param bool is_tried_again: the caller tries again later when the text is broken
        :param bool is_seen_to: the caller itself asks a colleague where nobody is told
        :param origin: the message that this one is sent in place of
        :return: the messages that are sent now or once they may be; a message that may
            not be sent at all is kept with the reason, and not among them
        """
        # the queue belongs to the system
        queued, wordless = self.sudo().browse(), self.sudo().browse()
        origin = values.get("origin") or queued
        occasion = self.env["dealer.message.occasion"]._of(key)
        if not occasion:
            return queued.with_env(self.env)
        plans = {}
        for record, (partner, number) in zip(records, people, strict=True):
            # who is told, and where, is up to the process, not to who drives it
            record = record.sudo()
            company = self._company_of(record)
            person = (partner or self._person_of(record)).sudo()
            if not person and not number:
                # the car is the shop's own
                continue
            ways = self._ways(occasion, company, person, number, channel, mail_values)
            count = len(ways) if company._message_by_all() else 1
            meant = bool(number or channel)
            for way, address in ways[:count]:
                row = Row(record, person, address, meant, ways[count:], origin)
                plans.setdefault((company, way), []).append(row)
        while plans:
            company, way = next(iter(plans))
            rows = plans.pop((company, way))
            messages, others = self._plan(
                occasion, company, way, rows, mail_values, values
            )
            queued |= messages
            for message, row in others:
                wordless |= message
                for other, address in row.later[:1]:
                    row = row._replace(
                        address=address,
                        is_only_way=True,
                        later=row.later[1:],
                        origin=message,
                    )
                    plans.setdefault((company, other), []).append(row)
        if not (origin or values.get("is_seen_to")):
            wordless._tell_of_no_words(queued)
        return queued.with_env(self.env)

    @api.model
    def _can_tell(self, key, record, partner=None, channel=None, mail_values=None):
        """Whether there is a way to the customer, so that it is worth trying."""
        occasion = self.env["dealer.message.occasion"]._of(key)
        if not occasion:
            return False
        record = record.sudo()  # as in _tell_all
        company = self._company_of(record)
        person = (partner or self._person_of(record)).sudo()
        ways = self._ways(occasion, company, person, None, channel, mail_values)
        return any(address for _channel, address in ways)

    @api.model
    def _withdraw(self, key, records, reason):
        """What has not left yet is not told any more."""
        # the queue belongs to the system
        waiting = self.sudo().search(
            [
                ("occasion_id.key", "=", key),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "in", ("waiting", "held")),
            ]
        )
        mails = waiting.mail_id
        waiting._settle("refused", reason)
        mails.filtered(lambda mail: mail.state == "outgoing").unlink()

    @api.model
    def _is_used(self, key, company, channel):
        """Whether a shop writes on an occasion by one way, if somebody asks for it:
        there is a text and a service, and where that takes approved texts alone, this
        one is. Hook."""
        occasion = self.env["dealer.message.occasion"]._of(key)
        has_way = getattr(self, f"_has_{channel}")
        return bool(occasion) and bool(has_way(occasion, company, True))

    @api.model
    def _company_of(self, record):
        return ("company_id" in record._fields and record.company_id) or (
            self.env.company
        )

    @api.model
    def _person_of(self, record):
        """The customer of a record: who comes, else who pays."""
        for name in ("contact_id", "partner_id"):
            if name in record._fields and record[name]:
                return record[name]
        return record if record._name == "res.partner" else self.env["res.partner"]

    # ------------------------------------------------------------------
    # THE WAY
    # ------------------------------------------------------------------

    @api.model
    def _ways(self, occasion, company, person, number, channel, mail_values=None):
        """How this customer is reached: pairs of channel and address, the first is the
        one that is tried first.

        An address that is missing is empty, where the shop writes by this way at all.
        """
        order = company._message_order(person)
        if number:
            order = ["sms"]
        if channel:
            order = [channel]
        found, missing = [], []
        for name in order:
            if not getattr(self, f"_has_{name}")(occasion, company, bool(channel)):
                continue
            address = getattr(self, f"_address_{name}")(person, number, mail_values)
            (found if address else missing).append((name, address))
        # a shop that only mails has nothing to say of those without an address
        return found or [way for way in missing if way[0] != "mail"][:1]

    @api.model
    def _has_mail(self, occasion, company, _is_meant):
        return company.dealer_message_mail and bool(occasion._mail_template(company))

    @api.model
    def _has_sms(self, occasion, company, is_meant):
        """Text messages leave a shop that has chosen a way. The old account of Odoo
        serves where somebody presses a button for it, never by itself."""
        return bool(occasion.sms_template_id) and (
            bool(company.dealer_sms_provider)
            or (is_meant and company._dealer_can_text())
        )

    @api.model
    def _address_mail(self, person, _number, mail_values=None):
        given = (mail_values or {}).get("email_to")
        return email_normalize(given or person.email) or False

    @api.model
    def _address_sms(self, person, number, _mail_values=None):
        key = person._phone_to_key(number) if number else person.phone_key
        if not (key or "").startswith("+"):
            return False
        return False if not number and person.is_phone_wrong else key

    # ------------------------------------------------------------------
    # WHETHER, WHEN AND WHAT
    # ------------------------------------------------------------------

    @api.model
    def _plan(self, occasion, company, channel, rows, mail_values, values):
        """Make the messages of one shop on one way.

        :param list rows: each a :class:`Row`
        :return: those that may be sent; pairs of message and row for which there are no
            words on this way
        """
        now = fields.Datetime.now()
        targets = [(row.person, row.address) for row in rows]
        refusals = company._message_refusals(occasion.purpose, channel, targets)
        due = self._due_of(occasion, occasion.purpose, company, channel, now)
        vals_list, wordless = [], []
        for row, refusal in zip(rows, refusals, strict=True):
            record, person = row.record, row.person
            vals = {
                "occasion_id": occasion.id,
                "purpose": occasion.purpose,
                "priority": PRIORITY.get(occasion.purpose, 3),
                "channel": channel,
                "is_only_way": row.is_only_way,
                "company_id": company.id,
                "partner_id": person.id,
                "address": row.address,
                "is_by_card": channel == "sms" and row.address == person.phone_key,
                "user_id": self.env.uid,
                "res_model": record._name,
                "res_id": record.id,
                "date_due": due,
                "origin_id": row.origin.id,
            }
            if not row.address:
                refusal = company._message_no_address(channel, person)
            if not refusal and due > now:
                vals.update(state="held", reason=company._message_held(due))
            if not refusal:
                try:
                    with self.env.cr.savepoint():
                        vals.update(
                            getattr(self, f"_write_{channel}")(
                                occasion, company, record, person, due, mail_values
                            )
                        )
                        vals.update(self._seal(company, occasion.purpose, vals))
                except CONCURRENCY_ERRORS:
                    raise
                except TextRefused as error:
                    refusal = str(error)
                    wordless.append(len(vals_list))
                except Exception:
                    if values.get("is_tried_again") and not row.later:
                        raise
                    # a text that is broken stops neither the process nor the others
                    _logger.warning(
                        "Text of %s failed on %s", occasion.key, record, exc_info=True
                    )
                    refusal = self.env._("the text could not be made from its template")
                    wordless.append(len(vals_list))
            if refusal:
                vals.update(
                    state="refused", reason=refusal, date_settled=now, date_due=False
                )
            vals_list.append(vals)
        # the queue belongs to the system
        messages = self.sudo()._create_by_method(vals_list)
        queued = messages.filtered(lambda message: message.state != "refused")
        if queued.filtered(lambda message: message.channel != "mail"):
            self._wake_queue(due)
        return queued, [(messages[index], rows[index]) for index in wordless]

    @api.model
    def _write_mail(self, occasion, company, record, _person, due, mail_values):
        """Put the mail into Odoo's queue, in the customer's language."""
        values = dict(mail_values or {})
        if due > fields.Datetime.now():
            values.setdefault("scheduled_date", due)
        # a template belongs to the shop; whoever tells need not read it
        template = occasion._mail_template(company).sudo()
        mail_id = template.send_mail(record.id, force_send=False, email_values=values)
        mail = template.env["mail.mail"].browse(mail_id)
        return {"mail_id": mail.id, "subject": mail.subject, "body": mail.body_html}

    @api.model
    def _write_sms(self, occasion, _company, record, person, _due, _mail_values):
        """The words, as they will be sent."""
        lang = person.lang or self.env.lang or "en_US"
        text = occasion._sms_text(record, lang)
        if not text:
            raise ValueError("empty text")
        return {"text": text}

    # ------------------------------------------------------------------
    # STAFF
    # ------------------------------------------------------------------

    @api.model
    def _alert(self, users, subject, text, record):
        """Tell colleagues something that cannot wait until they look at a screen.

        By the way that each can be reached, see :meth:`_alert_way`; who has none is
        left to what the screens show.

        :return: the messages that are queued; one that may not be sent is kept with
            the reason, and not among them
        """
        # which shop it is about is no secret to who is told
        company = self._company_of(record.sudo())
        now = fields.Datetime.now()
        vals_list = []
        # numbers of colleagues are read by the process, whoever drives it
        for user in users.sudo().filtered("active"):
            channel, address = self._alert_way(user, company)
            if not address:
                continue
            refusal = self._alert_refusal(channel, user, company)
            vals_list.append(
                {
                    "purpose": "staff",
                    "priority": PRIORITY["staff"],
                    "channel": channel,
                    "company_id": company.id,
                    "partner_id": user.partner_id.id,
                    "address": address,
                    "user_id": self.env.uid,
                    "res_model": record._name,
                    "res_id": record.id,
                    "subject": subject,
                    "text": text,
                    "date_due": not refusal and now,
                    "state": "refused" if refusal else "waiting",
                    "reason": refusal,
                    "date_settled": refusal and now,
                }
            )
        # the queue belongs to the system
        messages = self.sudo()._create_by_method(vals_list)
        messages = messages.filtered(lambda message: message.state != "refused")
        if messages:
            self._wake_queue(now)
        return messages.with_env(self.env)

    @api.model
    def _alert_way(self, user, company):
        """How a colleague is reached without a browser. Hook.

        :return: channel and address; ``(None, None)`` for nobody
        """
        number = user.partner_id.phone_key or ""
        if company.dealer_sms_provider and number.startswith("+"):
            return "sms", number
        return None, None

    @api.model
    def _alert_refusal(self, channel, user, company):
        """Why a colleague cannot be told by this way; ``False`` when he can. Hook."""
        return False
