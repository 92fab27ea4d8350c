from odoo import fields, models
from odoo.tools import SQL

from ..models.clock.dealer_sla_target import METRICS
from ..models.clock.dealer_sla_timer_correction import CORRECTIONS
from ..models.common.dealer_complaint_states import CAUSES, GRADES, LEVELS, SOURCES
from ..models.complaint.dealer_complaint_proof import PROOFS


class DealerSlaReport(models.Model):
    """Time limits as figures: one row for each clock that counts.

    Whether a running clock is missed is said as of this second, as everywhere else.
    Clocks that nobody waits for any more are left out: of complaints that were entered
    by mistake or merged only what had been met or missed by then is counted.
    """

    _name = "dealer.sla.report"
    _description = "Time Limit Analysis"
    _auto = False
    _order = "date_start desc"
    _rec_name = "complaint_id"

    # dimensions
    complaint_id = fields.Many2one("dealer.complaint", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    metric = fields.Selection(METRICS, readonly=True)
    cycle = fields.Integer(readonly=True, aggregator=None)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    level = fields.Selection(LEVELS, readonly=True)
    grade = fields.Selection(GRADES, readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    cause = fields.Selection(CAUSES, readonly=True)
    category_id = fields.Many2one("dealer.complaint.category", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", "Car Model", readonly=True)
    date_start = fields.Datetime("Started", readonly=True)
    correction = fields.Selection(CORRECTIONS, "Reason for Correction", readonly=True)
    proof = fields.Selection(
        PROOFS,
        readonly=True,
        help="What shows the first contact that stopped the clock.",
    )
    outcome = fields.Selection(
        [
            ("met", "Met"),
            ("missed", "Missed"),
            ("running", "Running"),
        ],
        readonly=True,
    )

    # figures
    count = fields.Integer("Time Limits", readonly=True)
    met = fields.Integer(readonly=True)
    missed = fields.Integer(readonly=True)
    met_rate = fields.Float(
        "Met (%)",
        readonly=True,
        aggregator="avg",
        help="Share met, of those that were either met or missed.",
    )
    corrected = fields.Integer(
        "Corrected Afterwards",
        readonly=True,
        help="Time limits whose result was changed afterwards, through an entry or a "
        "correction accepted by an officer, or that were missed and belong to "
        "cancelled or merged complaints.",
    )
    overrun_hours = fields.Float(
        "Overrun (h)", readonly=True, help="Hours passed since the deadline."
    )
    used_hours = fields.Float(
        "Used (h)",
        readonly=True,
        aggregator="avg",
        help="Hours used when the clock stopped, in the kind of time in which the "
        "limit is measured.",
    )
    paused_hours = fields.Float("Paused (h)", readonly=True)
    paused_customer = fields.Float("Waiting for the Customer (h)", readonly=True)
    paused_parts = fields.Float("Waiting for Parts (h)", readonly=True)
    paused_manufacturer = fields.Float(
        "Waiting for the Manufacturer (h)", readonly=True
    )
    paused_inspection = fields.Float("Third-party Inspection (h)", readonly=True)

    @property
    def _table_query(self):
        late = SQL(
            "(COALESCE(t.date_stop, t.date_pause, %(now)s) > t.date_deadline"
            " OR COALESCE(t.date_cap_deadline < %(now)s, FALSE))",
            now=fields.Datetime.now(),
        )
        return SQL(
            """
            SELECT t.id, t.complaint_id, t.company_id, t.metric, t.cycle,
                COALESCE(t.responsible_id, h.user_id, c.user_id) AS user_id,
                c.level, c.grade, c.source, c.cause, c.category_id, c.model_id,
                t.date_start, t.correction, t.contact_proof AS proof,
                (t.correction IS NOT NULL)::int AS corrected,
                CASE WHEN %(late)s THEN 'missed'
                    WHEN t.state = 'met' THEN 'met' ELSE 'running' END AS outcome,
                1 AS count,
                (t.state = 'met' AND NOT %(late)s)::int AS met,
                (%(late)s)::int AS missed,
                CASE WHEN %(late)s THEN 0 WHEN t.state = 'met' THEN 100 END AS met_rate,
                CASE WHEN %(late)s THEN EXTRACT(EPOCH FROM GREATEST(
                    COALESCE(t.date_stop, t.date_pause, %(now)s) - t.date_deadline,
                    %(now)s - t.date_cap_deadline)
                    ) / 3600 ELSE 0 END AS overrun_hours,
                CASE WHEN t.date_stop IS NOT NULL
                    THEN t.used_seconds / 3600.0 END AS used_hours,
                p.total AS paused_hours,
                p.customer AS paused_customer,
                p.parts AS paused_parts,
                p.manufacturer AS paused_manufacturer,
                p.inspection AS paused_inspection
            FROM dealer_sla_timer t
            JOIN dealer_complaint c ON c.id = t.complaint_id
            LEFT JOIN LATERAL (
                -- who had it at the deadline answers for what is missed
                SELECT user_id FROM dealer_complaint_holder
                WHERE complaint_id = c.id
                    AND date_until > LEAST(t.date_deadline, %(now)s)
                ORDER BY date_until, id LIMIT 1
            ) h ON TRUE
            -- of the clocks that are asked for, not of all there ever were
            LEFT JOIN LATERAL (
                SELECT SUM(seconds) / 3600.0 AS total,
                    SUM(seconds) FILTER (WHERE reason = 'customer')
                        / 3600.0 AS customer,
                    SUM(seconds) FILTER (WHERE reason = 'parts') / 3600.0 AS parts,
                    SUM(seconds) FILTER (WHERE reason = 'manufacturer')
                        / 3600.0 AS manufacturer,
                    SUM(seconds) FILTER (WHERE reason = 'inspection')
                        / 3600.0 AS inspection
                FROM dealer_sla_segment
                WHERE timer_id = t.id AND kind = 'pause'
            ) p ON TRUE
            WHERE t.state != 'cancelled' AND (c.state != 'cancelled' OR %(late)s)
            """,
            late=late,
            now=fields.Datetime.now(),
        )
