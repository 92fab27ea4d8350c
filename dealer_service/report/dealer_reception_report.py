from odoo import api, fields, models
from odoo.tools import SQL


def _minutes(start, stop, away=None):
    """Minutes between two columns of the visit; null while one is missing.

    :param SQL away: seconds between them that do not count
    """
    return SQL(
        "(EXTRACT(EPOCH FROM (%s - %s)) - %s) / 60.0",
        SQL.identifier("r", stop),
        SQL.identifier("r", start),
        away or SQL("0"),
    )


#: Nobody waits to be greeted while the shop is closed; one may be all the same.
_WAITED = SQL("""EXTRACT(EPOCH FROM
    (r.date_greeted - LEAST(r.date_greet_from, r.date_greeted))) / 60.0""")


class DealerReceptionReport(models.Model):
    """Visits as figures: lead times, promises, consent, quality, hours.

    One row a visit. Averages leave out the visits to which a figure does not apply
    (null), so that a share is always a share of those that could have had it.
    """

    _name = "dealer.reception.report"
    _description = "Visit Analysis"
    _auto = False
    _order = "date desc"
    _rec_name = "reception_id"

    # dimensions
    reception_id = fields.Many2one("dealer.reception", "Visit", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Datetime("Day of the Visit", readonly=True)
    advisor_id = fields.Many2one("res.users", "Service Advisor", readonly=True)
    technician_id = fields.Many2one(
        "resource.resource",
        readonly=True,
        help="The technician with most of the planned hours of the visit.",
    )
    model_id = fields.Many2one("fleet.vehicle.model", "Car Model", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    state = fields.Selection("_selection_state", readonly=True)
    visit_kind = fields.Selection(
        [("appointment", "Appointment"), ("walk_in", "Walk-in")],
        "Appointment or Walk-in",
        readonly=True,
    )
    is_first_visit = fields.Boolean("First Visit", readonly=True)
    is_past = fields.Boolean(
        "From the Old System",
        readonly=True,
        help="Taken over: it counts as a visit with its amount, and was not measured.",
    )
    is_waiting = fields.Boolean("Customer Waiting", readonly=True)

    # lead times, in minutes
    wait_minutes = fields.Float(
        "Wait Until Greeted (min)", readonly=True, aggregator="avg"
    )
    inspect_minutes = fields.Float(
        "Greeting to Walk-around (min)", readonly=True, aggregator="avg"
    )
    estimate_minutes = fields.Float(
        "Walk-around to Consent (min)", readonly=True, aggregator="avg"
    )
    start_minutes = fields.Float(
        "Consent to Work (min)", readonly=True, aggregator="avg"
    )
    work_minutes = fields.Float("Work (min)", readonly=True, aggregator="avg")
    quality_minutes = fields.Float(
        "Quality Check (min)", readonly=True, aggregator="avg"
    )
    prepare_minutes = fields.Float(
        "Delivery Preparation (min)", readonly=True, aggregator="avg"
    )
    settle_minutes = fields.Float(
        "Ready to Settled (min)", readonly=True, aggregator="avg"
    )
    deliver_minutes = fields.Float(
        "Settled to Delivered (min)", readonly=True, aggregator="avg"
    )
    stay_hours = fields.Float(
        "Arrival to Ready (h)",
        readonly=True,
        aggregator="avg",
        help="Without the time in which the car was away until a part came.",
    )

    # promises, in percent
    show_rate = fields.Float(
        "Show Rate (%)",
        readonly=True,
        aggregator="avg",
        help="Appointments that came, of those that came or did not.",
    )
    promise_kept_rate = fields.Float(
        "First Promise Kept (%)", readonly=True, aggregator="avg"
    )
    punctual_rate = fields.Float(
        "Appointment Kept (%)",
        readonly=True,
        aggregator="avg",
        help="Booked customers who were greeted by the end of the grace period.",
    )

    # extra work
    supplement_offered = fields.Integer("Supplements Offered", readonly=True)
    supplement_accepted = fields.Integer("Supplements Accepted", readonly=True)
    declined_count = fields.Integer(
        "Declined Work",
        readonly=True,
        help="Number of items the customer declined in this visit.",
    )

    # quality
    came_again_rate = fields.Float(
        "First Visitors Who Came Again (%)",
        readonly=True,
        aggregator="avg",
        help="Of first visits whose months to come again are over. A comeback for "
        "faulty work is no new visit.",
    )
    comeback_rate = fields.Float("Comebacks (%)", readonly=True, aggregator="avg")
    rework_count = fields.Integer("Rework", readonly=True)
    rating = fields.Float(readonly=True, aggregator="avg")
    standard_rate = fields.Float(
        "Standards Executed (%)", readonly=True, aggregator="avg"
    )

    # money and hours
    estimate_total = fields.Monetary("Agreed Total", readonly=True)
    settled_total = fields.Monetary(readonly=True)
    variance_percent = fields.Float(
        "Estimate Variance (%)",
        readonly=True,
        aggregator="avg",
        help="Absolute difference between the settled and the agreed total.",
    )
    hours_sold = fields.Float(readonly=True)
    hours_worked = fields.Float(readonly=True)
    hours_rework = fields.Float("Rework Hours", readonly=True)

    @api.model
    def _selection_state(self):
        states = self.env["dealer.reception"]._fields["state"]
        return states._description_selection(self.env)

    @property
    def _table_query(self):
        def away(*columns):
            """Seconds in which the car was away until its part came."""
            return self.env["dealer.time.away"]._seconds_between(
                *(SQL.identifier("r", column) for column in columns)
            )

        waits = ("date_authorized", "date_started")
        works = ("date_started", "date_finished")
        minutes = {
            "wait_minutes": _WAITED,
            "inspect_minutes": _minutes("date_greeted", "date_inspected"),
            "estimate_minutes": _minutes("date_inspected", "date_authorized"),
            "start_minutes": _minutes(*waits, away(*waits)),
            "work_minutes": _minutes(*works, away(*works)),
            "quality_minutes": _minutes("date_finished", "date_passed"),
            "prepare_minutes": _minutes("date_passed", "date_ready"),
            "settle_minutes": _minutes("date_ready", "date_settled"),
            "deliver_minutes": _minutes("date_settled", "date_delivered"),
        }
        return SQL(
            """
            SELECT
                r.id AS id,
                r.id AS reception_id,
                r.company_id,
                company.currency_id,
                r.date_planned AS date,
                -- a missed promise is not handed over with the car
                COALESCE(r.promise_advisor_id, r.advisor_id) AS advisor_id,
                main.technician_id,
                vehicle.model_id,
                r.partner_id,
                r.state,
                CASE WHEN r.past_number IS NOT NULL THEN NULL
                    WHEN r.date_appointment IS NULL
                    THEN 'walk_in' ELSE 'appointment' END AS visit_kind,
                r.is_first_visit,
                r.past_number IS NOT NULL AS is_past,
                r.is_waiting,
                %(minutes)s,
                (EXTRACT(EPOCH FROM (r.date_ready - r.date_arrived)) - %(away)s)
                    / 3600.0 AS stay_hours,
                CASE WHEN r.date_appointment IS NULL THEN NULL
                    WHEN r.date_arrived IS NOT NULL THEN 100.0
                    WHEN r.state = 'no_show' THEN 0.0 END AS show_rate,
                CASE WHEN r.is_first_promise_kept THEN 100.0
                    -- broken from the promised time on, also while the car is here
                    -- or until the customer left
                    WHEN r.date_promised_first
                            < COALESCE(r.date_ready, r.date_left, %(now)s)
                        AND r.date_arrived IS NOT NULL AND r.state != 'cancelled'
                    THEN 0.0 END AS promise_kept_rate,
                CASE WHEN r.date_appointment IS NULL OR r.date_greeted IS NULL
                    THEN NULL
                    WHEN r.date_greeted
                        <= GREATEST(r.date_appointment, r.date_greet_from)
                        + make_interval(mins => company.dealer_grace_minutes)
                    THEN 100.0 ELSE 0.0 END AS punctual_rate,
                supplement.offered AS supplement_offered,
                supplement.accepted AS supplement_accepted,
                declined.count AS declined_count,
                CASE WHEN r.is_first_visit AND r.date_delivered <= %(now)s
                        - make_interval(months => company.dealer_first_return_months)
                    THEN CASE WHEN EXISTS (
                        SELECT FROM dealer_reception again
                        WHERE again.vehicle_id = r.vehicle_id
                            AND again.company_id = r.company_id
                            AND again.date_arrived > r.date_delivered
                            AND again.date_arrived <= r.date_delivered + make_interval(
                                months => company.dealer_first_return_months)
                            AND again.is_comeback IS NOT TRUE
                            AND again.state <> 'cancelled'
                    ) THEN 100.0 ELSE 0.0 END END AS came_again_rate,
                CASE WHEN r.date_arrived IS NULL OR r.past_number IS NOT NULL
                    THEN NULL
                    WHEN r.is_comeback THEN 100.0 ELSE 0.0 END AS comeback_rate,
                r.rework_count,
                NULLIF(r.rating, 0) AS rating,
                standard.rate AS standard_rate,
                r.estimate_total,
                r.settled_total,
                CASE WHEN r.date_settled IS NOT NULL AND r.estimate_total > 0
                    THEN ABS(r.settled_total - r.estimate_total)
                        / r.estimate_total * 100.0 END AS variance_percent,
                job.hours_sold,
                job.hours_worked,
                job.hours_rework
            FROM dealer_reception r
            JOIN res_company company ON company.id = r.company_id
            LEFT JOIN fleet_vehicle vehicle ON vehicle.id = r.vehicle_id
            LEFT JOIN LATERAL (
                SELECT
                    COUNT(*) AS offered,
                    COUNT(*) FILTER (WHERE so.state = 'sale') AS accepted
                FROM sale_order so
                WHERE so.reception_id = r.id AND so.dealer_kind = 'supplement'
                    -- a draft was not shown to anybody yet, one given up never
                    AND (so.state IN ('sent', 'sale') OR EXISTS (
                        SELECT FROM sale_order_line l WHERE l.order_id = so.id
                            AND l.dealer_decision IN ('approved', 'declined')))
            ) supplement ON TRUE
            LEFT JOIN LATERAL (
                -- the work itself goes on to the visit in which it is declined again
                SELECT COUNT(*) AS count
                FROM sale_order_line l
                WHERE l.reception_id = r.id AND l.dealer_decision = 'declined'
            ) declined ON TRUE
            LEFT JOIN LATERAL (
                SELECT AVG(CASE WHEN c.is_done THEN 100.0 ELSE 0.0 END) AS rate
                FROM dealer_reception_check c
                WHERE c.reception_id = r.id AND c.is_mandatory
                    AND (c.is_done OR c.is_lapse)
            ) standard ON TRUE
            LEFT JOIN LATERAL (
                SELECT
                    SUM(j.hours_sold) AS hours_sold,
                    SUM(j.hours_worked) AS hours_worked,
                    SUM(j.hours_rework) AS hours_rework
                FROM dealer_job j WHERE j.reception_id = r.id
            ) job ON TRUE
            LEFT JOIN LATERAL (
                SELECT j.technician_id
                FROM dealer_job j
                WHERE j.reception_id = r.id AND j.technician_id IS NOT NULL
                GROUP BY j.technician_id
                ORDER BY SUM(j.planned_hours) DESC, MIN(j.id)
                LIMIT 1
            ) main ON TRUE
            """,
            minutes=SQL(", ").join(
                SQL("%s AS %s", code, SQL.identifier(name))
                for name, code in minutes.items()
            ),
            away=away("date_arrived", "date_ready"),
            now=fields.Datetime.now(),
        )
