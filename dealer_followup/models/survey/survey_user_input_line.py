from odoo import api, models

from odoo.addons.dealer_service.tools.customer_words import check_length


class SurveyUserInputLine(models.Model):
    """What a customer answers to one question."""

    _name = "survey.user_input.line"
    _inherit = "survey.user_input.line"

    @api.constrains("value_char_box", "value_text_box")
    def _check_length(self):
        # a customer without a login answers
        ours = self.sudo().filtered("user_input_id.dealer_company_id")
        check_length(ours, "value_char_box", "value_text_box")
