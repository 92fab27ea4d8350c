from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import groups
from ..common.dealer_complaint_states import (
    ANSWERS,
    CAUSES,
    EXPECTATIONS,
    GRADES,
    LEVELS,
    OPEN_STATES,
    OVER_STATES,
    REOPENED,
    SOURCES,
    STATE_STAMP,
    STATES,
    TRANSITIONS,
)


class DealerComplaint(models.Model):
    """What a customer is not content with, from the first word to the callback."""

    _name = "dealer.complaint"
    _description = "Complaint"
    _inherit = [
        "dealer.process.mixin",
        "dealer.numbered.mixin",
        "portal.mixin",
        "dealer.rated.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_received desc, id desc"
    _rec_names_search = ["name", "subject", "partner_id", "vehicle_id"]
    _check_company_auto = True
    _mail_post_access = "read"
    _transitions = TRANSITIONS

    # identity
    subject = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    # what kind
    level = fields.Selection(LEVELS, required=True, default="complaint", tracking=True)
    grade = fields.Selection(
        GRADES, required=True, default="general", tracking=True, copy=False, index=True
    )
    source = fields.Selection(SOURCES, required=True, default="counter", tracking=True)
    category_id = fields.Many2one(
        "dealer.complaint.category", index=True, ondelete="restrict", tracking=True
    )
    cause = fields.Selection(CAUSES, default="unknown", tracking=True, copy=False)
    root_cause = fields.Text(tracking=True, copy=False)
    corrective_action = fields.Text(tracking=True, copy=False)
    is_safety = fields.Boolean(
        "Injury or Safety", tracking=True, help="Someone was, or could be, hurt."
    )

    # who
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        domain="[('is_customer_vehicle', '=', True)]",
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    first_receiver_id = fields.Many2one(
        "res.users",
        check_company=True,
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The person who first received the complaint and remains responsible "
        "until someone else accepts it.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index=True,
        tracking=True,
        copy=False,
        default=lambda self: self._default_user_id(),
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )

    # progress
    state = fields.Selection(
        STATES,
        required=True,
        default="new",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    cycle = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        help="Increases each time the complaint is reopened.",
    )
    date_received = fields.Datetime(
        "Received On",
        required=True,
        index=True,
        tracking=True,
        copy=False,
        default=lambda self: fields.Datetime.now(),
        help="When the customer said it. The clocks run from here, even if it was "
        "entered later.",
    )
    date_investigated = fields.Datetime("Investigated From", copy=False, readonly=True)
    date_proposed = fields.Datetime("Proposed On", copy=False, readonly=True)
    date_resolved = fields.Datetime("Resolved On", copy=False, readonly=True)
    date_closed = fields.Datetime(
        "Closed On", copy=False, readonly=True, index="btree_not_null"
    )

    # what was wanted, what was decided
    description = fields.Text(tracking=True, help="In the customer's own words.")
    expectation = fields.Selection(
        EXPECTATIONS,
        "What the Customer Expects",
        tracking=True,
        help="Above all; in the customer's own words it stands in the remedy sought.",
    )
    remedy_sought = fields.Text(tracking=True)
    customer_cost = fields.Monetary(
        "Cost to the Customer",
        tracking=True,
        help="What it has cost the customer so far: towing, taxi, parts, a lost day.",
    )
    customer_hours = fields.Float(
        "Hours Lost",
        tracking=True,
        help="The time that it has cost the customer so far.",
    )

    _check_trouble = models.Constraint(
        "CHECK(customer_cost >= 0 AND customer_hours >= 0)",
        "What it has cost the customer is not below zero.",
    )
    proposal = fields.Text(tracking=True, copy=False)
    decision = fields.Text(tracking=True, copy=False)
    date_decision = fields.Datetime(
        "Decision Communicated On", copy=False, readonly=True
    )
    decision_answer = fields.Selection(
        ANSWERS,
        "Customer's Answer",
        tracking=True,
        copy=False,
    )
    reject_reason = fields.Text("Reason for Rejection", tracking=True, copy=False)
    recourse = fields.Text(
        "Where to Turn Instead",
        tracking=True,
        copy=False,
        help="Where the customer can turn instead.",
    )

    contact_ids = fields.One2many(
        "dealer.complaint.contact", "complaint_id", "Contacts"
    )

    _open_idx = models.Index(
        "(company_id, state, user_id) WHERE state NOT IN"
        " ('closed', 'rejected', 'cancelled', 'merged')"
    )
    model_id = fields.Many2one(
        "fleet.vehicle.model",
        "Car Model",
        compute="_compute_model_id",
        store=True,
        readonly=False,
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    trim = fields.Char(tracking=True, help="Model year, engine and equipment.")
    license_plate = fields.Char(
        "Plate",
        compute="_compute_license_plate",
        store=True,
        help="The plate of the visit, or else of the car. Kept unchanged once the "
        "complaint is finished.",
    )

    # ------------------------------------------------------------------
    # DEFAULTS AND COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _default_user_id(self):
        user = self.env.user
        is_handler = user.has_group(groups.HANDLER)
        return user if is_handler and not self.env.su else self.env["res.users"]

    @api.model
    def _group_expand_state(self, states, domain):
        """Columns of the board: what is still being worked on, always in full."""
        return [state for state, _label in STATES if state in OPEN_STATES]

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = " ".join(
                part for part in (complaint.name, complaint.subject) if part
            )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"
        return result

    def _rating_get_operator(self):
        return self.user_id.partner_id

    @api.constrains("date_received")
    def _check_date_received(self):
        now = fields.Datetime.now()
        for complaint in self:
            if complaint.date_received > now:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s cannot have been received in the future"
                        " (%(date)s). Enter when the customer said it.",
                        complaint=complaint.name,
                        date=complaint._format_local(complaint.date_received),
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if len(vals_list) > 1:
            # an import is told by its file, not by a line in each chatter
            self = self.with_context(mail_create_nolog=True)
        return super().create(vals_list)

    @api.model
    def _begin(self, vals_list):
        """A complaint begins as a new one, with whoever hears of it.

        :raise AccessError: for one of the past or of a colleague, from anybody but an
            officer
        """
        is_officer = self.env.su or self._is_officer()
        for vals in vals_list:
            if vals.get("state", "new") != "new" and not is_officer:
                raise AccessError(
                    self.env._(
                        "Only a complaint officer may enter complaints "
                        "received in the past."
                    )
                )
            user_id = vals.get("user_id")
            if user_id and user_id != self.env.uid and not is_officer:
                raise AccessError(
                    self.env._(
                        "Only a complaint officer gives a new complaint to a "
                        "colleague. Leave “Responsible” empty, or take it and hand it "
                        "over: your colleague accepts it."
                    )
                )
            if "first_receiver_id" not in vals and not self.env.user.share:
                is_person = not self.env.user._is_superuser()
                vals["first_receiver_id"] = self.env.uid if is_person else False

    def _check_archived(self, vals):
        """What is archived is out of sight: a manager whom it does not measure decides.

        :raise UserError: when somebody still waits for an answer
        :raise AccessError: for anybody else
        """
        if self.env.su:
            return
        waiting = self.filtered(lambda c: c.state in OPEN_STATES)
        if waiting and not vals["active"]:
            raise UserError(
                self.env._(
                    "%(complaints)s: the customer is still waiting for an answer. "
                    "Only finished complaints can be archived.",
                    complaints=", ".join(waiting.mapped("name")),
                )
            )
        what, changed = self.env._("Archiving"), self._would_change(vals, "active")
        changed._check_manager(what)
        changed._check_not_measured(what)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _set_state(self, target, reopen=False):
        """Move all complaints to ``target`` and stamp the time.

        :raise UserError: for a move that :data:`TRANSITIONS` does not know
        """
        self._check_move(target)
        finished = self.filtered(
            lambda c: c.state in ("resolved", "closed", "rejected")
        )
        if target == "investigating" and reopen != bool(finished):
            raise UserError(
                self.env._(
                    "Only a finished complaint can be reopened. Use “Investigate” "
                    "for the others."
                )
            )
        self._leave_for(target)
        vals = {"state": target}
        if target in STATE_STAMP:
            vals[STATE_STAMP[target]] = fields.Datetime.now()
        if reopen:
            vals.update(
                date_resolved=False,
                date_closed=False,
                date_decision=False,
                decision_answer=False,
            )
            for cycle, complaints in self.grouped("cycle").items():
                complaints._write_by_method({"cycle": cycle + 1})
        self._write_by_method(vals)
        self._enter(REOPENED if reopen else target)
        return True

    def _is_officer(self):
        return self.env.user.has_group(groups.OFFICER)

    def _is_manager(self):
        return self.env.user.has_group(groups.MANAGER)

    @api.depends("vehicle_id")
    def _compute_model_id(self):
        for complaint in self:
            if complaint.vehicle_id:
                complaint.model_id = complaint.vehicle_id.model_id

    @api.depends("state", "reception_id.license_plate", "vehicle_id.license_plate")
    def _compute_license_plate(self):
        over = self.filtered(lambda c: c.state in OVER_STATES and c.license_plate)
        for complaint in self - over:
            # who handles complaints need not be allowed to open the visit
            visit = complaint.sudo().reception_id
            complaint.license_plate = (visit or complaint.vehicle_id).license_plate
