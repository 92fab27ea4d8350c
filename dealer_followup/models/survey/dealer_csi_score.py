from odoo import fields, models


class DealerCsiScore(models.Model):
    """The score of one factor in one answered questionnaire, as it was then.

    Written when the questionnaire is finished and never again: a question that moves
    to another factor later leaves the past alone.
    """

    _name = "dealer.csi.score"
    _description = "Factor Score"
    _order = "user_input_id desc, id"
    _rec_name = "factor_id"

    user_input_id = fields.Many2one(
        "survey.user_input", "Answer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", "Shop", required=True, index=True, ondelete="cascade"
    )
    factor_id = fields.Many2one(
        "dealer.csi.factor", required=True, index=True, ondelete="restrict"
    )
    score = fields.Float(
        required=True,
        digits=(4, 2),
        aggregator="avg",
        help="Mean of the answered questions of this factor, from 0 to 10.",
    )
    question_count = fields.Integer("Questions Answered", required=True)

    _once = models.Constraint(
        "UNIQUE(user_input_id, factor_id)",
        "Each factor can be scored only once in an answer.",
    )
