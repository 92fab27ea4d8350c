from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ..rule.dealer_care_rule import CHANNELS

STATES = [
    ("todo", "To Call"),
    ("waiting", "Call Again"),
    ("done", "Done"),
    ("failed", "Without Success"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
    ("suppressed", "Not Allowed"),
]
OPEN_STATES = ("todo", "waiting")
ENDED_STATES = tuple(state for state, _label in STATES if state not in OPEN_STATES)
#: Every permitted move of a follow-up: (from, to).
TRANSITIONS = {
    *((old, new) for old in OPEN_STATES for new, _label in STATES),
    # a manager gives it another chance
    ("failed", "todo"),
    ("expired", "todo"),
    ("cancelled", "todo"),
    ("suppressed", "todo"),
}
REASONS = [
    ("converted", "Came Without a Call"),
    ("sold", "Car Was Sold"),
    ("archived", "Car Archived"),
    ("left", "Customer Has Left"),
    ("cause_gone", "Cause No Longer Applies"),
    ("merged", "Duplicate After Merge"),
    ("by_hand", "By Hand"),
    ("not_owner", "Not the Owner"),
    ("withdrawn", "Consent Withdrawn"),
    ("opt_out", "Opted Out for This Car"),
    ("no_care", "Wants No Calls"),
    ("no_consent", "No Consent"),
    ("no_phone", "No Number"),
    ("phone_wrong", "Wrong Number"),
    ("complaint", "Open Complaint"),
    ("in_house", "Car Is in the Workshop"),
    ("booked", "Visit Is Booked"),
    ("recent", "Recently Reached"),
    ("limit", "Marketing Limit Reached"),
]

#: Ended because its cause had gone: when it is there again, it is called about.
PASSING_REASONS = ("sold", "archived", "left", "cause_gone")

#: What our own calls keep from; a promise holds all the same.
_OWN_DOING = ("recent", "limit")

#: What people may write; everything else follows from the process.
_FREE_FIELDS = {"user_id", "note"}


class DealerFollowup(models.Model):
    """One reason to call one customer about one car.

    No activity: archiving a user deletes those. No chatter either: what happened is
    told by the attempts, which nobody can change.
    """

    _name = "dealer.followup"
    _description = "Follow-up"
    _inherit = "dealer.process.mixin"
    _order = "priority, expire_date, id"
    _rec_names_search = ["contact_name", "contact_phone", "vehicle_id", "rule_id"]
    _check_company_auto = True
    _transitions = TRANSITIONS
    _GUARDS = (
        (("user_id",), "_check_may_give"),
        (("note",), "_check_words_of_call"),
    )
    _ENTER_STEPS = (
        (ENDED_STATES, "_end_survey_link"),
        (("suppressed", "cancelled"), "_stop_invitation"),
    )

    # identity
    # Found through the unique index below. An index of its own would tempt the
    # planner, on a table that has just grown, to compare each cause with each task.
    rule_id = fields.Many2one("dealer.care.rule", required=True, ondelete="restrict")
    purpose = fields.Selection(related="rule_id.purpose")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    anchor_key = fields.Char(
        "Cause",
        required=True,
        copy=False,
        help="Identifies the cause: one follow-up is created per cause.",
    )
    anchor_date = fields.Date("Day of the Cause")
    visit_id = fields.Many2one(
        "dealer.reception",
        "About the Visit",
        index="btree_not_null",
        ondelete="set null",
    )

    # who
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    contact_name = fields.Char("Customer's Name")
    contact_phone = fields.Char("Phone")
    user_id = fields.Many2one(
        "res.users",
        "Caller",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        ondelete="set null",
        check_company=True,
    )

    # when
    state = fields.Selection(
        STATES, required=True, default="todo", readonly=True, copy=False
    )
    priority = fields.Integer(default=50, aggregator=None)
    due_date = fields.Date("Due", required=True, index=True)
    expire_date = fields.Date("Valid Until", required=True)
    next_try_at = fields.Datetime("Next Attempt", required=True)
    is_promised = fields.Boolean("Promised", copy=False)
    is_due_now = fields.Boolean(compute="_compute_is_due_now")
    claimed_at = fields.Datetime(copy=False, readonly=True)
    claim_user_id = fields.Many2one(
        "res.users", copy=False, readonly=True, index="btree_not_null"
    )

    # how it went
    channel = fields.Selection(CHANNELS, required=True, default="call")
    attempt_count = fields.Integer("Attempts", copy=False, readonly=True)
    unreached_days = fields.Integer("Days Not Reached", copy=False, readonly=True)
    attempt_ids = fields.Many2many(
        "dealer.followup.attempt", string="Calls", copy=False, readonly=True
    )
    result_id = fields.Many2one(
        "dealer.followup.result",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    close_reason = fields.Selection(REASONS, "Why", copy=False, readonly=True)
    date_closed = fields.Datetime("Closed On", copy=False, readonly=True)
    note = fields.Text(copy=False)
    complaint_id = fields.Many2one(
        "dealer.complaint", copy=False, index="btree_not_null", ondelete="set null"
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Led to Visit",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    survey_input_id = fields.Many2one(
        "survey.user_input",
        "Questionnaire",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _cause_uniq = models.UniqueIndex(
        "(rule_id, COALESCE(vehicle_id, 0), anchor_key)",
        "This rule already has a follow-up for this cause.",
    )
    _queue_idx = models.Index(
        "(company_id, user_id, priority, expire_date, id)"
        " WHERE state IN ('todo', 'waiting')"
    )
    # the order of the list: own and unassigned ones together, of all shops
    _list_idx = models.Index(
        "(priority, expire_date, id) INCLUDE (company_id, user_id)"
        " WHERE state IN ('todo', 'waiting')"
    )
    _phone_idx = models.Index("(contact_phone) WHERE state IN ('todo', 'waiting')")
    _closed_idx = models.Index(
        "(company_id, date_closed) WHERE date_closed IS NOT NULL"
    )
    _expire_idx = models.Index("(expire_date) WHERE state IN ('todo', 'waiting')")

    @api.depends("rule_id.name", "contact_name", "license_plate")
    def _compute_display_name(self):
        for task in self:
            parts = (task.rule_id.name, task.contact_name, task.license_plate)
            task.display_name = " · ".join(filter(None, parts))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "todo") not in ("todo", "suppressed"):
                raise UserError(
                    self.env._("A new follow-up must be in the state “To Call”.")
                )
        return super().create(vals_list)

    @api.model
    def _recorded_fields(self):
        return frozenset(self._fields) - _FREE_FIELDS

    def _check_may_give(self, vals):
        """
        :raise UserError: for a task that is over
        :raise AccessError: when a caller gives a task to somebody else
        """
        if self.env.su:
            return
        self._check_still_open()
        if self._is_manager():
            return
        self._would_change(vals, "user_id")._check_not_given()
        if vals["user_id"] not in (self.env.uid, False):
            raise AccessError(
                self.env._(
                    "You may take a follow-up or put it back. Only a manager may "
                    "assign it to someone else."
                )
            )

    def _check_not_given(self):
        """:raise AccessError: for a call that a manager has given to a caller"""
        for task in self:
            # whose it is counts, whoever may see it
            if task.sudo().is_given and task.sudo().user_id:
                raise AccessError(
                    self.env._(
                        "%(task)s was assigned by a manager. Make the call and save "
                        "its result, or ask a manager to assign it to someone else.",
                        task=task.display_name,
                    )
                )

    def _check_words_of_call(self, vals):
        """:raise UserError: for what a customer said in a recorded call"""
        for task in self.browse() if self.env.su else self._would_change(vals, "note"):
            if task.result_id or task.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(task)s: the note holds what was said in a recorded call and "
                        "cannot be changed. Record another call instead.",
                        task=task.display_name,
                    )
                )

    def _check_still_open(self):
        """:raise UserError: when whose call it was is settled"""
        for task in self:
            if task.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(task)s is “%(state)s”: the caller can no longer be changed.",
                        task=task.display_name,
                        state=task._state_label(),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("A deleted follow-up would be created again. Cancel it instead.")
        )

    def _is_manager(self):
        return self.env.user.has_group(groups.MANAGER)

    # ------------------------------------------------------------------
    # STATES
    # ------------------------------------------------------------------

    def _set_state(self, target, **vals):
        """Move all follow-ups to ``target``.

        :raise UserError: for a move that :data:`TRANSITIONS` does not know
        """
        self._check_move(target)
        if target not in OPEN_STATES:
            vals.update(
                date_closed=fields.Datetime.now(),
                claimed_at=False,
                claim_user_id=False,
                is_promised=False,
            )
        result = self._write_by_method({"state": target, **vals})
        self._enter(target)
        return result

    def _close(self, target, reason, **vals):
        """End those that are still open."""
        tasks = self.filtered(lambda task: task.state in OPEN_STATES)
        result = tasks._set_state(target, close_reason=reason, **vals)
        if reason in PASSING_REASONS:
            # what rounds and people have asked for stays ended
            tasks.filtered(lambda task: task.rule_id.source != "manual")._free_cause()
        return result

    def _free_cause(self):
        """Let the cause be found again: for the next owner, or when it was taken away
        by mistake."""
        for task in self:
            task._write_by_method({"anchor_key": f"{task.anchor_key}:ended:{task.id}"})

    def _take_cause_back(self):
        """Undo ``_free_cause``."""
        self.ensure_one()
        key, freed, _own = self.anchor_key.partition(":ended:")
        if not freed:
            return
        # also of colleagues
        others = self.sudo().search_count(
            [
                ("rule_id", "=", self.rule_id.id),
                ("vehicle_id", "=", self.vehicle_id.id),
                ("anchor_key", "=", key),
            ],
            limit=1,
        )
        if others:
            raise UserError(
                self.env._(
                    "%s: another follow-up has since been created for the same cause.",
                    self.display_name,
                )
            )
        self._write_by_method({"anchor_key": key})

    def _suppress_blocked(self, domain):
        """End open follow-ups whose customer does not want them any more."""
        tasks = self.search([("state", "in", OPEN_STATES), *domain])
        for task, block in tasks._judged().items():
            if block and block.is_final:
                task._close("suppressed", block.reason)

    def _follow(self, day, partner_id):
        """The cause has another day, or another customer."""
        self.ensure_one()
        row = {"anchor_date": day, "company_id": self.company_id.id}
        if day != self.anchor_date:
            self.rule_id._plan([row])
        del row["company_id"]
        if partner_id != self.partner_id.id:
            partner = self.env["res.partner"].browse(partner_id)
            row.update(
                partner_id=partner.id,
                contact_name=partner.name,
                contact_phone=partner.phone_key,
            )
        self._write_by_method(row)

    def _judged(self, channel=None):
        """What keeps from each of these now.

        A rule that calls may have come to a message, and the other way round: consent
        is asked for the way the customer is to be reached now.

        :param str channel: how they are to be reached; default: as each one says
        :return: dict of a ``Block`` or ``None`` by follow-up
        """
        judged = {}
        ways = self.grouped(lambda task: (task.rule_id, channel or task.channel))
        for (rule, way), tasks in ways.items():
            blocks = rule._blocks([task._subject() for task in tasks], channel=way)
            judged.update(zip(tasks, blocks, strict=True))
        # the call in which the customer asked for another one does not stand against it
        for task in self.filtered("is_promised"):
            if judged[task] and judged[task].reason in _OWN_DOING:
                judged[task] = None
        return judged

    def _subject(self):
        """This follow-up as the rule judges it."""
        self.ensure_one()
        return {
            "vehicle_id": self.vehicle_id.id,
            "partner_id": self.partner_id.id,
            "contact_phone": self.contact_phone,
            "company_id": self.company_id.id,
        }
