from odoo import api, fields, models

from ..call.dealer_followup import OPEN_STATES as OPEN_TASKS
from .dealer_activity_states import OPEN_STATES

#: Guests who count on the date and the place that they were told.
EXPECTING = ("coming", "waiting", "maybe")


class DealerActivity(models.Model):
    """Another date or place: whoever counts on the former one is told, and asked again.

    Each move has its number, which names it as the cause of a call: nobody is called
    twice about one move, and nobody about a move that another one has overtaken.
    """

    _name = "dealer.activity"
    _inherit = "dealer.activity"
    _RECORDED_FIELDS = frozenset({"move_count", "former_start", "former_place"})

    move_count = fields.Integer("Times Moved", readonly=True, copy=False)
    former_start = fields.Datetime("Began Before", readonly=True, copy=False)
    former_place = fields.Char("Place Before", readonly=True, copy=False)
    unconfirmed = fields.Integer(
        "Asked Again",
        compute="_compute_unconfirmed",
        help="Guests who have not yet answered since the activity was moved.",
    )

    @api.depends("invitee_ids.is_asked_again")
    def _compute_unconfirmed(self):
        counts = dict(
            self.env["dealer.activity.invitee"]._read_group(
                [("activity_id", "in", self.ids), ("is_asked_again", "=", True)],
                ["activity_id"],
                ["__count"],
            )
        )
        for activity in self:
            activity.unconfirmed = counts.get(activity._origin, 0)

    def _tell_move(self, change):
        """The guests of what is still to come learn of it; a correction of the past
        concerns nobody."""
        now = fields.Datetime.now()
        for activity in self.filtered(lambda a: a.state in OPEN_STATES):
            start, place = (
                change.was(activity, name) for name in ("date_start", "place")
            )
            is_later = start != activity.date_start and activity.date_start > now
            is_elsewhere = place and place != activity.place and activity.date_end > now
            if not is_later and not is_elsewhere:
                continue
            activity._close_move_calls()
            guests = activity._rows(*EXPECTING)
            if guests:
                activity._write_by_method(
                    {
                        "move_count": activity.move_count + 1,
                        "former_start": start,
                        "former_place": place,
                    }
                )
                guests._write_by_method({"is_asked_again": True})
                guests._notify(activity._move_name())

    def _move_name(self):
        """Names the last move as the cause of calls."""
        return f"moved:{self.move_count}"

    def _calls_of_moves(self, invitees):
        """Open calls that tell guests of the last move."""
        # tasks of every caller
        tasks = self.env["dealer.followup"].sudo()
        cause = [
            ("activity_id", "in", self.ids),
            ("anchor_key", "like", "activity:%:moved:%"),
            ("state", "in", OPEN_TASKS),
        ]
        if invitees is not None:
            cause.append(("invitee_id", "in", invitees.ids))
        return tasks.search(cause)

    def _close_move_calls(self, invitees=None):
        """Nobody needs to call any more: there is an answer, or another change."""
        if moved := self.filtered("move_count"):
            moved._calls_of_moves(invitees)._close("cancelled", "cause_gone")

    def _former_when(self):
        """When it was to begin, and where, before it was moved."""
        parts = []
        if self.former_start and self.former_start != self.date_start:
            parts.append(self.company_id._dealer_format(self.former_start))
        if self.former_place and self.former_place != self.place:
            parts.append(self.former_place)
        return ", ".join(parts)


class DealerActivityInvitee(models.Model):
    """A guest who counted on another date or place."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"

    is_asked_again = fields.Boolean(
        "To Confirm",
        readonly=True,
        index="btree_not_null",
        help="The activity was moved after this guest had answered. The seat is kept "
        "until there is a new answer.",
    )

    def _has_answered_again(self):
        """The answer to the last move is known: nobody needs to call any more."""
        asked = self.filtered("is_asked_again")
        if asked:
            asked._write_by_method({"is_asked_again": False})
            asked.activity_id._close_move_calls(asked)

    def _is_move_call(self, task):
        """Whether a call is about the last move, as far as this guest goes."""
        key = f"activity:{self.activity_id.id}:{self.activity_id._move_name()}"
        return task.anchor_key in (key, f"{key}:i{self.id}")

    def _tell_change(self):
        """Write to them: nobody is to stand before a closed door, whatever they think
        of other letters."""
        self._ensure_token()
        for activity, rows in self.grouped("activity_id").items():
            is_over = activity.state == "cancelled"
            self.env["dealer.customer.message"]._tell_all(
                "activity_cancelled" if is_over else "activity_moved",
                rows,
                [(row.partner_id, None) for row in rows],
            )
