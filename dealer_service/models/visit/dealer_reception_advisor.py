from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools import groups
from ..common.dealer_reception_states import BOOKED_STATES


class DealerReception(models.Model):
    """Whose visit it is: from the arrival on somebody of the service."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.constrains("advisor_id")
    def _check_advisor(self):
        for reception in self:
            advisor = reception.advisor_id
            if advisor and not advisor.has_group(groups.ADVISOR):
                raise ValidationError(
                    self.env._(
                        "%(visit)s: %(user)s has no role in the service department. "
                        "Choose a service advisor.",
                        visit=reception.name,
                        user=advisor.name,
                    )
                )

    def _caretaker(self):
        """Who is asked to do something about the visit: advisor, or who entered it."""
        self.ensure_one()
        return self.advisor_id.filtered("active") or self.create_uid

    def _look_after(self):
        """Booked with any advisor: it is whose who greets the customer."""
        for reception in self.filtered(lambda visit: not visit.advisor_id):
            if self.env.user in reception.company_id._dealer_advisors():
                reception.advisor_id = self.env.user

    def _check_has_advisor(self, vals):
        """:raise UserError: for a visit that would be nobody's any more"""
        if vals["advisor_id"] or self.env.su:
            return
        for reception in self.filtered("advisor_id"):
            if reception.state not in BOOKED_STATES:
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: somebody looks after it. Hand it "
                        "over to a colleague instead of leaving “Service Advisor” "
                        "empty.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
