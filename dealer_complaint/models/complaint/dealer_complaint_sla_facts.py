from datetime import timedelta

from odoo import fields, models

from ..common.dealer_complaint_states import VOID_STATES, WORKING_STATES
from .dealer_complaint_sla import FIRST_METRICS

#: What the customer is told within this time is one feedback.
FEEDBACK_GAP = timedelta(hours=1)


class DealerComplaint(models.Model):
    """What happens to a complaint and moves its clocks: talks, results, its end, and
    that it was received at another time."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    def _register_contacts(self, contacts):
        """Let the clocks follow what was said to the customer, in the order it was."""
        for contact in contacts.sorted(lambda c: (c.date, c.id)):
            complaint = contact.complaint_id
            if (
                not complaint.user_id
                and contact.is_connected
                and contact.user_id.active
            ):
                # the first person who takes it up has it, even from a desk whose
                # complaints that person could not write to
                complaint.sudo()._write_by_method({"user_id": contact.user_id.id})
            if contact._is_first_contact():
                complaint._sla_stop(["contact"], contact._clock_date(), contact=contact)
            if not contact.is_connected:
                complaint._after_failed_attempt(contact)
            elif contact.kind == "feedback":
                if complaint._is_told_already(contact):
                    continue
                if complaint._sla_stop(["feedback"], contact.date, contact=contact):
                    complaint._sla_start(["feedback"], contact.date)
            elif contact.kind == "decision" and not complaint._is_of_former_cycle(
                contact
            ):
                complaint._sla_stop(["feedback"], contact.date, contact=contact)
                complaint._write_by_method({"date_decision": contact.date})
                complaint._sla_owe_remedy()
            elif contact.kind == "callback":
                complaint._sla_stop(["callback"], contact.date, contact=contact)

    def _is_told_already(self, contact):
        """Whether a feedback is none of its own: the customer has called, or was told
        within the hour before."""
        self.ensure_one()
        return contact.direction == "in" or any(
            other.kind == "feedback"
            and other.is_connected
            and other.direction == "out"
            and contact.date - FEEDBACK_GAP < other.date
            and (other.date, other.id) < (contact.date, contact.id)
            for other in self.contact_ids
        )

    def _is_of_former_cycle(self, contact):
        """Whether this talk, entered later, took place before it was re-opened."""
        self.ensure_one()
        return self.cycle > 1 and contact.date < self.date_investigated

    def _withdraw_decision(self, _target):
        """The proposal is not the result after all: the customer waits for another."""
        proposed = self.filtered(lambda c: c.state == "proposed")
        told = proposed.filtered("date_decision")
        told._write_by_method({"date_decision": False})
        told._sla_owe_no_remedy()
        # what the customer answered himself is shown until the next proposal
        proposed.filtered(lambda c: not c.date_answered)._write_by_method(
            {"decision_answer": False}
        )
        told._sla_start(["feedback"], fields.Datetime.now())

    def _sla_reopen(self):
        """Nothing is left to call back about; what is still owed goes on."""
        now = fields.Datetime.now()
        callbacks = self._sla_active(["callback"])
        callbacks._abandon(callbacks._source(now))
        self._write_by_method({"has_contact_exception": False})
        self._sla_start(FIRST_METRICS, now)

    def _sla_resolve(self):
        self._sla_stop(["resolve"], fields.Datetime.now())

    def _sla_owe_remedy(self):
        """The customer was told what he gets: from now on he waits for it."""
        for complaint in self.filtered(lambda c: c.state in WORKING_STATES):
            complaint._sla_start(["remedy"], complaint.date_decision)

    def _sla_give_remedy(self):
        self._sla_stop(["remedy"], fields.Datetime.now())

    def _sla_owe_no_remedy(self):
        """What the customer was told does not hold any more."""
        remedies = self._sla_active(["remedy"])
        remedies._abandon(remedies._source())
        self._sla_refresh()

    def _sla_owe_callback(self):
        self._sla_start(["callback"], fields.Datetime.now())

    def _sla_abandon(self):
        """It never was one of its own: what is owed, is owed to nobody."""
        now = fields.Datetime.now()
        for state, complaints in self.grouped("state").items():
            timers = complaints._sla_active()
            timers._abandon(timers._source(now), state)
        self._sla_refresh(now)

    # ------------------------------------------------------------------
    # ANOTHER RECEIPT
    # ------------------------------------------------------------------

    def _sla_restart_from_receipt(self):
        """The time of receipt was corrected: its clocks run from the new one, and those
        that have ended are judged by it.

        :return: dict of lists of lines that say what that changes, by complaint
        """
        changes = {}
        for complaint, clocks in self._sla_of_receipt().grouped("complaint_id").items():
            former = {clock: clock._result_in_words() for clock in clocks}
            clocks._restart(clocks._source(), complaint.date_received)
            changes[complaint] = [
                f"{words} → {clock._result_in_words()}"
                for clock, words in former.items()
                if words != clock._result_in_words()
            ]
        self._sla_refresh()
        return changes

    def _sla_of_receipt(self):
        """The clocks that began with the receipt, also those that have ended; none of
        a complaint that is out of statistics."""
        counted = self.filtered(lambda complaint: complaint.state not in VOID_STATES)
        # people read their clocks; only the process winds them
        return counted.sudo().timer_ids.filtered(
            lambda timer: (
                timer.metric in FIRST_METRICS
                and timer.cycle == 1
                and not timer.origin
                and timer.state != "cancelled"
            )
        )
