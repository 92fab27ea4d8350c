from odoo import api, fields, models

from odoo.addons.dealer_service.tools.arguments import arguments, between
from odoo.addons.dealer_service.tools.refusal import NamedRefusal

from .dealer_activity_states import OPEN_STATES, REPLY_STATES

#: Persons that one invitation may bring.
MAX_PERSONS = 9


class ReplyRefused(NamedRefusal):
    """The reply cannot be taken: it is over, or there is no such reply."""


class DealerActivity(models.Model):
    """Seats: counted behind a lock, given away once."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    seats_taken = fields.Integer(compute="_compute_seats")
    seats_free = fields.Integer(compute="_compute_seats")
    seats_waiting = fields.Integer("Guests Waiting", compute="_compute_seats")
    seats_line = fields.Char("Seat Overview", compute="_compute_seats_line")

    @api.depends("seat_limit", "invitee_ids.state", "invitee_ids.persons")
    def _compute_seats(self):
        counts = {}
        for activity, state, persons in self.env["dealer.activity.invitee"]._read_group(
            [
                ("activity_id", "in", self.ids),
                ("state", "in", ("coming", "attended", "waiting")),
            ],
            ["activity_id", "state"],
            ["persons:sum"],
        ):
            counts[activity.id, state] = persons
        for activity in self:
            number = activity._origin.id
            taken = counts.get((number, "coming"), 0)
            taken += counts.get((number, "attended"), 0)
            activity.seats_taken = taken
            activity.seats_free = max(0, activity.seat_limit - taken)
            activity.seats_waiting = counts.get((number, "waiting"), 0)

    @api.depends("seats_taken", "seats_waiting")
    @api.depends_context("lang")
    def _compute_seats_line(self):
        for activity in self:
            activity.seats_line = self.env._(
                "%(taken)s taken, %(waiting)s waiting",
                taken=activity.seats_taken,
                waiting=activity.seats_waiting,
            )

    def _lock_seats(self):
        """Whoever comes second waits, fails, and is run again by Odoo on what is left.

        A write that changes nothing: a mere lock would let the second go on with the
        seats as they were when it began.
        """
        self.env.cr.execute(
            "UPDATE dealer_activity SET id = id WHERE id IN %s", (tuple(self.ids),)
        )
        self.env["dealer.activity.invitee"].flush_model(["state", "persons"])
        self.invalidate_recordset(["seats_taken", "seats_free", "seats_waiting"])

    def _seats_for(self, invitee, persons):
        """Whether ``persons`` find a seat; those of ``invitee`` count as free."""
        self.ensure_one()
        if not self.has_seats or not self.seat_limit:
            return True
        mine = invitee.persons if invitee.state in ("coming", "attended") else 0
        return self.seats_taken - mine + persons <= self.seat_limit

    def _promote_waiting(self, _change=None):
        """Free seats go to those who have waited longest; somebody tells them."""
        for activity in self.filtered(lambda a: a.has_seats and a.state in OPEN_STATES):
            activity._lock_seats()
            rows = activity.invitee_ids.search(
                [("activity_id", "=", activity.id), ("state", "=", "waiting")],
                order="date_replied, id",
            )
            for row in rows:
                if activity._seats_for(row, row.persons):
                    row._set_state("coming")
                    activity.invalidate_recordset(["seats_taken", "seats_free"])
                    row._notify("seat")

    def _takes_replies(self):
        self.ensure_one()
        return self.state in OPEN_STATES and self.date_end > fields.Datetime.now()


class DealerActivityInvitee(models.Model):
    """What the customer answers."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(persons=between(0, 99))
    def action_coming(self, persons=1):
        """They come; without a free seat they wait for one."""
        return self._reply_each("coming", persons)

    def action_maybe(self):
        """They do not know yet."""
        return self._reply_each("maybe")

    def action_declined(self):
        """They do not come."""
        return self._reply_each("declined")

    def _reply_each(self, reply, persons=1):
        self.check_access("write")
        for invitee in self:
            invitee._reply(reply, persons, "call")
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _reply(self, reply, persons=1, channel="call"):
        """Record a reply. The same reply again changes nothing.

        :param str reply: ``coming``, ``maybe`` or ``declined``
        :param int persons: how many come
        :param str channel: how it was given
        :raise ReplyRefused: when it is over, or for anything else than a reply
        :return: the state that follows: ``waiting`` when the seats are taken
        """
        self.ensure_one()
        activity = self.activity_id
        if reply not in ("coming", "maybe", "declined"):
            raise ReplyRefused(self.env._("Please choose one of the answers."))
        if not isinstance(persons, int) or not 1 <= persons <= MAX_PERSONS:
            raise ReplyRefused(
                self.env._(
                    "The number of guests must be between 1 and %s.", MAX_PERSONS
                )
            )
        if not activity._takes_replies() or self.state == "excluded":
            raise ReplyRefused(self.env._("This invitation is over."))
        if self.state not in REPLY_STATES:
            return self.state
        activity._lock_seats()
        target = reply
        if reply == "coming" and not activity._seats_for(self, persons):
            if self.state == "coming":
                raise ReplyRefused(
                    self.env._(
                        "There are not enough seats for %(count)s guests; we are "
                        "keeping your %(kept)s seats.",
                        count=persons,
                        kept=self.persons,
                    )
                )
            target = "waiting"
        was = (self.state, self.persons)
        self._has_answered_again()
        if was == (target, persons):
            return target
        values = {"persons": persons, "reply_channel": channel}
        if was[0] != target:
            # more persons do not cost the place in the queue
            values["date_replied"] = fields.Datetime.now()
            self._set_state(target, **values)
        else:
            self._write_by_method(values)
        if not self.date_invited:
            self._write_by_method({"date_invited": fields.Datetime.now()})
        if target != "maybe":
            self._end_call()
        if was[0] == "coming":
            activity._promote_waiting()
        return target
