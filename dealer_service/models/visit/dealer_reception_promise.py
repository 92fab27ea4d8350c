from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.savepoints import each_in_savepoint
from ..common.dealer_reception_states import IN_HOUSE_STATES, VOID_STATES

ACTIVITY = "dealer_service.mail_activity_type_delay"
PROMISE_STATES = [
    ("none", "No Promise"),
    ("on_time", "On Time"),
    ("at_risk", "At Risk"),
    ("late", "Late"),
    ("kept", "Kept"),
    ("broken", "Broken"),
]


class DealerReception(models.Model):
    """The promised time, and whether it is being kept – true to the second."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    date_promised = fields.Datetime(
        "Promised For",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="When the car was promised to be ready.",
    )
    date_promised_first = fields.Datetime(
        "First Promise",
        copy=False,
        readonly=True,
        help="The first promised time. Reports measure against this one.",
    )
    date_promise_risk = fields.Datetime(
        "At Risk From",
        compute="_compute_date_promise_risk",
        store=True,
        precompute=True,
        help="From this time on, a car that is not ready is at risk of being late.",
    )
    promise_state = fields.Selection(
        PROMISE_STATES,
        "Promise",
        compute="_compute_promise_state",
        store=True,
        precompute=True,
        help="The state of the promise right now. The stored value, which triggers "
        "automation rules, follows within a minute.",
    )
    promise_warning = fields.Char(compute="_compute_promise_warning")
    is_first_promise_kept = fields.Boolean(
        compute="_compute_is_first_promise_kept", store=True, precompute=True
    )
    is_delay_notified = fields.Boolean(
        "Customer Told of Delay",
        copy=False,
        readonly=True,
        help="The customer was told that the promised time cannot be kept.",
    )

    date_delay_asked = fields.Datetime(
        "Promise to Explain",
        copy=False,
        readonly=True,
        help="The promised time whose delay the advisor was asked to explain to the "
        "customer.",
    )

    _promise_due_idx = models.Index(
        "(date_promise_risk) WHERE date_ready IS NULL AND promise_state"
        " IN ('on_time', 'at_risk')"
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("date_promised", "company_id.dealer_promise_warn_minutes")
    def _compute_date_promise_risk(self):
        for reception in self:
            reception.date_promise_risk = reception.date_promised and (
                reception.date_promised
                - timedelta(minutes=reception.company_id.dealer_promise_warn_minutes)
            )

    @api.depends(
        "date_promised", "date_promise_risk", "date_ready", "date_left", "state"
    )
    def _compute_promise_state(self):
        now = fields.Datetime.now()
        for reception in self:
            reception.promise_state = reception._promise_state_at(now)

    @api.depends("date_promised", "date_ready", "company_id")
    def _compute_promise_warning(self):
        """What speaks against the promised time: a hint, never an obstacle."""
        for reception in self:
            reception.promise_warning = (
                reception.date_promised
                and not reception.date_ready
                and not reception._is_shop_open(reception.date_promised)
                and self.env._(
                    "The shop is closed at that time. Will somebody hand over the car?"
                )
            )

    def _is_shop_open(self, moment):
        """Whether the shop is open then; one without opening hours always is."""
        shop = self.company_id or self.env.company
        day = shop._dealer_day(moment)
        try:
            book = shop._dealer_book(day, day, only_opening=True)
        except UserError:
            return True
        return book.is_open(moment)

    @api.depends("date_promised_first", "date_ready")
    def _compute_is_first_promise_kept(self):
        for reception in self:
            reception.is_first_promise_kept = bool(
                reception.date_ready
                and reception.date_promised_first
                and reception.date_ready <= reception.date_promised_first
            )

    def _promise_state_at(self, now):
        """The state of the promise at ``now`` (UTC).

        Says the same as :meth:`_field_to_sql`; a promise met in its very second is
        kept.
        """
        self.ensure_one()
        if not self.date_promised or self.state in VOID_STATES:
            return "none"
        if self.state == "left":
            # who waited longer than promised has seen it broken
            return "broken" if self.date_left > self.date_promised else "none"
        if self.date_ready:
            return "kept" if self.date_ready <= self.date_promised else "broken"
        if now > self.date_promised:
            return "late"
        return "at_risk" if now >= self.date_promise_risk else "on_time"

    def _field_to_sql(self, alias, field_expr, query=None):
        """Read, search and group the promise as it is at this second.

        The column itself holds what was last stored; it is read as it is only under
        the context key ``dealer_promise_stored``.
        """
        if field_expr != "promise_state" or self.env.context.get(
            "dealer_promise_stored"
        ):
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields["promise_state"], "read")
        promised, risk, ready, left, state = (
            super(DealerReception, self)._field_to_sql(alias, name, query)
            for name in (
                "date_promised",
                "date_promise_risk",
                "date_ready",
                "date_left",
                "state",
            )
        )
        now = fields.Datetime.now()
        return SQL(
            """CASE
                WHEN %(promised)s IS NULL OR %(state)s IN %(void)s
                    THEN 'none'
                WHEN %(state)s = 'left' AND %(left)s > %(promised)s THEN 'broken'
                WHEN %(state)s = 'left' THEN 'none'
                WHEN %(ready)s <= %(promised)s THEN 'kept'
                WHEN %(ready)s IS NOT NULL THEN 'broken'
                WHEN %(now)s > %(promised)s THEN 'late'
                WHEN %(now)s >= %(risk)s THEN 'at_risk'
                ELSE 'on_time'
            END""",
            promised=promised,
            risk=risk,
            ready=ready,
            left=left,
            state=state,
            void=VOID_STATES,
            now=now,
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _promise_first(self, vals_list):
        for vals in vals_list:
            if vals.get("date_promised"):
                vals["date_promised_first"] = vals["date_promised"]

    def _check_first_promise(self):
        for reception in self.filtered("date_promised"):
            reception._check_promise_to_come(reception.date_promised)

    def _check_promise(self, vals):
        if vals["date_promised"]:
            self._check_promise_open()
            self._check_promise_to_come(vals["date_promised"])
            if not self.env.su:
                self._would_change(vals, "date_promised")._check_why_moved(vals)
        elif not self.env.su:
            self._check_not_promised()

    def _keep_first_promise(self, _change):
        """What was promised first is what the figures measure."""
        unpromised = self.filtered(lambda r: not r.date_promised_first)
        for date, visits in unpromised.grouped("date_promised").items():
            if date:
                visits._write_by_method({"date_promised_first": date})

    def _check_promise_to_come(self, date):
        """:raise UserError: for a time that nobody can promise any more"""
        date = fields.Datetime.to_datetime(date)
        if date >= fields.Datetime.now() or self._may_correct_past():
            return
        raise UserError(
            self.env._(
                "%(visits)s: %(time)s is in the past. Promise a future time.",
                visits=", ".join(self.mapped("name")),
                time=self.company_id[:1]._dealer_format(date),
            )
        )

    def _check_not_promised(self):
        """:raise UserError: for a promise that would no longer be anybody's"""
        for reception in self.filtered("date_promised"):
            raise UserError(
                self.env._(
                    "%(visit)s is promised for %(time)s. A promise is not taken back: "
                    "enter the time that the customer is told instead.",
                    visit=reception.name,
                    time=reception.company_id._dealer_format(reception.date_promised),
                )
            )

    def _check_promise_open(self):
        for reception in self:
            if reception.date_ready:
                raise UserError(
                    self.env._(
                        "%(visit)s is already ready, so its promised time can no "
                        "longer be changed.",
                        visit=reception.name,
                    )
                )

    def _close_delay_activity(self):
        """A car that is ready is told about, not its delay."""
        late = self.filtered("date_delay_asked")
        if late:
            # it was asked for by the system and may lie with a colleague
            late.sudo().activity_unlink([ACTIVITY])

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _arm_promise(self, _change=None):
        """Wake the cron at the next moment at which a stored promise changes.

        For a car in the house the cron, when it wakes, does the same for the moment
        after; it passes over the others.
        """
        now = fields.Datetime.now()
        moments = set()
        for reception in self:
            if not reception.date_promised or reception.date_ready:
                continue
            # a second after the promise the car is late, not before
            late = reception.date_promised + timedelta(seconds=1)
            ahead = [at for at in (reception.date_promise_risk, late) if at > now]
            is_here = reception.state in IN_HOUSE_STATES
            moments.update(ahead[:1] if is_here else ahead)
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "dealer_service.ir_cron_dealer_service_promise"
        )
        # the trigger belongs to the system, the promise to the advisor; all of them are
        # still to come, so the cron itself need not be read
        self.env["ir.cron.trigger"].sudo().create(
            [{"cron_id": cron_id, "call_at": at} for at in sorted(moments) if cron_id]
        )

    @api.model
    def _cron_refresh_promise_state(self, batch_size=500):
        """Store what time has changed, so that automation rules fire on it.

        Costs what is due, not what is open: the index holds the running promises
        only, by the moment of their next change.
        """
        now = fields.Datetime.now()
        stored = self.with_context(dealer_promise_stored=True)
        domain = [
            ("date_ready", "=", False),
            ("state", "in", IN_HOUSE_STATES),
            "|",
            "&",
            ("promise_state", "=", "on_time"),
            ("date_promise_risk", "<=", now),
            "&",
            ("promise_state", "=", "at_risk"),
            ("date_promised", "<", now),
        ]
        due = stored.search(domain, order="date_promise_risk, id", limit=batch_size)
        locked = due.try_lock_for_update()
        locked.modified(["date_promise_risk"])
        locked._recompute_recordset(["promise_state"])
        locked._arm_promise()
        each_in_savepoint(locked, methodcaller("_notify_promise_change"))
        self.env["ir.cron"]._commit_progress(
            len(locked), remaining=stored.search_count(domain)
        )

    def _notify_promise_change(self):
        """Tell the advisor, once a promise, that a car is going to be late."""
        for reception in self.filtered(
            lambda r: r.promise_state in ("at_risk", "late")
        ):
            reception._schedule_delay_activity()

    def _schedule_delay_activity(self):
        if self.is_delay_notified or self.date_delay_asked == self.date_promised:
            return
        if not self.activity_search([ACTIVITY]):
            user = self.advisor_id or self.env.user
            visit = self._for_reader(user)
            visit.activity_schedule(
                ACTIVITY,
                summary=visit.env._("Tell the customer about the delay"),
                note=visit.env._(
                    "Promised for %(time)s and not ready.",
                    time=visit.company_id._dealer_format(visit.date_promised),
                ),
                user_id=user.id,
            )
        self._write_by_method({"date_delay_asked": self.date_promised})

    def action_tell_delay(self):
        """Record that the customer was told about the delay. Counts once.

        :raise UserError: when the car is not waited for any more, or is not late
        """
        now = fields.Datetime.now()
        for reception in self.filtered(lambda r: not r.is_delay_notified):
            if reception.date_ready or reception.state not in IN_HOUSE_STATES:
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: nobody waits for the car any more, "
                        "so nobody can be told that it will be late.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
            if reception._promise_state_at(now) not in ("at_risk", "late"):
                raise UserError(
                    self.env._(
                        "%(visit)s is not late, and its promise is not at risk: there "
                        "is no delay to tell the customer about.",
                        visit=reception.name,
                    )
                )
            reception._write_by_method({"is_delay_notified": True})
            reception.message_post(
                body=self.env._("The customer was told about the delay.")
            )
            # whoever was to tell the customer need not any more
            reception.sudo().activity_feedback([ACTIVITY])
        return True
