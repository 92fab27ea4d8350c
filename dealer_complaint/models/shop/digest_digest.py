from odoo import fields, models
from odoo.fields import Domain

from ...tools import groups
from ..common.dealer_complaint_states import VOID_STATES


class DigestDigest(models.Model):
    """Figures of the complaint desk in the manager's mail.

    Whoever may not read one gets the mail without it, and the digest without the field.
    """

    _name = "digest.digest"
    _inherit = "digest.digest"

    kpi_dealer_complaints = fields.Boolean("Complaints Received")
    kpi_dealer_complaints_value = fields.Integer(
        compute="_compute_kpi_dealer_complaints", groups=groups.MANAGER
    )
    kpi_dealer_limits = fields.Boolean("Time Limits Met (%)")
    kpi_dealer_limits_value = fields.Float(
        compute="_compute_kpi_dealer_limits", groups=groups.MANAGER
    )

    def _compute_kpi_dealer_complaints(self):
        self._calculate_company_based_kpi(
            "dealer.complaint",
            "kpi_dealer_complaints_value",
            date_field="date_received",
            additional_domain=[("state", "not in", VOID_STATES)],
        )

    def _compute_kpi_dealer_limits(self):
        self._calculate_percent_kpi(
            "dealer.sla.timer",
            "kpi_dealer_limits_value",
            good=(Domain("state", "=", "met"), "date_stop"),
            # missed from the deadline on, also while the clock still runs
            bad=(Domain("is_breached", "=", True), "date_deadline"),
        )

    def _compute_kpis_actions(self, company, user):
        return {
            **super()._compute_kpis_actions(company, user),
            "kpi_dealer_complaints": "dealer_complaint.dealer_complaint_report_action",
            "kpi_dealer_limits": "dealer_complaint.dealer_sla_report_action",
        }
