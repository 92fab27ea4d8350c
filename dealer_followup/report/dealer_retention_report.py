from odoo import fields, models
from odoo.tools import SQL

#: Days after which a service that was due and not done counts as missed.
GRACE_DAYS = 90
#: The curve ends here.
LAST_NUMBER = 9
NUMBERS = [
    ("1", "1st Service"),
    ("2", "2nd Service"),
    ("3", "3rd Service"),
    *((str(number), f"{number}th Service") for number in range(4, LAST_NUMBER + 1)),
]


class DealerRetentionReport(models.Model):
    """How many cars that we sold come to their first, second … service.

    One row for each car and each service that it has done, or should have done by now
    (by the months of its service plan, with some grace). Averages along the number of
    the service are the retention curve.
    """

    _name = "dealer.retention.report"
    _description = "Retention by Service"
    _auto = False
    _order = "sale_date desc, id"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", "Car Model", readonly=True)
    sale_date = fields.Date("Sold On", readonly=True)
    service_number = fields.Selection(NUMBERS, "Service No.", readonly=True)
    due_date = fields.Date("Due", readonly=True)
    count = fields.Integer("Cars Due", readonly=True)
    done_count = fields.Integer("Cars Attended", readonly=True)
    retention_rate = fields.Float(
        "Retention (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of all cars sold long enough ago to be due for this service.",
    )
    stay_rate = fields.Float(
        "Of the Previous Service (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the cars that also came for the previous service. Where it "
        "is low, customers are being lost.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT car.id::bigint * %(last)s + n AS id, car.id AS vehicle_id,
                car.owner_id AS partner_id, car.home_company_id AS company_id,
                car.model_id, car.sale_date, n::text AS service_number,
                due.date AS due_date, 1 AS count,
                (car.done >= n)::int AS done_count,
                (car.done >= n)::int * 100.0 AS retention_rate,
                CASE WHEN car.done >= n - 1 THEN (car.done >= n)::int * 100.0
                    END AS stay_rate
            FROM (
                SELECT v.id, v.owner_id, v.home_company_id, v.model_id, v.sale_date,
                    COALESCE(NULLIF(m.first_service_months, 0),
                        NULLIF(m.service_months, 0), 6) AS first_months,
                    COALESCE(NULLIF(m.service_months, 0), 6) AS months,
                    visits.done
                FROM fleet_vehicle v
                JOIN fleet_vehicle_model m ON m.id = v.model_id
                -- of the cars that are asked for, not of all there are
                CROSS JOIN LATERAL (
                    SELECT COUNT(*) AS done FROM dealer_reception
                    WHERE vehicle_id = v.id AND state = 'delivered' AND is_maintenance
                ) visits
                WHERE v.is_customer_vehicle AND v.sale_date IS NOT NULL
                AND v.home_company_id IS NOT NULL AND v.life_cycle IS NOT NULL
            ) car
            CROSS JOIN generate_series(1, %(last)s) n
            CROSS JOIN LATERAL (
                SELECT (car.sale_date + make_interval(
                    months => car.first_months + (n - 1) * car.months))::date AS date
            ) due
            WHERE car.done >= n OR due.date + %(grace)s <= %(today)s
            """,
            last=LAST_NUMBER,
            grace=GRACE_DAYS,
            today=fields.Date.context_today(self),
        )

    def action_open_car(self):
        """The car behind a row."""
        self.ensure_one()
        return self.vehicle_id._action_open_card()

    def action_view_cars(self):
        """The cars behind the chosen rows."""
        return self.vehicle_id._action_open_cars()
