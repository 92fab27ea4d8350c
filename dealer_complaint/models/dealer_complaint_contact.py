from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

KINDS = [
    ("contact", "First Contact"),
    ("feedback", "Feedback"),
    ("decision", "Decision Told"),
    ("callback", "Callback"),
    ("other", "Other"),
]
CHANNELS = [
    ("call", "Phone Call"),
    ("in_person", "In Person"),
    ("message", "Message"),
    ("email", "E-mail"),
    ("letter", "Letter"),
]
LATE_ENTRY_SECONDS = 1800
#: Corrected afterwards without touching the facts.
_EDITABLE = {"summary", "is_shared"}


class DealerComplaintContact(models.Model):
    """One talk, or one attempt at it. What the clocks rely on is never rewritten."""

    _name = "dealer.complaint.contact"
    _description = "Contact with the Customer"
    _order = "date desc, id desc"
    _rec_name = "summary"

    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, default="contact")
    channel = fields.Selection(CHANNELS, required=True, default="call")
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], required=True, default="out"
    )
    date = fields.Datetime(
        required=True,
        default=lambda self: fields.Datetime.now(),
        help="When the talk took place. Not before the complaint was received.",
    )
    user_id = fields.Many2one(
        "res.users",
        "By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    is_connected = fields.Boolean(
        "Reached",
        default=True,
        help="The customer was on the line, or was given the message. Otherwise it is"
        " an attempt, not a contact.",
    )
    summary = fields.Text(help="What was said, in the customer's words.")
    is_shared = fields.Boolean(
        "Customer Reads It",
        help="The text is shown on the customer's page. That there was a talk, and"
        " when, is always shown there.",
    )
    is_late_entry = fields.Boolean(
        "Entered Late",
        readonly=True,
        help="Typed in more than 30 minutes after the talk.",
    )

    _attempts_idx = models.Index("(complaint_id, date)")

    @api.constrains("date", "complaint_id")
    def _check_date(self):
        now = fields.Datetime.now()
        for contact in self:
            if contact.date < contact.complaint_id.date_received:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s was received on %(received)s; a contact cannot"
                        " be earlier (%(date)s).",
                        complaint=contact.complaint_id.name,
                        received=contact.complaint_id._format_local(
                            contact.complaint_id.date_received
                        ),
                        date=contact.complaint_id._format_local(contact.date),
                    )
                )
            if contact.date > now:
                raise ValidationError(
                    self.env._(
                        "A contact is recorded after it took place, not before"
                        " (%(date)s).",
                        date=contact.complaint_id._format_local(contact.date),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        if not self.env.su and not self.env["dealer.complaint"]._is_officer():
            for contact in contacts:
                if contact.user_id != self.env.user:
                    raise AccessError(
                        self.env._(
                            "You record your own talks; an officer may record"
                            " those of others."
                        )
                    )
        for contact in contacts:
            late = fields.Datetime.now() - contact.date
            if late.total_seconds() > LATE_ENTRY_SECONDS:
                super(DealerComplaintContact, contact).write({"is_late_entry": True})
        contacts.complaint_id._register_contacts(contacts)
        return contacts

    def write(self, vals):
        foreign = set(vals) - _EDITABLE
        if foreign and not self.env.su:
            raise UserError(
                self.env._(
                    "A recorded contact is a fact the clocks rely on; only its summary"
                    " can be corrected. Record another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        if not self.env.su:
            raise UserError(
                self.env._("A recorded contact stays on record; record another one.")
            )

    def _is_first_contact(self):
        """Whether this talk is the phone call that is owed within the first hours."""
        self.ensure_one()
        return (
            self.channel == "call"
            and self.is_connected
            and self.kind != "other"
            and self.user_id == self.complaint_id.user_id
        )

    def _is_failed_attempt(self):
        """Whether the responsible person phoned and did not get through."""
        self.ensure_one()
        return (
            self.channel == "call"
            and not self.is_connected
            and self.direction == "out"
            and self.user_id == self.complaint_id.user_id
        )
