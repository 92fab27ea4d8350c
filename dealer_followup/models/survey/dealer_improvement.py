from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.models.improvement.dealer_improvement_states import (
    Subject,
)


class DealerImprovement(models.Model):
    """A factor of satisfaction, or an attribute of the rooms, that is to improve."""

    _name = "dealer.improvement"
    _inherit = "dealer.improvement"
    _GUARDS = ((("factor_id", "question_id"), "_check_agreed_stays"),)
    _MEASURED_MODELS = (
        "dealer.csi.score",
        "survey.user_input",
        "survey.user_input.line",
    )
    _SUBJECTS = (
        Subject(
            "satisfaction",
            "_sample_satisfaction",
            scope=("factor_id",),
            unit="points",
            is_share=False,
        ),
        Subject(
            "attribute",
            "_sample_attribute",
            scope=("question_id",),
            unit="points",
            is_share=False,
        ),
    )

    subject = fields.Selection(
        selection_add=[
            ("satisfaction", "A Factor of Satisfaction"),
            ("attribute", "An Attribute of the Rooms"),
        ],
        ondelete={"satisfaction": "cascade", "attribute": "cascade"},
    )
    factor_id = fields.Many2one(
        "dealer.csi.factor",
        "Satisfaction Factor",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="Also as it was asked by former sets with the same code.",
    )

    question_id = fields.Many2one(
        "survey.question",
        "Attribute",
        domain="[('dealer_area', '!=', False), ('dealer_factor_id', '!=', False)]",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="What customers are asked about the rooms.",
    )

    # ------------------------------------------------------------------
    # SAMPLES
    # ------------------------------------------------------------------

    def _sample_satisfaction(self, start, stop):
        """The scores that customers gave the factor, 0 to 10."""
        # the set is configuration, whoever measures by it
        factor = self.factor_id._origin.sudo()
        rows = SQL(
            """SELECT s.score FROM dealer_csi_score s
            JOIN dealer_csi_factor f ON f.id = s.factor_id
            JOIN dealer_csi_model m ON m.id = f.model_id
            JOIN survey_user_input a ON a.id = s.user_input_id
            WHERE f.code = %(code)s AND m.kind = %(kind)s
                AND a.state = 'done' AND a.test_entry IS NOT TRUE
                AND a.dealer_company_id = %(shop)s
                AND a.end_datetime >= %(start)s AND a.end_datetime < %(stop)s""",
            code=factor.code,
            kind=factor.model_id.kind,
            shop=self.company_id.id,
            start=start,
            stop=stop,
        )
        return self._sample_of(SQL("row.score"), rows, SQL("TRUE"))

    def _sample_attribute(self, start, stop):
        """What customers answered to one question about the rooms, 0 to 10."""
        return self._sample_report(
            "dealer.facility.report",
            "score",
            start,
            stop,
            of=SQL("row.question_id = %s", self.question_id._origin.id),
        )
