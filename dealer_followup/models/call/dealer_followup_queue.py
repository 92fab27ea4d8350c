from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.call_hours import is_calling_time, next_calling_time, next_dial
from .dealer_followup import OPEN_STATES
from .dealer_followup_hold import HOLDING

#: Nobody else calls a number that somebody is calling now.
CLAIM_MINUTES = 30
#: A customer who is kept from being called now is looked at again after this.
RETRY_BLOCKED_HOURS = 4
QUEUE_BATCH = 50


class DealerFollowup(models.Model):
    """The work list: one number for one caller, and nobody else at the same time."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    @api.depends("state", "next_try_at")
    def _compute_is_due_now(self):
        now = fields.Datetime.now()
        for task in self:
            is_open = task.state in OPEN_STATES
            task.is_due_now = is_open and bool(task.next_try_at <= now)

    @api.model
    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """What is due now stands before what waits for its time."""
        if field_name == "is_due_now":
            return SQL(
                "%s <= %s %s",
                self._field_to_sql(alias, "next_try_at", query),
                fields.Datetime.now(),
                direction,
            )
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @api.model
    def action_next_call(self):
        """Open the sheet of the most urgent customer whom nobody else is calling.

        Who asks outside the calling hours has done nothing wrong: the list is shown,
        with the sentence that says from when on customers are called.
        """
        self.check_access("read")
        unfinished = self._unfinished_sheet()
        if unfinished:
            return unfinished._open()
        closed = self._outside_hours()
        tasks = self.browse() if closed else self._next_call()
        if tasks:
            return tasks._open_sheet()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_followup_action_mine"
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": closed or self.env._("There is nobody to call right now."),
                # the client shows the help of such an action as plain text
                "next": {**action, "target": "main", "help": False},
            },
        }

    def action_call(self):
        """Call about this follow-up now, whatever the order of the list.

        :raise UserError: when this customer must not be called now, with the reason
        """
        self.ensure_one()
        unfinished = self._unfinished_sheet()
        if unfinished:
            return unfinished._open()
        self._check_to_be_called()
        self._check_calling_time()
        now = fields.Datetime.now()
        block = self._judged("call")[self]
        if block:
            labels = dict(self._fields["close_reason"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(task)s cannot be called now: %(reason)s.",
                    task=self.display_name,
                    reason=labels[block.reason],
                )
            )
        self._check_dial(now)
        tasks = self._claim(now, wanted=self)
        if not tasks:
            raise UserError(
                self.env._(
                    "A colleague is calling %(name)s right now.",
                    name=self.contact_name,
                )
            )
        return tasks._open_sheet()

    def _open_sheet(self, **values):
        """The screen for one call that settles all these follow-ups.

        Who has left the sheet before the call was dialled finds what was written on it.
        """
        # nobody else makes sheets: what is on one was looked at when it was opened
        sheets = self.env["dealer.followup.call"].sudo()
        values |= {
            "followup_ids": [fields.Command.set(self.ids)],
            "offered_ids": [fields.Command.set(self.ids)],
        }
        sheet = sheets.browse()
        if not values.get("attempt_id"):
            sheet = sheets.search(
                [
                    ("create_uid", "=", self.env.uid),
                    ("attempt_id", "=", False),
                    ("followup_ids", "in", self.ids),
                ],
                order="id desc",
                limit=1,
            )
        if sheet:
            sheet._write_by_method(values)
        else:
            sheet = sheets.create(values)
        # with the rights of the caller again
        return sheet.sudo(self.env.su)._open()

    def _unfinished_sheet(self):
        """My sheet of a call that was dialled and whose end nobody has recorded: what
        was said stands on it. About ``self``, or about anybody."""
        # my own
        sheets = self.env["dealer.followup.call"].sudo()
        # a link that was sent has ended the call
        owed = [
            ("state", "in", OPEN_STATES),
            ("next_try_at", "<=", fields.Datetime.now()),
        ]
        if self:
            owed.append(("id", "in", self.ids))
        sheet = sheets.search(
            [
                ("create_uid", "=", self.env.uid),
                ("attempt_id", "!=", False),
                ("attempt_id.result_id", "=", False),
                ("attempt_id.company_id", "in", self.env.companies.ids),
                ("followup_ids", "any", owed),
            ],
            order="id desc",
            limit=1,
        )
        return sheet.sudo(self.env.su)

    # ------------------------------------------------------------------
    # THE NEXT CALL
    # ------------------------------------------------------------------

    @api.model
    def _next_call(self):
        """Claim what one customer is to be called about now.

        :return: follow-ups of one customer, the most urgent first; empty when nobody
            is to be called
        :raise UserError: outside the calling hours
        """
        self.check_access("read")
        self._check_calling_time()
        now = fields.Datetime.now()
        self._release_promises(now)
        seen = set()
        while True:
            queue = self._queue(now, seen)
            for task in queue:
                if task.contact_phone in seen:
                    continue
                seen.add(task.contact_phone)
                claimed = task._claim(now)
                if claimed:
                    return claimed
            if len(queue) < QUEUE_BATCH:
                return self.browse()

    def _queue(self, now, seen):
        """The most urgent follow-ups that I may take, without the numbers seen."""
        stale = now - timedelta(minutes=CLAIM_MINUTES)
        found = self.browse()
        for company in self.env.companies:
            for user_id in (self.env.uid, False):
                # one index scan each, in the order of the list; both at once would
                # sort every open follow-up of the shop
                found += self.search(
                    [
                        ("company_id", "=", company.id),
                        ("user_id", "=", user_id),
                        ("state", "in", OPEN_STATES),
                        ("channel", "=", "call"),
                        ("next_try_at", "<=", now),
                        ("is_on_hold", "=", False),
                        ("contact_phone", "!=", False),
                        ("contact_phone", "not in", list(seen)),
                        "|",
                        "|",
                        ("claimed_at", "=", False),
                        ("claimed_at", "<", stale),
                        ("claim_user_id", "=", self.env.uid),
                    ],
                    limit=QUEUE_BATCH,
                )
        found = found.sorted(lambda task: (task.priority, task.expire_date, task.id))
        return found[:QUEUE_BATCH]

    def _claim(self, now, wanted=None):
        """Take the number of this follow-up for myself, for half an hour.

        Every open follow-up of the number is locked and marked, those of other
        callers, customers and shops too: a telephone rings once. Who is second skips
        the locked rows, or finds them changed and is run again by Odoo.

        :return: what this customer can be called about now
        """
        self.ensure_one()
        # the number counts, whoever the tasks belong to
        same_number = self.sudo().search(
            [
                ("contact_phone", "=", self.contact_phone),
                ("state", "in", OPEN_STATES),
            ]
        )
        stale = now - timedelta(minutes=CLAIM_MINUTES)
        if any(
            task.claimed_at
            and task.claimed_at >= stale
            and task.claim_user_id != self.env.user
            for task in same_number
        ):
            return self.browse()
        locked = same_number.try_lock_for_update(allow_referencing=True)
        if len(locked) < len(same_number):
            return self.browse()
        mine = same_number.filtered(
            lambda task: (
                task == wanted
                or (
                    task.company_id == self.company_id
                    and task.partner_id == self.partner_id
                    and task.user_id in (self.env.user, self.env["res.users"])
                    and task.next_try_at <= now
                    and task.channel == "call"
                )
            )
        )
        mine = mine._callable_now(now)
        if not mine:
            return self.browse()
        same_number._write_by_method({"claimed_at": now, "claim_user_id": self.env.uid})
        mine.filtered(lambda task: not task.user_id)._write_by_method(
            {"user_id": self.env.uid}
        )
        return mine.with_env(self.env)

    def _callable_now(self, now):
        """Those that may be called now; the others are put off or end."""
        kept = self.browse()
        for task, block in self._judged("call").items():
            if task.expire_date < task.company_id._dealer_today():
                task._close("expired", False)
            elif block and block.is_final:
                task._close("suppressed", block.reason)
            elif block and block.reason in HOLDING:
                # it waits by itself, and is called when that is over
                continue
            elif block:
                task._write_by_method(
                    {"next_try_at": now + timedelta(hours=RETRY_BLOCKED_HOURS)}
                )
            else:
                kept |= task
        free = kept and kept._free_at(now)
        if kept and free > now:
            kept._write_by_method({"next_try_at": free})
            return self.browse()
        return kept.sorted(lambda task: (task.priority, task.expire_date, task.id))

    # ------------------------------------------------------------------
    # HOURS AND LIMITS
    # ------------------------------------------------------------------

    @api.model
    def _check_calling_time(self):
        """:raise UserError: outside the calling hours of the shop"""
        closed = self._outside_hours()
        if closed:
            raise UserError(closed)

    @api.model
    def _outside_hours(self):
        """Why nobody is called now, and from when on; nothing in the calling hours."""
        shop = self[:1].company_id or self.env.company
        local = shop._dealer_to_local(fields.Datetime.now())
        hours = shop._dealer_call_spans()
        if is_calling_time(local, hours):
            return None
        return self.env._(
            "It is %(now)s. Calling hours are %(hours)s; the next call can "
            "be made at %(next)s.",
            now=f"{local:%H:%M}",
            hours=shop.dealer_call_hours,
            next=f"{next_calling_time(local, hours):%m-%d %H:%M}",
        )

    def _check_dial(self, now):
        """:raise UserError: when the number was called too often or just now"""
        free = self._free_at(now)
        if free > now:
            shop = self[:1].company_id
            raise UserError(
                self.env._(
                    "%(phone)s was called %(count)s times recently. The next call "
                    "is allowed from %(next)s.",
                    phone=self[:1].contact_phone,
                    count=len(self._recent_calls(now)),
                    next=f"{shop._dealer_to_local(free):%m-%d %H:%M}",
                )
            )

    def _free_at(self, now):
        """The first moment from ``now`` on at which the number may be dialled."""
        shop = self[:1].company_id
        free = next_dial(
            shop._dealer_to_local(now),
            shop._dealer_call_spans(),
            [shop._dealer_to_local(date) for date in self._recent_calls(now)],
            shop.dealer_calls_per_day,
            shop.dealer_call_gap_minutes,
            promised=any(self.mapped("is_promised")),
        )
        return shop._dealer_to_utc(free)

    def _recent_calls(self, now):
        """When the number was dialled in the last day, by anybody."""
        # for whatever customer and caller; two records of one call are one call
        attempts = self.env["dealer.followup.attempt"].sudo()
        calls = attempts.search(
            [
                ("phone", "=", self[:1].contact_phone),
                ("channel", "=", "call"),
                ("date", ">=", now - timedelta(days=1)),
            ]
        )
        return set(calls.mapped("date"))

    # ------------------------------------------------------------------
    # THE NIGHT
    # ------------------------------------------------------------------

    @api.model
    def _expire(self):
        """End what is of no use any more, by the calendar of each shop."""
        # every shop of the database, also those with another calendar's company
        for shop in self.env["res.company"].sudo().search([("active", "=", True)]):
            tasks = self.search(
                [
                    ("state", "in", OPEN_STATES),
                    ("company_id", "=", shop.id),
                    ("expire_date", "<", shop._dealer_today()),
                ]
            )
            tasks._close("expired", False)

    @api.model
    def _release_claims(self):
        """What somebody has taken from the pool and not called goes back."""
        stale = fields.Datetime.now() - timedelta(minutes=CLAIM_MINUTES)
        tasks = self.search([("state", "in", OPEN_STATES), ("claimed_at", "<", stale)])
        untouched = tasks.filtered(
            lambda task: (
                task.rule_id.assignment == "pool"
                and not task.attempt_count
                and not task.is_given
                and task.user_id == task.claim_user_id
            )
        )
        untouched._write_by_method({"user_id": False})
        tasks._write_by_method({"claimed_at": False, "claim_user_id": False})
