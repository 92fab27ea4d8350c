from odoo import api, fields, models


class DealerServiceStep(models.Model):
    """A step by the name of the factor it feeds, not by its code."""

    _name = "dealer.service.step"
    _inherit = "dealer.service.step"

    factor_name = fields.Char(
        "Feeds the Factor",
        compute="_compute_factor_name",
        help="The satisfaction factor by which customers judge this step.",
    )

    @api.depends("factor_code")
    @api.depends_context("lang")
    def _compute_factor_name(self):
        # whoever works in the workshop may read what a step is good for
        factors = self.env["dealer.csi.factor"].sudo()
        names = {}
        for factor in factors.search(
            [
                ("code", "in", self.mapped("factor_code")),
                ("model_id.kind", "=", "service"),
            ]
        ).sorted(lambda factor: (factor.model_id.sequence, factor.id)):
            names.setdefault(factor.code, factor.display_name)
        for step in self:
            step.factor_name = names.get(step.factor_code) or step.factor_code
