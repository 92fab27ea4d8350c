from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import groups


class DealerComplaint(models.Model):
    """What of a complaint went to the factory, and what went to the public."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    report_ids = fields.One2many(
        "dealer.manufacturer.report", "complaint_id", "Manufacturer Reports"
    )
    report_count = fields.Integer(compute="_compute_report_count")
    case_ids = fields.One2many("dealer.external.case", "complaint_id", "External Cases")

    @api.depends("report_ids")
    def _compute_report_count(self):
        for complaint in self:
            complaint.report_count = len(complaint.report_ids)

    def action_report_to_manufacturer(self):
        """A draft of a report with what is known; the one that is open is used again.

        Sending it is the work of a person: then the clock of the answer starts.
        """
        reports = self.env["dealer.manufacturer.report"]
        for complaint in self:
            known = complaint.report_ids.filtered(
                lambda r: r.state in ("draft", "sent")
            )
            reports |= known[:1] or reports.create(complaint._report_vals())
        return reports._get_records_action(name=self.env._("Manufacturer Reports"))

    def _report_vals(self):
        self.ensure_one()
        car = self.vehicle_id
        # who is responsible may have left the desk, and a rule may report what a
        # customer has just filed
        people = (self.user_id, self.env.user)
        user = next(filter(self._may_take_over, people), self.env["res.users"])
        facts = [
            self.model_id.display_name,
            self.trim or car.trim,
            car.vin_sn,
            car.last_odometer and f"{car.last_odometer} km",
        ]
        return {
            "name": self.subject,
            "complaint_id": self.id,
            "description": "\n".join(
                filter(None, (" · ".join(filter(None, facts)), self.description))
            ),
            "request": self.remedy_sought,
            "recipient_id": self.company_id.dealer_warranty_partner_id.id,
            "user_id": user.id,
        }

    def action_view_reports(self):
        """The reports about this complaint."""
        return self.report_ids._get_records_action(
            name=self.env._("Manufacturer Reports")
        )

    def _check_given_to(self, user):
        """:raise ValidationError: for somebody who handles no complaints"""
        self.ensure_one()
        if user and not user.has_group(groups.HANDLER):
            raise ValidationError(
                self.env._(
                    "%(complaint)s: %(user)s handles no complaints. Choose a member of "
                    "the complaint desk.",
                    complaint=self.name,
                    user=user.name,
                )
            )

    def _open_cases(self):
        return self.case_ids.filtered(lambda c: c.state in ("received", "accepted"))

    def _closing_gaps(self):
        gaps = super()._closing_gaps()
        gaps += [
            self.env._("Still open outside: %(case)s", case=case.display_name)
            for case in self._open_cases()
        ]
        return gaps

    def _check_cases_ended(self, _target):
        case = self._open_cases()[:1]
        if case:
            raise UserError(
                self.env._(
                    "%(complaint)s: the external case %(case)s is still open. End "
                    "it, or enter the complaint it belongs to, then cancel this one.",
                    complaint=case.complaint_id.name,
                    case=case.display_name,
                )
            )

    def _hand_on_cases(self):
        """What others decide about goes on, and so do the periods they have set."""
        for target, complaints in self.grouped("duplicate_of_id").items():
            vals = {"complaint_id": target.id}
            complaints._open_cases()._write_by_method(vals)
            complaints.report_ids.filtered(
                lambda r: r.state in ("draft", "sent")
            )._write_by_method(vals)

    def _check_hands_on(self, moved):
        """Whoever is measured by a clock does not hand it to another complaint.

        :param moved: reports or cases that are to belong to another complaint
        :raise AccessError: for anybody but an officer
        """
        if moved and not (self.env.su or self._is_officer()):
            raise AccessError(
                self.env._(
                    "%(records)s: only a complaint officer may move it to another "
                    "complaint. Ask one if it was entered on the wrong complaint.",
                    records=moved._names(),
                )
            )

    def _sla_cancel(self, metrics, origin):
        """Clocks that were started by mistake: out of statistics."""
        timers = self._sla_active(metrics, origin)
        if timers:
            source = timers._source()
            timers._cancel(source)
            self._sla_refresh(source.now)
