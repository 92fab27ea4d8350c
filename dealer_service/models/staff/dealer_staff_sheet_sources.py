from odoo import models
from odoo.tools import SQL


class DealerStaffSheet(models.Model):
    """From which rows the figures come: those of the reports, of one shop and time.

    Each source is a query whose rows have a ``person``: of a technician the resource,
    of everybody else the user.
    """

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"
    #: What is waiting to be written to them counts.
    _MEASURED_MODELS = (
        "dealer.job",
        "dealer.reception",
        "dealer.reception.check",
        "dealer.work.log",
        "sale.order",
        "sale.order.line",
    )

    def _rows_of_report(self, report, person, date, company, start, stop):
        """The rows of a report, of whoever stands in the column ``person``."""
        return SQL(
            """SELECT found.*, found.%(person)s AS person, 1 AS one
            FROM (%(rows)s) found
            WHERE found.company_id = %(shop)s AND found.%(date)s >= %(start)s
                AND found.%(date)s < %(stop)s""",
            person=SQL.identifier(person),
            rows=self.env[report]._table_query,
            shop=company.id,
            date=SQL.identifier(date),
            start=start,
            stop=stop,
        )

    def _rows_of_visits(self, company, start, stop):
        """Visits whose car came, of the advisor who made the promise."""
        return SQL(
            # the comeback rate is empty of those who did not come
            """SELECT * FROM (%s) came
            WHERE comeback_rate IS NOT NULL AND state != 'cancelled'""",
            self._rows_of_report(
                "dealer.reception.report", "advisor_id", "date", company, start, stop
            ),
        )

    def _rows_of_standards(self, company, start, stop):
        """The advisor's own standards, each visit once, however many it has."""
        return SQL(
            """SELECT r.id, COALESCE(r.promise_advisor_id, r.advisor_id) AS person,
                100.0 * COUNT(*) FILTER (WHERE %(done)s) / COUNT(*) AS done_rate,
                100.0 * COUNT(*) FILTER (WHERE %(done)s AND c.is_proven)
                    / COUNT(*) AS proven_rate
            FROM dealer_reception r
            JOIN dealer_reception_check c ON c.reception_id = r.id
            JOIN dealer_service_step s ON s.id = c.step_id AND s.role = 'advisor'
            WHERE r.company_id = %(shop)s AND r.date_planned >= %(start)s
                AND r.date_planned < %(stop)s
                AND c.is_mandatory AND (c.is_done OR c.is_lapse)
            GROUP BY r.id""",
            done=SQL("c.is_done AND c.is_late IS NOT TRUE"),
            shop=company.id,
            start=start,
            stop=stop,
        )

    def _rows_of_jobs(self, company, start, stop):
        """Jobs that were done, of whoever did most of their first work; their hours are
        shared by the time each was at work.

        Who mends a job after a failed check is not the one whose work failed. A job
        came back when its visit has a comeback about the same system, or about none
        that is known.
        """
        return SQL(
            """SELECT j.id, worker.person,
                CASE WHEN worker.is_first THEN 1 ELSE 0 END AS one,
                CASE WHEN j.kind = 'sold'
                    THEN j.hours_sold * worker.part END AS hours_sold,
                CASE WHEN j.kind = 'sold' AND j.hours_worked > 0
                    THEN j.hours_worked * worker.part END AS hours_worked,
                CASE WHEN worker.is_first AND j.rework_count > 0 THEN 0.0
                    WHEN worker.is_first THEN 100.0 END AS first_right,
                CASE WHEN NOT worker.is_first THEN NULL WHEN EXISTS (
                    SELECT FROM dealer_reception again
                    WHERE again.comeback_of_id = j.reception_id AND again.is_comeback
                        AND again.state NOT IN ('cancelled', 'no_show')
                        AND (j.system_id IS NULL OR NOT EXISTS (
                                SELECT FROM dealer_reception_concern told
                                WHERE told.reception_id = again.id
                                    AND told.system_id IS NOT NULL)
                            OR EXISTS (
                                SELECT FROM dealer_reception_concern told
                                WHERE told.reception_id = again.id
                                    AND told.system_id = j.system_id))
                ) THEN 100.0 ELSE 0.0 END AS comeback
            FROM dealer_job j
            CROSS JOIN LATERAL (
                SELECT log.technician_id AS person,
                    SUM(log.seconds) / SUM(SUM(log.seconds)) OVER () AS part,
                    ROW_NUMBER() OVER (
                        ORDER BY SUM(log.seconds) DESC, MIN(log.id)) = 1 AS is_first
                FROM dealer_work_log log
                WHERE log.job_id = j.id AND log.is_rework IS NOT TRUE
                    AND log.seconds > 0
                GROUP BY log.technician_id
                UNION ALL
                SELECT j.technician_id, 1.0, TRUE
                WHERE NOT EXISTS (
                    SELECT FROM dealer_work_log log
                    WHERE log.job_id = j.id AND log.is_rework IS NOT TRUE
                        AND log.seconds > 0)
            ) worker
            WHERE j.company_id = %(shop)s AND j.state = 'done'
                AND j.date_done >= %(start)s AND j.date_done < %(stop)s""",
            shop=company.id,
            start=start,
            stop=stop,
        )
