from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    IN_HOUSE_STATES,
)
from odoo.addons.dealer_service.tools.plate import plate_key

#: What the page asks; what else a questionnaire holds is for calls and links.
ASKED = ("scale", "text_box")
#: So many signs of a plate, from its end, are enough to know a car that is waited for.
SHORTEST = 4


class ResCompany(models.Model):
    """The questionnaire of the waiting area (服务在场经历): asked by a code on the
    wall, counted of customers who wait."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_lounge_survey_id = fields.Many2one(
        "survey.survey",
        "Waiting Area Questionnaire",
        default=lambda self: self._shipped_lounge_survey(),
        ondelete="set null",
        help="Asked on the phones of waiting customers. Empty: nobody is asked.",
    )

    @api.model
    def _shipped_lounge_survey(self):
        return self.env.ref("dealer_followup.survey_lounge", raise_if_not_found=False)

    @api.model
    def _ask_waiting_customers(self):
        """Shops that were there before the questionnaire ask it, too."""
        survey = self._shipped_lounge_survey()
        if survey:
            silent = self.search([("dealer_lounge_survey_id", "=", False)])
            silent.dealer_lounge_survey_id = survey

    def _lounge_survey(self):
        # whoever waits has no rights on questionnaires
        survey = self.sudo().dealer_lounge_survey_id
        return survey.filtered("active")

    def _public_links(self):
        links = super()._public_links()
        if self._lounge_survey():
            url = f"{self.sudo().dealer_public_url}/lounge"  # asked with the link
            links.append({"name": self.env._("Rate our waiting area"), "url": url})
        return links

    def _lounge_questions(self):
        """What is asked, as the page shows it."""
        questions = self._lounge_survey().question_ids
        return [
            {
                "id": question.id,
                "title": question.title,
                "kind": question.question_type,
                "low": question.scale_min_label,
                "high": question.scale_max_label,
                "steps": list(range(question.scale_min, question.scale_max + 1)),
            }
            for question in questions
            if question.question_type in ASKED
        ]

    def _lounge_visit(self, plate):
        """The visit whose customer waits here for the car with this plate, empty for
        everybody else; and whether the customer has answered already.

        The end of a plate will do, as at the arrival, when only one car that is waited
        for has it.
        """
        key = plate_key(plate)
        # whoever waits has no rights on visits; nothing of one is told
        visits = self.env["dealer.reception"].sudo()
        if not key:
            return visits, False
        waiting = visits.search(
            [
                ("company_id", "=", self.id),
                ("state", "in", IN_HOUSE_STATES),
                ("is_waiting", "=", True),
                ("vehicle_id.plate_key", "!=", False),
            ]
        )
        visit = waiting.filtered(lambda v: v.vehicle_id.plate_key == key)[:1]
        if not visit and len(key) >= SHORTEST:
            visit = waiting.filtered(lambda v: v.vehicle_id.plate_key.endswith(key))
            if len(visit) > 1:
                return visit.browse(), False
        answers = self.env["survey.user_input"].sudo()  # as above
        is_known = visit and answers.search_count([("dealer_visit_id", "=", visit.id)])
        return visit, bool(is_known)

    def _lounge_answered(self, plate, answers):
        """Keep what a waiting customer says of the waiting area, once a visit. What is
        written on a further paper is heard, and counted by nothing.

        Who does not wait is told the same and counted by nothing: the page tells
        nobody which cars are here.

        :param dict answers: what was chosen or written, by id of the question
        """
        self.ensure_one()
        survey = self._lounge_survey()
        visit, is_known = self._lounge_visit(plate)
        given = {
            question: value
            for question in survey.question_ids
            if question.question_type in ASKED
            and (value := (answers.get(question.id) or "").strip())
            and not question.validate_question(value)
        }
        if not visit or not given:
            return
        if is_known:
            words = [v for q, v in given.items() if q.question_type == "text_box"]
            return visit._hear_waiting("\n".join(words), is_unhappy=False)
        # a second tap waits for the first one, and then finds its answer
        self.env.execute_query(
            SQL("SELECT id FROM dealer_reception WHERE id = %s FOR UPDATE", visit.id)
        )
        answer = survey._create_answer(
            partner=visit.contact_id or visit.partner_id,
            check_attempts=False,
            dealer_company_id=self.id,
            dealer_visit_id=visit.id,
        )
        answer._mark_in_progress()
        for question, value in given.items():
            answer._save_lines(question, value)
        answer._mark_done()
