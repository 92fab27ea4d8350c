from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import undoable
from ...tools.arguments import TEXT, arguments

#: How long whoever has pressed a button by mistake takes it back himself.
UNDO_TIME = timedelta(minutes=5)


class DealerReception(models.Model):
    """A wrong arrival or delivery is taken back, and stays visible as such.

    At once by whoever pressed the button; later by a second person, with a reason. The
    chatter keeps the time that was recorded. See decision 0018.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    is_taken_back = fields.Boolean(
        "Taken Back",
        readonly=True,
        copy=False,
        help="The arrival or the delivery of this visit was once entered by mistake.",
    )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(reason=TEXT)
    def action_undo_arrival(self, reason=None):
        """The car has not come: the booking waits again, a walk-in is cancelled.

        :param str reason: why, from a second person; nobody gives one who takes it back
            at once
        :raise UserError: when something has been done for the visit since
        """
        self._check_undo("arrived", reason)
        for visit in self:
            if visit._is_agreed():
                raise UserError(
                    self.env._(
                        "%(visit)s: the customer has signed, so the car was here. "
                        "Use “Customer Left” or “Cancel Visit”.",
                        visit=visit.name,
                    )
                )
        for visit in self:
            date = visit.date_arrived
            visit._drop_open_checks()
            if visit.date_appointment:
                visit._write_by_method(
                    {
                        "state": "prepared" if visit.date_prepared else "booked",
                        "date_arrived": False,
                        "date_greeted": False,
                        "date_consulted": False,
                        "date_walk_begun": False,
                        "is_taken_back": True,
                    }
                )
                visit._enter(visit.state)
            else:
                visit._write_by_method({"is_taken_back": True})
                visit._set_state("cancelled")
            visit._tell_undone(
                self.env._(
                    "Arrival of %(date)s taken back", date=visit._format_local(date)
                ),
                reason,
            )
        return True

    @arguments(reason=TEXT)
    def action_undo_delivery(self, reason=None):
        """The key was not handed over: the visit is settled, as before.

        :param str reason: see :meth:`action_undo_arrival`
        :raise UserError: when the customer has rated it, or the car has come again
        """
        self._check_undo("delivered", reason)
        for visit in self:
            visit._check_not_gone_on()
        for visit in self:
            date = visit.date_delivered
            visit._drop_open_checks()
            visit._withdraw_rating_request(date)
            visit._write_by_method(
                {
                    "state": "settled",
                    "date_delivered": False,
                    "delivery_unsigned_reason": False,
                    "is_taken_back": True,
                }
            )
            visit._enter("settled")
            visit._tell_undone(
                self.env._(
                    "Delivery of %(date)s taken back", date=visit._format_local(date)
                ),
                reason,
            )
        return True

    def action_ask_undo(self):
        """Ask a second person why the arrival or the delivery is taken back.

        :raise AccessError: for whoever the visit measures
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("arrived", "delivered"):
            self._raise_not_undone()
        self._check_undone_by_second_person()
        kind = "undo_arrival" if self.state == "arrived" else "undo_delivery"
        return self.env["dealer.reason.wizard"]._open(kind, self)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _offer_undo(self, following=None):
        """The screen says what was done, and offers to take it back.

        :param dict following: the action that comes next; none: the dialog closes
        """
        self.ensure_one()
        closing = following or {"type": "ir.actions.act_window_close"}
        if not self._is_own_slip():
            return closing
        plate = self.license_plate or self.name
        if self.state == "arrived":
            text = self.env._("%(plate)s has arrived.", plate=plate)
            return undoable(self, text, "action_undo_arrival", closing)
        text = self.env._("%(plate)s was handed over.", plate=plate)
        return undoable(self, text, "action_undo_delivery", closing)

    def _is_own_slip(self):
        """Whether the user has just brought the visit to its state, and it is as it
        was then."""
        self.ensure_one()
        date = {"arrived": self.date_arrived, "delivered": self.date_delivered}.get(
            self.state
        )
        return bool(
            date
            and fields.Datetime.now() - date <= UNDO_TIME
            # who wrote it last is not a matter of what the user may see
            and self.sudo().write_uid == self.env.user
            and not (self.state == "arrived" and self.date_greeted)
        )

    def _check_undo(self, state, reason):
        """
        :raise UserError: for a visit that is in another state, or that is another
            person's to take back
        :raise AccessError: for who is measured by it
        """
        self.check_access("write")
        for visit in self:
            if visit.state != state:
                visit._raise_not_undone()
            if (reason or "").strip():
                visit._check_undone_by_second_person()
            elif not visit._is_own_slip():
                raise UserError(
                    self.env._(
                        "%(visit)s has gone on since, or the button was pressed more "
                        "than %(minutes)s minutes ago. A service manager takes it "
                        "back, with a reason.",
                        visit=visit.name,
                        minutes=int(UNDO_TIME.total_seconds() // 60),
                    )
                )

    def _check_undone_by_second_person(self):
        """:raise AccessError: for whoever the visit measures"""
        if not self._is_second_person():
            raise AccessError(
                self.env._(
                    "%(visit)s: only a service manager who is not, and never "
                    "was, its advisor may take this back now.",
                    visit=self.name,
                )
            )

    def _raise_not_undone(self):
        raise UserError(
            self.env._(
                "%(record)s is “%(state)s” (last changed by %(user)s, %(time)s): "
                "nothing to take back. Reload the page.",
                **self._last_change(),
            )
        )

    def _check_not_gone_on(self):
        """:raise UserError: when the customer, or the car, has shown that it was so"""
        self.ensure_one()
        # facts, whoever may read them
        visit = self.sudo()
        again = visit.search(
            [
                ("vehicle_id", "=", visit.vehicle_id.id),
                ("company_id", "=", visit.company_id.id),
                ("id", "!=", visit.id),
                ("date_arrived", ">=", visit.date_delivered),
            ],
            limit=1,
        )
        if again:
            raise UserError(
                self.env._(
                    "%(visit)s: the car has come again since (%(again)s), so it had "
                    "been handed over.",
                    visit=self.name,
                    again=again.name,
                )
            )
        if visit.rating_ids.filtered("consumed"):
            raise UserError(
                self.env._(
                    "%(visit)s: the customer has rated the visit, so the car had been "
                    "handed over.",
                    visit=self.name,
                )
            )

    def _drop_open_checks(self):
        """Standards of the step that was not taken are not asked for."""
        # the process asks for them, and takes them back
        checks = self.sudo()._open_checks()
        checks.unlink()

    def _withdraw_rating_request(self, date):
        """Who has no car back is not asked how it went."""
        self.env["dealer.customer.message"]._withdraw(
            "rating", self, self.env._("the delivery has been taken back")
        )
        self._waiting_mails(date).unlink()

    def _waiting_mails(self, date):
        """What was written to the customer since then and has not left yet."""
        # mails that wait are the system's
        return (
            self.env["mail.mail"]
            .sudo()
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "=", "outgoing"),
                    ("mail_message_id.date", ">=", date),
                ]
            )
        )

    def _tell_undone(self, text, reason):
        """What was recorded, and why it is not so, stays in the chatter."""
        self._message_log(body=f"{text}: {reason}" if reason else text)
