from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.sla_spec import Level, Moment, Spec
from ...tools.sla_terms import clock_for, hold_until_open, level_moment, replan
from .dealer_sla_segment import PAUSE_REASONS
from .dealer_sla_target import METRICS, UNITS
from .resource_calendar import ClockSource

#: The clock has not come to its end.
ACTIVE_STATES = ("running", "paused")
SECOND = timedelta(seconds=1)


class DealerSlaTimer(models.Model):
    """One clock of one complaint: a metric, a cycle, and a snapshot of its target.

    Whether it is missed follows from its dates alone, to the second, whether or not
    any worker ever looked at it. See ``dealer_sla_timer_run.py`` for start and stop,
    ``dealer_sla_timer_tick.py`` for what happens at its moments.
    """

    _name = "dealer.sla.timer"
    _description = "SLA Timer"
    _inherit = ["dealer.label.mixin"]
    _order = "date_deadline, id"
    _rec_name = "metric"

    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    metric = fields.Selection(METRICS, required=True, readonly=True)
    origin = fields.Char(
        required=True,
        default="",
        readonly=True,
        help="Distinguishes timers of one metric: the record the timer belongs to, "
        "as “model,id”.",
    )
    cycle = fields.Integer(required=True, default=1, readonly=True)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("paused", "Paused"),
            ("met", "Met"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="running",
        readonly=True,
        index=True,
    )

    # the target as it was
    target_id = fields.Many2one(
        "dealer.sla.target", index="btree_not_null", ondelete="set null", readonly=True
    )
    amount = fields.Float(readonly=True, aggregator=None)
    unit = fields.Selection(UNITS, required=True, readonly=True)
    has_own_term = fields.Boolean(
        readonly=True,
        help="The amount and unit come from the case, not from the policy.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )

    # the facts
    date_start = fields.Datetime("Started", required=True, readonly=True)
    date_run = fields.Datetime("Running Since", required=True, readonly=True)
    date_deadline = fields.Datetime("Deadline", required=True, readonly=True)
    date_warning = fields.Datetime("Warning From", readonly=True)
    date_stop = fields.Datetime("Stopped", readonly=True)
    target_seconds = fields.Integer(readonly=True)
    used_seconds = fields.Integer(
        readonly=True, help="Seconds used in finished segments."
    )
    overrun_seconds = fields.Integer(
        readonly=True, help="Seconds passed between the deadline and the stop."
    )
    responsible_id = fields.Many2one(
        "res.users",
        readonly=True,
        index="btree_not_null",
        help="Who was responsible when the timer stopped.",
    )
    is_exception = fields.Boolean(
        "Exception",
        readonly=True,
        help="A manager accepted the documented attempts in place of the contact.",
    )
    is_breached = fields.Boolean(
        "Missed",
        compute="_compute_is_breached",
        search="_search_is_breached",
        help="Accurate to the second, even if no scheduled job is running.",
    )

    # the pause
    date_pause = fields.Datetime("Paused Since", readonly=True)
    date_pause_cap = fields.Datetime("Paused until at Latest", readonly=True)
    date_cap_deadline = fields.Datetime(
        "Deadline after the Longest Pause",
        readonly=True,
        help="The deadline if the pause lasts as long as allowed; empty if the "
        "limit was missed before.",
    )
    pause_reason = fields.Selection(PAUSE_REASONS, readonly=True)
    pause_note = fields.Text(readonly=True)
    pause_user_id = fields.Many2one("res.users", "Paused By", readonly=True)
    pause_approver_id = fields.Many2one("res.users", "Approved By", readonly=True)

    # what happens next
    next_event_at = fields.Datetime(readonly=True)
    epoch = fields.Integer(readonly=True, default=0)
    fired_levels = fields.Char(
        readonly=True,
        default="",
        help="Levels that have become due since the deadline was last moved.",
    )
    is_breach_recorded = fields.Boolean(readonly=True)
    attempts = fields.Integer(
        readonly=True, help="Number of failed attempts to process it."
    )
    last_error = fields.Text(readonly=True)

    segment_ids = fields.One2many("dealer.sla.segment", "timer_id", "Segments")
    event_ids = fields.One2many("dealer.sla.event", "timer_id", "Events")
    explanation = fields.Text(compute="_compute_explanation")

    _due_idx = models.Index("(next_event_at, id) WHERE next_event_at IS NOT NULL")
    _active_calendar_idx = models.Index(
        "(calendar_id, id) WHERE state IN ('running', 'paused')"
    )
    _active_complaint_idx = models.Index(
        "(complaint_id) WHERE state IN ('running', 'paused')"
    )
    # what began, was due and was met in some days, for the report and the digest
    _start_idx = models.Index("(company_id, date_start)")
    _deadline_idx = models.Index("(company_id, date_deadline)")
    _stop_idx = models.Index("(company_id, date_stop) WHERE state = 'met'")
    _cycle_uniq = models.UniqueIndex("(complaint_id, metric, origin, cycle)")
    _active_uniq = models.UniqueIndex(
        "(complaint_id, metric, origin) WHERE state IN ('running', 'paused')"
    )

    # ------------------------------------------------------------------
    # TRUTH
    # ------------------------------------------------------------------

    @api.depends(
        "state", "date_stop", "date_pause", "date_deadline", "date_cap_deadline"
    )
    def _compute_is_breached(self):
        now = fields.Datetime.now()
        for timer in self:
            timer.is_breached = timer._is_breached_at(now)

    def _is_breached_at(self, now):
        """Whether the deadline is over at ``now``; a stop in its second is in time."""
        self.ensure_one()
        until = self.date_stop or self.date_pause or now
        # a pause is over at its cap, whether or not any worker has ended it
        is_over = self.date_cap_deadline and now > self.date_cap_deadline
        return self.state != "cancelled" and (until > self.date_deadline or is_over)

    def _search_is_breached(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()

        def breached(model, alias, query):
            return SQL(
                "(%s != 'cancelled' AND (COALESCE(%s, %s, %s) > %s"
                " OR COALESCE(%s < %s, FALSE)))",
                model._field_to_sql(alias, "state", query),
                model._field_to_sql(alias, "date_stop", query),
                model._field_to_sql(alias, "date_pause", query),
                now,
                model._field_to_sql(alias, "date_deadline", query),
                model._field_to_sql(alias, "date_cap_deadline", query),
                now,
            )

        domain = Domain.custom(
            to_sql=breached, predicate=lambda timer: timer._is_breached_at(now)
        )
        if set(value) == {True, False}:
            return Domain.TRUE
        return domain if True in value else ~domain

    def _compute_explanation(self):
        for timer in self:
            timer.explanation = timer._explain()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_complaint(self):
        raise UserError(self.env._("A timer must be kept with its complaint."))

    # ------------------------------------------------------------------
    # THE PLAN
    # ------------------------------------------------------------------

    @api.model
    def _plan_vals(self, source, spec):
        """Deadline, size, warning and next moment of a timer.

        :param spec: :class:`Spec`
        """

        def compute(clock):
            deadline, target = spec.deadline, spec.target_seconds
            if not deadline:
                deadline, target = replan(
                    clock,
                    spec.unit,
                    spec.amount,
                    spec.start,
                    spec.run_from,
                    spec.used,
                    spec.is_office,
                )
            moments = self._moments(clock, spec, deadline)
            return {
                "date_deadline": deadline,
                "target_seconds": target,
                "date_warning": self._warning_of(moments),
                "next_event_at": self._next_moment(spec, moments, source.now),
            }

        return source.reckon(spec.calendar, spec.company_id, spec.start, compute)

    @api.model
    def _moments(self, clock, spec, deadline):
        """The :class:`Moment` of the breach and of each level."""
        over = deadline + SECOND
        moments = [Moment(over, over, "breached", 0)]
        for level in spec.levels:
            moment = due = level_moment(
                clock, spec.unit, spec.start, deadline, level.minutes
            )
            if level.waits_for_opening and not spec.is_major:
                due = hold_until_open(clock, moment)
            moments.append(Moment(moment, due, level.kind, level.level_id))
        return moments

    @api.model
    def _warning_of(self, moments):
        """From when on the clock is shown as due soon."""
        return min(
            (moment.moment for moment in moments if moment.kind == "warned"),
            default=None,
        )

    @api.model
    def _next_moment(self, spec, moments, now):
        pending = [moment.due for moment in moments if not spec.is_told(moment)]
        warning = self._warning_of(moments)
        if warning and warning > now:
            # lists and automation rules follow at once, the notice may wait
            pending.append(warning)
        return min(pending, default=None)

    @api.model
    def _levels_of(self, target, source=None):
        """What the plan needs of a target's levels, without records; a policy that was
        taken away reminds nobody.

        :param source: :class:`ClockSource` of a batch, in which each target is read
            once
        """
        known = source.levels if source else {}
        if target.id not in known:
            known[target.id] = tuple(
                Level(level.id, level.minutes, level.kind, level.waits_for_opening)
                for level in target.level_ids
                if target.policy_id.active
            )
        return known[target.id]

    def _spec(self, source=None, **changes):
        """This timer as :class:`Spec`, but for what the caller names.

        :param source: of a batch, see :meth:`_levels_of`
        """
        self.ensure_one()
        target = self.target_id
        values = {
            "calendar": self.calendar_id or self.company_id._dealer_calendar(),
            "company_id": self.company_id.id,
            "unit": self.unit,
            "amount": self.amount,
            "is_office": target._counts_office_days(self.metric),
            "start": self.date_start,
            "run_from": self.date_pause or self.date_run,
            "used": self.used_seconds,
            "levels": self._levels_of(target, source),
            "is_major": self.complaint_id.grade == "major",
            "fired": frozenset(self._fired()),
            "is_breach_recorded": self.is_breach_recorded,
        }
        return Spec(**{**values, **changes})

    def _spec_as_is(self, source=None):
        """The same, with the deadline left where it is."""
        return self._spec(
            source, deadline=self.date_deadline, target_seconds=self.target_seconds
        )

    def _fired(self):
        return {int(level) for level in (self.fired_levels or "").split(",") if level}

    def _measure(self, source, start, end):
        """Seconds between two moments, in the kind of time of the timer."""
        return source.reckon(
            self.calendar_id or self.company_id._dealer_calendar(),
            self.company_id.id,
            min(start, end),
            lambda clock: clock_for(self.unit, clock).between(start, end),
        )

    @api.model
    def _source(self, now=None):
        return ClockSource(self.env, now or fields.Datetime.now())
