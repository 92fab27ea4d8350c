from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import work_time
from ...tools.figures.difference import Sample, share
from ...tools.figures.points import band_of, interval, total


class DealerStaffSheet(models.Model):
    """Measuring a month: every person of a shop at once, one query for each source."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"

    @api.model
    def _measure_month(self, company, first):
        """Measure a month of a shop: make the sheets that are missing, renew the others
        that nobody has discussed yet.

        :param date first: the first day of the month
        :return: the sheets that were measured
        """
        measures = self.env["dealer.staff.measure"]._of_shop(company)
        found = self._samples(company, first, measures)
        sheets = self._sheets_of_month(company, first, found)
        open_sheets = sheets.filtered(lambda sheet: sheet.state == "draft")
        open_sheets._renew(measures, found)
        return open_sheets

    # ------------------------------------------------------------------
    # FIGURES
    # ------------------------------------------------------------------

    @api.model
    def _samples(self, company, first, measures):
        """The figures of every person of a shop in a month.

        :return: dict of (name of the figure, months looked at, person):
            :class:`Sample`
        """
        for model in self._rows_of("_MEASURED_MODELS"):
            self.env[model].flush_model()
        tz = company._dealer_tz()
        stop = work_time.from_wall(first + relativedelta(months=1), 0, tz)
        found = {}
        for (source, months), figures in self._asked(measures).items():
            since = first - relativedelta(months=months - 1)
            start = work_time.from_wall(since, 0, tz)
            query = getattr(self, source)(company, start, stop)
            for (name, person), sample in self._samples_of(query, figures).items():
                found[name, months, person] = sample
        return found

    @api.model
    def _asked(self, measures):
        """What is asked of each source at once.

        :return: dict of (source, months): figures
        """
        rows = self._figures()
        wanted = {(rows[measure.figure], measure.months) for measure in measures}
        # whoever has a sheet is known by these, whether or not the shop shows them
        wanted |= {(row, 1) for row in rows.values() if row.is_basis}
        asked = {}
        for row, months in sorted(wanted):
            asked.setdefault((row.source, months), []).append(row)
        return asked

    @api.model
    def _samples_of(self, query, figures):
        """What the rows of one query say of each person."""
        columns = [self._sums_of(figure) for figure in figures]
        rows = self.env.execute_query(
            SQL(
                "SELECT row.person, %s FROM (%s) row WHERE row.person IS NOT NULL"
                " GROUP BY row.person",
                SQL(", ").join(columns),
                query,
            )
        )
        return {
            (figure.name, person): self._sample(figure, *sums[3 * i : 3 * i + 3])
            for person, *sums in rows
            for i, figure in enumerate(figures)
        }

    @api.model
    def _sums_of(self, figure):
        """Three columns: count, sum or mean, and what else the kind needs."""
        column = SQL.identifier("row", figure.column)
        if not figure.whole:
            middle = SQL("SUM(%s)" if figure.kind == "count" else "AVG(%s)", column)
            return SQL(
                "COUNT(%(of)s), %(middle)s::float, STDDEV_SAMP(%(of)s)::float",
                of=column,
                middle=middle,
            )
        whole = SQL.identifier("row", figure.whole)
        return SQL(
            """COUNT(*) FILTER (WHERE %(whole)s > 0),
            SUM(%(part)s) FILTER (WHERE %(whole)s > 0)::float,
            SUM(%(whole)s) FILTER (WHERE %(whole)s > 0)::float""",
            part=column,
            whole=whole,
        )

    @api.model
    def _sample(self, figure, count, middle, last):
        """One of the figures as a sample."""
        if not count:
            return Sample()
        if figure.whole and figure.kind == "share":
            return share(middle or 0.0, int(last))
        if figure.whole:
            return Sample(count, 100.0 * (middle or 0.0) / last)
        return Sample(count, middle or 0.0, last or 0.0)

    # ------------------------------------------------------------------
    # SHEETS
    # ------------------------------------------------------------------

    @api.model
    def _sheets_of_month(self, company, first, found):
        """The sheets of a month; those of persons who have none yet are made."""
        # written by the measuring alone: nobody has a right to enter a sheet
        sheets = self.sudo().search(
            [("company_id", "=", company.id), ("date_from", "=", first)]
        )
        known = {(sheet.role, sheet._person().id) for sheet in sheets}
        rows = self._figures()
        wanted = {
            (rows[name].role, person)
            for (name, months, person), sample in found.items()
            if rows[name].is_basis and months == 1 and sample.count
        }
        last = first + relativedelta(months=1, days=-1)
        return sheets + sheets._create_by_method(
            [
                {
                    "company_id": company.id,
                    "date_from": first,
                    "date_to": last,
                    "role": role,
                    **self._person_values(role, person),
                }
                for role, person in sorted(wanted - known)
            ]
        )

    @api.model
    def _person_values(self, role, person):
        if role != "technician":
            return {"user_id": person}
        # the measuring knows every technician of the shop
        technician = self.env["resource.resource"].sudo().browse(person)
        return {"resource_id": person, "user_id": technician.user_id.id}

    def _person(self):
        return self.resource_id if self.role == "technician" else self.user_id

    def _renew(self, measures, found):
        """Write the figures of sheets anew, and what they are worth."""
        # as above
        sheets = self.sudo()
        sheets.line_ids.unlink()
        by_role = measures.sorted("sequence").grouped("role")
        known = [
            (sheet, sheet._line_values(by_role.get(sheet.role, measures[:0]), found))
            for sheet in sheets
        ]
        # nobody types what is measured, not even who may measure it
        self.env["dealer.staff.sheet.line"].sudo().create(
            [values for _sheet, lines in known for values in lines]
        )
        now = fields.Datetime.now()
        for sheet, lines in known:
            points, cover = total(
                [
                    (line["weight"], line["points"] if line["is_judged"] else None)
                    for line in lines
                ]
            )
            is_small = not cover or cover < sheet.company_id.dealer_staff_cover
            sheet._write_by_method(
                {
                    "points": 0.0 if is_small else points,
                    "cover": cover,
                    "is_small": is_small,
                    "date_measured": now,
                }
            )
        sheets.invalidate_recordset(["line_ids"])

    def _line_values(self, measures, found):
        person = self._person().id
        return [
            self._values_of(
                measure,
                found.get((measure.figure, measure.months, person), Sample()),
            )
            for measure in measures
        ]

    def _values_of(self, measure, sample):
        figure, scale = measure._row(), measure._scale_of(self.date_from)
        bands = measure._bands_of(scale)
        weight = scale.weight if bands else 0.0
        is_sum = figure.kind == "count"
        is_small = not is_sum and sample.count < measure.least_count
        is_judged = bool(weight) and not is_small and (is_sum or bool(sample.count))
        band = band_of(sample.mean, bands) if is_judged else None
        span = None
        if figure.kind in ("share", "mean"):
            span = interval(sample, is_share=figure.kind == "share")
        return {
            "sheet_id": self.id,
            "measure_id": measure.id,
            "sequence": measure.sequence,
            "value": sample.mean,
            "count": sample.count,
            "low": span[0] if span else 0.0,
            "high": span[1] if span else 0.0,
            "has_interval": bool(span),
            "least_count": measure.least_count,
            "is_small": is_small,
            "weight": weight,
            "is_judged": is_judged,
            "band_from": band.value if band else 0.0,
            "points": band.points if band else 0.0,
        }
