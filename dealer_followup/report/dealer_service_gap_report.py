from odoo import api, fields, models
from odoo.tools import SQL


class DealerServiceGapReport(models.Model):
    """The weak links by the name of the factor they feed."""

    _name = "dealer.service.gap.report"
    _inherit = "dealer.service.gap.report"

    factor_id = fields.Many2one("dealer.csi.factor", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT gap.*, factor.id AS factor_id FROM (%s) gap
            LEFT JOIN (%s) factor ON factor.code = gap.factor_code
            """,
            super()._table_query,
            self.env["dealer.csi.factor"]._service_factors(),
        )

    @api.model
    def _scores_of_factors(self):
        """As answered in the questionnaires about the visit."""
        return SQL(
            """
            SELECT jsonb_object_agg(code, score) AS scores FROM (
                SELECT factor.code, AVG(s.score) AS score
                FROM dealer_followup task
                JOIN survey_user_input answer ON answer.id = task.survey_input_id
                    AND answer.state = 'done'
                JOIN dealer_csi_score s ON s.user_input_id = answer.id
                JOIN dealer_csi_factor factor ON factor.id = s.factor_id
                JOIN dealer_csi_model model ON model.id = factor.model_id
                    AND model.kind = 'service'
                WHERE task.visit_id = r.id
                GROUP BY factor.code
            ) answered
            """
        )
