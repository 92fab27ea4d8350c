from odoo.http import request

from odoo.addons.survey.controllers.main import Survey


class DealerSurvey(Survey):
    """Odoo's survey pages, for the questionnaire of a follow-up."""

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        """A caller asks the questions on behalf of the customer.

        Odoo lets nobody who is logged in answer for another partner; who may call
        the customer may also write down the answers. The token is needed as ever.
        """
        if check_partner and answer_token and self._is_caller_of(answer_sudo):
            check_partner = False
        return super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner,
        )

    def _is_caller_of(self, answer_sudo):
        """Whether the user of this request may call about these answers."""
        user = request.env.user
        if not answer_sudo.dealer_company_id or not user._is_internal():
            return False
        tasks = request.env["dealer.followup"]
        if not tasks.has_access("write"):
            return False
        domain = [("survey_input_id", "=", answer_sudo.id)]
        return bool(tasks.search_count(domain, limit=1))
