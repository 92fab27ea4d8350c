from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.arguments import CONDITIONS, arguments

from ..models.common.dealer_complaint_states import (
    CAUSES,
    EXPECTATIONS,
    GRADES,
    LEVELS,
    SOURCES,
    STATES,
)


class DealerComplaintReport(models.Model):
    """Complaints as figures: causes, repeats, cost. One row for each.

    What was entered by mistake or merged is left out.
    """

    _name = "dealer.complaint.report"
    _description = "Complaint Analysis"
    _auto = False
    _order = "date_received desc"
    _rec_name = "complaint_id"

    # dimensions
    complaint_id = fields.Many2one("dealer.complaint", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    level = fields.Selection(LEVELS, readonly=True)
    grade = fields.Selection(GRADES, readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    cause = fields.Selection(CAUSES, readonly=True)
    expectation = fields.Selection(
        EXPECTATIONS, "What the Customer Expects", readonly=True
    )
    state = fields.Selection(STATES, readonly=True)
    category_id = fields.Many2one("dealer.complaint.category", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", "Car Model", readonly=True)
    date_received = fields.Datetime("Received On", readonly=True)

    # figures
    count = fields.Integer("Complaints", readonly=True)
    repeats = fields.Integer(readonly=True)
    repeat_rate = fields.Float(
        "Repeated (%)",
        readonly=True,
        aggregator="avg",
        help="Share of complaints whose car or customer had already complained "
        "within the number of days set for the company.",
    )
    reopened_rate = fields.Float("Reopened (%)", readonly=True, aggregator="avg")
    solved_days = fields.Float(
        "Days to Resolution",
        readonly=True,
        aggregator="avg",
        help="From receipt to resolution, for resolved complaints.",
    )
    cost = fields.Monetary("Cost of Remedies", readonly=True, aggregator="sum")
    customer_cost = fields.Monetary(
        "Cost to the Customer", readonly=True, aggregator="sum"
    )
    customer_hours = fields.Float("Hours Lost", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        repeated = SQL(
            """EXISTS (
                SELECT 1 FROM dealer_complaint e
                WHERE e.company_id = c.company_id
                    AND e.state NOT IN ('cancelled', 'merged')
                    AND e.date_received >= c.date_received
                        - make_interval(days => o.dealer_complaint_repeat_days)
                    AND (e.date_received, e.id) < (c.date_received, c.id)
                    AND (e.vehicle_id = c.vehicle_id OR (
                        e.partner_id = c.partner_id AND e.partner_id != %s
                        AND (NOT COALESCE(customer.is_company, FALSE)
                            OR (c.vehicle_id IS NULL AND e.vehicle_id IS NULL))))
            )""",
            # a data record of ours, the same for whoever reads the figures
            self.env["dealer.complaint"]._unknown_partner().id,
        )
        return SQL(
            """
            SELECT c.id, c.id AS complaint_id, c.company_id, o.currency_id,
                c.user_id, c.partner_id, c.level, c.grade, c.source, c.cause, c.state,
                c.expectation, c.customer_cost, c.customer_hours,
                c.category_id, c.model_id, c.date_received,
                1 AS count,
                r.is_repeat::int AS repeats,
                r.is_repeat::int * 100.0 AS repeat_rate,
                (c.cycle > 1)::int * 100.0 AS reopened_rate,
                EXTRACT(EPOCH FROM c.date_resolved - c.date_received)
                    / 86400 AS solved_days,
                c.remedy_cost AS cost
            FROM dealer_complaint c
            JOIN res_company o ON o.id = c.company_id
            JOIN res_partner p ON p.id = c.partner_id
            LEFT JOIN res_partner customer ON customer.id = p.commercial_partner_id
            CROSS JOIN LATERAL (SELECT %s AS is_repeat) r
            WHERE c.state NOT IN ('cancelled', 'merged')
            """,
            repeated,
        )

    @api.model
    @arguments(domain=CONDITIONS)
    def action_propose_improvement(self, domain=()):
        """Begin an improvement of the most frequent category of these complaints.

        :param list domain: restricts the rows of this report
        :raise UserError: when there is none
        """
        improvements = self.env["dealer.improvement"]
        improvements.check_access("create")
        mine = Domain(domain or ()) & Domain("company_id", "=", self.env.company.id)
        most = self._read_group(
            mine & Domain("category_id", "!=", False),
            ["category_id"],
            ["__count"],
            order="__count desc",
            limit=1,
        )
        if not most:
            improvements._raise_nothing_to_pick()
        return improvements._propose(
            self,
            mine,
            "date_received",
            subject="complaints",
            category_id=most[0][0].id,
        )
