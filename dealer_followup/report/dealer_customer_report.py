from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.dealer_complaint.models.common.dealer_complaint_states import (
    OPEN_STATES,
    VOID_STATES,
)
from odoo.addons.dealer_complaint.models.value.dealer_return_rate import PRIOR_CASES
from odoo.addons.dealer_service.models.common.dealer_cached_mixin import KEPT_FOR

from ..models.rule.dealer_segment import CLASSES, LIFE_CYCLES

#: Stage at the time, and the published rate that stands in until there are own cases:
#: who comes is like a customer whose concern was solved in time; who stays away is
#: like one whose concern was not, and like one who never said a word.
STAGES = {"active": "fast", "dormant": "unresolved", "lost": "silent"}


#: So long a customer who was not satisfied, and said nothing, is called.
SILENT_DAYS = 365


class DealerCustomerReport(models.Model):
    """The customer base: one row for each customer's car.

    By sale month it is the lost rate by cohort; by class, stage or model the value at
    risk of the segment – an estimate, wherever it is shown.
    """

    _name = "dealer.customer.report"
    _description = "Customer Base"
    _auto = False
    _order = "value_at_risk desc, id"
    _rec_name = "vehicle_id"

    # dimensions
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", "Car Model", readonly=True)
    life_cycle = fields.Selection(LIFE_CYCLES, readonly=True)
    customer_class = fields.Selection(CLASSES, "Class", readonly=True)
    leave_reason_id = fields.Many2one(
        "dealer.leave.reason", "Reason for Leaving", readonly=True
    )
    leave_kind = fields.Selection(
        [("inside", "Within Our Control"), ("outside", "Beyond Our Control")],
        "Kind of Reason",
        readonly=True,
    )
    sale_date = fields.Date("Sold On", readonly=True)
    last_reception_date = fields.Date("Last Visit", readonly=True)
    life_cycle_date = fields.Date("Since", readonly=True)
    is_silent = fields.Boolean(
        "Silent",
        readonly=True,
        help="Was not satisfied – one or two stars, a sad smiley or an unhappy answer "
        "– and has neither complained nor come again since, nor been asked about it.",
    )
    silent_date = fields.Date("Unhappy Since", readonly=True)

    # figures
    count = fields.Integer("Cars", readonly=True)
    kept_rate = fields.Float(
        "Retained (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="New, active or won back.",
    )
    dormant_rate = fields.Float(
        "Dormant (%)", readonly=True, aggregator="avg", digits=(5, 1)
    )
    lost_rate = fields.Float("Lost (%)", readonly=True, aggregator="avg", digits=(5, 1))
    left_rate = fields.Float(
        "Left (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Sold, moved away or scrapped: not lost to a competitor.",
    )
    value_at_risk = fields.Monetary(
        "Value at Risk (Estimate)",
        readonly=True,
        aggregator="sum",
        help="An estimate: the value of a customer over the remaining years, times "
        "the share of customers in this stage who do not return within a year. The "
        "share comes from the shop's own visits, or from published rates while "
        "there are few. For a car with an open complaint, the value of the "
        "complaint is used; for a customer who was not satisfied and said nothing, the "
        "return rate of those who never complain. Customers who have left no longer "
        "count.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT v.id, v.id AS vehicle_id, v.owner_id AS partner_id,
                v.home_company_id AS company_id, shop.currency_id, v.model_id,
                v.life_cycle, v.customer_class, v.leave_reason_id,
                reason.kind AS leave_kind, v.sale_date, v.last_reception_date,
                v.life_cycle_date, 1 AS count,
                (v.life_cycle IN ('new', 'active', 'won_back'))::int * 100.0
                    AS kept_rate,
                (v.life_cycle = 'dormant')::int * 100.0 AS dormant_rate,
                (v.life_cycle = 'lost')::int * 100.0 AS lost_rate,
                (v.life_cycle = 'left')::int * 100.0 AS left_rate,
                CASE WHEN v.life_cycle = 'left' THEN 0
                    ELSE GREATEST(share.at_risk, complaint.at_risk,
                        CASE WHEN silent.since IS NOT NULL THEN unheard.at_risk END)
                END AS value_at_risk,
                silent.since IS NOT NULL AND v.life_cycle != 'left' AS is_silent,
                silent.since::date AS silent_date
            FROM fleet_vehicle v
            JOIN res_company shop ON shop.id = v.home_company_id
            LEFT JOIN dealer_leave_reason reason ON reason.id = v.leave_reason_id
            LEFT JOIN (VALUES %(shares)s) AS share(company_id, stage, at_risk)
                ON share.company_id = v.home_company_id
                AND share.stage = CASE WHEN v.life_cycle IN ('dormant', 'lost')
                    THEN v.life_cycle ELSE 'active' END
            LEFT JOIN (
                SELECT vehicle_id, company_id, MAX(value_at_risk) AS at_risk
                FROM dealer_complaint WHERE state IN %(open)s
                GROUP BY vehicle_id, company_id
            ) complaint ON complaint.vehicle_id = v.id
                AND complaint.company_id = v.home_company_id
            LEFT JOIN (%(silent)s) silent ON silent.vehicle_id = v.id
                AND silent.company_id = v.home_company_id
            LEFT JOIN (VALUES %(shares)s) AS unheard(company_id, stage, at_risk)
                ON unheard.company_id = v.home_company_id
                AND unheard.stage = 'silent'
            WHERE v.is_customer_vehicle AND v.life_cycle IS NOT NULL
            """,
            shares=self._shares_sql(),
            silent=self._silent_sql(),
            open=tuple(OPEN_STATES),
        )

    def _silent_sql(self):
        """Rows of (car, shop, since): not satisfied, and nothing heard of it since."""
        return SQL(
            """
            SELECT sign.vehicle_id, sign.company_id, MAX(sign.since) AS since
            FROM (
                SELECT vehicle_id, company_id, date_arrived AS since, date_delivered
                FROM dealer_reception
                WHERE state = 'delivered' AND date_delivered >= %(first)s
                    AND (rating_last_value BETWEEN 1 AND 2 OR smile = '1')
                UNION ALL
                SELECT f.vehicle_id, f.company_id,
                    COALESCE(r.date_arrived, f.date_closed),
                    COALESCE(r.date_delivered, f.date_closed)
                FROM dealer_followup f
                LEFT JOIN dealer_reception r ON r.id = f.visit_id
                WHERE f.is_unhappy AND f.complaint_id IS NULL
                    AND f.date_closed >= %(first)s
            ) sign
            WHERE NOT EXISTS (
                SELECT 1 FROM dealer_complaint c
                WHERE c.vehicle_id = sign.vehicle_id
                    AND c.company_id = sign.company_id
                    AND c.date_received >= sign.since AND c.state NOT IN %(void)s
            ) AND NOT EXISTS (
                SELECT 1 FROM dealer_reception again
                WHERE again.vehicle_id = sign.vehicle_id
                    AND again.company_id = sign.company_id
                    AND again.date_arrived > sign.date_delivered
            ) AND NOT EXISTS (
                SELECT 1 FROM dealer_followup asked
                JOIN dealer_care_rule rule ON rule.id = asked.rule_id
                    AND rule.code = 'unhappy'
                WHERE asked.vehicle_id = sign.vehicle_id
                    AND asked.company_id = sign.company_id
                    AND asked.state = 'done' AND asked.date_closed >= sign.since
            )
            GROUP BY sign.vehicle_id, sign.company_id
            """,
            first=fields.Datetime.now() - timedelta(days=SILENT_DAYS),
            void=tuple(VOID_STATES),
        )

    def _shares_sql(self):
        """Rows of (shop, stage, value at risk of one car)."""
        # figures of the shops the user may see are joined to their cars below
        shops = self.env["res.company"].sudo().search([("active", "=", True)])
        rates = self.env["dealer.return.rate"]
        rows = []
        for shop in shops:
            worth = shop._dealer_customer_value()
            # who is unhappy and says nothing here says it elsewhere
            told = worth * shop._dealer_told_factor()
            shares = self._return_shares(shop.id, shop._dealer_today())
            of_complaints = rates._blended(shop.id, shop._dealer_today())
            unheard = of_complaints.get(("major", "silent"), 0.0)
            for stage, share in (*shares.items(), ("silent", unheard)):
                rows.append(
                    SQL(
                        "(%s::int, %s::text, %s::numeric)",
                        shop.id,
                        stage,
                        round((1 - share) * (told if stage == "silent" else worth), 2),
                    )
                )
        return SQL(", ").join(rows)

    @api.model
    @tools.ormcache("company_id", "day", KEPT_FOR)
    def _return_shares(self, company_id, day):
        """How many who were active, dormant or lost a year ago have come since.

        :return: dict of shares between 0 and 1 by stage; looked at once a day
        """
        shop = self.env["res.company"].browse(company_id)
        then = day - relativedelta(years=1)
        counts = {
            stage: (cases, returned)
            for stage, cases, returned in self.env.execute_query(
                SQL(
                    """
                    SELECT CASE
                            WHEN last <= %(lost)s THEN 'lost'
                            WHEN last <= %(dormant)s THEN 'dormant'
                            ELSE 'active'
                        END AS stage, COUNT(*), COUNT(*) FILTER (WHERE has_come)
                    FROM (
                        SELECT GREATEST(
                                CASE WHEN v.sale_date <= %(then)s
                                    THEN v.sale_date END,
                                MAX(r.date_delivered) FILTER (
                                    WHERE r.date_delivered < %(next)s)::date
                            ) AS last,
                            COALESCE(BOOL_OR(r.date_delivered >= %(next)s), FALSE)
                                AS has_come
                        FROM fleet_vehicle v
                        LEFT JOIN dealer_reception r ON r.vehicle_id = v.id
                            AND r.state = 'delivered'
                            AND r.company_id = v.home_company_id
                        WHERE v.home_company_id = %(shop)s AND v.is_customer_vehicle
                        GROUP BY v.id
                    ) car
                    WHERE last IS NOT NULL
                    GROUP BY stage
                    """,
                    then=then,
                    next=then + timedelta(days=1),
                    lost=then - relativedelta(months=shop.dealer_lost_months),
                    dormant=then - relativedelta(months=shop.dealer_dormant_months),
                    shop=company_id,
                )
            )
        }
        # published figures, the same for whoever reads the report
        rates = self.env["dealer.return.rate"].sudo()
        published = {
            rate.speed: rate.percent / 100
            for rate in rates.search([("severity", "=", "minor")])
        }
        shares = {}
        for stage, speed in STAGES.items():
            cases, returned = counts.get(stage, (0, 0))
            prior = published.get(speed, 0.5)
            shares[stage] = (returned + PRIOR_CASES * prior) / (cases + PRIOR_CASES)
        return shares

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_car(self):
        """The car behind a row."""
        self.ensure_one()
        return self.vehicle_id._action_open_card()

    def action_call_silent(self):
        """Have those of these customers called who were not satisfied and said
        nothing: before all others, each once.

        :raise UserError: where none of them is silent
        """
        self.check_access("read")
        silent = self.filtered(lambda row: row.is_silent and row.partner_id)
        if not silent:
            raise UserError(
                self.env._(
                    "None of these customers is silent: choose those with the mark "
                    "“Silent”."
                )
            )
        rule = self.env.ref("dealer_followup.care_rule_unhappy")
        tasks = self.env["dealer.followup"]
        for row in silent:
            tasks |= rule._create_by_hand(
                row.partner_id,
                vehicle=row.vehicle_id,
                company=row.company_id,
                key=f"silent:{row.silent_date}",
            )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_followup.dealer_followup_action"
            ),
            "domain": [("id", "in", tasks.ids)],
            "context": {},
        }

    def action_view_cars(self):
        """The cars behind the chosen rows."""
        return self.vehicle_id._action_open_cars()
