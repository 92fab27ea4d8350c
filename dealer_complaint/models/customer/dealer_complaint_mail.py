from email.header import decode_header, make_header

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, email_normalize

from ...tools import groups
from ...tools.mail_text import mend_header

_lt = LazyTranslate(__name__)

REASONS = [
    ("automatic", "Automatic Reply"),
    ("passed_on", "Sent or Forwarded Automatically"),
    ("undelivered", "Delivery Failure"),
    ("echo", "Too Many Mails From One Address"),
    ("unaddressed", "Sent to an Unknown Address"),
    ("unreadable", "Could Not Be Read"),
]
STATES = [
    ("open", "To Review"),
    ("complaint", "New Complaint"),
    ("added", "Added to a Complaint"),
    ("dismissed", "Nothing to Do"),
]
#: What the gateway records; the complaint is chosen by whoever looks at the mail.
_GATEWAY_FIELDS = {
    "subject",
    "email_from",
    "text",
    "date",
    "reason",
    "partner_id",
    "company_id",
    "state",
}


class DealerComplaintMail(models.Model):
    """A mail to the address for complaints that may be no customer's words.

    A program sent it, passed it on or returned it. Neither is a complaint made of
    every newsletter, nor is one thrown away that a forwarding rule has marked: somebody
    looks, and decides with one click. The clocks of the complaint then run from the
    time of the mail.
    """

    _name = "dealer.complaint.mail"
    _description = "Mail to Review"
    _inherit = ["dealer.process.mixin", "mail.thread", "mail.activity.mixin"]
    _is_sealed = True
    _order = "date desc, id desc"
    _rec_name = "subject"
    _primary_email = "email_from"
    _transitions = frozenset(
        ("open", state) for state in ("complaint", "added", "dismissed")
    )
    # what came by mail stays as it came
    _RECORDED_FIELDS = _CHOSEN_FIELDS = _GATEWAY_FIELDS

    # what came
    subject = fields.Char(readonly=True)
    email_from = fields.Char("Sender", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index="btree_not_null"
    )
    date = fields.Datetime("Written On", required=True, readonly=True)
    text = fields.Text(readonly=True)
    reason = fields.Selection(
        REASONS, "Reason for Review", required=True, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", "Shop", required=True, readonly=True, index=True
    )

    # what became of it
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="open",
        readonly=True,
        tracking=True,
        index=True,
    )
    complaint_id = fields.Many2one(
        "dealer.complaint",
        "Belongs To",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
        check_company=True,
        ondelete="set null",
    )

    @api.depends("subject", "email_from")
    def _compute_display_name(self):
        for mail in self:
            mail.display_name = mail.subject or mail.email_from or ""

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.private
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep a mail that the gateway does not take for a customer's words."""
        known = dict(custom_values or {})
        company = (
            self.env["res.company"].browse(known.get("company_id")) or self.env.company
        )
        complaints = self.env["dealer.complaint"].with_company(company)
        partner, _doubt = complaints._mail_customer(msg_dict.get("email_from"), company)
        values = {
            **known,
            "company_id": company.id,
            "subject": (msg_dict.get("subject") or "").strip() or False,
            "text": complaints._mail_text(msg_dict) or False,
            "date": complaints._mail_date(msg_dict.get("date")),
            "partner_id": partner.id,
        }
        msg_dict["author_id"] = partner.id
        mail = super().message_new(msg_dict, values)
        mail._ask_to_look()
        return mail

    @api.model
    def _keep_raw(self, raw, headers, shops):
        """Keep a mail that cannot be processed, as a file.

        :param bytes raw: the mail as it came
        :param headers: ``email.message.Message``
        :param shops: the companies it was sent to
        :return: a mail to review for each of them
        """
        told = {name.lower(): str(value) for name, value in headers.raw_items()}
        subject, sender = (
            str(make_header(decode_header(mend_header(told.get(name, "")))))
            .encode("utf-8", "replace")
            .decode()
            .replace("\0", "")
            for name in ("subject", "from")
        )
        mails = self.browse()
        for shop in shops:
            mail = self.with_company(shop).create(
                {
                    "company_id": shop.id,
                    "subject": subject or self.env._("Mail without a subject"),
                    "email_from": sender,
                    "date": fields.Datetime.now(),
                    "reason": "unreadable",
                }
            )
            mail.message_post(
                message_type="email",
                email_from=sender or False,
                author_id=False,
                attachments=[("mail.eml", raw)],
            )
            mail._ask_to_look()
            mails |= mail
        return mails

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """A further mail in the thread is looked at as well."""
        result = super().message_update(msg_dict, update_vals=update_vals)
        for mail in self:
            mail._write_by_method({"state": "open"})
            mail._ask_to_look()
        return result

    def _ask_to_look(self):
        """Put it on the list of an officer; a sender who repeats himself, only once."""
        self.ensure_one()
        address = email_normalize(self.email_from)
        waiting = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "open"),
                ("email_from", "=ilike", f"%{address or self.email_from or ''}%"),
                ("activity_ids", "!=", False),
            ],
            limit=1,
        )
        levels = self.env["dealer.sla.level"]
        officer = (
            self.complaint_id.user_id.filtered("active")
            or levels._members("officer", self.company_id)
        )[:1]
        if officer and not waiting:
            reader = self._for_reader(officer)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=reader.env._("Check whether this mail is a complaint"),
                user_id=officer.id,
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_make_complaint(self):
        """It is a complaint: its clocks run from the time of the mail.

        :return: the action that opens the new complaint
        :raise UserError: when it was decided on already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_move("complaint")
        complaints = self.env["dealer.complaint"].with_company(self.company_id)
        values, doubt = complaints._mail_vals(
            self.email_from, self.subject, self.text or "", self.date, self.company_id
        )
        complaint = complaints._create_by_method(
            [{**values, "email_from": self.email_from, "user_id": self.env.uid}]
        )
        if doubt:
            complaint._message_log(body=doubt)
        self._hand_over(complaint, "complaint")
        return complaint.get_formview_action()

    def action_add_to_complaint(self):
        """It belongs to the complaint that is chosen: it becomes a message there.

        :return: the action that opens the complaint
        :raise UserError: when no complaint is chosen, or it was decided on already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_move("added")
        if not self.complaint_id:
            raise UserError(
                self.env._(
                    "“%(mail)s”: choose the complaint it belongs to first.",
                    mail=self.display_name,
                )
            )
        complaint = self.complaint_id
        complaint.check_access("write")
        self._hand_over(complaint, "added")
        complaint._ask_responsible(_lt("The customer has written"), self.text)
        return complaint.get_formview_action()

    def action_dismiss(self):
        """Nobody need do anything: a newsletter, an absence note, an echo."""
        self.check_access("write")
        self._check_move("dismissed")
        self._decide("dismissed")
        return True

    def _hand_over(self, complaint, state):
        """Let the mail itself, its attachments too, stand in the complaint."""
        # whoever may decide on the mail lets it go on, message and files alike
        mails = self.sudo().message_ids.filtered(
            lambda message: message.message_type == "email"
        )
        mails.attachment_ids.write(
            {"res_model": complaint._name, "res_id": complaint.id}
        )
        mails.write({"model": complaint._name, "res_id": complaint.id})
        self._write_by_method({"complaint_id": complaint.id})
        self._decide(state)

    def _decide(self, state):
        self._write_by_method({"state": state})
        # the decision is what it gave an officer to do, whoever takes it
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"])

    def _with_kept_tasks(self):
        """Nobody in particular answers for a mail, so an officer gives the tasks."""
        if self.env.user.has_group(groups.OFFICER):
            return super()._with_kept_tasks()
        return self
