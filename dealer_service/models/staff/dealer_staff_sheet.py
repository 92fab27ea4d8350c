from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import groups
from .dealer_staff_figures import FIGURES, ROLES, STATES, TRANSITIONS


class DealerStaffSheet(models.Model):
    """A month of one person in one role: figures, points, and what both sides say.

    It is measured every night until the manager has discussed it; from then on it stays
    as it is. Whoever is measured writes nothing but a word of their own. See decision
    0026.
    """

    _name = "dealer.staff.sheet"
    _description = "Month's Sheet of a Person"
    _inherit = ["dealer.process.mixin"]
    _order = "date_from desc, role, name, id"
    _check_company_auto = True
    _transitions = TRANSITIONS
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "company_id",
            "role",
            "date_from",
            "date_to",
            "user_id",
            "resource_id",
            "points",
            "cover",
            "is_small",
            "date_measured",
            "date_given",
            "given_by_id",
            "date_closed",
        }
    )
    _GUARDS = ((("comment",), "_check_comment"), (("word",), "_check_word"))
    _FIGURES = FIGURES

    # whose month
    name = fields.Char("Person", compute="_compute_name", store=True, precompute=True)
    company_id = fields.Many2one("res.company", "Shop", required=True, index=True)
    role = fields.Selection(ROLES, required=True)
    user_id = fields.Many2one("res.users", index="btree_not_null", ondelete="restrict")
    resource_id = fields.Many2one(
        "resource.resource",
        "Technician",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    date_from = fields.Date("Month", required=True)
    date_to = fields.Date("Until", required=True)
    is_over = fields.Boolean(
        "Month Over", compute="_compute_is_over", search="_search_is_over"
    )

    # the figures
    line_ids = fields.One2many(
        "dealer.staff.sheet.line", "sheet_id", "Figures", readonly=True
    )
    points = fields.Float(
        "Score",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of 100, by the weights of what was measured.",
    )
    cover = fields.Float(
        "Measured Weights (%)",
        digits=(5, 0),
        readonly=True,
        aggregator="avg",
        help="The share of the weights that rests on enough values.",
    )
    is_small = fields.Boolean(
        "Too Few Values", readonly=True, help="Too little was measured for a total."
    )
    date_measured = fields.Datetime("Measured On", readonly=True)

    # what is said
    comment = fields.Text(
        "Manager's Comment", help="The person reads it as soon as it is saved."
    )
    word = fields.Text(
        "Word of the Person", help="Written by the person, once it was discussed."
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True)
    date_given = fields.Datetime("Discussed On", readonly=True)
    given_by_id = fields.Many2one(
        "res.users", "Discussed By", readonly=True, ondelete="restrict"
    )
    date_closed = fields.Datetime("Sheet Closed On", readonly=True)
    is_own = fields.Boolean(compute="_compute_may")
    may_judge = fields.Boolean(compute="_compute_may")

    _user_uniq = models.UniqueIndex(
        "(company_id, date_from, role, user_id) WHERE resource_id IS NULL"
    )
    _resource_uniq = models.UniqueIndex(
        "(company_id, date_from, role, resource_id) WHERE resource_id IS NOT NULL"
    )
    _check_person = models.Constraint(
        "CHECK(user_id IS NOT NULL OR resource_id IS NOT NULL)",
        "A sheet is of a person.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _figures(self):
        """Every figure of a person, by its name."""
        return {row.name: row for row in self._rows_of("_FIGURES")}

    @api.depends("resource_id", "user_id")
    def _compute_name(self):
        # whoever reads the sheet is told whose it is; it keeps the name of then
        for sheet in self.sudo():
            sheet.name = sheet.resource_id.name or sheet.user_id.name

    @api.depends("name", "role", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["role"]._description_selection(self.env))
        for sheet in self:
            month = f"{sheet.date_from:%Y-%m}" if sheet.date_from else ""
            parts = (sheet.name, labels.get(sheet.role), month)
            sheet.display_name = " · ".join(filter(None, parts))

    @api.depends("date_to", "company_id")
    def _compute_is_over(self):
        for sheet in self:
            sheet.is_over = bool(
                sheet.date_to and sheet.date_to < sheet.company_id._dealer_today()
            )

    def _read_group_select(self, aggregate_spec, query):
        """A month of too few values has no score, and makes no mean lower."""
        found = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec != "points:avg":
            return found
        is_small = self._field_to_sql(self._table, "is_small", query)
        return SQL("%s FILTER (WHERE %s IS NOT TRUE)", found, is_small)

    @api.model
    def _search_is_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        over = Domain("date_to", "<", self.env.company._dealer_today())
        return over if True in value else ~over

    @api.depends("user_id", "role")
    @api.depends_context("uid")
    def _compute_may(self):
        roles = self._judged_roles()
        for sheet in self:
            sheet.is_own = sheet.user_id == self.env.user
            sheet.may_judge = sheet.role in roles and not sheet.is_own

    # ------------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------------

    @api.model
    def _judged_roles(self):
        """The roles whose sheets the user discusses. Hook."""
        is_manager = self.env.su or self.env.user.has_group(groups.MANAGER)
        return set(self._fields["role"].get_values(self.env)) if is_manager else set()

    def _check_judge(self):
        """:raise AccessError: for who does not discuss it; nobody does the own"""
        for sheet in self:
            if not self.env.su and not sheet.may_judge:
                raise AccessError(
                    self.env._(
                        "%(sheet)s: it is discussed by a manager of the department, "
                        "and nobody discusses their own sheet.",
                        sheet=sheet.display_name,
                    )
                )

    def _check_comment(self, vals):
        changed = self._would_change(vals, "comment")
        changed._check_judge()
        changed._check_not_closed()

    def _check_word(self, vals):
        """:raise UserError: for a word before the sheet was discussed, or of others"""
        for sheet in self._would_change(vals, "word"):
            if not self.env.su and sheet.user_id != self.env.user:
                raise AccessError(
                    self.env._("%s: this word is the person's own.", sheet.display_name)
                )
            if sheet.state != "given":
                raise UserError(
                    self.env._(
                        "%s: a word is added once the sheet was discussed, and until "
                        "it is closed.",
                        sheet.display_name,
                    )
                )

    def _check_not_closed(self):
        for sheet in self:
            if sheet.state == "closed":
                raise UserError(
                    self.env._("%s is closed and stays as it is.", sheet.display_name)
                )
