from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.figures import months
from .dealer_improvement_states import (
    AGREED,
    MEASURED,
    STATES,
    SUBJECT_NAMES,
    SUBJECTS,
    TRANSITIONS,
)


class DealerImprovement(models.Model):
    """What is to become better, from a weak link to the proof that it did.

    Picked by the figures of some days, measured against a baseline of **other** days,
    with a target, a term and an owner; one figure a month; judged once, at the end. See
    decision 0022. An addon adds subjects as rows of ``_SUBJECTS``.
    """

    _name = "dealer.improvement"
    _description = "Improvement"
    _inherit = ["dealer.process.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_until, id"
    _check_company_auto = True
    _transitions = TRANSITIONS
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {"date_agreed", "date_start", "date_closed", "drop_reason", *MEASURED}
    )
    _GUARDS = ((AGREED, "_check_agreed_stays"),)
    _COMPLETIONS = ("_begin",)
    _SUBJECTS = SUBJECTS

    # what
    name = fields.Char(
        "Improvement",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    subject = fields.Selection(
        SUBJECT_NAMES,
        "What Is to Improve",
        required=True,
        default="step_compliance",
        tracking=True,
    )
    step_id = fields.Many2one(
        "dealer.service.step",
        "Service Step",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    standard_id = fields.Many2one(
        "dealer.service.standard",
        "Service Standard",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        domain="[('is_mandatory', '=', True),"
        " ('company_id', 'in', (company_id, False))]",
        tracking=True,
    )
    unit = fields.Char(compute="_compute_unit")
    better = fields.Selection(
        [("up", "Higher Is Better"), ("down", "Lower Is Better")],
        "Direction",
        compute="_compute_unit",
    )

    # baseline
    picked_from = fields.Date(
        required=True,
        default=lambda self: months.last_months(self._today())[0],
        help="The first day of the figures in which it was found to be weak.",
    )
    picked_to = fields.Date(
        "Picked Until", required=True, default=lambda self: self._today()
    )
    baseline_from = fields.Date(
        compute="_compute_baseline_days",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Other days than those by which it was picked: what was worst then rises "
        "again by chance.",
    )
    baseline_to = fields.Date(
        "Baseline Until",
        compute="_compute_baseline_days",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    baseline_value = fields.Float(
        "Baseline",
        compute="_compute_baseline",
        store=True,
        compute_sudo=False,
        aggregator=None,
        help="What was measured in the days of the baseline.",
    )
    baseline_count = fields.Integer(
        "n Baseline",
        compute="_compute_baseline",
        store=True,
        compute_sudo=False,
        aggregator=None,
        help="From so many values, mostly one for each visit.",
    )
    baseline_deviation = fields.Float(
        compute="_compute_baseline", store=True, compute_sudo=False, aggregator=None
    )

    # aim
    target_value = fields.Float("Target", tracking=True, aggregator=None)
    date_until = fields.Date(
        "Deadline", help="It is judged once, when this day is over.", tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        tracking=True,
    )

    # what is changed
    change_kind = fields.Selection(
        [
            ("standard", "A Standard"),
            ("training", "Training"),
            ("equipment", "Equipment"),
            ("organisation", "Organisation"),
            ("other", "Other"),
        ],
        "Kind of Change",
        tracking=True,
    )
    change_text = fields.Text("What Is Changed")
    change_standard_id = fields.Many2one(
        "dealer.service.standard",
        "Changed Standard",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    change_resource_id = fields.Many2one(
        "resource.resource",
        "Bay or Person",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    lessons = fields.Text(
        "What Was Learnt",
        copy=False,
        help="What helped, what did not, and what is kept from now on.",
    )

    # the way
    state = fields.Selection(
        STATES,
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_agreed = fields.Date("Target Set On", readonly=True, copy=False)
    date_start = fields.Date(
        "Measured From",
        readonly=True,
        copy=False,
        help="The first day that counts for the result.",
    )
    date_closed = fields.Date("Judged On", readonly=True, copy=False)
    drop_reason = fields.Char("Why It Was Given Up", readonly=True, copy=False)
    is_due = fields.Boolean("Due", compute="_compute_is_due", search="_search_is_due")
    figure_ids = fields.One2many(
        "dealer.improvement.figure", "improvement_id", "Monthly Figures", readonly=True
    )
    last_value = fields.Float("Last Month", compute="_compute_last_value")

    _check_days = models.Constraint(
        "CHECK(picked_from <= picked_to AND baseline_from <= baseline_to)",
        "A period cannot end before it begins.",
    )
    _check_other_days = models.Constraint(
        "CHECK(baseline_to < picked_from OR baseline_from > picked_to)",
        "The baseline needs other days than those by which the weak link was found: "
        "what was worst then rises again by chance.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _today(self):
        return self.env.company._dealer_day(fields.Datetime.now())

    def _subject(self):
        """The row of the subject; ``None`` before one is chosen."""
        return next(
            (row for row in self._rows_of("_SUBJECTS") if row.name == self.subject),
            None,
        )

    @api.model
    def _scope_fields(self):
        """Every field that says what an improvement is about."""
        names = [name for row in self._rows_of("_SUBJECTS") for name in row.scope]
        return list(dict.fromkeys(names))

    def _scope(self):
        """The names of the fields that say what this one is about, and are filled."""
        subject = self._subject()
        return [name for name in (subject.scope if subject else ()) if self[name]]

    def _scope_words(self):
        """What it is about, in words: "Greeting"."""
        words = []
        # whoever reads the improvement may read what it is about
        known = self.sudo()
        for name in self._scope():
            field = self._fields[name]
            if field.type == "selection":
                words.append(dict(field._description_selection(self.env))[self[name]])
            else:
                words.append(known[name].display_name)
        return ", ".join(words)

    @api.depends(lambda self: ("subject", *self._scope_fields()))
    def _compute_name(self):
        labels = dict(self._fields["subject"]._description_selection(self.env))
        for improvement in self:
            words = (labels.get(improvement.subject), improvement._scope_words())
            improvement.name = ": ".join(filter(None, words))

    @api.depends("subject")
    @api.depends_context("lang")
    def _compute_unit(self):
        units = {
            "percent": "%",
            "minutes": self.env._("min"),
            "points": self.env._("points"),
        }
        for improvement in self:
            subject = improvement._subject()
            improvement.unit = units[subject.unit] if subject else ""
            improvement.better = subject.better if subject else False

    @api.depends("picked_from")
    def _compute_baseline_days(self):
        for improvement in self:
            picked = improvement.picked_from or improvement._today()
            first, last = months.baseline_before(picked)
            improvement.baseline_from, improvement.baseline_to = first, last

    @api.depends(
        lambda self: (
            "company_id",
            "subject",
            "baseline_from",
            "baseline_to",
            *self._scope_fields(),
        )
    )
    def _compute_baseline(self):
        # not with all rights: nobody measures a shop in which he does not work
        for improvement in self:
            first, last = improvement.baseline_from, improvement.baseline_to
            sample = improvement._sample(first, last)
            improvement.baseline_value = sample.mean
            improvement.baseline_count = sample.count
            improvement.baseline_deviation = sample.deviation

    @api.depends("state", "date_until")
    def _compute_is_due(self):
        for improvement in self:
            is_running = improvement.state == "running"
            improvement.is_due = (
                is_running and improvement.date_until < improvement._shop_today()
            )

    @api.model
    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = Domain("state", "=", "running") & Domain("date_until", "<", self._today())
        return due if True in value else ~due

    @api.depends("figure_ids.value")
    def _compute_last_value(self):
        for improvement in self:
            improvement.last_value = improvement.figure_ids.filtered("count")[-1:].value

    # ------------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------------

    @api.constrains(lambda self: ("subject", *self._scope_fields()))
    def _check_scope(self):
        for improvement in self:
            subject = improvement._subject()
            if subject.scope and not improvement._scope():
                raise ValidationError(
                    self.env._(
                        "Choose what is to improve: %(fields)s.",
                        fields=", ".join(
                            improvement._field_label(name) for name in subject.scope
                        ),
                    )
                )

    @api.constrains("picked_to")
    def _check_picked(self):
        for improvement in self:
            if improvement.picked_to > improvement._shop_today():
                raise ValidationError(
                    self.env._(
                        "%(improvement)s: it was picked by figures that there are: "
                        "“%(field)s” cannot be in the future.",
                        improvement=improvement.name,
                        field=improvement._field_label("picked_to"),
                    )
                )

    def _check_agreed_stays(self, vals):
        """:raise UserError: for a target that is moved once it is agreed"""
        for name in vals:
            if name not in AGREED and name not in self._scope_fields():
                continue
            for improvement in self._would_change(vals, name):
                if improvement.state != "proposed":
                    raise UserError(
                        self.env._(
                            "%(improvement)s: “%(field)s” was agreed on and stays as "
                            "it is. Give this one up and propose another one.",
                            improvement=improvement.name,
                            field=self._field_label(name),
                        )
                    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _begin(self, vals_list):
        for vals in vals_list:
            if not self._is_by_method() and vals.get("state", "proposed") != "proposed":
                raise UserError(self.env._("An improvement begins as a proposal."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        agreed = self.filtered(lambda improvement: improvement.state != "proposed")
        if agreed:
            raise UserError(
                self.env._(
                    "%(improvement)s: only a proposal can be deleted. Give it up "
                    "instead, and say why.",
                    improvement=agreed[0].name,
                )
            )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _shop_today(self):
        return self.company_id._dealer_day(fields.Datetime.now())

    def _read_value(self, value):
        """A value as it is read, with its unit: "84.5 %"."""
        return f"{value:.1f} {self.unit}"
