from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..complaint.dealer_complaint_grade import GRADE_OF_SOURCE
from .dealer_authority_term import BODIES

STATES = [
    ("received", "Filed"),
    ("accepted", "Under Mediation"),
    ("settled", "Settled"),
    ("failed", "No Agreement"),
    ("declined", "Not Accepted"),
    ("withdrawn", "Withdrawn"),
]
#: From what the periods of the body follow.
TERM_FIELDS = ("body", "date_received", "accept_days", "mediation_days")


class DealerExternalCase(models.Model):
    """A complaint that went outside: authority, consumer site, media.

    Two clocks of the metric ``external``: until it is accepted, then until the
    mediation ends.
    """

    _name = "dealer.external.case"
    _description = "External Case"
    _inherit = ["dealer.process.mixin", "mail.thread", "mail.activity.mixin"]
    _is_sealed = True
    _check_company_auto = True
    _order = "date_received desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "complaint_id"]
    _RECORDED_FIELDS = frozenset({"state", "date_accepted", "date_end", "date_replied"})
    _GUARDS = (
        (("complaint_id",), "_check_complaint_stays"),
        (TERM_FIELDS, "_check_terms_stay"),
        (("reply",), "_check_reply_stays"),
        (("date_answer_due",), "_check_answer_due_stays"),
    )
    _COMPLETIONS = ("_begin",)
    _INTAKE = ("_start_clock", "_raise_grade_of_complaint", "_plan_answer")
    _CONSEQUENCES = (
        (("complaint_id",), "_move_clock"),
        (("date_received", "accept_days", "body"), "_restart_acceptance"),
        (("mediation_days", "body"), "_restart_mediation"),
        (("date_answer_due", "user_id", "date_replied", "state"), "_plan_answer"),
    )

    # what
    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    body = fields.Selection(BODIES, required=True, default="12315", tracking=True)
    number = fields.Char("Case Number", tracking=True)
    officer = fields.Char(
        "Officer in Charge", help="The officer who handles the case there."
    )
    url = fields.Char("Link")
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index="btree_not_null",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )
    publication_state = fields.Selection(
        [
            ("none", "Not Public"),
            ("announced", "Announced"),
            ("published", "Published"),
            ("answered", "Published With Our Answer"),
            ("removed", "Removed"),
        ],
        "Publication",
        required=True,
        default="none",
        tracking=True,
    )

    # when
    date_received = fields.Datetime(
        "Filed On",
        required=True,
        default=lambda self: fields.Datetime.now(),
        tracking=True,
        help="When the authority received it; the first period runs from here.",
    )
    accept_days = fields.Integer(
        "Acceptance (working days)",
        compute="_compute_terms",
        store=True,
        readonly=False,
        tracking=True,
        help="0: this authority has no such period.",
    )
    mediation_days = fields.Integer(
        "Mediation (working days)",
        compute="_compute_terms",
        store=True,
        readonly=False,
        tracking=True,
        help="Counted from the acceptance. 0: this body has no such period.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="received",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_accepted = fields.Datetime("Accepted On", readonly=True, copy=False)
    date_end = fields.Datetime("Ended On", readonly=True, copy=False)
    date_due = fields.Datetime("Due", compute="_compute_date_due")
    is_late = fields.Boolean("Late", compute="_compute_date_due")

    # what we answered
    reply = fields.Text("Our Answer", copy=False, tracking=True)
    date_replied = fields.Datetime("Answered On", readonly=True, copy=False)
    result = fields.Text(copy=False, tracking=True)

    _number_uniq = models.UniqueIndex(
        "(company_id, body, number) WHERE number IS NOT NULL",
        "This case is already on record.",
    )
    _check_days = models.Constraint(
        "CHECK(accept_days >= 0 AND mediation_days >= 0)",
        "A period is not shorter than no day.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("body")
    def _compute_terms(self):
        terms = self.env["dealer.authority.term"]
        for case in self:
            shop = case.company_id or self.env.company
            filed = case.date_received or fields.Datetime.now()
            term = terms._in_force(case.body, shop._dealer_day(filed))
            case.accept_days = term.accept_days
            case.mediation_days = term.mediation_days

    @api.depends("body", "number")
    def _compute_display_name(self):
        bodies = dict(self._fields["body"]._description_selection(self.env))
        for case in self:
            case.display_name = " ".join(
                filter(None, (bodies.get(case.body), case.number))
            )

    @api.depends("state", "complaint_id.timer_ids.date_deadline")
    def _compute_date_due(self):
        for case in self:
            origins = [case._timer_origin(stage) for stage in ("accept", "mediation")]
            # whoever reads the case may know when it is due
            timers = case.sudo().complaint_id.timer_ids.filtered(
                lambda t, origins=origins: t.origin in origins
            )
            running = timers.filtered(lambda t: t.state in ("running", "paused"))
            case.date_due = running[:1].date_deadline
            # late is what runs now; over, whether any of its periods was
            case.is_late = any(timer.is_breached for timer in running or timers)

    def _timer_origin(self, stage):
        return f"{self._name},{self._origin.id},{stage}"

    @api.constrains("date_received")
    def _check_date_received(self):
        now = fields.Datetime.now()
        for case in self:
            if case.date_received > now:
                raise ValidationError(
                    self.env._(
                        "%(case)s cannot have been received in the future.",
                        case=case.display_name,
                    )
                )

    @api.constrains("user_id")
    def _check_user(self):
        for case in self:
            case.complaint_id._check_given_to(case.user_id)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _begin(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "received") != "received":
                raise UserError(self.env._("A case starts when it is received."))

    def _check_terms_stay(self, vals):
        """:raise AccessError: for whom the periods of the body measure"""
        for name in TERM_FIELDS:
            if name in vals:
                self._would_change(vals, name).complaint_id._check_not_measured(
                    self._field_label(name)
                )

    def _check_reply_stays(self, vals):
        """:raise UserError: for an answer that was handed in"""
        for case in self._would_change(vals, "reply").filtered("date_replied"):
            raise UserError(
                self.env._(
                    "%(case)s: our answer was handed in on %(date)s and stays as the "
                    "authority has read it. Write into the log what has to be added.",
                    case=case.display_name,
                    date=case._format_local(case.date_replied),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A case stays on record with its complaint."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_accept(self):
        """The body has taken it: mediation runs from now on."""
        now = self._move(("received",), "accepted")
        for case in self:
            case._write_by_method({"date_accepted": now})
            case._stop("accept", now)
            case._start("mediation", case.mediation_days, now)
        return True

    def action_decline(self):
        """The body has not taken it."""
        now = self._move(("received",), "declined", end=True)
        for case in self:
            case._stop("accept", now)
        return True

    def action_settle(self):
        """There is an agreement."""
        return self._end("settled")

    def action_fail(self):
        """The mediation ended without an agreement."""
        return self._end("failed")

    def action_withdraw(self):
        """The customer has withdrawn it."""
        return self._end("withdrawn")

    def action_reply(self):
        """Our answer has been handed in, once.

        :raise UserError: without its text
        """
        for case in self:
            if case.date_replied:
                raise UserError(
                    self.env._(
                        "%(case)s: our answer is already handed in, on %(date)s.",
                        case=case.display_name,
                        date=case._format_local(case.date_replied),
                    )
                )
            if not (case.reply or "").strip():
                raise UserError(
                    self.env._(
                        "%(case)s: enter our answer first.", case=case.display_name
                    )
                )
        return self._write_by_method({"date_replied": fields.Datetime.now()})

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _end(self, state):
        now = self._move(("received", "accepted"), state, end=True)
        for case in self:
            case._stop("accept", now)
            case._stop("mediation", now)
        return True

    def _move(self, allowed, target, end=False):
        """:return: the moment of the step"""
        for case in self:
            if case.state not in allowed:
                raise UserError(
                    self.env._(
                        "%(case)s is already “%(state)s”.",
                        case=case.display_name,
                        state=case._state_label(),
                    )
                )
        now = fields.Datetime.now()
        vals = {"state": target}
        if end:
            vals["date_end"] = now
        self._write_by_method(vals)
        return now

    def _start(self, stage, days, date):
        """Start the clock of a stage with the days of this very case."""
        if days:
            self.complaint_id._sla_start(
                ["external"],
                date,
                origin=self._timer_origin(stage),
                term=(days, "working_days"),
            )

    def _stop(self, stage, date):
        self.complaint_id._sla_stop(
            ["external"], date, origin=self._timer_origin(stage)
        )

    def _check_complaint_stays(self, vals):
        """Merging hands it on; what was entered wrongly is for an officer to correct.

        :raise AccessError: for anybody else
        """
        self.complaint_id._check_hands_on(self._would_change(vals, "complaint_id"))

    def _move_clock(self, change):
        """It belongs to another complaint, and so does its clock."""
        for case in self:
            for stage in ("accept", "mediation"):
                change.was(case, "complaint_id")._sla_cancel(
                    ["external"], origin=case._timer_origin(stage)
                )
        self._start_clock()
        self._raise_grade_of_complaint()

    def _start_clock(self):
        for case in self:
            if case.state == "received":
                case._start("accept", case.accept_days, case.date_received)
            elif case.state == "accepted":
                case._start("mediation", case.mediation_days, case.date_accepted)

    def _raise_grade_of_complaint(self):
        for case in self:
            grade = GRADE_OF_SOURCE.get(case.body)
            if grade:
                case.complaint_id._raise_grade(grade, self.env._("Public channel"))

    def _restart_acceptance(self, _change):
        for case in self.filtered(lambda c: c.state == "received"):
            case._restart("accept", case.accept_days, case.date_received)

    def _restart_mediation(self, _change):
        for case in self.filtered(lambda c: c.state == "accepted"):
            case._restart("mediation", case.mediation_days, case.date_accepted)

    def _restart(self, stage, days, date):
        self.complaint_id._sla_cancel(["external"], origin=self._timer_origin(stage))
        self._start(stage, days, date)

    def _measuring_user(self):
        # whose complaint it is counts, whoever may see it
        known = self.sudo()
        complaints = known.complaint_id._measuring_user()
        measuring = known.filtered(
            lambda case: (
                case.user_id == self.env.user or case.complaint_id in complaints
            )
        )
        return measuring.with_env(self.env)

    def _with_kept_tasks(self):
        # see _measuring_user
        known = self.sudo()
        complaints = known.complaint_id.with_env(self.env)._with_kept_tasks()
        kept = known.filtered(lambda case: case.complaint_id in complaints)
        return super()._with_kept_tasks() | kept.with_env(self.env)
