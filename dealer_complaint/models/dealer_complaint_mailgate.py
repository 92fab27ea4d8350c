from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate, email_normalize, html2plaintext

from .dealer_complaint_filing import MAX_TEXT

_lt = LazyTranslate(__name__)

#: A mail that claims to be older was sent by a computer with a wrong clock.
MAX_MAIL_AGE = timedelta(days=30)


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
        text = html2plaintext(
            msg_dict.get("body") or "", include_references=False
        ).strip()
        partner, doubt = desk._mail_customer(msg_dict.get("email_from"), company)
        subject = (msg_dict.get("subject") or "").strip()
        values = {
            # the number follows; the subject of the mail is not the name
            "name": desk.env._("New"),
            "subject": subject
            or (text and self._subject_of(text))
            or desk.env._("Mail without a subject"),
            "description": text[: 5 * MAX_TEXT] or False,
            "source": "email",
            "user_id": False,
            "company_id": company.id,
            "date_received": self._mail_date(msg_dict.get("date")),
            **(partner._complaint_vals() if partner else {}),
            "partner_id": (partner or self._unknown_partner()).id,
            **known,
        }
        # the message is shown as written by the customer only when it is known who
        msg_dict["author_id"] = partner.id
        complaint = super(DealerComplaint, desk).message_new(msg_dict, values)
        if doubt:
            complaint._message_log(body=doubt)
        complaint._ask_responsible(
            _lt("A customer has complained: take it up"), text[:MAX_TEXT]
        )
        return complaint

    def message_update(self, msg_dict, update_vals=None):
        """A mail of the customer in the thread puts it on somebody's list."""
        result = super().message_update(msg_dict, update_vals=update_vals)
        if not self._mail_staff(msg_dict.get("email_from")):
            text = html2plaintext(
                msg_dict.get("body") or "", include_references=False
            ).strip()
            for complaint in self:
                complaint._ask_responsible(
                    _lt("The customer has written"), text[:MAX_TEXT]
                )
        return result

    # ------------------------------------------------------------------
    # WHEN AND WHOSE
    # ------------------------------------------------------------------

    @api.model
    def _mail_date(self, date):
        """When the mail was written, as far as that can be believed."""
        now = fields.Datetime.now()
        date = fields.Datetime.to_datetime(date)
        if not date or date > now or now - date > MAX_MAIL_AGE:
            return now
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
            return Partner, self.env._("The mail names no sender.")
        staff = self._mail_staff(email)
        if staff:
            return Partner, self.env._(
                "Forwarded by %(user)s: enter whose complaint it is.",
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
                "Several customers have the address %(address)s: %(names)s. Enter whose"
                " complaint it is.",
                address=address,
                names=", ".join(customers.mapped("name")),
            )
        return Partner, self.env._(
            "No customer has the address %(address)s. Enter whose complaint it is.",
            address=address,
        )
