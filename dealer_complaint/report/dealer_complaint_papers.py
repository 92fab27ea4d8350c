from odoo import fields, models

from ..models.remedy.dealer_complaint_action import SPENT_STATES

#: So many earlier visits of the car are told to the factory.
MAX_VISITS = 12


class DealerComplaint(models.Model):
    """What the handling sheet (客户投诉处理单) shows. Called by its template."""

    _name = "dealer.complaint"
    _inherit = ["dealer.complaint", "dealer.paper.mixin"]

    def _paper_qr_hint(self):
        return self.env._("Scan to follow your complaint")

    def _paper_limits(self):
        """The clocks of the complaint, kept or broken, the oldest first."""
        self.ensure_one()
        now = fields.Datetime.now()
        metrics = dict(
            self.timer_ids._fields["metric"]._description_selection(self.env)
        )
        rows = []
        for timer in self.timer_ids.sorted(lambda t: (t.date_start, t.id)):
            if timer.state == "cancelled":
                continue
            is_broken = timer._is_breached_at(now)
            outcome = {
                "met": self.env._("kept"),
                "missed": self.env._("broken"),
                "paused": self.env._("paused"),
            }.get(timer.state, self.env._("running"))
            if is_broken:
                outcome = self.env._("broken")
            end = timer.date_stop or now
            late = max(0, int((end - timer.date_deadline).total_seconds()))
            rows.append(
                {
                    "metric": metrics[timer.metric],
                    "cycle": timer.cycle,
                    "start": self._paper_time(timer.date_start),
                    "deadline": self._paper_time(timer.date_deadline),
                    "stop": self._paper_time(timer.date_stop),
                    "outcome": self._paper_outcome(outcome, is_broken and late),
                    "is_broken": is_broken,
                }
            )
        return rows

    def _paper_outcome(self, outcome, late):
        """How a limit ended, and by how many seconds it was missed."""
        if not late:
            return outcome
        hours = f"{late // 3600}:{late % 3600 // 60:02d}"
        return self.env._(
            "%(outcome)s · late by %(hours)s h", outcome=outcome, hours=hours
        )

    def _paper_contacts(self):
        """Talks and attempts, the oldest first."""
        return self.contact_ids.sorted(lambda contact: (contact.date, contact.id))

    def _paper_remedies(self):
        """What was done for the customer or will be, without what was given up."""
        return self.action_ids.filtered(
            lambda action: action.state not in ("refused", "cancelled")
        )

    def _paper_remedy_total(self):
        spent = self._paper_remedies().filtered(lambda a: a.state in SPENT_STATES)
        return sum(spent.mapped("cost"))

    def _paper_stars(self):
        """The customer's rating as text, empty before."""
        stars = int(self.rating_last_value)
        return "★" * stars + "☆" * (5 - stars) if stars else ""


class DealerManufacturerReport(models.Model):
    """What the report to the factory (厂家反馈报告) shows. Called by its template.

    The car is told, the customer is not: the factory needs the VIN, not the name.
    """

    _name = "dealer.manufacturer.report"
    _inherit = ["dealer.manufacturer.report", "dealer.paper.mixin"]

    def _paper_lang(self):
        return self.recipient_id.lang or self.env.lang or "en_US"

    def _paper_qr(self):
        """None: the only public page of a complaint is the customer's."""
        return ""

    def _paper_number(self):
        """Number of the complaint, and which report about it this is."""
        self.ensure_one()
        siblings = self.complaint_id.report_ids.sorted("id").ids
        return f"{self.complaint_id.name}-{siblings.index(self.id) + 1}"

    def _paper_foot(self):
        """At the foot of each page: the subject alone may have no letters to print."""
        return self._paper_number()

    def _paper_faults(self):
        """What was wrong with the car at each visit, found and done, the newest first.

        Of the shops of this company only; the present complaint's visit is one of them.
        """
        self.ensure_one()
        vehicle = self.complaint_id.vehicle_id
        if not vehicle:
            return []
        visits = (
            self.env["dealer.reception"]
            # whoever reports the car to the factory reads its faults, not its prices
            .sudo()
            .search(
                [
                    ("vehicle_id", "=", vehicle.id),
                    ("company_id", "=", self.company_id.id),
                    ("date_arrived", "!=", False),
                    ("state", "!=", "cancelled"),
                ],
                order="date_arrived desc",
                limit=MAX_VISITS,
            )
        )
        return [
            {
                # told once of a visit, in its first row
                "date": not number and self._paper_time(visit.date_arrived)[:10],
                "odometer": not number and visit.odometer and visit.odometer_total,
                "is_comeback": not number and visit.is_comeback,
                "name": concern.name or "",
                "cause": concern.cause or "",
                "correction": concern.correction or "",
            }
            for visit in visits
            for number, concern in enumerate(visit.concern_ids or [visit.concern_ids])
        ]
