from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveySurvey(models.Model):
    """A questionnaire that is weighed by a set of factors."""

    _name = "survey.survey"
    _inherit = "survey.survey"

    dealer_csi_model_id = fields.Many2one(
        "dealer.csi.model",
        "Index Model",
        index="btree_not_null",
        ondelete="restrict",
        help="The weights used to calculate the index from the answers.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "dealer_csi_model_id" in vals:
            self._follow_csi_model()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        # the answers of every shop count, whoever asks
        answers = self.env["survey.user_input"].sudo()
        domain = [("survey_id", "in", self.ids), ("dealer_company_id", "!=", False)]
        if answers.search_count(domain, limit=1):
            raise UserError(
                self.env._(
                    "A questionnaire that has been answered cannot be deleted. "
                    "Archive it instead."
                )
            )

    def _follow_csi_model(self):
        """The questions keep their factors by code; those the set lacks have none."""
        # whoever edits a questionnaire may have no rights on factors
        for survey in self.sudo():
            factors = {
                factor.code: factor for factor in survey.dealer_csi_model_id.factor_ids
            }
            for question in survey.question_ids.filtered("dealer_factor_id"):
                code = question.dealer_factor_id.code
                question.dealer_factor_id = factors.get(code)

    def _check_answer_creation(
        self,
        user,
        partner,
        email,
        test_entry=False,
        check_attempts=True,
        invite_token=False,
    ):
        """A link to a questionnaire is answered once: no second try by its page.

        :raise UserError: when the invitation belongs to a follow-up
        """
        if invite_token and not test_entry:
            # whoever holds the link asks, a customer mostly
            known = self.env["survey.user_input"].sudo()
            domain = [
                ("invite_token", "=", invite_token),
                ("dealer_company_id", "!=", False),
            ]
            if known.search_count(domain, limit=1):
                raise UserError(
                    self.env._("This questionnaire can be answered only once.")
                )
        return super()._check_answer_creation(
            user,
            partner,
            email,
            test_entry=test_entry,
            check_attempts=check_attempts,
            invite_token=invite_token,
        )
