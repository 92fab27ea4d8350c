from odoo import api, fields, models
from odoo.tools import SQL


class DealerCsiFactor(models.Model):
    """A factor of satisfaction with its weight in one set."""

    _name = "dealer.csi.factor"
    _description = "Satisfaction Factor"
    _inherit = ["dealer.group.mixin"]
    _order = "model_id, sequence, id"

    model_id = fields.Many2one(
        "dealer.csi.model", "Index Model", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="The same code is the same factor in another set."
    )
    sequence = fields.Integer(default=10)
    weight = fields.Float(
        "Weight (%)",
        digits=(5, 1),
        aggregator=None,
        help="As published; the weights need not add up to 100. 0: unknown.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(model_id, code)", "Each factor can be in a set only once."
    )
    _check_weight = models.Constraint(
        "CHECK(weight >= 0)", "A weight cannot be negative."
    )

    @api.depends("name", "model_id.is_incomplete")
    @api.depends_context("lang", "dealer_factor_with_set")
    def _compute_display_name(self):
        with_set = self.env.context.get("dealer_factor_with_set")
        for factor in self:
            name = factor.name
            if with_set:
                name = f"{name} · {factor.model_id.display_name}"
            elif factor.model_id.is_incomplete:
                name = self.env._("%s (incomplete)", name)
            factor.display_name = name

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        factors = super().create(vals_list)
        factors.model_id._check_unused()
        return factors

    def write(self, vals):
        if {"weight", "code", "model_id"} & set(vals):
            self.model_id._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.model_id._check_unused()

    @api.model
    def _service_factors(self):
        """One factor for each code a step of a visit may name: that of the first set.

        :return: SQL with ``code``, ``id`` and ``is_incomplete``
        """
        return SQL(
            """
            SELECT DISTINCT ON (f.code) f.code, f.id, m.is_incomplete
            FROM dealer_csi_factor f JOIN dealer_csi_model m ON m.id = f.model_id
            WHERE m.active AND m.kind = 'service'
            ORDER BY f.code, m.sequence, m.id
            """
        )
