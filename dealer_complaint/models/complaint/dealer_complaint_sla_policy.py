from odoo import models

from ..common.dealer_complaint_states import WORKING_STATES
from .dealer_complaint_sla import FIRST_METRICS


class DealerComplaint(models.Model):
    """The clocks of open complaints when the policies change, or none applies."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    def _sla_follow_policies(self):
        """Running clocks go by the targets that apply now; what was owed without a
        clock gets one. A clock whose policy is gone keeps what it had."""
        timers = self._sla_active()
        source = timers._source()
        timers._retarget(source)
        # the same rights as the clocks of a new complaint
        begun = timers._start(self.sudo()._sla_owed_without_clock(), source)
        waiting = begun.filtered(lambda timer: timer.metric == "contact").complaint_id
        for contact in waiting.contact_ids.sorted("date"):
            if contact._is_first_contact():
                contact.complaint_id._sla_stop(["contact"], contact._clock_date())
        self._sla_refresh(source.now)

    def _sla_owed_without_clock(self):
        """What the customers wait for and no clock ever counted in this cycle.

        :return: requests for :meth:`dealer.sla.timer._start`
        """
        requests = []
        for complaint in self:
            for metric, since in complaint._sla_owed_since().items():
                timers = complaint.timer_ids.filtered(
                    lambda timer, metric=metric: (
                        timer.metric == metric and not timer.origin
                    )
                )
                if not any(timer.date_start >= since for timer in timers):
                    cycle = max(timers.mapped("cycle"), default=0) + 1
                    requests.append(
                        {
                            "complaint": complaint,
                            "metric": metric,
                            "date": since,
                            "cycle": cycle,
                        }
                    )
        return requests

    def _sla_owed_since(self):
        """:return: dict of metrics, since when each is owed in this cycle"""
        self.ensure_one()
        talks = self.contact_ids.filtered("is_connected")
        if self.state in WORKING_STATES:
            start = self.date_investigated if self.cycle > 1 else self.date_received
            told = talks.filtered(lambda talk: talk.kind == "feedback").mapped("date")
            owed = dict.fromkeys(FIRST_METRICS, start)
            owed["feedback"] = max([start, *told])
            if self.date_decision:
                del owed["feedback"]
                owed["remedy"] = self.date_decision
            if self.has_contact_exception:
                del owed["contact"]
        else:
            start = self.date_resolved
            asked = talks.filtered(lambda talk: talk.kind == "callback").mapped("date")
            owed = {} if any(date >= start for date in asked) else {"callback": start}
        if self.date_offered:
            owed["acceptance"] = self.date_offered
        return {metric: since.replace(microsecond=0) for metric, since in owed.items()}

    def _tell_without_clock(self):
        """No policy sets a limit for these: somebody has to know, or nobody calls."""
        level = self.env["dealer.sla.level"]
        for company, complaints in self.grouped("company_id").items():
            manager = level._members("manager", company)[:1]
            if not manager:
                continue
            # the process asks for it, whoever took the complaint in
            desk = complaints.sudo()._for_reader(manager)
            desk.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=desk.env._("No time limit applies: check the policies"),
                user_id=manager.id,
            )
