from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import satisfaction


class SurveyUserInput(models.Model):
    """The answers of one customer, with their index."""

    _name = "survey.user_input"
    _inherit = ["survey.user_input", "dealer.rows.access"]

    dealer_followup_ids = fields.One2many(
        "dealer.followup", "survey_input_id", "Follow-up"
    )
    dealer_company_id = fields.Many2one(
        "res.company", "Shop", readonly=True, index="btree_not_null"
    )
    dealer_csi_model_id = fields.Many2one(
        "dealer.csi.model",
        "Index Model",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The weights at the time the questionnaire was answered.",
    )
    dealer_score_ids = fields.One2many(
        "dealer.csi.score", "user_input_id", "Factors", readonly=True
    )
    dealer_has_index = fields.Boolean("Has an Index", readonly=True)
    dealer_index = fields.Float(
        "Index",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="From 0 to 1000, calculated from the answered factors.",
    )
    dealer_has_nps = fields.Boolean("Has a Recommendation", readonly=True)
    dealer_nps = fields.Integer(
        "Recommendation", readonly=True, aggregator="avg", help="From 0 to 10."
    )

    _dealer_day_idx = models.Index(
        "(dealer_company_id, end_datetime) WHERE dealer_company_id IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_dealer_facts(vals)
            self._check_dealer_new_exam(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_dealer_facts(vals)
        self._check_dealer_exam(vals)
        if not self.env.su:
            self._check_dealer_not_of_followup()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        if self.filtered(lambda a: a.dealer_company_id and a.state == "done"):
            raise UserError(self.env._("A customer's answers cannot be deleted."))

    def _check_dealer_facts(self, vals):
        """:raise UserError: when somebody types what follows from the answers"""
        if not self.env.su and any(name.startswith("dealer_") for name in vals):
            raise UserError(
                self.env._(
                    "The shop and the figures of a questionnaire are derived from "
                    "its follow-up and its answers and cannot be entered by hand."
                )
            )

    def _check_dealer_not_of_followup(self):
        """:raise UserError: for the questionnaire of a follow-up"""
        for answer in self:
            if answer.dealer_company_id:
                raise UserError(
                    self.env._(
                        "The questionnaire of %(customer)s belongs to a follow-up: "
                        "only the customer, or the caller on the call sheet, can "
                        "fill it in.",
                        customer=answer.partner_id.display_name or "–",
                    )
                )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _mark_done(self):
        """The questionnaire of a follow-up gets its index and closes its task."""
        fresh = self.filtered(lambda answer: answer.state != "done")
        fresh._dealer_lock()
        result = super()._mark_done()
        # a customer without a login answers
        mine = fresh.sudo().filtered(
            lambda answer: answer.dealer_company_id and not answer.test_entry
        )
        mine._dealer_score()
        for answer in mine:
            answer.dealer_followup_ids._survey_answered(answer)
        mine._dealer_hear_waiting()
        return result

    def _dealer_lock(self):
        """A second tap waits for the first one; then Odoo runs it again and finds the
        questionnaire handed in."""
        # a customer without a login answers
        mine = self.sudo().filtered("dealer_company_id")
        if mine:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM survey_user_input WHERE id IN %s FOR UPDATE",
                    tuple(mine.ids),
                )
            )

    def _dealer_score(self):
        """Freeze the scores by the weights of today."""
        for answer in self:
            scores, nps = answer._dealer_scores()
            model = answer.survey_id.dealer_csi_model_id
            means = {factor: mean for factor, (mean, _count) in scores.items()}
            index = model._index(means) if model else None
            answer.write(
                {
                    "dealer_csi_model_id": model.id,
                    "dealer_has_index": index is not None,
                    "dealer_index": index or 0.0,
                    "dealer_has_nps": nps is not None,
                    "dealer_nps": nps or 0,
                }
            )
            self.env["dealer.csi.score"].create(
                [
                    {
                        "user_input_id": answer.id,
                        "company_id": answer.dealer_company_id.id,
                        "factor_id": factor.id,
                        "score": mean,
                        "question_count": count,
                    }
                    for factor, (mean, count) in scores.items()
                ]
            )

    def _dealer_scores(self):
        """The answers from 0 to 10.

        :return: dict of (mean, number of answers) by factor, and the recommendation
            or ``None``
        """
        self.ensure_one()
        lines = self.user_input_line_ids.filtered(
            lambda line: line.answer_type == "scale" and not line.skipped
        )
        scores = {}
        for factor in lines.question_id.dealer_factor_id:
            mine = lines.filtered(
                lambda line, factor=factor: line.question_id.dealer_factor_id == factor
            )
            scores[factor] = (
                satisfaction.factor_score(mine.mapped("value_scale")),
                len(mine),
            )
        nps = lines.filtered("question_id.is_dealer_nps")[:1]
        return scores, nps.value_scale if nps else None

    def _dealer_judged(self):
        """Index, mean by factor and recommendation, as they were frozen."""
        self.ensure_one()
        means = {line.factor_id: line.score for line in self.dealer_score_ids}
        return (
            self.dealer_index if self.dealer_has_index else None,
            means,
            self.dealer_nps if self.dealer_has_nps else None,
        )

    def _dealer_words(self):
        """What the customer wrote, one answer a line."""
        self.ensure_one()
        lines = self.user_input_line_ids.filtered(
            lambda line: line.answer_type in ("text_box", "char_box")
        )
        words = (line.value_text_box or line.value_char_box for line in lines)
        return "\n".join(filter(None, words)).strip()


class SurveyUserInputLine(models.Model):
    """An answer that counts is not rewritten."""

    _name = "survey.user_input.line"
    _inherit = "survey.user_input.line"

    def write(self, vals):
        self._check_dealer_open()
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_dealer_open()
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        self._check_dealer_open()

    def _check_dealer_open(self):
        """:raise UserError: when the questionnaire or the exam was handed in"""
        # the answers of other shops count as well
        answers = self.sudo().user_input_id
        if answers.filtered(lambda a: a.dealer_company_id and a.state == "done"):
            raise UserError(
                self.env._(
                    "The customer has answered, so the answers can no longer "
                    "be changed."
                )
            )
        if answers._dealer_finished_exams() and not self.env.su:
            answers._raise_dealer_exam()
