from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.common.dealer_reception_states import STAMPS, STEP_MOMENTS
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
    proven_rate = fields.Float(
        "Proven (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the standards that facts of the visit show. What is executed "
        "beyond it was stated by whoever did it.",
    )
    minutes = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Between the two moments of the step, without the time in which the car "
        "was away until a part came. Visits in which one of them is missing are left "
        "out.",
    )
    target_minutes = fields.Float("Target (min)", readonly=True, aggregator="avg")
    over_target = fields.Float(
        "Over Target (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the visits in which the step took longer than its target.",
    )
    rating = fields.Float(
        "Rating of the Factor (0–10)",
        readonly=True,
        aggregator="avg",
        help="What customers of these visits answered about the factor the step "
        "contributes to; empty where nobody was asked.",
    )

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
                    for name in (*STAMPS, *STEP_MOMENTS)
                ),
            )

        # nobody waits to be greeted while the shop is closed
        opened = SQL("LEAST(r.date_greet_from, r.date_greeted)")

        start, stop = (
            stamp("date_from_field", date_arrived=opened),
            stamp("date_to_field"),
        )
        return SQL(
            """
            SELECT step.*,
                100.0::float * step.done_count / NULLIF(step.standard_count, 0)
                    AS compliance,
                100.0::float * step.proven_count / NULLIF(step.standard_count, 0)
                    AS proven_rate,
                CASE WHEN step.minutes > step.target_minutes THEN 100.0::float
                    WHEN step.minutes <= step.target_minutes THEN 0.0 END AS over_target
            FROM (
                SELECT
                    done.id,
                    s.id AS step_id,
                    s.factor_code,
                    r.id AS reception_id,
                    r.company_id,
                    r.advisor_id,
                    r.date_planned AS date,
                    done.standard_count,
                    done.done_count,
                    done.proven_count,
                    done.done_count - done.proven_count AS stated_count,
                    done.lapse_count,
                    CASE WHEN %(stop)s >= %(start)s THEN
                        (EXTRACT(EPOCH FROM (%(stop)s - %(start)s))::float
                            - %(away)s) / 60
                    END AS minutes,
                    NULLIF(s.target_minutes, 0) AS target_minutes,
                    (rated.scores ->> s.factor_code)::float AS rating
                FROM dealer_reception r
                -- the days that are asked for reach the visits: no window, no union
                CROSS JOIN LATERAL (
                    SELECT
                        MIN(c.id) AS id,
                        c.step_id,
                        COUNT(*) FILTER (WHERE c.is_mandatory) AS standard_count,
                        COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_done
                            AND c.is_late IS NOT TRUE) AS done_count,
                        COUNT(*) FILTER (WHERE c.is_mandatory AND c.is_done
                            AND c.is_late IS NOT TRUE AND c.is_proven) AS proven_count,
                        COUNT(*) FILTER (WHERE c.is_lapse) AS lapse_count
                    FROM dealer_reception_check c
                    WHERE c.reception_id = r.id AND (c.is_done OR c.is_lapse)
                    GROUP BY c.step_id
                ) done
                JOIN dealer_service_step s ON s.id = done.step_id
                LEFT JOIN LATERAL (%(rated)s) rated ON TRUE
                WHERE %(condition)s
            ) step
            """,
            start=start,
            stop=stop,
            # a car that is away until its part comes is in no step
            away=self.env["dealer.time.away"]._seconds_between(start, stop),
            rated=self._scores_of_factors(),
            condition=condition,
        )

    @api.model
    def _scores_of_factors(self):
        """What the customer of the visit ``r`` says of each factor, by its code.

        :return: SQL of one row with ``scores``, a JSON object. The rating of the visit
            is no such score: it is about no step.
        """
        return SQL("SELECT NULL::jsonb AS scores")

    @api.model
    @arguments(domain=CONDITIONS)
    def get_weakest_step(self, domain=()):
        """The weak link: the step with the lowest compliance.

        :param list domain: restricts the rows of this report
        :return: dict of ``step``, ``compliance`` and ``proven`` (percent), ``minutes``,
            ``target`` and ``visits`` (of how many it was asked) of the weakest step;
            empty when nothing was measured. Of two steps equally well complied with,
            the one that overruns its target more is the weaker.
        """
        weakest = self._weakest(domain)
        if not weakest:
            return {}
        step, compliance, _over, proven, minutes, target, visits = weakest
        return {
            "step": step.name,
            "compliance": compliance,
            "proven": proven,
            "minutes": minutes,
            "target": target,
            "visits": visits,
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
        """The row of the weakest step: step, compliance, over target, proven, minutes,
        target and number of visits; ``None`` when nothing was measured."""
        rows = self._read_group(
            list(domain or ()),
            ["step_id"],
            [
                "compliance:avg",
                "over_target:avg",
                "proven_rate:avg",
                "minutes:avg",
                "target_minutes:avg",
                "compliance:count",
            ],
        )
        return min(
            (row for row in rows if isinstance(row[1], float)),
            key=lambda row: (row[1], -(row[2] or 0.0), row[0].sequence),
            default=None,
        )
