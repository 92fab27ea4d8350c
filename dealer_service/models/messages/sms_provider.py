import logging

import requests
from urllib3.exceptions import NameResolutionError, NewConnectionError

from odoo.exceptions import UserError

from odoo.addons.sms.tools.sms_api import SmsApiBase

from ...tools.messages.variables import fault, masked
from ...tools.phone import phone_key

_logger = logging.getLogger(__name__)
#: Their libraries write down whole requests: numbers, names and words.
TALKATIVE = ("tencentcloud_sdk_common", "darabonba-core")

CONNECT_SECONDS = 5
READ_SECONDS = 10

#: What may have become of a message, in the words of the queue.
SENT, UNKNOWN, LATER = "success", "unknown", "later"
#: Why a message was not taken, and the failure that Odoo shows.
KINDS = {
    "setup": "sms_acc",
    "account": "sms_acc",
    "signature": "sms_registration_needed",
    "template": "sms_registration_needed",
    "variables": "sms_registration_needed",
    "content": "sms_registration_needed",
    "number": "sms_number_format",
    "dead": "sms_number_format",
    "optout": "sms_optout",
    "credit": "sms_credit",
    "frequency": "sms_server",
    "night": "sms_server",
    "busy": "sms_server",
    "unreachable": "sms_server",
    "carrier": "sms_server",
    "other": "sms_server",
}
#: Not taken, and for a reason that passes: after so many seconds it may be tried again.
PASSING = {"frequency": 3600, "night": 3600, "busy": 30, "unreachable": 60}
#: The number reaches nobody, now or later.
WRONG_NUMBER = {"number", "dead"}


class SmsApiNone(SmsApiBase):
    """What a shop has that has chosen no provider: nothing leaves it."""

    PROVIDER_TO_SMS_FAILURE_TYPE = KINDS

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        reason = self.env._(
            "%(shop)s has chosen no provider of text messages.", shop=self.company.name
        )
        return [
            {"uuid": number["uuid"], "state": "setup", "failure_reason": reason}
            for message in messages
            for number in message["numbers"]
        ]


class SmsApiMainland(SmsApiBase):
    """What the providers of text messages in China have in common: a text is one that
    the provider has approved, and only its variables are sent."""

    PROVIDER_TO_SMS_FAILURE_TYPE = KINDS
    #: Value of ``dealer_sms_provider``.
    provider = None
    #: Name of the package, as pip knows it.
    package = None
    #: What the provider answers, and the kind of refusal that it is. A code that ends
    #: with a dot stands for all that begin with it; the first that fits is taken.
    codes = {}
    #: What the receipts say of messages that were not delivered.
    receipts = {}

    # ------------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------------

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Send one by one: each has its own values and its own answer.

        :return: for each a dict with ``uuid``, ``state`` (``success``, ``later``,
            ``unknown`` where nobody knows whether it was taken, else a key of
            :data:`KINDS`), ``failure_reason`` in words, ``provider_reference``,
            ``wrong_number`` and ``delay`` in seconds
        """
        numbers = [number for message in messages for number in message["numbers"]]
        uuids = [number["uuid"] for number in numbers]
        # the approved text of a message is nobody's to read
        rows = self.env["dealer.customer.message"].sudo()
        by_uuid = rows.search([("reference", "in", uuids)]).grouped("reference")
        try:
            client = self._quiet_client()
        except UserError as error:
            return [self._refused(uuid, "setup", str(error)) for uuid in uuids]
        return [
            self._send_one(client, by_uuid.get(number["uuid"]), number)
            for number in numbers
        ]

    def _send_one(self, client, message, number):
        uuid = number["uuid"]
        phone = phone_key(number["number"], self._country())
        if not phone.startswith("+"):
            return self._refused(uuid, "number")
        approval = message and message.sms_approval_id
        if (
            not approval
            or approval.provider != self.provider
            or approval.company_id != self.company
        ):
            return self._refused(uuid, "template", self._no_template())
        values = message._to_send("sms_variables") or []
        if reason := self._faulty(approval, values):
            return self._refused(uuid, "variables", reason)
        try:
            code, reference = self._request(client, uuid, phone, approval, values)
        except Exception as error:
            return self._failed(uuid, error)
        if code is None:
            return {"uuid": uuid, "state": SENT, "provider_reference": reference}
        return self._answer(uuid, code)

    def _answer(self, uuid, code):
        kind = self._kind(code, self.codes)
        if kind == "unknown":
            return self._unsettled(uuid, code)
        return self._refused(uuid, kind, self._sentence(kind, code))

    def _refused(self, uuid, kind, reason=None):
        return {
            "uuid": uuid,
            "state": LATER if kind in PASSING else kind,
            "failure_reason": reason or self._sentence(kind),
            "wrong_number": kind in WRONG_NUMBER,
            "delay": PASSING.get(kind, 0),
        }

    def _unsettled(self, uuid, code=""):
        reason = self.env._(
            "The provider did not say whether it took the message. It is asked again."
        )
        return {
            "uuid": uuid,
            "state": UNKNOWN,
            "failure_reason": f"{reason} {code}".strip(),
        }

    def _failed(self, uuid, error):
        """No answer at all, or none that was meant for this message."""
        if code := self._code_of(error):
            return self._answer(uuid, code)
        if never_left(error):
            return self._refused(uuid, "unreachable")
        # the error may quote the request: its kind is all that may be known
        _logger.info("text message %s: no answer, %s", uuid, type(error).__name__)
        return self._unsettled(uuid)

    # ------------------------------------------------------------------
    # ASKING
    # ------------------------------------------------------------------

    def _ask(self, messages):
        """What became of messages that nobody knows of.

        :param messages: ``dealer.customer.message``, with all rights
        :return: by our reference a pair of ``sent``, ``delivered``, ``failed`` or
            ``absent``, where the provider knows of none, and the reason. What is not
            in it is as unknown as before.
        """
        try:
            client = self._quiet_client()
        except UserError:
            return {}
        found = {}
        for message in messages:
            try:
                answer = self._look_up(client, message)
            except Exception as error:
                _logger.info(
                    "text message %s could not be asked for: %s",
                    message.reference,
                    self._code_of(error) or type(error).__name__,
                )
                continue
            if answer:
                found[message.reference] = answer
        return found

    def _undelivered(self, code, text=""):
        """What a receipt says of a message that did not arrive: kind and reason."""
        kind = self._kind(code, self.receipts, "carrier")
        words = " ".join(filter(None, [code, masked(text)]))
        return kind, self._sentence(kind, words)

    # ------------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------------

    @staticmethod
    def _kind(code, table, default="other"):
        for known, kind in table.items():
            if code == known or (known.endswith(".") and code.startswith(known)):
                return kind
        return default

    def _sentence(self, kind, code=""):
        """Why it was not sent, for whoever reads it; the provider's code after it."""
        words = {
            "account": self.env._(
                "The provider does not accept the key, or the account may not send."
            ),
            "signature": self.env._(
                "The signature is not approved by the provider for this account."
            ),
            "template": self.env._("The provider does not know this approved text."),
            "variables": self.env._(
                "The provider refuses a value that was to be filled in."
            ),
            "content": self.env._("The provider refuses a word of the message."),
            "number": self.env._("This is no number that gets text messages."),
            "dead": self.env._("This number is out of service."),
            "optout": self.env._("The customer takes no messages on this number."),
            "credit": self.env._("The account at the provider is empty."),
            "frequency": self.env._("Too many messages to this number."),
            "night": self.env._("The provider sends no such messages at this hour."),
            "busy": self.env._("The provider is busy."),
            "unreachable": self.env._("The provider cannot be reached."),
            "carrier": self.env._("The carrier did not deliver the message."),
        }.get(kind) or self.env._("The provider refused the message.")
        return f"{words} ({code})" if code else words

    def _no_template(self):
        return self.env._(
            "No approved text of the provider belongs to this message: enter its code "
            "under Approved Texts."
        )

    def _faulty(self, approval, values):
        """Why the provider would refuse the values; empty when it would not."""
        names = approval._variable_names()
        if len(names) != len(values):
            return self.env._(
                "The approved text %(code)s has %(names)s variables, the message "
                "%(values)s.",
                code=approval.code,
                names=len(names),
                values=len(values),
            )
        for name, value in zip(names, values, strict=True):
            match fault(value, approval.variable_size):
                case "link":
                    return self.env._(
                        "%(name)s is an address: it must stand in the approved text.",
                        name=name,
                    )
                case "empty":
                    return self.env._("%(name)s is empty.", name=name)
                case "long":
                    return self.env._("%(name)s is too long.", name=name)
        return ""

    def _missing_package(self):
        return UserError(
            self.env._(
                "The library of the provider is not installed on the server: "
                "pip install %(package)s",
                package=self.package,
            )
        )

    def _quiet_client(self):
        """The provider's client, whose library sets its own level when it is loaded."""
        client = self._client()
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        return client

    def _country(self):
        return self.company.country_id.code or "CN"

    def _keys(self):
        """The company with its secrets.

        :raise UserError: when one is missing
        """
        # whoever sends a message reads no keys
        company = self.company.sudo()
        if lacks := company._dealer_sms_lacks():
            raise UserError(
                self.env._(
                    "Text messages of %(shop)s are not set up: %(fields)s",
                    shop=company.name,
                    fields=", ".join(lacks),
                )
            )
        return company

    # ------------------------------------------------------------------
    # WHAT THE PROVIDER SAYS
    # ------------------------------------------------------------------

    def _client(self):
        """Its own client, with the keys of the shop.

        :raise UserError: without keys or library
        """
        raise NotImplementedError

    def _request(self, client, uuid, phone, approval, values):
        """Send one message under our own reference.

        :return: ``(None, reference)`` when it was taken, else its code and None
        """
        raise NotImplementedError

    def _look_up(self, client, message):
        """See :meth:`_ask`, for one message."""
        raise NotImplementedError

    def _code_of(self, error):
        """The provider's code, when the error is an answer of the provider."""
        raise NotImplementedError


def never_left(error):
    """Whether no connection came about: then nothing can have been taken."""
    while error is not None:
        reasons = [error, *getattr(error, "args", ())]
        reasons += [getattr(reason, "reason", None) for reason in reasons]
        if any(
            isinstance(
                reason,
                requests.exceptions.ConnectTimeout
                | NewConnectionError
                | NameResolutionError,
            )
            for reason in reasons
        ):
            return True
        # Aliyun's library keeps the error that it stands for
        inner = getattr(error, "inner_exception", None)
        error = inner or error.__cause__ or error.__context__
    return False


class SmsApiOutbox(SmsApiBase):
    """The way that never leaves: for a demonstration, and to try out texts.

    What would have been sent stands in the outbox.
    """

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        return [
            {"uuid": number["uuid"], "state": "success"}
            for message in messages
            for number in message["numbers"]
        ]
