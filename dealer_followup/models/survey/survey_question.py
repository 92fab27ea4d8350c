from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dealer_service.models.facility.dealer_facility_point import AREAS


class SurveyQuestion(models.Model):
    """A question that feeds a factor of satisfaction, or the recommendation."""

    _name = "survey.question"
    _inherit = "survey.question"

    dealer_csi_model_id = fields.Many2one(related="survey_id.dealer_csi_model_id")
    dealer_factor_id = fields.Many2one(
        "dealer.csi.factor",
        "Satisfaction Factor",
        index="btree_not_null",
        domain="[('model_id', '=', dealer_csi_model_id)]",
        ondelete="restrict",
        help="The index is calculated from the answers, from 0 to 10, to questions "
        "with a factor.",
    )
    dealer_area = fields.Selection(
        AREAS,
        "Area of the Rooms",
        help="Its answers stand beside what the facility rounds found there.",
    )
    is_dealer_nps = fields.Boolean(
        "Recommendation",
        help="“Would you recommend us?”, from 0 to 10: the net promoter score.",
    )

    @api.constrains(
        "dealer_factor_id",
        "is_dealer_nps",
        "question_type",
        "scale_min",
        "scale_max",
        "survey_id",
    )
    def _check_dealer_scale(self):
        # whoever edits a questionnaire may have no rights on factors
        for question in self.sudo():
            if not question.dealer_factor_id and not question.is_dealer_nps:
                continue
            if question.question_type != "scale" or (
                question.scale_min,
                question.scale_max,
            ) != (0, 10):
                raise ValidationError(
                    self.env._(
                        "“%s” is part of the index: it needs a scale from 0 to 10.",
                        question.title,
                    )
                )
            model = question.survey_id.dealer_csi_model_id
            if (
                question.dealer_factor_id
                and question.dealer_factor_id.model_id != model
            ):
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: the factor %(factor)s does not belong to "
                        "the index model of the questionnaire.",
                        question=question.title,
                        factor=question.dealer_factor_id.name,
                    )
                )

    def _validate_scale(self, answer):
        """A number of the scale: who posts the answers himself may send anything.

        :return: dict of an error by id of the question; empty when it is one
        """
        errors = super()._validate_scale(answer)
        value = str(answer or "").strip()
        if errors or not value:
            return errors
        is_number = value.isdecimal() and len(value) < 10
        if not is_number or not self.scale_min <= int(value) <= self.scale_max:
            return {
                self.id: self.env._(
                    "Choose a number from %(low)s to %(high)s.",
                    low=self.scale_min,
                    high=self.scale_max,
                )
            }
        return {}
