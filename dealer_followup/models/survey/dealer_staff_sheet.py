from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.models.staff.dealer_staff_figures import Figure

from ...tools import groups

ROLE = "caller"


class DealerStaffSheet(models.Model):
    """The month of a caller, and the satisfaction of an advisor's customers."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"
    _MEASURED_MODELS = (
        "dealer.followup",
        "dealer.followup.attempt",
        "survey.user_input",
    )
    _FIGURES = (
        Figure("index", "advisor", "_rows_of_answers", "value", "mean", unit="points"),
        Figure(
            "calls",
            ROLE,
            "_rows_of_calls",
            "one",
            kind="count",
            unit="number",
            is_basis=True,
        ),
        Figure("called", ROLE, "_rows_of_calls", "tried_rate"),
        Figure("reached", ROLE, "_rows_of_calls", "reached_rate"),
        Figure("success", ROLE, "_rows_of_calls", "success_rate"),
        Figure("undialled", ROLE, "_rows_of_calls", "undialled_rate", better="down"),
    )

    role = fields.Selection(
        selection_add=[("caller", "Follow-up Caller")],
        ondelete={"caller": "cascade"},
    )
    certificates = fields.Text(
        "Certificates Today",
        compute="_compute_certificates",
        help="What the role and the standards ask of the person, as it is today.",
    )

    @api.depends("user_id", "company_id")
    @api.depends_context("lang")
    def _compute_certificates(self):
        # whoever reads the sheet of a person reads the certificates as well
        rows = self.env["dealer.certificate.report"].sudo()
        rows = rows.search([("user_id", "in", self.user_id.ids)])
        found = rows.grouped(lambda row: (row.user_id, row.company_id))
        for sheet in self:
            mine = found.get((sheet.user_id, sheet.company_id), rows.browse())
            sheet.certificates = "\n".join(row._words() for row in mine)

    @api.model
    def _judged_roles(self):
        roles = super()._judged_roles()
        if self.env.user.has_group(groups.MANAGER):
            roles.add(ROLE)
        return roles

    def _rows_of_answers(self, company, start, stop):
        """The index of the answered questionnaires, of whom they are about."""
        return SQL(
            "SELECT * FROM (%s) answers WHERE measure = 'index'",
            self._rows_of_report(
                "dealer.satisfaction.report", "person_id", "date", company, start, stop
            ),
        )

    def _rows_of_calls(self, company, start, stop):
        """Calls that were due, by the days of the shop."""
        first, after = company._dealer_day(start), company._dealer_day(stop)
        return self._rows_of_report(
            "dealer.followup.report", "user_id", "due_date", company, first, after
        )
