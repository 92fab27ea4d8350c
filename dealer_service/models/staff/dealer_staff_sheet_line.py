from odoo import api, fields, models
from odoo.tools import SQL


class DealerStaffSheetLine(models.Model):
    """One figure of a month's sheet: from how many values, and what it is worth.

    Written by the measuring alone. It keeps the weight and the band by which it was
    judged, whatever is agreed on for later months.
    """

    _name = "dealer.staff.sheet.line"
    _description = "Figure of a Month's Sheet"
    _order = "sheet_id, sequence, id"
    _rec_name = "measure_id"

    sheet_id = fields.Many2one(
        "dealer.staff.sheet",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, index=True)
    date_from = fields.Date(related="sheet_id.date_from", store=True)
    role = fields.Selection(related="sheet_id.role", store=True)
    user_id = fields.Many2one(related="sheet_id.user_id", store=True)
    person = fields.Char(related="sheet_id.name", store=True)
    measure_id = fields.Many2one(
        "dealer.staff.measure",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(readonly=True)
    value = fields.Float(digits=(8, 1), readonly=True, aggregator="avg")
    count = fields.Integer("n", readonly=True, help="From so many values.")
    low = fields.Float(digits=(8, 1), readonly=True, aggregator=None)
    high = fields.Float(digits=(8, 1), readonly=True, aggregator=None)
    has_interval = fields.Boolean(readonly=True)
    least_count = fields.Integer("Judged From n =", readonly=True, aggregator=None)
    is_small = fields.Boolean("Too Few Values", readonly=True)
    weight = fields.Float(digits=(5, 1), readonly=True, aggregator=None)
    band_from = fields.Float(digits=(8, 1), readonly=True, aggregator=None)
    points = fields.Float(
        "Score",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="Of 100, by the band in which the value lies.",
    )
    is_judged = fields.Boolean("With Points", readonly=True)
    value_words = fields.Char("Figure", compute="_compute_words")
    interval_words = fields.Char(
        "95 %",
        compute="_compute_words",
        help="Between what the true value lies, 19 times out of 20. Where two persons' "
        "spans overlap, the difference may be chance.",
    )
    points_words = fields.Char("Points by Band", compute="_compute_words")

    @api.depends("measure_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # the names of measures are no secret
        for line in self.sudo():
            line.display_name = line.measure_id.display_name

    @api.depends("value", "count", "low", "high", "points", "is_judged", "band_from")
    @api.depends_context("lang")
    def _compute_words(self):
        # as above
        for line in self.sudo():
            unit = line.measure_id.unit
            value = line._number(line.value)
            line.value_words = f"{value} {unit}".strip() if line.count else "–"
            line.interval_words = (
                f"{line._number(line.low)} – {line._number(line.high)}"
                if line.has_interval
                else ""
            )
            line.points_words = line._say_points()

    def _number(self, value):
        """Sums without, all others with a decimal."""
        row = self.measure_id._row()
        is_sum = row and row.unit == "number"
        return f"{value:.0f}" if is_sum else f"{value:.1f}"

    def _say_points(self):
        if self.is_small:
            return self.env._("too few (n < %s)", self.least_count)
        if not self.is_judged:
            return ""
        return self.env._(
            "%(points)s (from %(band)s)",
            points=f"{self.points:.0f}",
            band=f"{self.band_from:g}",
        )

    def _read_group_select(self, aggregate_spec, query):
        """What has no meaning is left empty: percent, hours and cars in one mean."""
        found = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec not in ("value:avg", "count:sum"):
            return found
        measure = self._field_to_sql(self._table, "measure_id", query)
        return SQL(
            "CASE WHEN MIN(%(m)s) = MAX(%(m)s) THEN %(f)s END", m=measure, f=found
        )
