from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import groups
from .dealer_activity_states import (
    EVALUATED,
    KINDS,
    SEATLESS_KINDS,
    STATES,
    TRANSITIONS,
)


class DealerActivity(models.Model):
    """One customer activity of the shop: planned, paid, held, and measured."""

    _name = "dealer.activity"
    _description = "Customer Activity"
    _inherit = ["dealer.process.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _transitions = TRANSITIONS
    _RECORDED_FIELDS = frozenset({"audience_date", "campaign_id", "date_evaluated"})
    _GUARDS = (
        (("company_id",), "_check_company_stays"),
        (EVALUATED, "_check_not_evaluated"),
    )
    _CONSEQUENCES = (
        (("date_start", "date_end"), "_move_calls"),
        (("seat_limit",), "_promote_waiting"),
        (("date_start", "place"), "_tell_move"),
        (("date_start",), "_move_stops"),
    )
    _is_sealed = True

    # identity
    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="lecture", tracking=True)
    has_seats = fields.Boolean(
        compute="_compute_has_seats",
        store=True,
        help="Seats are booked. If off, the cars served on site are counted instead.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index="btree_not_null",
        default=lambda self: self.env.user,
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )

    # plan
    purpose = fields.Text(
        help="What the activity should achieve, and how this is measured."
    )
    audience = fields.Char(help="Describe the target customers in words.")
    place = fields.Char(help="Hall, scenic spot, meeting point.")
    area = fields.Char(
        help="Cities, streets, postcodes or the first characters of plates, "
        "separated by commas. Only customers from this area are invited."
    )
    route = fields.Text(help="Stops of the tour or of the service cars, with times.")
    date_start = fields.Datetime("Begins", required=True, copy=False, tracking=True)
    date_end = fields.Datetime("Ends", required=True, copy=False, tracking=True)
    seat_limit = fields.Integer("Seats", help="0: unlimited.", aggregator=None)
    message = fields.Text(
        "Text of the Invitation",
        translate=True,
        help="Sent with the date, the place and the link for the reply.",
    )
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Preparation Plan",
        domain="[('res_model', '=', 'dealer.activity'),"
        " ('company_id', 'in', (company_id, False))]",
        help="Its tasks are assigned when the activity is approved.",
    )

    # result
    campaign_id = fields.Many2one(
        "utm.campaign",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Set on the orders and invoices of visits that resulted from the "
        "activity.",
    )
    effect_days = fields.Integer(
        "Effect Counted For (days)",
        default=30,
        help="Visits up to this many days after the end are counted as its effect.",
    )
    effect_end = fields.Date(
        "Counted Until", compute="_compute_effect_end", store=True, index=True
    )
    lessons = fields.Text(
        "Lessons Learnt",
        copy=False,
        help="What went well, what did not, and what to do differently next time.",
    )
    date_evaluated = fields.Date("Evaluated On", readonly=True, copy=False)

    _campaign_uniq = models.UniqueIndex(
        "(campaign_id) WHERE campaign_id IS NOT NULL",
        "Another activity already uses this campaign.",
    )
    _check_period = models.Constraint(
        "CHECK(date_end >= date_start)", "An activity must end after it begins."
    )
    _check_numbers = models.Constraint(
        "CHECK(seat_limit >= 0 AND effect_days >= 0)",
        "Seats and days cannot be negative.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("kind")
    def _compute_has_seats(self):
        for activity in self:
            activity.has_seats = activity.kind not in SEATLESS_KINDS

    @api.depends("date_end", "effect_days", "company_id")
    def _compute_effect_end(self):
        for activity in self:
            end = activity.date_end
            activity.effect_end = end and activity.company_id._dealer_day(
                end
            ) + timedelta(days=activity.effect_days)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "draft") != "draft" or vals.get("campaign_id"):
                raise UserError(
                    self.env._(
                        "A new activity must be a draft. Use its buttons to "
                        "move it forward."
                    )
                )
        return super().create(vals_list)

    def _check_company_stays(self, vals):
        if self._would_change(vals, "company_id").filtered(
            lambda a: a.state != "draft"
        ):
            raise UserError(
                self.env._("An approved activity cannot be moved to another shop.")
            )

    def _check_not_evaluated(self, _vals=None):
        """What an activity has brought and cost stands once it is evaluated.

        :raise UserError: for one that is
        """
        for activity in self:
            if activity.state == "evaluated":
                raise UserError(
                    self.env._(
                        "%s has been evaluated, so its guests, dates and costs no "
                        "longer change. A manager presses “Correct the Evaluation” "
                        "first.",
                        activity.name,
                    )
                )

    def copy_data(self, default=None):
        """A copy is a new activity that still needs its days."""
        start = fields.Datetime.now().replace(minute=0, second=0) + timedelta(days=30)
        return [
            {
                "date_start": start,
                "date_end": start + (activity.date_end - activity.date_start),
                **vals,
                "name": self.env._("%s (copy)", activity.name),
                **(default or {}),
            }
            for activity, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(activity.state not in ("draft", "cancelled") for activity in self):
            raise UserError(
                self.env._("An approved activity cannot be deleted. Cancel it instead.")
            )
        if self.env["dealer.activity.invitee"].search_count(
            [("activity_id", "in", self.ids), ("followup_id", "!=", False)], limit=1
        ):
            raise UserError(
                self.env._(
                    "Customers have been called about this activity, so it "
                    "cannot be deleted."
                )
            )

    @api.constrains("plan_id")
    def _check_plan(self):
        for activity in self:
            if activity.plan_id and activity.plan_id.res_model != self._name:
                raise ValidationError(
                    self.env._(
                        "“%s” is not a plan for activities.", activity.plan_id.name
                    )
                )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _set_state(self, target, **vals):
        """Move all activities to ``target``.

        :raise AccessError: for anybody but a manager
        :raise UserError: for a move that :data:`TRANSITIONS` does not know
        """
        self.check_access("write")
        self._check_move(target)
        return self._write_by_method({"state": target, **vals})

    def _when(self):
        """The period as the shop reads it: "9 Mar 2026 14:00 – 17:00".

        Without an activity, as in a call that was added by hand, nothing.
        """
        if not self:
            return ""
        shop = self.company_id
        start, end = shop._dealer_format(self.date_start), self.date_end
        if shop._dealer_day(self.date_start) == shop._dealer_day(end):
            return f"{start} – {shop._dealer_to_local(end):%H:%M}"
        return f"{start} – {shop._dealer_format(end)}"

    def _where(self):
        """Place, else area, in one line; without an activity nothing."""
        return self.place or self.area or ""

    def _measuring_user(self):
        return self.filtered(lambda activity: activity.user_id == self.env.user)

    def _with_kept_tasks(self):
        """What the preparation asks of callers, a manager has planned."""
        if self.env.user.has_group(groups.MANAGER):
            return super()._with_kept_tasks()
        return self
