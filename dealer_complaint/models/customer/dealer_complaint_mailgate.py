import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate, email_normalize, html2plaintext

from .dealer_complaint_filing import MAX_TEXT

_lt = LazyTranslate(__name__)

#: A mail that claims to be older when it comes has a wrong or a forged date.
MAX_MAIL_DELAY = timedelta(days=1)


class DealerComplaint(models.Model):
    """Complaints that come by mail, to the address of the shop.

    The clocks run from the moment the mail was written. Whose it is follows from the
    address alone, and only where that is beyond doubt: nobody is told the complaint of
    a namesake.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"
    _primary_email = "email_from"

    email_from = fields.Char("Sender", copy=False, readonly=True)
    sender_address = fields.Char(
        compute="_compute_sender_address", store=True, index="btree_not_null"
    )

    @api.depends("email_from")
    def _compute_sender_address(self):
        for complaint in self:
            complaint.sender_address = email_normalize(complaint.email_from)

    @api.private
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make a complaint of a mail. See ``mail.thread.message_new``."""
        known = dict(custom_values or {})
        company = (
            self.env["res.company"].browse(known.get("company_id")) or self.env.company
        )
        # the fetching of mails has no language
        desk = self.with_company(company).with_context(
            lang=self.env.lang or company.partner_id.lang
        )
        text = self._mail_text(msg_dict)
        values, doubt = desk._mail_vals(
            msg_dict.get("email_from"),
            msg_dict.get("subject"),
            text,
            self._mail_date(msg_dict.get("date")),
            company,
        )
        # the message is shown as written by the customer only when it is known who
        partner = values["partner_id"]
        msg_dict["author_id"] = partner != self._unknown_partner().id and partner
        complaint = super(DealerComplaint, desk).message_new(
            msg_dict, {**values, "user_id": False, **known}
        )
        if doubt:
            complaint._message_log(body=doubt)
        complaint._ask_responsible(
            _lt("A customer has complained: take it up"),
            text[:MAX_TEXT],
            # who writes one mail after the other calls one colleague, not all
            at_most=1 if complaint._is_echo(fields.Datetime.now()) else 3,
        )
        return complaint

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """A mail of the customer in the thread puts it on somebody's list."""
        result = super().message_update(msg_dict, update_vals=update_vals)
        absent = self.env.context.get("dealer_mail_absence")
        if not absent and not self._mail_staff(msg_dict.get("email_from")):
            text = self._mail_text(msg_dict)
            for complaint in self:
                complaint._ask_responsible(
                    _lt("The customer has written"), text[:MAX_TEXT]
                )
        return result

    # ------------------------------------------------------------------
    # WHAT, WHEN AND WHOSE
    # ------------------------------------------------------------------

    @api.model
    def _mail_text(self, msg_dict):
        body = msg_dict.get("body") or ""
        return html2plaintext(body, include_references=False).strip()[: 5 * MAX_TEXT]

    @api.model
    def _mail_vals(self, email, subject, text, date, company):
        """The values of the complaint that a mail is.

        :param date: when it was written (UTC)
        :return: the values, and what the desk should know when it is not certain whose
        """
        partner, doubt = self._mail_customer(email, company)
        return {
            # the number follows; the subject of the mail is not the name
            **self.default_get(["name"]),
            "subject": (subject or "").strip()
            or (text and self._subject_of(text))
            or self.env._("Mail without a subject"),
            "description": text or False,
            "source": "email",
            "company_id": company.id,
            "date_received": date,
            **(partner._complaint_vals() if partner else {}),
            "partner_id": (partner or self._unknown_partner()).id,
        }, doubt

    @api.model
    def _mail_named_in(self, subject, email, values):
        """The complaint whose number stands in the subject of a mail without
        references, if the mail is of whom the complaint is.

        :param values: the defaults of the address it was sent to
        """
        # the gateway finds the thread, whoever fetched the mail
        desk = self.sudo()
        address = email_normalize(email)
        words = re.findall(r"[A-Z0-9][\w/.-]{3,}", (subject or "").upper(), re.ASCII)
        if not words or not address:
            return desk.browse()
        company = (values or {}).get("company_id") or self.env.company.id
        named = desk.search([("name", "in", words), ("company_id", "=", company)])
        customer, _doubt = desk._mail_customer(email, named.company_id)
        return named.filtered(
            lambda complaint: (
                complaint.sender_address == address
                or complaint._customer_address() == address
                or customer
                and complaint.partner_id.commercial_partner_id
                == customer.commercial_partner_id
            )
        )[:1]

    @api.model
    def _mail_date(self, date):
        """When the mail was written, as far as that can be believed.

        Anybody can write any date into a mail; our own mail server says when it came.
        """
        now = fields.Datetime.now()
        received = min(self.env.context.get("dealer_mail_received") or now, now)
        date = fields.Datetime.to_datetime(date)
        if not date or date > received or received - date > MAX_MAIL_DELAY:
            return received
        return date

    @api.model
    def _mail_staff(self, email):
        """Colleagues, or shops of ours, with this address (``res.partner``)."""
        address = email_normalize(email)
        # the gateway looks up who writes, whoever fetched the mail
        gateway = self.sudo()
        if not address:
            return gateway.env["res.partner"]
        users = gateway.env["res.users"].search(
            [("email_normalized", "=", address), ("share", "=", False)]
        )
        shops = gateway.env["res.company"].search(
            [("partner_id.email_normalized", "=", address)]
        )
        return users.partner_id | shops.partner_id

    @api.model
    def _mail_customer(self, email, company):
        """The one customer with this address.

        :return: the partner, or none; and what the desk should know when it is none
        """
        # see _mail_staff
        Partner = self.env["res.partner"].sudo()
        address = email_normalize(email)
        if not address:
            return Partner, self.env._("The mail has no sender.")
        staff = self._mail_staff(email)
        if staff:
            return Partner, self.env._(
                "Forwarded by %(user)s: enter the customer whose complaint it is.",
                user=staff[0].name,
            )
        found = Partner.search(
            [
                ("email_normalized", "=", address),
                ("company_id", "in", (False, company.id)),
            ]
        )
        # addresses of one customer are one customer
        customers = found.commercial_partner_id if len(found) > 1 else found
        if len(customers) == 1:
            return customers, None
        if customers:
            return Partner, self.env._(
                "Several customers have the address %(address)s: %(names)s. Enter "
                "the customer whose complaint it is.",
                address=address,
                names=", ".join(customers.mapped("name")),
            )
        return Partner, self.env._(
            "No customer has the address %(address)s. Enter the customer whose "
            "complaint it is.",
            address=address,
        )
