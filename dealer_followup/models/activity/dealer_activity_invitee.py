import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.access import NOBODY

from ..call.dealer_followup import OPEN_STATES as OPEN_TASKS
from ..call.dealer_followup import REASONS
from ..rule.dealer_care_rule import CHANNELS
from .dealer_activity_states import INVITEE_STATES, INVITEE_TRANSITIONS

#: Why a car of the audience is not invited.
EXCLUSIONS = [
    *REASONS,
    ("no_owner", "Owner Unknown"),
    ("own_staff", "Our Own Car"),
    ("same_number", "Invited With Another Car"),
    ("other_activity", "Invited to Another Activity"),
    ("taken_out", "Removed by Hand"),
]
REPLY_CHANNELS = [
    *CHANNELS,
    ("link", "Own Page"),
    ("door", "At the Door"),
]
#: Bytes of chance in the link of an invitation: nobody guesses it.
TOKEN_BYTES = 18

#: What people may write; everything else follows from the process.
_FREE_FIELDS = {"note", "is_lead", "lead_note", "need"}


class DealerActivityInvitee(models.Model):
    """One car, or one person without one, that an activity is meant for.

    Who is left out is listed too, with the reason.
    """

    _name = "dealer.activity.invitee"
    _description = "Invitee"
    _inherit = ["dealer.process.mixin", "dealer.link.mixin"]
    _order = "activity_id desc, state, id"
    _rec_name = "contact_name"
    _rec_names_search = ["contact_name", "contact_phone", "vehicle_id"]
    _transitions = INVITEE_TRANSITIONS
    _GUARDS = ((("is_lead", "lead_note", "need"), "_check_not_evaluated"),)
    _is_sealed = True

    # identity
    activity_id = fields.Many2one(
        "dealer.activity", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    activity_state = fields.Selection(
        related="activity_id.state", string="Activity Status"
    )
    has_seats = fields.Boolean(related="activity_id.has_seats")

    # who
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    contact_name = fields.Char("Customer's Name", readonly=True)
    contact_phone = fields.Char("Phone", readonly=True, index="btree_not_null")

    # invitation and reply
    state = fields.Selection(
        INVITEE_STATES, required=True, default="listed", readonly=True
    )
    exclusion = fields.Selection(EXCLUSIONS, "Reason Not Invited", readonly=True)
    channel = fields.Selection(CHANNELS, "Invited By", readonly=True)
    date_invited = fields.Datetime("Invited On", readonly=True)
    persons = fields.Integer("Number of Guests", default=1, readonly=True)
    reply_channel = fields.Selection(REPLY_CHANNELS, "Replied By", readonly=True)
    date_replied = fields.Datetime("Replied On", readonly=True)
    note = fields.Text("Remark")
    followup_id = fields.Many2one(
        "dealer.followup",
        "Call",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    # who knows it answers as the customer
    access_token = fields.Char(copy=False, readonly=True, groups=NOBODY)
    invite_url = fields.Char(
        "Link for the Reply", compute="_compute_invite_url", compute_sudo=True
    )

    # at the door
    date_attended = fields.Datetime("Came On", readonly=True)
    is_walk_in = fields.Boolean("Not Invited Before", readonly=True)
    is_lead = fields.Boolean("Lead", help="Wants to buy a car, insurance or service.")
    lead_note = fields.Char("Interested In")
    reception_ids = fields.One2many("dealer.reception", "invitee_id", "Jobs on Site")

    _car_uniq = models.UniqueIndex(
        "(activity_id, vehicle_id) WHERE vehicle_id IS NOT NULL",
        "This car is already on the list of the activity.",
    )
    _token_uniq = models.UniqueIndex("(access_token) WHERE access_token IS NOT NULL")
    _state_idx = models.Index("(activity_id, state)")
    _check_persons = models.Constraint(
        "CHECK(persons BETWEEN 1 AND 99)",
        "The number of guests must be between 1 and 99.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("contact_name", "vehicle_id.license_plate", "activity_id.name")
    def _compute_display_name(self):
        for invitee in self:
            parts = (invitee.contact_name, invitee.vehicle_id.license_plate)
            name = " · ".join(filter(None, parts))
            invitee.display_name = name or invitee.activity_id.name

    @api.depends("access_token")
    def _compute_invite_url(self):
        for invitee in self:
            token = invitee.access_token
            invitee.invite_url = (
                f"{invitee.get_base_url()}/activity/{token}" if token else False
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "listed") not in ("listed", "excluded"):
                raise UserError(
                    self.env._("A new invitee must be in the state “To Invite”.")
                )
        return super().create(vals_list)

    @api.model
    def _recorded_fields(self):
        return frozenset(self._fields) - _FREE_FIELDS

    @api.model
    def _chosen_fields(self):
        """Nobody but a program enters one."""
        return self._recorded_fields()

    def _check_not_evaluated(self, _vals=None):
        """:raise UserError: when what the guests brought has been evaluated"""
        self.activity_id._check_not_evaluated()

    def unlink(self):
        calls = self._open_call()
        result = super().unlink()
        calls._close("cancelled", "cause_gone")
        calls._free_cause()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contacted(self):
        if any(row.state not in ("listed", "excluded") for row in self):
            raise UserError(
                self.env._(
                    "Invited or attending customers are part of the "
                    "activity's history and cannot be deleted."
                )
            )

    # ------------------------------------------------------------------
    # STATES
    # ------------------------------------------------------------------

    def _set_state(self, target, **vals):
        """Move all invitees to ``target``.

        :raise UserError: for a move that :data:`INVITEE_TRANSITIONS` does not know
        """
        self._check_move(target)
        if target != "excluded":
            vals["exclusion"] = False
        result = self._write_by_method({"state": target, **vals})
        if target == "excluded":
            self._drop_call()
        return result

    def _open_call(self):
        # tasks of every caller
        return self.sudo().followup_id.filtered(
            lambda task: task.state in OPEN_TASKS and not task.is_promised
        )

    def _end_call(self):
        """The customer has replied: nobody needs to call any more."""
        self._open_call()._close("cancelled", "cause_gone")

    def _drop_call(self):
        """Off the list, off the call list; who is put back may be called again."""
        calls = self._open_call()
        calls._close("cancelled", "cause_gone")
        calls._free_cause()
        # as above
        rows = self.filtered(lambda row: row.sudo().followup_id in calls)
        rows._write_by_method({"followup_id": False})

    def _ensure_token(self):
        """An unguessable link for each: made when it is first needed."""
        # callers make the link, and read it as a whole
        for invitee in self.sudo():
            if not invitee.access_token:
                invitee._write_by_method(
                    {"access_token": secrets.token_urlsafe(TOKEN_BYTES)}
                )

    def _ensure_link(self):
        link = super()._ensure_link()
        self._ensure_token()
        return link

    def _link_path(self):
        # the key is nobody's to read: who has the link of the message may open it
        token = self.sudo().access_token
        return token and f"/activity/{token}"

    @api.model
    def _by_token(self, token):
        """The invitation behind a link; empty for any other text."""
        if not token or not isinstance(token, str) or len(token) > 64:
            return self.browse()
        # the key is nobody's to read: who has it shows it
        holder = self.sudo().search([("access_token", "=", token)], limit=1)
        return self.search([("id", "in", holder.ids)])

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_exclude(self):
        """Do not invite them, whatever the list says."""
        self._check_not_evaluated()
        self.filtered(lambda row: row.state == "listed")._set_state(
            "excluded", exclusion="taken_out"
        )
        return True

    def action_include(self):
        """Ask again whether they may be invited.

        :raise UserError: for who is left out by a rule, with the rule
        """
        self._check_not_evaluated()
        labels = dict(self._fields["exclusion"]._description_selection(self.env))
        for activity, rows in self.grouped("activity_id").items():
            rows = rows.filtered(lambda row: row.state == "excluded")
            reasons = activity._exclusions([row._subject() for row in rows])
            for row, reason in zip(rows, reasons, strict=True):
                if reason:
                    raise UserError(
                        self.env._(
                            "%(name)s is not invited: %(reason)s.",
                            name=row.display_name,
                            reason=labels[reason],
                        )
                    )
            rows._set_state("listed")
        return True

    def _subject(self):
        """This invitee as a care rule judges it."""
        self.ensure_one()
        return {
            "vehicle_id": self.vehicle_id.id,
            "partner_id": self.partner_id.id,
            "contact_phone": self.contact_phone,
            "company_id": self.company_id.id,
        }
