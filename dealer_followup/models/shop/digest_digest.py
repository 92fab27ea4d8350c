from odoo import fields, models

from ...tools import groups

TASKS = "dealer_followup.dealer_followup_action"


class DigestDigest(models.Model):
    """Figures of customer care in the manager's mail.

    Whoever may not read one gets the mail without it, and the digest without the field.
    """

    _name = "digest.digest"
    _inherit = "digest.digest"

    kpi_dealer_followups = fields.Boolean("Follow-ups Done")
    kpi_dealer_followups_value = fields.Integer(
        compute="_compute_kpi_dealer_followups", groups=groups.MANAGER
    )
    kpi_dealer_converted = fields.Boolean("Follow-ups That Led to a Visit")
    kpi_dealer_converted_value = fields.Integer(
        compute="_compute_kpi_dealer_converted", groups=groups.MANAGER
    )

    def _compute_kpi_dealer_followups(self):
        self._calculate_company_based_kpi(
            "dealer.followup",
            "kpi_dealer_followups_value",
            date_field="date_closed",
            additional_domain=[("state", "=", "done")],
        )

    def _compute_kpi_dealer_converted(self):
        self._calculate_company_based_kpi(
            "dealer.followup",
            "kpi_dealer_converted_value",
            date_field="date_closed",
            additional_domain=[("reception_id", "!=", False)],
        )

    def _compute_kpis_actions(self, company, user):
        return {
            **super()._compute_kpis_actions(company, user),
            "kpi_dealer_followups": TASKS,
            "kpi_dealer_converted": TASKS,
        }
