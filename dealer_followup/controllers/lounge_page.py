"""The questionnaire of the waiting area, on the phone of whoever waits there."""

from odoo import http
from odoo.http import request

from odoo.addons.dealer_service.controllers.private_page import (
    is_staff,
    plain_texts,
    private,
)
from odoo.addons.dealer_service.controllers.public_page import PublicPage


class LoungePage(PublicPage):
    @http.route(
        "/dealer/<string:token>/lounge",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def lounge_questions(self, token, **_query):
        """Which car, and four questions. Changes nothing."""
        return self._lounge_page(self._asking_shop(token))

    @http.route(
        "/dealer/<string:token>/lounge/answer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=64 * 1024,
    )
    @plain_texts
    def lounge_answer(self, token, plate=None, **form):
        """The answers; everybody is thanked in the same words."""
        company = self._asking_shop(token)
        if is_staff():
            raise self._nothing()
        answers = {
            question["id"]: form.get(f"question_{question['id']}")
            for question in company._lounge_questions()
        }
        company._lounge_answered(plate, answers)
        return self._lounge_page(company, is_done=True)

    def _asking_shop(self, token):
        """The shop of a link that asks waiting customers.

        :raise NotFound: the same for every other address
        """
        company = self._shop(token)
        if not company._lounge_survey():
            raise self._nothing()
        return company

    def _lounge_page(self, company, is_done=False):
        request.update_context(lang=company.env.lang)
        return private(
            request.render(
                "dealer_followup.lounge_questions",
                {
                    "shop": company.name,
                    "icp_shop": company,
                    "title": company._lounge_survey().title,
                    "questions": company._lounge_questions(),
                    "action": f"/dealer/{company.dealer_public_token}/lounge/answer",
                    "is_done": is_done,
                },
            )
        )
