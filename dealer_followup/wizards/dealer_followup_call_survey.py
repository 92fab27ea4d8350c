from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import satisfaction

#: Kinds of questions that the call sheet asks itself; others have a page of Odoo.
ASKED_HERE = (
    "scale",
    "simple_choice",
    "multiple_choice",
    "text_box",
    "char_box",
    "numerical_box",
    "date",
)


class DealerFollowupCall(models.TransientModel):
    """The questionnaire on the call sheet: one tap an answer, saved with the call."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    survey_followup_id = fields.Many2one(
        "dealer.followup", compute="_compute_survey_form"
    )
    survey_form = fields.Json(compute="_compute_survey_form")
    survey_elsewhere = fields.Boolean(
        compute="_compute_survey_form", help="Some questions need a separate page."
    )
    survey_answers = fields.Json(
        "Questionnaire",
        compute="_compute_survey_answers",
        store=True,
        readonly=False,
    )
    survey_warning = fields.Char(compute="_compute_survey_warning")
    is_connected = fields.Boolean(related="result_id.is_connected")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    def _survey_task(self):
        """The most urgent follow-up whose questionnaire is not answered yet."""
        tasks = self.followup_ids._origin.filtered(
            lambda task: (
                task.rule_id.survey_id
                and task.survey_input_id.sudo().state != "done"  # see _survey
            )
        )
        return tasks.sorted(lambda task: (task.priority, task.expire_date, task.id))[:1]

    def _survey(self):
        """The questionnaire; callers ask its questions, they do not manage it."""
        # see above
        return self._survey_task().rule_id.survey_id.sudo()

    @api.depends("followup_ids")
    @api.depends_context("lang")
    def _compute_survey_form(self):
        for sheet in self:
            survey = sheet._survey()
            sheet.survey_followup_id = sheet._survey_task()
            questions = [
                sheet._question_form(question)
                for question in survey.question_ids
                if question.question_type in ASKED_HERE
            ]
            sheet.survey_form = bool(survey) and {
                "title": survey.title,
                "questions": questions,
            }
            kinds = set(survey.question_ids.mapped("question_type"))
            sheet.survey_elsewhere = bool(kinds - set(ASKED_HERE))

    @staticmethod
    def _question_form(question):
        return {
            "id": question.id,
            "title": question.title,
            "type": question.question_type,
            "min": question.scale_min,
            "max": question.scale_max,
            "low": question.scale_min_label or "",
            "high": question.scale_max_label or "",
            "choices": [
                {"id": choice.id, "label": choice.value}
                for choice in question.suggested_answer_ids
            ],
            "triggers": question.triggering_answer_ids.ids,
        }

    @api.depends("followup_ids")
    def _compute_survey_answers(self):
        """What was answered in an earlier call is not asked again."""
        for sheet in self:
            if sheet.survey_answers:
                continue
            # see _survey
            known = sheet._survey_task().survey_input_id.sudo()
            sheet.survey_answers = sheet._known_answers(known) or False

    @staticmethod
    def _known_answers(answer):
        values = {}
        for line in answer.user_input_line_ids.filtered(lambda line: not line.skipped):
            key = str(line.question_id.id)
            if line.answer_type != "suggestion":
                values[key] = str(line[f"value_{line.answer_type}"])
            elif line.question_id.question_type == "multiple_choice":
                values.setdefault(key, []).append(line.suggested_answer_id.id)
            else:
                values[key] = line.suggested_answer_id.id
        return values

    @api.depends("survey_answers", "followup_ids")
    def _compute_survey_warning(self):
        for sheet in self:
            causes = sheet._survey_causes()
            sheet.survey_warning = bool(causes) and self.env._(
                "Unhappy: %(causes)s", causes="; ".join(causes)
            )

    def _survey_causes(self):
        """Why these answers are those of an unhappy customer."""
        survey = self._survey()
        given = self.survey_answers or {}
        scores, nps = {}, None
        for question in survey.question_ids:
            value = given.get(str(question.id))
            if value is None or question.question_type != "scale":
                continue
            if not str(value).isdigit():
                continue
            if question.dealer_factor_id:
                scores.setdefault(question.dealer_factor_id, []).append(int(value))
            if question.is_dealer_nps:
                nps = int(value)
        means = {
            factor: satisfaction.factor_score(values)
            for factor, values in scores.items()
        }
        model = survey.dealer_csi_model_id
        company = self._survey_task().company_id
        index = model._index(means) if model else None
        return company._dealer_low_answers(index, means, nps) if company else []

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_survey(self):
        """The questionnaire on a page of its own."""
        self.ensure_one()
        return self._open_survey_task().action_open_survey()

    def action_survey_link(self):
        """The customer has no time now: send the questionnaire as a link."""
        self.ensure_one()
        self._check_mine()
        return self._open_survey_task().action_survey_link()

    def _open_survey_task(self):
        """The follow-up whose questionnaire is asked; a sentence when there is none."""
        task = self._survey_task()
        if not task:
            raise UserError(
                self.env._(
                    "No follow-up of “%s” has an open questionnaire: record the "
                    "call without one.",
                    self.display_name,
                )
            )
        return task

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _save(self):
        """The answers are part of the call, and judged with the customer's words."""
        self.ensure_one()
        task = self._survey_task()
        answers = self.survey_answers
        if not task or not answers:
            return super()._save()
        if not self.result_id:
            # who has answered was reached; whether content, the answers tell
            self.result_id = self.env.ref("dealer_followup.result_reached")
        result = self.result_id
        if not result.is_connected:
            raise UserError(
                self.env._(
                    "The result “%s” contradicts the answered questionnaire: one of "
                    "them is wrong.",
                    result.name,
                )
            )
        attempt = super()._save()
        # the call is recorded first: unhappy answers open a complaint, during which
        # nobody would be called
        if not attempt.partner_id.anonymised_on:
            task._answer_by_phone(answers, self.note, is_last=result.is_terminal)
        return attempt
