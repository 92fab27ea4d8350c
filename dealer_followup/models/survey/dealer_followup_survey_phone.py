from odoo import models
from odoo.exceptions import UserError


class DealerFollowup(models.Model):
    """Answers that a caller ticks while talking."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    def _answer_by_phone(self, answers, words=False, is_last=True):
        """Save what the customer said, and hand it in when the call was the last one.

        What was not asked stays unanswered: a customer who hangs up half-way has
        answered half.

        :param dict answers: by id of the question, as text: a number for a scale, the
            id of a choice, a list of ids, or words
        :param words: the customer's own words, for the complaint
        :param bool is_last: no further call is made about it
        :raise UserError: for an answer that the question does not allow
        """
        self.ensure_one()
        if not isinstance(answers, dict):
            raise UserError(self.env._("The answers cannot be read."))
        answer = self._begin_survey()
        self._check_survey_open()
        if answer.state == "new":
            answer._mark_in_progress()
        for question in answer.survey_id.question_ids:
            value = answers.get(str(question.id))
            if question.question_type == "matrix" or self._is_untriggered(
                question, answers
            ):
                continue
            answer._save_lines(question, self._checked_answer(question, value))
        if is_last:
            # the words of the caller's note tell more than the figures
            answer.with_context(dealer_survey_words=words or False)._mark_done()

    @staticmethod
    def _is_untriggered(question, answers):
        """Whether the answers given leave this question out."""
        if not question.triggering_answer_ids:
            return False
        chosen = set()
        for value in answers.values():
            chosen.update(value if isinstance(value, list) else [value])
        return not chosen & set(question.triggering_answer_ids.ids)

    def _checked_answer(self, question, value):
        """The answer as Odoo's survey saves it.

        :raise UserError: for one that the question does not allow
        """
        empty = [] if question.question_type == "multiple_choice" else ""
        if value in (None, False, "", []):
            return empty
        kind = question.question_type
        choices = set(question.suggested_answer_ids.ids)
        if kind == "multiple_choice":
            legible = isinstance(value, list) and set(value) <= choices
        elif kind == "simple_choice":
            legible = value in choices
        elif kind == "scale":
            legible = isinstance(value, (str, int))
        else:
            legible = isinstance(value, str)
        if legible and kind in ("multiple_choice", "simple_choice"):
            return value
        value = str(value)
        errors = question.validate_question(value) if legible else {question.id: ""}
        if errors:
            raise UserError(
                self.env._(
                    "“%(question)s”: “%(answer)s” is not a valid answer. %(error)s",
                    question=question.title,
                    answer=value,
                    error=errors[question.id],
                )
            )
        return value
