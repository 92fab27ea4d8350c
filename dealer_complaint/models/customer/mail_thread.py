import logging
import re
from email import message_from_bytes
from email.policy import compat32
from hashlib import sha256

from odoo import api, models
from odoo.tools import email_normalize, email_normalize_all

from ...tools.halves import CONCURRENCY_ERRORS
from ...tools.mail_origin import automatic, envelope
from ...tools.mail_text import mend_header, mend_part, received

_logger = logging.getLogger(__name__)

#: Headers that name whom a mail is for.
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "Resent-To")
#: Headers that people write.
_TEXT_HEADERS = ("Subject", "From", "To", "Cc", "Reply-To")
#: How the programs of people who are away name their answers.
_ABSENCE = re.compile(
    "自动回复|自动回覆|自动答复|休假|外出|out of (the )?office|vacation|on leave"
    "|absence|auto(matic)?.?(reply|response)",
    re.IGNORECASE,
)
#: What becomes of a mail to the address for complaints.
_THREADS = ("dealer.complaint", "dealer.complaint.mail")
#: Names before the @ of mail servers, and of programs that nobody can answer.
_SERVERS = re.compile(r"(postmaster|mailer-daemon|bounces?([+.-].*)?)@")
_PROGRAMS = re.compile(r"(no|do[-_.]?not)[-_.]?reply@")


class MailThread(models.AbstractModel):
    """Mails as Chinese programs write them; and those that perhaps no person wrote.

    Nothing that was sent to the address for complaints is thrown away: it is a
    complaint, a message in one, or a mail to look at (``dealer.complaint.mail``).
    """

    _name = "mail.thread"
    _inherit = "mail.thread"

    # ------------------------------------------------------------------
    # READING
    # ------------------------------------------------------------------

    @api.private
    @api.model
    def message_parse(self, message, save_original=False):
        """See ``mail.thread``; names, rare characters and all, are read."""
        for part in message.walk():
            mend_part(part)
        raw = {name.lower(): str(value) for name, value in message.raw_items()}
        for name in _TEXT_HEADERS:
            value = raw.get(name.lower(), "")
            mended = mend_header(value)
            if mended != value:
                message.replace_header(name, mended)
        parsed = super().message_parse(message, save_original=save_original)
        for name, value in parsed.items():
            if isinstance(value, str):
                parsed[name] = value.replace("\0", "")
        parsed["recipients"] = self._recipients_of_copy(message, parsed)
        parsed["message_id"] = self._message_id_of_copy(parsed)
        return parsed

    @api.model
    def _recipients_of_copy(self, message, parsed):
        """Whom a mail is for: a blind copy, or one that another server has forwarded,
        names none of our addresses; the mail server does."""
        recipients = parsed["recipients"]
        addresses = envelope(message)
        # the gateway knows our addresses, whoever fetched the mail
        domains = self.env["mail.alias.domain"].sudo()
        if not addresses or domains.search_count(
            [("name", "in", list(_domains_of(recipients)))], limit=1
        ):
            return recipients
        shops = self._complaint_shops(", ".join(addresses))
        return ",".join([recipients, *shops.mapped("dealer_complaint_alias_email")])

    @api.model
    def _message_id_of_copy(self, parsed):
        """The id by which the gateway knows a mail.

        Two shops that get blind copies of one mail are both written to. Each copy
        names one of them, and the second would be thrown away as a duplicate. So would
        be the mails of a program that gives all of them one id.

        :param dict parsed: the mail, as :meth:`message_parse` returns it
        """
        message_id = parsed["message_id"]
        shop = self._complaint_shops(parsed.get("recipients"))
        if len(shop) != 1 or parsed.get("parent_id"):
            return message_id
        # the gateway knows which mails there are, whoever fetched this one
        letters = self.env["mail.message"].sudo()
        letters = letters.search(
            [("message_id", "=", message_id), ("model", "in", _THREADS)]
        )
        words = email_normalize(parsed.get("email_from")), parsed.get("subject") or ""
        if letters and words not in [
            (email_normalize(letter.email_from), letter.subject or "")
            for letter in letters
        ]:
            digest = sha256(repr(words).encode()).hexdigest()[:16]
            return message_id.replace("<", f"<{digest}.", 1)
        kept = [
            letter.env[letter.model].browse(letter.res_id).exists().company_id
            for letter in letters
        ]
        if not kept or shop in kept:
            return message_id
        return message_id.replace("<", f"<shop{shop.id}.", 1)

    # ------------------------------------------------------------------
    # WHERE IT GOES
    # ------------------------------------------------------------------

    @api.private
    @api.model
    def message_process(self, model, message, *args, **options):
        """See ``mail.thread``; a mail that cannot be processed is kept as it came.

        Whoever fetches mails goes on to the next one after an error.
        """
        try:
            with self.env.cr.savepoint():
                return super().message_process(model, message, *args, **options)
        except CONCURRENCY_ERRORS:
            raise
        except Exception:
            raw = getattr(message, "data", message)
            raw = raw.encode() if isinstance(raw, str) else bytes(raw)
            headers = message_from_bytes(raw, policy=compat32)
            shops = self._complaint_shops(
                ", ".join(
                    str(value)
                    for name in _ADDRESSED
                    for value in headers.get_all(name) or ()
                )
            )
            if not shops:
                raise
            _logger.warning("A mail could not be processed and is kept", exc_info=True)
            # the gateway keeps it, whoever fetched it
            mails = self.env["dealer.complaint.mail"].sudo()
            return mails._keep_raw(raw, headers, shops)[:1].id

    @api.private
    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        """See ``mail.thread``; a mail that reports a failure is looked at as well, and
        one to an address of the shop that nobody has."""
        try:
            routes = super().message_route(
                message, message_dict, model, thread_id, custom_values
            )
        except ValueError:
            routes = self._routes_of_unaddressed(message, message_dict)
            if not routes:
                raise
        if message_dict.get("is_bounce"):
            # not every server encloses the letter; its reference names it as well
            # the gateway reads the letter, whoever fetched the mail
            letters = self.env["mail.message"].sudo()
            letter = message_dict["bounced_message"] or letters.browse(
                message_dict.get("parent_id")
            )
            complaint = self._complaint_of(letter.model, letter.res_id)
            routes = self._routes_to_look_at(message_dict, "undelivered", complaint)
            if not letter and not self._mail_doubt(message, message_dict["email_from"]):
                # a person has written to the address for what is returned
                routes = routes or self._routes_of_unaddressed(message, message_dict)
        return routes

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        if route[0] == "dealer.complaint" and not route[1]:
            route = self._complaint_route(message, message_dict, route)
        if route[0] == "dealer.complaint":
            # what answers a merged complaint belongs to the one that goes on
            for complaint in self._complaint_of(*route[:2]):
                route = (route[0], complaint._merged_into().id, *route[2:])
        return super()._routing_check_route(
            message, message_dict, route, raise_exception=raise_exception
        )

    @api.model
    def _complaint_route(self, message, message_dict, route):
        """Where a mail to the address for complaints goes that answers no message."""
        _model, _thread, values, user_id, alias = route
        known = self.env["dealer.complaint"]._mail_named_in(
            message_dict.get("subject"), message_dict.get("email_from"), values
        )
        if known:
            return (known._name, known.id, None, user_id, alias)
        reason = self._mail_doubt(message, message_dict.get("email_from"))
        if reason:
            values = {**(values or {}), "reason": reason}
            return ("dealer.complaint.mail", 0, values, user_id, alias)
        return route

    @api.model
    def _routes_to_look_at(self, message_dict, reason, complaint):
        """The routes of a mail to the shop that would be lost otherwise.

        :param complaint: what it answers, if that is known
        """
        shops = complaint.company_id or self._complaint_shops(
            message_dict.get("recipients")
        )
        return [
            (
                "dealer.complaint.mail",
                0,
                {
                    "company_id": shop.id,
                    "reason": reason,
                    "complaint_id": complaint.id,
                },
                self.env.uid,
                None,
            )
            for shop in shops
        ]

    @api.model
    def _routes_of_unaddressed(self, message, message_dict):
        """The routes of a mail that no alias wants: its complaint, else a look."""
        domains = _domains_of(message_dict.get("recipients"))
        # the gateway reads the shops' addresses, whoever fetched the mail
        shops = self.env["res.company"].sudo()
        shops = shops.search([("dealer_complaint_alias_id", "!=", False)])
        # who names none of our domains came into our mailbox some other way
        shops = (
            shops.filtered(
                lambda shop: shop.dealer_complaint_alias_id.alias_domain in domains
            )
            or shops
        )
        complaints = self.env["dealer.complaint"]
        for shop in shops:
            known = complaints._mail_named_in(
                message_dict.get("subject"),
                message_dict.get("email_from"),
                {"company_id": shop.id},
            )
            if known:
                route = (known._name, known.id, None, self.env.uid, None)
                return [self._routing_check_route(message, message_dict, route)]
        return [
            (
                "dealer.complaint.mail",
                0,
                {"company_id": shop.id, "reason": "unaddressed"},
                self.env.uid,
                None,
            )
            for shop in self._staffed(shops)[:1]
        ]

    @api.model
    def _staffed(self, shops):
        """``shops``, those first in which somebody looks at mails."""
        levels = self.env["dealer.sla.level"]
        return shops.sorted(lambda shop: not levels._members("officer", shop))

    @api.model
    def _detect_write_to_catchall(self, msg_dict):
        """See ``mail.thread``; whose complaint or car we know gets no mail back."""
        if not super()._detect_write_to_catchall(msg_dict):
            return False
        address = email_normalize(msg_dict.get("email_from"))
        if not address:
            return True
        # the gateway knows complaints and cars, whoever fetched the mail
        gateway = self.sudo()
        complaints = gateway.env["dealer.complaint"].search_count(
            [
                "|",
                ("sender_address", "=", address),
                ("partner_id.email_normalized", "=", address),
            ],
            limit=1,
        )
        return not complaints and not gateway.env["fleet.vehicle"].search_count(
            [
                ("is_customer_vehicle", "=", True),
                "|",
                ("owner_id.email_normalized", "=", address),
                ("contact_id.email_normalized", "=", address),
            ],
            limit=1,
        )

    @api.model
    def _detect_loop_headers(self, msg_dict):
        """See ``mail.thread``; who answers our mail back to the address for complaints
        has something to say."""
        return super()._detect_loop_headers(msg_dict) and not self._complaint_shops(
            msg_dict.get("recipients")
        )

    @api.model
    def _complaint_of(self, model, res_id):
        # the gateway knows the thread, whoever fetched the mail
        complaints = self.env["dealer.complaint"].sudo()
        return complaints.browse(res_id if model == complaints._name else ()).exists()

    @api.model
    def _complaint_shops(self, addresses):
        """The shops whose address for complaints is among ``addresses``."""
        # the gateway reads the shops' addresses, whoever fetched the mail
        shops = self.env["res.company"].sudo()
        known = set(email_normalize_all(addresses or ""))
        return shops.search([("dealer_complaint_alias_id", "!=", False)]).filtered(
            lambda shop: shop.dealer_complaint_alias_email in known
        )

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """See ``mail.thread``; what is taken for an echo is kept to be looked at."""
        complaints = [route for route in routes or () if route[0] == "dealer.complaint"]
        if not super()._detect_loop_sender(message, message_dict, routes):
            return False
        if complaints:
            complaint = self._complaint_of(*complaints[0][:2])
            look = self._routes_to_look_at(message_dict, "echo", complaint)
            message_dict.update(
                self._message_parse_post_process(message, message_dict, look)
            )
            self._message_route_process(message, message_dict, look)
        return True

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        answer = automatic(message)
        suppress = str(message.get("X-Auto-Response-Suppress") or "none").lower()
        thread = self.with_context(
            dealer_mail_received=received(message),
            # whose program answers by itself gets no receipt
            dealer_mail_quiet=bool(answer) or suppress != "none",
            dealer_mail_absence=answer == "automatic"
            and bool(_ABSENCE.search(message_dict.get("subject") or "")),
        )
        return super(MailThread, thread)._message_route_process(
            message, message_dict, routes
        )

    # ------------------------------------------------------------------
    # WHO WROTE IT
    # ------------------------------------------------------------------

    @api.model
    def _mail_doubt(self, message, email_from):
        """Why a mail may be no customer's words: a reason of ``dealer.complaint.mail``.

        :param message: ``email.message.EmailMessage``
        """
        address = email_normalize(email_from) or ""
        if self._complaint_shops(address):
            return "echo"
        nobody = str(message.get("From") or "").strip() == "<>"
        if nobody or _SERVERS.match(address):
            return "undelivered"
        is_machine = self._is_machine_address(address)
        return automatic(message) or (is_machine and "passed_on")

    @api.model
    def _is_machine_address(self, email):
        """Whether nobody reads what is sent to ``email``."""
        address = email_normalize(email) or ""
        return bool(
            _SERVERS.match(address)
            or _PROGRAMS.match(address)
            or self._complaint_shops(address)
        )


def _domains_of(addresses):
    """What stands behind the @ of some addresses."""
    return {
        address.rpartition("@")[2] for address in email_normalize_all(addresses or "")
    }
