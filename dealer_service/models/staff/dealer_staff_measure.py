from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.figures.difference import LEAST
from ...tools.figures.points import Band
from .dealer_staff_figures import FIGURE_NAMES, ROLES


class DealerStaffMeasure(models.Model):
    """What the persons of a role are measured by, and since when it is worth what.

    The figures are those of the reports; a higher addon adds rows to ``_FIGURES`` of
    the sheet, and their names here. A shop's own row stands for that of the group.
    """

    _name = "dealer.staff.measure"
    _description = "Measure of the Staff"
    _inherit = ["dealer.group.mixin"]
    _order = "role, sequence, id"
    _rec_name = "figure"

    sequence = fields.Integer(default=10)
    figure = fields.Selection(FIGURE_NAMES, required=True)
    role = fields.Selection(
        ROLES, compute="_compute_of_figure", store=True, precompute=True, index=True
    )
    unit = fields.Char(compute="_compute_words")
    better = fields.Selection(
        [("up", "Higher Is Better"), ("down", "Lower Is Better")],
        "Direction",
        compute="_compute_of_figure",
        store=True,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)
    months = fields.Integer(
        "Months Looked At",
        default=1,
        required=True,
        help="1: the month of the sheet. More: with the months before it, for what is "
        "rare, or becomes known late.",
    )
    least_count = fields.Integer(
        "Judged From n =",
        default=LEAST,
        required=True,
        help="Below so many values the sheet shows the figure and gives no points: it "
        "would be a matter of chance.",
    )
    note = fields.Text("How It Is Measured", translate=True)
    scale_ids = fields.One2many(
        "dealer.staff.scale", "measure_id", "Weights and Bands", copy=True
    )
    weight = fields.Float(
        "Weight Today",
        digits=(5, 1),
        compute="_compute_weight",
        help="0: shown on the sheet, and worth no points.",
    )

    _figure_uniq = models.UniqueIndex(
        "(figure, COALESCE(company_id, 0))", "The shop has this measure already."
    )
    _check_months = models.Constraint(
        "CHECK(months BETWEEN 1 AND 24)", "Look at 1 to 24 months."
    )
    _check_least_count = models.Constraint(
        "CHECK(least_count >= 0)", "The least number of values is not below zero."
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    def _row(self):
        """How it is measured: a ``Figure``; ``None`` before one is chosen."""
        self.ensure_one()
        return self.env["dealer.staff.sheet"]._figures().get(self.figure)

    @api.depends("figure")
    def _compute_of_figure(self):
        for measure in self:
            row = measure._row()
            measure.role = row.role if row else False
            measure.better = row.better if row else False

    @api.depends("figure")
    @api.depends_context("lang")
    def _compute_words(self):
        units = {"percent": "%", "hours": self.env._("h")}
        for measure in self:
            row = measure._row()
            measure.unit = units.get(row.unit, "") if row else ""

    @api.depends("figure", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["figure"]._description_selection(self.env))
        for measure in self:
            measure.display_name = labels.get(measure.figure, "")

    @api.depends("scale_ids.date_from", "scale_ids.weight")
    @api.depends_context("company")
    def _compute_weight(self):
        today = self.env.company._dealer_today()
        for measure in self:
            measure.weight = measure._scale_of(today).weight

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_measured(self):
        # the sheets of every shop count, whoever asks
        lines = self.env["dealer.staff.sheet.line"].sudo()
        if lines.search_count([("measure_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%s: sheets show this measure, so it cannot be deleted. Archive it "
                    "instead.",
                    ", ".join(self.mapped("display_name")),
                )
            )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    @api.model
    def _of_shop(self, company):
        """The measures of a shop: its own row, also an archived one, stands for that of
        the group."""
        # configuration: how somebody is measured does not depend on who asks
        measures = self.sudo().with_context(active_test=False)
        measures = measures.search([("company_id", "in", [False, company.id])])
        own = set(measures.filtered("company_id").mapped("figure"))
        return measures.filtered(
            lambda m: m.active and (m.company_id or m.figure not in own)
        )

    def _scale_of(self, day):
        """What it is worth on a day: the last scale that has begun."""
        self.ensure_one()
        begun = self.scale_ids.filtered(lambda s: s.date_from and s.date_from <= day)
        return begun.sorted("date_from")[-1:]

    def _bands_of(self, scale):
        return [Band(band.value, band.points) for band in scale.band_ids]
