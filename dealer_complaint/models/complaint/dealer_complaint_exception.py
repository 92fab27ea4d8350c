from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.dealer_complaint_states import OPEN_STATES

#: So many attempts without reaching anybody make an exception possible.
ATTEMPTS_FOR_EXCEPTION = 3
#: Calls closer together than this are one attempt.
ATTEMPT_GAP = timedelta(minutes=10)


class DealerComplaint(models.Model):
    """When the customer cannot be reached, and when limits are broken again."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    failed_attempt_count = fields.Integer(compute="_compute_failed_attempt_count")

    @api.depends("contact_ids.is_connected", "contact_ids.user_id")
    def _compute_failed_attempt_count(self):
        for complaint in self:
            complaint.failed_attempt_count = len(complaint._failed_attempts())

    def _failed_attempts(self):
        """Attempts of the responsible person in the current cycle, oldest first: while
        the shop is open, and each some time after the one before."""
        self.ensure_one()
        timer = self._sla_active(["contact"])[:1]
        since = timer.date_start or self.date_received
        calls = self.contact_ids.filtered(
            lambda c: c._is_failed_attempt() and c.date >= since
        ).sorted("date")
        counted = calls.browse()
        for call in calls:
            is_apart = not counted or call.date - counted[-1].date >= ATTEMPT_GAP
            if is_apart and self._is_open_at(call.date):
                counted |= call
        return counted

    def _is_open_at(self, date):
        """Whether the shop was open at ``date``: only then are customers phoned."""
        # whoever phones need not read the calendar
        calendar = self.company_id.sudo()._dealer_calendar()
        source = self.env["dealer.sla.timer"]._source()
        return source.reckon(
            calendar,
            self.company_id.id,
            date,
            lambda clock: clock.next_opening(date) == date,
        )

    def _after_failed_attempt(self, contact):
        """Tell the managers once enough attempts are documented."""
        self.ensure_one()
        if (
            not contact._is_failed_attempt()
            or len(self._failed_attempts()) != ATTEMPTS_FOR_EXCEPTION
        ):
            return
        managers = self.env["dealer.sla.level"]._members("manager", self.company_id)
        for manager in managers[:3]:
            # the handler need not see who manages
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._(
                    "%(count)s attempts without reaching the customer: accept as an"
                    " exception?",
                    count=ATTEMPTS_FOR_EXCEPTION,
                ),
                user_id=manager.id,
            )

    def action_accept_contact_exception(self):
        """A manager accepts the documented attempts in place of the first contact.

        The clock stops at the third attempt: in time when that was in time.

        :raise UserError: with fewer attempts than that
        """
        what = self.env._("An exception to the first contact")
        self._check_manager(what)
        self._check_not_measured(what)
        for complaint in self:
            attempts = complaint._failed_attempts()
            if len(attempts) < ATTEMPTS_FOR_EXCEPTION:
                raise UserError(
                    self.env._(
                        "%(complaint)s: %(count)s attempts are needed, %(done)s are"
                        " recorded.",
                        complaint=complaint.name,
                        count=ATTEMPTS_FOR_EXCEPTION,
                        done=len(attempts),
                    )
                )
            complaint._sla_stop(
                ["contact"],
                attempts[ATTEMPTS_FOR_EXCEPTION - 1].date,
                is_exception=True,
            )
            complaint._write_by_method({"has_contact_exception": True})
            complaint.message_post(
                body=self.env._(
                    "Three documented attempts were accepted instead of the contact."
                )
            )
        return True

    def _not_phoned(self):
        """Those whose first contact is owed still, and was not made late either."""
        owed = self._sla_active(["contact"]).complaint_id & self
        return owed.filtered(
            lambda complaint: (
                not any(
                    contact.channel == "call" and contact.is_connected
                    for contact in complaint.contact_ids
                )
            )
        )

    def _closing_gaps(self):
        gaps = super()._closing_gaps()
        if self._sla_active(["contact"]):
            gaps.insert(
                0, self.env._("The responsible person has not phoned the customer yet.")
            )
        if self._sla_active(["feedback"]):
            gaps.append(self.env._("The customer is still waiting for the result."))
        return gaps

    # ------------------------------------------------------------------
    # LEVELS THAT ACT
    # ------------------------------------------------------------------

    def _raise_grade_by_level(self, level):
        """A level of escalation raises the grade by one step."""
        step = {"general": "escalated", "escalated": "major"}.get(self.grade)
        if step:
            self._raise_grade(step, self._for_reader().env._("Time limit missed"))

    def _offer_by_level(self, level):
        """A level of escalation offers the complaint to the level's person."""
        recipient = (level._recipients(self) - self.user_id).filtered(
            self._may_take_over
        )[:1]
        is_open = self.state in OPEN_STATES
        if recipient and is_open and self.handover_state != "pending":
            self.action_handover(recipient)
