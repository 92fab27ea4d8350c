from odoo import api, models
from odoo.exceptions import UserError

#: What an answer was given to: other words, and it would say something else.
_ASKED = frozenset(
    ("title", "question_type", "survey_id", "scale_min", "scale_max", "matrix_subtype")
)
#: What the customer ticked.
_TICKED = frozenset(("value", "question_id", "matrix_question_id"))


class SurveySurvey(models.Model):
    """A questionnaire that the shops of a group share.

    Odoo's questionnaires know no company: whose one is, its rules say, and the
    customers who have answered it.
    """

    _name = "survey.survey"
    _inherit = ["survey.survey", "dealer.group.mixin"]

    def _of_the_group(self):
        # what other shops ask and have heard decides as well
        rules = self.env["dealer.care.rule"].sudo().with_context(active_test=False)
        shared = rules.search(
            [("survey_id", "in", self.ids), ("company_id", "=", False)]
        ).survey_id
        # as above
        asked = self.env["dealer.certification"].sudo()
        shared |= (
            asked.with_context(active_test=False)
            .search([("survey_id", "in", self.ids), ("company_id", "=", False)])
            .survey_id
        )
        # as above
        answered = self.env["survey.user_input"].sudo()
        rows = answered._read_group(
            [
                ("survey_id", "in", (self - shared).ids),
                ("dealer_company_id", "!=", False),
                ("dealer_company_id", "not in", self.env.user.company_ids.ids),
            ],
            ["survey_id"],
        )
        shared = shared.union(*(survey for [survey] in rows))
        return self.filtered(lambda survey: survey.id in shared._ids)


class SurveyQuestion(models.Model):
    """A question stays as it was answered."""

    _name = "survey.question"
    _inherit = ["survey.question", "dealer.group.mixin"]

    def write(self, vals):
        if not self.env.su:
            asked = _ASKED & set(vals)
            self.filtered(
                lambda row: any(row._dealer_would_change(vals, name) for name in asked)
            )._check_dealer_unanswered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self._check_dealer_unanswered()

    def _of_the_group(self):
        shared = self.survey_id._of_the_group()
        return self.filtered(lambda question: question.survey_id in shared)

    def _dealer_would_change(self, vals, name):
        field = self._fields[name]
        new = field.convert_to_cache(vals[name], self)
        return new != field.convert_to_cache(self[name], self)

    def _check_dealer_unanswered(self):
        """:raise UserError: for a question that a customer has answered"""
        self._dealer_answer_lines([("question_id", "in", self.ids)])

    @api.model
    def _dealer_answer_lines(self, domain):
        """:raise UserError: when one of these answers is a customer's"""
        # the answers of every shop count, whoever asks
        lines = self.env["survey.user_input.line"].sudo()
        mine = [
            ("user_input_id.dealer_company_id", "!=", False),
            ("user_input_id.state", "=", "done"),
            ("skipped", "=", False),
        ]
        line = lines.search([*domain, *mine], limit=1)
        if line:
            raise UserError(
                self.env._(
                    "Customers have already answered “%(question)s”. Duplicate the "
                    "questionnaire “%(survey)s”, change the copy and choose it in "
                    "the care rules.",
                    question=line.question_id.title,
                    survey=line.question_id.survey_id.title,
                )
            )


class SurveyQuestionAnswer(models.Model):
    """What a customer has ticked reads as it did."""

    _name = "survey.question.answer"
    _inherit = ["survey.question.answer", "dealer.group.mixin"]

    def write(self, vals):
        if not self.env.su and _TICKED & set(vals):
            self._check_dealer_unticked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ticked(self):
        self._check_dealer_unticked()

    def _of_the_group(self):
        questions = self.question_id | self.matrix_question_id
        shared = questions._of_the_group()
        return self.filtered(
            lambda row: (row.question_id or row.matrix_question_id) in shared
        )

    def _check_dealer_unticked(self):
        """:raise UserError: for a choice that a customer has made"""
        self.env["survey.question"]._dealer_answer_lines(
            [
                "|",
                ("suggested_answer_id", "in", self.ids),
                ("matrix_row_id", "in", self.ids),
            ]
        )
