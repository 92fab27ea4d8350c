from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import TEXT, arguments

from ..common.dealer_complaint_states import WORKING_STATES

KINDS = [
    ("contact", "First Contact"),
    ("feedback", "Feedback"),
    ("decision", "Decision Communicated"),
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
    _inherit = ["dealer.process.mixin"]
    _order = "date desc, id desc"
    _rec_name = "summary"
    _GUARDS = ((tuple(_EDITABLE), "_check_still_worked_on"),)
    _CONSEQUENCES = ((("summary",), "_keep_former_words"),)

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
        help="When the contact took place. Not before the complaint was received.",
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
        "Visible to the Customer",
        help="The text is shown on the customer's page. The date and kind of a "
        "contact are always shown there.",
    )
    is_late_entry = fields.Boolean(
        "Entered Late",
        readonly=True,
        help="Entered more than 30 minutes after the contact.",
    )
    date_entered = fields.Datetime("Entered On", readonly=True)
    is_late_accepted = fields.Boolean("Late Entry Accepted", readonly=True)
    late_reason = fields.Text("Reason for the Late Entry")
    late_timer_ids = fields.One2many("dealer.sla.timer", "late_contact_id")
    is_late_open = fields.Boolean(compute="_compute_is_late_open")

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

    @api.depends("is_late_accepted", "late_timer_ids")
    def _compute_is_late_open(self):
        for contact in self:
            contact.is_late_open = not contact.is_late_accepted and bool(
                contact.late_timer_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # imports and other programs enter what a person has checked, and when
            if not self.env.su or not vals.get("date_entered"):
                vals["date_entered"] = fields.Datetime.now()
            vals["is_late_accepted"] = self.env.su
        contacts = super().create(vals_list)
        if not self.env.su and not self.env["dealer.complaint"]._is_officer():
            for contact in contacts:
                if contact.user_id != self.env.user:
                    raise AccessError(
                        self.env._(
                            "You may record only your own contacts; an officer may "
                            "record those of others."
                        )
                    )
        contacts._check_talked_here()
        for contact in contacts:
            late = contact.date_entered - contact.date
            if late.total_seconds() > LATE_ENTRY_SECONDS:
                contact._write_by_method({"is_late_entry": True})
            if contact._is_vouched_for():
                contact._accept_late_entry(contact.late_reason)
        contacts._seek_proof()
        contacts.complaint_id._register_contacts(contacts)
        return contacts

    def _check_talked_here(self):
        """:raise UserError: for a colleague who works in another shop"""
        for contact in self.browse() if self.env.su else self:
            # which shops a colleague works in is not everybody's to read
            shops = contact.user_id.sudo().company_ids
            if contact.complaint_id.company_id not in shops:
                raise UserError(
                    self.env._(
                        "%(user)s does not work in %(shop)s, where %(complaint)s is "
                        "handled.",
                        complaint=contact.complaint_id.name,
                        shop=contact.complaint_id.company_id.name,
                        user=contact.user_id.name,
                    )
                )

    def write(self, vals):
        foreign = set(vals) - _EDITABLE
        if foreign and not self._is_by_method():
            raise UserError(
                self.env._(
                    "A recorded contact is a fact the clocks rely on; only its summary"
                    " can be corrected. Record another one."
                )
            )
        return super().write(vals)

    def _check_still_worked_on(self, vals):
        """:raise UserError: for what was said on a complaint that is answered"""
        if self.env.su:
            return
        changed = self.browse().union(
            *(self._would_change(vals, name) for name in _EDITABLE & vals.keys())
        )
        for complaint in changed.complaint_id:
            if complaint.state not in WORKING_STATES:
                raise UserError(
                    self.env._(
                        "%(complaint)s is “%(state)s”: its recorded contacts can no "
                        "longer be changed. Record another one.",
                        complaint=complaint.name,
                        state=complaint._state_label(),
                    )
                )

    def _keep_former_words(self, change):
        """What was written of a talk before stays in the chatter of the complaint."""
        for contact in self:
            former = change.was(contact, "summary")
            if former:
                contact.complaint_id._message_log(
                    body=self.env._(
                        "Contact of %(date)s, previous wording: %(words)s",
                        date=contact.complaint_id._format_local(contact.date),
                        words=former,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        raise UserError(
            self.env._("A recorded contact must be kept; record another one instead.")
        )

    def _is_first_contact(self):
        """Whether this talk is the phone call that is owed within the first hours."""
        self.ensure_one()
        return (
            self.channel == "call"
            and self.is_connected
            and self.kind != "other"
            # said, but not shown yet: decision 0029
            and self.proof != "open"
            and self._is_by_responsible()
        )

    def _is_failed_attempt(self):
        """Whether the responsible person phoned and did not get through."""
        self.ensure_one()
        return (
            self.channel == "call"
            and not self.is_connected
            and self.direction == "out"
            and self._is_by_responsible()
        )

    def _is_by_responsible(self):
        """Whether who talked was responsible at that time, whoever is now."""
        self.ensure_one()
        return self.user_id in self.complaint_id._holders_at(self.date)

    # ------------------------------------------------------------------
    # ENTERED LATE
    # ------------------------------------------------------------------

    @arguments(reason=TEXT)
    def action_accept_late_entry(self, reason=None):
        """Vouch for a talk that was entered when the limit was missed already: the
        limit counts as met, by late entry.

        Without a reason the dialog asks for one.

        :raise AccessError: for anybody but an officer who was not responsible and did
            not talk
        """
        self.ensure_one()
        if not reason:
            return self.complaint_id._correction_dialog("late_entry", self)
        self.check_access("write")
        self._accept_late_entry(reason)
        # people read their clocks; only the process winds them
        self.sudo().late_timer_ids._accept_late_entry(self)
        return True

    def _is_vouched_for(self):
        """Whether an officer enters somebody else's talk, and says why so late."""
        return (
            self.late_reason
            and self.user_id != self.env.user
            and self.complaint_id._is_second_person()
        )

    def _accept_late_entry(self, reason):
        what = self.env._("Accept the Late Entry")
        self.complaint_id._check_second_person(what, reason)
        if self.user_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(complaint)s: this was your own contact. Ask another officer "
                    "to confirm it.",
                    complaint=self.complaint_id.name,
                )
            )
        self._write_by_method({"is_late_accepted": True, "late_reason": reason})
        self.complaint_id._message_log(
            body=self.env._(
                "Contact of %(date)s entered late and accepted: %(reason)s",
                date=self.complaint_id._format_local(self.date),
                reason=reason,
            )
        )


class DealerComplaint(models.Model):
    """Which contact comes next, and at which number."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    next_contact_kind = fields.Char(compute="_compute_next_contact_kind")

    @api.depends(
        "state",
        "contact_ids.kind",
        "contact_ids.is_connected",
        "contact_ids.proof",
    )
    def _compute_next_contact_kind(self):
        for complaint in self:
            # a row that is being typed, and may be dropped, is no contact yet
            is_phoned = complaint._origin.contact_ids.filtered(
                lambda contact: (
                    contact.is_connected
                    and contact.kind == "contact"
                    and contact.proof != "open"
                )
            )
            kind = "feedback" if is_phoned else "contact"
            is_done = complaint.state in ("resolved", "closed")
            complaint.next_contact_kind = "callback" if is_done else kind

    def action_log_contact(self):
        """Open the dialog for the talk that has just taken place, as what is owed."""
        self.ensure_one()
        return open_dialog(
            self.env["dealer.complaint.contact"],
            self.env._("Log a Contact"),
            complaint_id=self.id,
            kind=self.next_contact_kind,
        )
