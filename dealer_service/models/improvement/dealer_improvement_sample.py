from odoo import models
from odoo.tools import SQL

from ...tools import work_time
from ...tools.figures.difference import Sample

EVERY = SQL("TRUE")


class DealerImprovement(models.Model):
    """How each subject is measured: the sample of a span of time.

    The figures are those of the reports, from the same rows: a step by its visits, so
    that each visit counts once, however many standards it has.
    """

    _name = "dealer.improvement"
    _inherit = "dealer.improvement"
    #: What is waiting to be written to them counts.
    _MEASURED_MODELS = ("dealer.reception", "dealer.reception.check")

    def _sample(self, first, last):
        """What is measured from the day ``first`` to the day ``last`` of the shop.

        :return: a :class:`Sample`; an empty one before it is known what is measured,
            and of a shop that the user does not work in
        """
        subject, company = self._subject(), self.company_id
        is_open = subject and first and last and (self._scope() or not subject.scope)
        if not is_open or not (self.env.su or company in self.env.companies):
            return Sample()
        tz = company._dealer_tz()
        start = work_time.from_wall(first, 0, tz)
        stop = work_time.from_wall(last + work_time.DAY, 0, tz)
        return getattr(self, subject.method)(start, stop)

    def _sample_of(self, value, rows, condition):
        """The sample of a column of some rows.

        :param rows: a query; its rows are called ``row``
        """
        for model in self._rows_of("_MEASURED_MODELS"):
            self.env[model].flush_model()
        query = SQL(
            """SELECT COUNT(value), AVG(value), STDDEV_SAMP(value) FROM (
                SELECT (%s)::float AS value FROM (%s) row WHERE %s) measured""",
            value,
            rows,
            condition,
        )
        [(count, mean, deviation)] = self.env.execute_query(query)
        return Sample(count, mean or 0.0, deviation or 0.0)

    # ------------------------------------------------------------------
    # STEPS AND STANDARDS
    # ------------------------------------------------------------------

    def _of_visits(self, start, stop):
        """The visits ``r`` of the shop in a span of time."""
        return SQL(
            "r.company_id = %s AND r.date_planned >= %s AND r.date_planned < %s",
            self.company_id.id,
            start,
            stop,
        )

    def _sample_step(self, value, start, stop):
        return self._sample_of(
            value,
            self.env["dealer.service.gap.report"]._rows_of_visits(
                SQL(
                    "%s AND s.id = %s",
                    self._of_visits(start, stop),
                    self.step_id._origin.id,
                )
            ),
            EVERY,
        )

    def _sample_step_compliance(self, start, stop):
        return self._sample_step(SQL("row.compliance"), start, stop)

    def _sample_step_overrun(self, start, stop):
        """Minutes beyond the target; a visit within it has none."""
        over = SQL(
            """CASE WHEN row.minutes IS NOT NULL AND row.target_minutes IS NOT NULL
                THEN GREATEST(row.minutes - row.target_minutes, 0) END"""
        )
        return self._sample_step(over, start, stop)

    def _sample_step_late(self, start, stop):
        return self._sample_step(SQL("row.over_target"), start, stop)

    def _sample_standard(self, start, stop):
        """In how many visits it was carried out, in time, of those that had to."""
        rows = SQL(
            """SELECT CASE WHEN c.is_done AND NOT COALESCE(c.is_late, FALSE)
                THEN 100.0 ELSE 0.0 END AS done
            FROM dealer_reception_check c
            JOIN dealer_reception r ON r.id = c.reception_id
            WHERE c.standard_id = %s AND c.is_mandatory AND (c.is_done OR c.is_lapse)
                AND %s""",
            self.standard_id._origin.id,
            self._of_visits(start, stop),
        )
        return self._sample_of(SQL("row.done"), rows, EVERY)

    # ------------------------------------------------------------------
    # VISITS
    # ------------------------------------------------------------------

    def _sample_report(self, report, value, start, stop, date="date", of=EVERY):
        """The sample of a column of a report, in the shop and the span of time.

        :param of: what else holds for its rows, which are called ``row``
        """
        return self._sample_of(
            SQL.identifier("row", value),
            self.env[report]._table_query,
            SQL(
                "row.company_id = %(shop)s AND %(date)s >= %(start)s"
                " AND %(date)s < %(stop)s AND %(of)s",
                shop=self.company_id.id,
                date=SQL.identifier("row", date),
                start=start,
                stop=stop,
                of=of,
            ),
        )

    def _sample_promise(self, start, stop):
        return self._sample_report(
            "dealer.reception.report", "promise_kept_rate", start, stop
        )

    def _sample_show(self, start, stop):
        return self._sample_report("dealer.reception.report", "show_rate", start, stop)

    def _sample_comeback(self, start, stop):
        return self._sample_report(
            "dealer.reception.report", "comeback_rate", start, stop
        )
