from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.dealer_service.tools.arguments import TEXT, arguments

from ..clock.dealer_sla_segment import PAUSE_REASONS

STATES = [
    ("asked", "To Decide"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]


class DealerComplaintPauseRequest(models.Model):
    """A pause that whoever is responsible asks for, and another person decides.

    Until then the clocks run. What was asked, by whom, and what was answered stays.
    """

    _name = "dealer.complaint.pause.request"
    _description = "Requested Pause"
    _inherit = ["dealer.process.mixin"]
    _order = "id desc"
    _rec_name = "note"
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "complaint_id",
            "reason",
            "note",
            "until",
            "state",
            "user_id",
            "decided_by_id",
            "date_decided",
            "answer",
        }
    )

    complaint_id = fields.Many2one(
        "dealer.complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    reason = fields.Selection(PAUSE_REASONS, required=True, readonly=True)
    note = fields.Text("Evidence", readonly=True)
    until = fields.Datetime("Until at Latest", readonly=True)
    state = fields.Selection(STATES, required=True, default="asked", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Requested By",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    decided_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    date_decided = fields.Datetime("Decided On", readonly=True)
    answer = fields.Text("Reason for Refusal", readonly=True)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _open_uniq = models.UniqueIndex(
        "(complaint_id) WHERE state = 'asked'",
        "A pause has already been requested for this complaint.",
    )

    @api.depends("state", "user_id", "complaint_id.user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for request in self:
            request.may_decide = (
                request.state == "asked"
                and request.user_id != self.env.user
                and request.complaint_id._is_second_person()
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_approve(self):
        """The clocks are paused from now on, as was asked.

        :raise AccessError: for anybody but an officer whom the clocks do not measure
        """
        self._check_may_decide()
        for request in self:
            if request.until and request.until <= fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%(complaint)s: the pause was requested until %(until)s, "
                        "which has passed. Refuse it.",
                        complaint=request.complaint_id.name,
                        until=request.complaint_id._format_local(request.until),
                    )
                )
            request.complaint_id._pause_clocks(
                request.reason, request.note, request.until, request.user_id
            )
        self._decide("approved")
        return True

    @arguments(reason=TEXT)
    def action_refuse(self, reason=None):
        """The clocks go on running; whoever asked is told why.

        Without a reason the dialog asks for one.

        :raise AccessError: for anybody but an officer whom the clocks do not measure
        """
        self._check_may_decide()
        if not (reason or "").strip():
            return self.env["dealer.reason.wizard"]._open("refuse_pause", self)
        self._decide("refused", reason)
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _reason_label(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return labels.get(self.reason, "")

    def _check_may_decide(self):
        self.check_access("write")
        # two who decide at once: the second one is told
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        for request in self:
            if request.state != "asked":
                raise UserError(
                    self.env._(
                        "%(complaint)s: the requested pause is already “%(state)s”.",
                        complaint=request.complaint_id.name,
                        state=request._state_label(),
                    )
                )
            if not (self.env.su or request.may_decide):
                raise AccessError(
                    self.env._(
                        "%(complaint)s: a pause is decided by a complaint officer "
                        "who neither requested it nor is, or was, responsible.",
                        complaint=request.complaint_id.name,
                    )
                )

    def _decide(self, state, answer=None):
        self._write_by_method(
            {
                "state": state,
                "answer": answer,
                "decided_by_id": self.env.uid,
                "date_decided": fields.Datetime.now(),
            }
        )
        for request in self:
            # whoever decides ends what the others were asked, and tells whoever asked
            complaint = request.complaint_id.sudo()
            complaint.activity_unlink(["dealer_complaint.mail_activity_type_pause"])
            reader = complaint._for_reader(request.user_id)
            said = reader.env._("The requested pause was approved.")
            if state == "refused":
                said = reader.env._(
                    "The requested pause was refused, the clocks keep running: "
                    "%(reason)s",
                    reason=answer,
                )
            reader.message_notify(
                partner_ids=request.user_id.partner_id.ids,
                subject=complaint.display_name,
                body=plaintext2html(said),
            )


class DealerComplaint(models.Model):
    """The pauses that were asked for."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    pause_request_ids = fields.One2many(
        "dealer.complaint.pause.request", "complaint_id", "Requested Pauses"
    )
    pause_wish = fields.Char(
        "Pause to Decide",
        compute="_compute_pause_wish",
        help="The pause that waits for a decision, in words.",
    )
    may_decide_pause = fields.Boolean(compute="_compute_pause_wish")

    @api.depends("pause_request_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_pause_wish(self):
        for complaint in self:
            request = complaint._pause_to_decide()
            complaint.may_decide_pause = request.may_decide
            complaint.pause_wish = False
            if request:
                complaint.pause_wish = self.env._(
                    "%(user)s requests a pause: %(reason)s. %(note)s",
                    user=request.user_id.name,
                    reason=request._reason_label(),
                    note=request.note or "",
                )

    def action_approve_pause(self):
        """Approve the pause that waits for a decision."""
        return self._pause_to_decide().action_approve()

    def action_refuse_pause(self):
        """Refuse the pause that waits for a decision, with a reason."""
        return self._pause_to_decide().action_refuse()

    def _pause_to_decide(self):
        self.check_access("read")
        return self.pause_request_ids.filtered(lambda r: r.state == "asked")

    def _request_pause(self, reason, note, until):
        """Ask the officers for a pause; one at a time."""
        self.check_access("write")
        self._check_pausable(self._sla_pausable())
        note = (note or "").strip()
        if not note or (until and until <= fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "Enter what proves it, and until when, not a day of the past."
                )
            )
        reasons = dict(
            self.env["dealer.complaint.pause.request"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        for complaint in self:
            if "asked" in complaint.pause_request_ids.mapped("state"):
                raise UserError(
                    self.env._(
                        "%(complaint)s: a pause has already been requested. Wait for "
                        "the decision.",
                        complaint=complaint.name,
                    )
                )
            # nobody types what was asked; whoever handles the complaint may ask
            complaint.pause_request_ids.sudo()._create_by_method(
                [
                    {
                        "complaint_id": complaint.id,
                        "reason": reason,
                        "note": note,
                        "until": until,
                        "user_id": self.env.uid,
                    }
                ]
            )
        local = until and self[:1]._format_local(until)
        self._ask_officers(
            self.env._("Approve a pause: %(reason)s", reason=reasons[reason]),
            "\n".join(filter(None, (note, local))),
            activity_type="dealer_complaint.mail_activity_type_pause",
        )

    def _withdraw_pause_requests(self):
        """Nothing is left to be paused."""
        # whoever finishes a complaint need not see what was asked
        asked = self.sudo().pause_request_ids.filtered(lambda r: r.state == "asked")
        if asked:
            asked._write_by_method({"state": "withdrawn"})
            asked.complaint_id.activity_unlink(
                ["dealer_complaint.mail_activity_type_pause"]
            )
