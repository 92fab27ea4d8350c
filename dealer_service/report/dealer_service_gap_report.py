from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.common.dealer_reception_states import STAMPS
from ..tools.arguments import CONDITIONS, arguments


class DealerServiceGapReport(models.Model):
    """The weak link of the service chain: each step of each visit, measured.

    One row a visit and step. Grouped by step it shows compliance, minutes against the
    target, and the rating of the visits – the weakest step first.
    """

    _name = "dealer.service.gap.report"
    _description = "Service Gap Analysis"
    _auto = False
    _order = "date desc"
    _rec_name = "step_id"

    step_id = fields.Many2one("dealer.service.step", readonly=True)
    factor_code = fields.Char("Satisfaction Factor", readonly=True)
    reception_id = fields.Many2one("dealer.reception", "Visit", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    date = fields.Datetime("Day of the Visit", readonly=True)
    standard_count = fields.Integer("Standards Required", readonly=True)
    done_count = fields.Integer("Standards Executed", readonly=True)
    proven_count = fields.Integer(
        "Proven by the Record", readonly=True, help="Facts of the visit show them."
    )
    stated_count = fields.Integer(
        "Stated", readonly=True, help="Somebody has ticked them."
    )
    lapse_count = fields.Integer("Missed Standards", readonly=True)
    compliance = fields.Float("Compliance (%)", readonly=True, aggregator="avg")
    minutes = fields.Float(readonly=True, aggregator="avg")
    target_minutes = fields.Float("Target (min)", readonly=True, aggregator="avg")
    over_target = fields.Float(
        "Over Target (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the visits in which the step took longer than its target.",
    )
    rating = fields.Float(readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return self._rows_of_visits(SQL("TRUE"))

    @api.model
    def _rows_of_visits(self, condition):
        """The rows of the visits ``r`` that meet a condition, and of no others."""

        def stamp(column, **instead):
            return SQL(
                "CASE %s %s END",
                SQL.identifier("s", column),
                SQL(" ").join(
                    SQL(
                        "WHEN %s THEN %s",
                        name,
                        instead.get(name) or SQL.identifier("r", name),
                    )
                    for name in STAMPS
                ),
            )

        # nobody waits to be greeted while the shop is closed
        opened = SQL("LEAST(r.date_greet_from, r.date_greeted)")

        return SQL(
            """
            SELECT
                row_number() OVER () AS id, step.*,
                CASE WHEN step.standard_count > 0 THEN
                    100.0 * step.done_count / step.standard_count END AS compliance,
                CASE WHEN step.minutes IS NULL OR step.target_minutes IS NULL THEN NULL
                    WHEN step.minutes > step.target_minutes THEN 100.0
                    ELSE 0.0 END AS over_target
            FROM (
                SELECT
                    s.id AS step_id,
                    s.factor_code,
                    r.id AS reception_id,
                    r.company_id,
                    r.advisor_id,
                    r.date_planned AS date,
                    COUNT(*) FILTER (WHERE c.is_mandatory) AS standard_count,
                    COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_done
                        AND NOT COALESCE(c.is_late, FALSE)) AS done_count,
                    COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_proven)
                        AS proven_count,
                    COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_done
                        AND NOT COALESCE(c.is_proven, FALSE)
                        AND NOT COALESCE(c.is_late, FALSE)) AS stated_count,
                    COUNT(*) FILTER (WHERE c.is_lapse) AS lapse_count,
                    EXTRACT(EPOCH FROM (%(stop)s - %(start)s)) / 60.0 AS minutes,
                    NULLIF(s.target_minutes, 0) AS target_minutes,
                    NULLIF(r.rating, 0) AS rating
                FROM dealer_reception_check c
                JOIN dealer_reception r ON r.id = c.reception_id
                JOIN dealer_service_step s ON s.id = c.step_id
                WHERE (c.is_done OR c.is_lapse) AND %(condition)s
                GROUP BY s.id, r.id
            ) step
            """,
            start=stamp("date_from_field", date_arrived=opened),
            stop=stamp("date_to_field"),
            condition=condition,
        )

    @api.model
    @arguments(domain=CONDITIONS)
    def get_weakest_step(self, domain=()):
        """The weak link: the step with the lowest compliance.

        :param list domain: restricts the rows of this report
        :return: dict of ``step``, ``compliance`` (percent), ``minutes``, ``target``
            and ``rating`` of the weakest step; empty when nothing was measured.
            Of two steps equally well complied with, the one that overruns its target
            more is the weaker.
        """
        weakest = self._weakest(domain)
        if not weakest:
            return {}
        step, compliance, _over, minutes, target, rating = weakest
        return {
            "step": step.name,
            "compliance": compliance,
            "minutes": minutes,
            "target": target,
            "rating": rating,
        }

    @api.model
    @arguments(domain=CONDITIONS)
    def action_propose_improvement(self, domain=()):
        """Begin an improvement of the weakest step of these rows, in its form.

        :param list domain: restricts the rows of this report
        :raise UserError: when nothing was measured
        """
        improvements = self.env["dealer.improvement"]
        improvements.check_access("create")
        mine = Domain(domain or ()) & Domain("company_id", "=", self.env.company.id)
        weakest = self._weakest(mine)
        if not weakest:
            improvements._raise_nothing_to_pick()
        # where every standard is carried out, the time is what is left
        is_slow = weakest[1] >= 100 and weakest[2]
        return improvements._propose(
            self,
            mine,
            "date",
            subject="step_late" if is_slow else "step_compliance",
            step_id=weakest[0].id,
        )

    def _weakest(self, domain):
        """The row of the weakest step: step, compliance, over target, minutes, target
        and rating; ``None`` when nothing was measured."""
        rows = self._read_group(
            list(domain or ()),
            ["step_id"],
            [
                "compliance:avg",
                "over_target:avg",
                "minutes:avg",
                "target_minutes:avg",
                "rating:avg",
            ],
        )
        return min(
            (row for row in rows if isinstance(row[1], float)),
            key=lambda row: (row[1], -(row[2] or 0.0), row[0].sequence),
            default=None,
        )
