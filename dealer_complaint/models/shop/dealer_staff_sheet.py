from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.models.staff.dealer_staff_figures import Figure

from ...tools import groups

ROLE = "handler"


class DealerStaffSheet(models.Model):
    """The month of a complaint handler: limits kept, and what stayed resolved."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"
    _MEASURED_MODELS = (
        "dealer.complaint",
        "dealer.complaint.holder",
        "dealer.sla.timer",
    )
    _FIGURES = (
        Figure(
            "complaints",
            ROLE,
            "_rows_of_resolved",
            "one",
            kind="count",
            unit="number",
            is_basis=True,
        ),
        Figure("contact", ROLE, "_rows_of_limits", "contact_rate", is_basis=True),
        Figure("feedback", ROLE, "_rows_of_limits", "feedback_rate"),
        Figure("reopened", ROLE, "_rows_of_resolved", "reopened", better="down"),
    )

    role = fields.Selection(
        selection_add=[("handler", "Complaint Handler")],
        ondelete={"handler": "cascade"},
    )

    @api.model
    def _judged_roles(self):
        roles = super()._judged_roles()
        if self.env.user.has_group(groups.MANAGER):
            roles.add(ROLE)
        return roles

    def _rows_of_resolved(self, company, start, stop):
        """Complaints that were resolved, of who is responsible for them."""
        return SQL(
            """SELECT c.user_id AS person, 1 AS one,
                CASE WHEN c.cycle > 1 THEN 100.0 ELSE 0.0 END AS reopened
            FROM dealer_complaint c
            WHERE c.company_id = %(shop)s AND c.state NOT IN ('cancelled', 'merged')
                AND c.date_resolved >= %(start)s AND c.date_resolved < %(stop)s""",
            shop=company.id,
            start=start,
            stop=stop,
        )

    def _rows_of_limits(self, company, start, stop):
        """Time limits that were met or missed, of who answered for them then."""
        return SQL(
            """SELECT person,
                CASE WHEN metric = 'contact' THEN met_rate END AS contact_rate,
                CASE WHEN metric = 'feedback' THEN met_rate END AS feedback_rate
            FROM (%s) limits WHERE metric IN ('contact', 'feedback')""",
            self._rows_of_report(
                "dealer.sla.report", "user_id", "date_start", company, start, stop
            ),
        )
