from odoo import api, fields, models
from odoo.tools import SQL

from ..clock.dealer_sla_target import METRICS
from ..clock.dealer_sla_timer import ACTIVE_STATES
from ..common.dealer_complaint_states import OPEN_STATES, WORKING_STATES

SLA_STATES = [
    ("none", "None"),
    ("ok", "On Time"),
    ("warning", "Due Soon"),
    ("breached", "Missed"),
    ("paused", "Paused"),
    ("met", "Met"),
]
#: Timers that begin when a complaint is received, and again when it is re-opened.
FIRST_METRICS = ("contact", "feedback", "resolve")
#: What a complaint stores of its timers follows from these.
_SAID_BY_TIMERS = [
    "complaint_id",
    "metric",
    "state",
    "date_deadline",
    "date_warning",
    "date_stop",
    "date_pause",
    "date_cap_deadline",
]


class DealerComplaint(models.Model):
    """The clocks of a complaint: they follow facts, a talk or a decision, no states."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    timer_ids = fields.One2many("dealer.sla.timer", "complaint_id", "Timers")
    sla_state = fields.Selection(
        SLA_STATES,
        "Time Limit",
        required=True,
        default="none",
        readonly=True,
        copy=False,
        help="The state right now. The stored value, which triggers automation "
        "rules, follows within a minute.",
    )
    sla_deadline = fields.Datetime(
        "Due",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The nearest deadline of a running clock.",
    )
    sla_metric = fields.Selection(METRICS, "What Is Due", readonly=True, copy=False)
    sla_date_warning = fields.Datetime("Due Soon From", readonly=True, copy=False)
    sla_cap_deadline = fields.Datetime(
        "Due after the Longest Pause",
        readonly=True,
        copy=False,
        help="The nearest deadline of a paused clock, if its pause lasts as long as "
        "allowed.",
    )
    has_paused_timer = fields.Boolean(compute="_compute_has_paused_timer")
    has_contact_exception = fields.Boolean(
        "First Contact Waived",
        readonly=True,
        copy=False,
        help="A manager accepted the documented attempts in place of the contact.",
    )

    waits_for_zone = fields.Boolean(
        compute="_compute_waits_for_zone",
        help="No time limit runs until the shop has chosen its time zone.",
    )

    # ------------------------------------------------------------------
    # TRUTH
    # ------------------------------------------------------------------

    @api.depends("company_id.dealer_tz", "state")
    def _compute_waits_for_zone(self):
        for complaint in self:
            complaint.waits_for_zone = (
                complaint.state in OPEN_STATES
                and not complaint.company_id._dealer_has_zone()
            )

    @api.depends("timer_ids.state")
    def _compute_has_paused_timer(self):
        for complaint in self:
            complaint.has_paused_timer = "paused" in complaint.timer_ids.mapped("state")

    def _field_to_sql(self, alias, field_expr, query=None):
        """Read, search and group ``sla_state`` as it is at this second.

        The column itself holds what was last stored; it is read as it is only under
        the context key ``dealer_sla_stored``.
        """
        if field_expr != "sla_state" or self.env.context.get("dealer_sla_stored"):
            return super()._field_to_sql(alias, field_expr, query)
        stored, deadline, warning, cap_deadline = (
            super(DealerComplaint, self)._field_to_sql(alias, name, query)
            for name in (
                "sla_state",
                "sla_deadline",
                "sla_date_warning",
                "sla_cap_deadline",
            )
        )
        now = fields.Datetime.now()
        return SQL(
            """CASE
                WHEN %(now)s > %(cap_deadline)s THEN 'breached'
                WHEN %(deadline)s IS NULL THEN %(stored)s
                WHEN %(now)s > %(deadline)s THEN 'breached'
                WHEN %(now)s >= %(warning)s THEN 'warning'
                ELSE 'ok'
            END""",
            cap_deadline=cap_deadline,
            deadline=deadline,
            warning=warning,
            stored=stored,
            now=now,
        )

    def _sla_vals(self, timers, now):
        """State, deadline, metric and warning of a complaint with these timers.

        Says the same as :meth:`_field_to_sql`.
        """
        running = [timer for timer in timers if timer.state == "running"]
        paused = [timer for timer in timers if timer.state == "paused"]
        cap_deadline = min(
            (timer.date_cap_deadline for timer in paused if timer.date_cap_deadline),
            default=False,
        )
        vals = {
            "sla_deadline": False,
            "sla_metric": False,
            "sla_date_warning": False,
            "sla_cap_deadline": cap_deadline,
        }
        if running:
            nearest = min(running, key=lambda t: (t.date_deadline, t.id))
            warning = min(
                (timer.date_warning for timer in running if timer.date_warning),
                default=False,
            )
            state = "ok"
            if now > nearest.date_deadline or (cap_deadline and now > cap_deadline):
                state = "breached"
            elif warning and now >= warning:
                state = "warning"
            return {
                **vals,
                "sla_state": state,
                "sla_deadline": nearest.date_deadline,
                "sla_metric": nearest.metric,
                "sla_date_warning": warning,
            }
        if any(timer._is_breached_at(now) for timer in paused):
            return {**vals, "sla_state": "breached"}
        if paused:
            return {**vals, "sla_state": "paused"}
        outcomes = set(timers.mapped("state"))
        state = "none"
        if "missed" in outcomes:
            state = "breached"
        elif "met" in outcomes:
            state = "met"
        return {**vals, "sla_state": state}

    def _sla_refresh(self, now=None):
        """Store what the timers say, so that lists sort and automation rules fire."""
        # people read their clocks; only the process stores what they say
        stored = self.sudo().with_context(dealer_sla_stored=True)
        # read past the cache: the stored value is what a rule compares with
        stored.invalidate_recordset(["sla_state"])
        timers = stored.env["dealer.sla.timer"].search_fetch(
            [("complaint_id", "in", self.ids)], _SAID_BY_TIMERS
        )
        stored._sla_store(timers, now or fields.Datetime.now())

    def _sla_store(self, timers, now):
        """Store what ``timers``, all that these complaints have, say at ``now``."""
        by_complaint = timers.grouped("complaint_id")
        same = {}
        for complaint in self:
            vals = complaint._sla_vals(
                by_complaint.get(complaint, timers.browse()), now
            )
            changed = tuple(
                (name, value)
                for name, value in vals.items()
                if complaint[name] != value
            )
            if changed:
                same.setdefault(changed, []).append(complaint.id)
        for changed, ids in same.items():
            self.browse(ids)._write_by_method(dict(changed))
        self._tell_screens()

    # ------------------------------------------------------------------
    # FACTS THAT MOVE THE CLOCKS
    # ------------------------------------------------------------------

    def _sla_begin(self):
        """Start the first clocks of new complaints: of theirs none runs yet."""
        # what was finished when it was entered never escalates
        open_ones = self.filtered(lambda c: c.state in WORKING_STATES)
        if not open_ones:
            return
        # people read their clocks; only the process winds them
        complaints = open_ones.sudo().with_context(dealer_sla_stored=True)
        Timer = complaints.env["dealer.sla.timer"]
        source = Timer._source()
        timers = Timer._start(
            [
                {
                    "complaint": complaint,
                    "metric": metric,
                    "date": complaint.date_received.replace(microsecond=0),
                    "cycle": 1,
                }
                for complaint in complaints
                for metric in FIRST_METRICS
            ],
            source,
        )
        complaints._sla_store(timers, source.now)
        without = complaints - timers.complaint_id
        without.filtered(lambda c: not c.waits_for_zone)._tell_without_clock()

    def _sla_start(self, metrics, date=None, origin="", term=None):
        """Start the clocks ``metrics`` of each complaint, in one batch; one that runs
        already is left alone.

        :param datetime date: default: when the complaint was received
        :param str origin: see ``dealer.sla.timer.origin``
        :param tuple term: amount and unit, where they are not the policy's to say
        """
        if not self:
            return
        # people read their clocks; only the process winds them
        complaints = self.sudo()
        Timer = complaints.env["dealer.sla.timer"]
        source = Timer._source()
        owed = {
            (timer.complaint_id.id, timer.metric)
            for timer in self._sla_active(metrics, origin)
        }
        last = {
            (complaint.id, metric): cycle
            for complaint, metric, cycle in Timer._read_group(
                [
                    ("complaint_id", "in", self.ids),
                    ("metric", "in", metrics),
                    ("origin", "=", origin),
                ],
                ["complaint_id", "metric"],
                ["cycle:max"],
            )
        }
        Timer._start(
            [
                {
                    "complaint": complaint,
                    "metric": metric,
                    "date": (date or complaint.date_received).replace(microsecond=0),
                    "cycle": last.get((complaint.id, metric), 0) + 1,
                    "origin": origin,
                    "term": term,
                }
                for complaint in complaints
                for metric in metrics
                # what is owed already is not owed twice
                if (complaint.id, metric) not in owed
            ],
            source,
        )
        complaints._sla_refresh(source.now)

    def _sla_active(self, metrics=None, origin=None):
        """Running and paused timers, with the rights of the process."""
        domain = [
            ("complaint_id", "in", self.ids),
            ("state", "in", ACTIVE_STATES),
        ]
        if metrics:
            domain.append(("metric", "in", metrics))
        if origin is not None:
            domain.append(("origin", "=", origin))
        # people read their clocks; only the process winds them
        return self.env["dealer.sla.timer"].sudo().search(domain)

    def _sla_stop(self, metrics, date=None, origin=None, contact=None, **vals):
        """What was owed is done. Complaints without such a clock are left alone.

        What was done before a clock began, and was entered later, does not stop it.

        :param contact: the talk that shows it, at its date
        :return: the timers stopped
        """
        timers = self._sla_active(metrics, origin)
        if date:
            timers = timers.filtered(lambda timer: timer.date_start <= date)
        if timers:
            source = timers._source()
            if contact:
                timers._stop_by_talk(contact, source)
            else:
                timers._stop(date or source.now, source, **vals)
            self._sla_refresh(source.now)
            timers._raise_after_two_breaches()
        return timers

    def _after_classify(self):
        """Level, grade, source or category have changed: other targets apply."""
        timers = self._sla_active()
        if timers:
            source = timers._source()
            timers._retarget(source)
            self._sla_refresh(source.now)
