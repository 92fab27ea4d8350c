from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.actions import open_form

from ...tools import satisfaction
from ...tools.free_code import copy_code

#: What the weights of a set sum up to when all of them are known.
FULL_WEIGHT = 100


class DealerCsiModel(models.Model):
    """One published set of factors and their weights: the version of an index.

    An index keeps the set it was computed with. Other weights are another set, so
    figures of two years never change behind the reader's back.
    """

    _name = "dealer.csi.model"
    _description = "Satisfaction Index Model"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("service", "Service"), ("sales", "Sales and Delivery")],
        required=True,
        default="service",
        help="Service factors are compared with the steps of a visit.",
    )
    year = fields.Integer(aggregator=None)
    publication = fields.Char(
        "Source of the Weights",
        translate=True,
        help="Who published them, and when.",
    )
    factor_ids = fields.One2many("dealer.csi.factor", "model_id", "Factors", copy=True)
    is_incomplete = fields.Boolean(
        "Incomplete",
        compute="_compute_is_incomplete",
        store=True,
        help="Weights are missing. Until they are entered, the index is calculated "
        "from the known ones only, or not at all if there are too few.",
    )
    is_used = fields.Boolean("In Use", compute="_compute_is_used")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another index model already has this code."
    )

    @api.depends("factor_ids.weight")
    def _compute_is_incomplete(self):
        for model in self:
            weights = model.factor_ids.mapped("weight")
            model.is_incomplete = not weights or not all(weights)

    def _compute_is_used(self):
        counts = dict(
            self.env["survey.user_input"]
            # answers of every shop count, whoever asks
            .sudo()
            ._read_group(
                [("dealer_csi_model_id", "in", self.ids)],
                ["dealer_csi_model_id"],
                ["__count"],
            )
        )
        for model in self:
            model.is_used = bool(counts.get(model._origin))

    @api.depends("name", "is_incomplete")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for model in self:
            model.display_name = (
                self.env._("%s (incomplete)", model.name)
                if model.is_incomplete
                else model.name
            )

    def copy_data(self, default=None):
        sets = self.with_context(active_test=False)
        taken = set(sets.search([("code", "like", "_copy")]).mapped("code"))
        return [
            {
                **vals,
                "name": self.env._("%s (copy)", model.name),
                "code": copy_code(model.code, taken),
                **(default or {}),
            }
            for model, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_new_version(self):
        """A copy whose weights can be changed; new answers are weighed by it."""
        self.ensure_one()
        version = self.copy()
        # whoever may change weights moves the questionnaires of every responsible
        surveys = self.env["survey.survey"].sudo()
        surveys.search([("dealer_csi_model_id", "=", self.id)]).write(
            {"dealer_csi_model_id": version.id}
        )
        return open_form(version)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_unused(self):
        """:raise UserError: for a set that answers were weighed by"""
        for model in self.filtered("is_used"):
            raise UserError(
                self.env._(
                    "Answers have already been scored with “%s”. Press “New "
                    "Version” and change the weights there.",
                    model.name,
                )
            )

    def _index(self, scores):
        """The index of one questionnaire.

        The missing weights of an incomplete set count as not answered: what 12 % of
        the weight say is no index.

        :param dict scores: mean from 0 to 10 by factor; factors may be missing
        :return: float from 0 to 1000, or ``None`` when too little was answered
        """
        self.ensure_one()
        pairs = [(factor.weight, scores.get(factor)) for factor in self.factor_ids]
        if self.is_incomplete:
            known = sum(self.factor_ids.mapped("weight"))
            pairs.append((max(0, FULL_WEIGHT - known), None))
        return satisfaction.index(pairs)
