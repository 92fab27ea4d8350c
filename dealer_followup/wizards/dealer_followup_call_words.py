from markupsafe import Markup

from odoo import models
from odoo.tools import format_date


class DealerFollowupCall(models.TransientModel):
    """The sentences of the call sheet, each of them whole: word order differs."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    def _greeting(self):
        """The first words of a call, once a call."""
        self.ensure_one()
        task = self.followup_ids._origin[:1]
        return self.env._(
            "Hello, this is %(shop)s, my name is %(caller)s. Am I speaking to "
            "%(customer)s? Is this a good moment?",
            shop=task.company_id.name,
            caller=self.env.user.name,
            customer=Markup("<strong>%s</strong>") % (task.contact_name or ""),
        )

    def _task_line(self, task):
        """How long a follow-up may be called, and how often that was tried."""
        dates = {
            "due": format_date(self.env, task.due_date),
            "until": format_date(self.env, task.expire_date),
        }
        line = self.env._("Due %(due)s, valid until %(until)s", **dates)
        if task.attempt_count:
            line = self.env._(
                "Due %(due)s, valid until %(until)s, attempt no. %(attempt)s",
                attempt=task.attempt_count + 1,
                **dates,
            )
        cause = format_date(self.env, task.anchor_date)
        return " · ".join(filter(None, (*self._complaint_of(task), cause, line)))

    def _complaint_of(self, task):
        """The complaint a call is about: number, matter, and what was agreed on."""
        # the caller is told of it without the rights of those who handle it
        complaint = task.sudo().complaint_id
        decision = " ".join((complaint.decision or "").split())
        return complaint.name, complaint.subject, decision

    def _complaint_line(self, complaint):
        """One complaint that is worked on: number, matter, state."""
        label = complaint.with_env(self.env)._state_label(complaint.state)
        return " · ".join((complaint.name, complaint.subject, label))

    def _visit_line(self, visit):
        """One visit in the past; what is not known of it leaves no hole."""
        facts = (
            format_date(self.env, visit.date_delivered),
            visit.license_plate,
            visit.odometer and self.env._("%(km)s km", km=visit.odometer),
            visit.advisor_id.name,
        )
        return " · ".join(filter(None, facts))

    def _call_line(self, call):
        """One call: when, how it ended, who made it."""
        return f"{self._format_local(call.date)} · {call._outcome_line()}"

    def _reach_line(self, partner):
        """When and how a customer likes to be reached; empty where unknown."""
        labels = self._labels()
        time = labels["preferred_contact_time"].get(partner.preferred_contact_time)
        channel = labels["preferred_channel"].get(partner.preferred_channel)
        return " · ".join(
            filter(
                None,
                (
                    time and self.env._("Best time: %(time)s", time=time),
                    channel and self.env._("Prefers %(channel)s", channel=channel),
                ),
            )
        )

    def _car_facts(self, car):
        """What a caller may be asked about a car, one fact a sentence."""

        def day(name):
            return format_date(self.env, car[name])

        return [
            fact
            for known, fact in (
                (car.campaign_notice, car.campaign_notice),
                (car.last_odometer, self.env._("%(km)s km", km=car.last_odometer)),
                (car.sale_date, self.env._("Sold on %(date)s", date=day("sale_date"))),
                (
                    car.insurance_expiry,
                    self.env._("Insured until %(date)s", date=day("insurance_expiry")),
                ),
                (
                    car.inspection_expiry,
                    self.env._(
                        "Inspection due by %(date)s", date=day("inspection_expiry")
                    ),
                ),
            )
            if known
        ]
