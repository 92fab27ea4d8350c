from odoo import fields, models
from odoo.fields import Domain

from ...tools import groups


class DigestDigest(models.Model):
    """Figures of the service department in the manager's mail.

    Whoever may not read one gets the mail without it, and the digest without the field.
    """

    _name = "digest.digest"
    _inherit = "digest.digest"

    kpi_dealer_visits = fields.Boolean("Cars Handed Over")
    kpi_dealer_visits_value = fields.Integer(
        compute="_compute_kpi_dealer_visits", groups=groups.MANAGER
    )
    kpi_dealer_promise = fields.Boolean("Promises Kept (%)")
    kpi_dealer_promise_value = fields.Float(
        compute="_compute_kpi_dealer_promise", groups=groups.MANAGER
    )
    kpi_dealer_comeback = fields.Boolean("Comebacks")
    kpi_dealer_comeback_value = fields.Integer(
        compute="_compute_kpi_dealer_comeback", groups=groups.MANAGER
    )
    kpi_dealer_settled = fields.Boolean("Settled With Customers")
    kpi_dealer_settled_value = fields.Monetary(
        compute="_compute_kpi_dealer_settled", groups=groups.MANAGER
    )

    def _compute_kpi_dealer_visits(self):
        self._calculate_company_based_kpi(
            "dealer.reception", "kpi_dealer_visits_value", date_field="date_delivered"
        )

    def _compute_kpi_dealer_promise(self):
        self._calculate_percent_kpi(
            "dealer.reception",
            "kpi_dealer_promise_value",
            good=(Domain("is_first_promise_kept", "=", True), "date_ready"),
            # broken from the promised time on, also while the car is still here
            bad=(
                Domain("is_first_promise_kept", "=", False)
                & Domain("date_arrived", "!=", False)
                & Domain("state", "not in", ("left", "cancelled"))
                & Domain("date_promised_first", "<", fields.Datetime.now()),
                "date_promised_first",
            ),
        )

    def _compute_kpi_dealer_comeback(self):
        self._calculate_company_based_kpi(
            "dealer.reception",
            "kpi_dealer_comeback_value",
            date_field="date_arrived",
            additional_domain=[("is_comeback", "=", True)],
        )

    def _compute_kpi_dealer_settled(self):
        self._calculate_company_based_kpi(
            "dealer.reception",
            "kpi_dealer_settled_value",
            date_field="date_settled",
            sum_field="settled_total",
        )

    def _compute_kpis_actions(self, company, user):
        report = "dealer_service.dealer_reception_report_action"
        return {
            **super()._compute_kpis_actions(company, user),
            "kpi_dealer_visits": report,
            "kpi_dealer_promise": report,
            "kpi_dealer_comeback": report,
            "kpi_dealer_settled": report,
        }

    # ------------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------------

    def _calculate_percent_kpi(self, model, field, *, good, bad):
        """How much of what was decided in the period went well, in percent; 0 of
        nothing.

        :param model: has a ``company_id``
        :param str field: where the value goes
        :param good: domain of what went well, and the field that says when
        :param bad: the same of what did not, whether or not it is over
        """
        start, end, companies = self._get_kpi_compute_parameters()
        for digest in self:
            shops = Domain("company_id", "in", (digest.company_id or companies).ids)
            well, ill = (
                self.env[model].search_count(
                    domain & shops & Domain(date, ">=", start) & Domain(date, "<", end)
                )
                for domain, date in (good, bad)
            )
            digest[field] = 100.0 * well / (well + ill) if well + ill else 0.0
