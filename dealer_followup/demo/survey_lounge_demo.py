"""What customers of the demo dealership said while they waited."""

import random
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

#: The lowest and highest answer to each question.
SCORES = {"time": (5, 8), "clean": (7, 10), "comfort": (6, 10), "offer": (6, 9)}
WISHES = ("", "", "", "希望有无糖饮料。", "插座太少，手机没电。", "空调有点冷。", "")


class SurveyUserInput(models.Model):
    """Loading of the demo answers."""

    _name = "survey.user_input"
    _inherit = "survey.user_input"

    @api.model
    def _load_demo_lounge(self):
        """Two of three waiting customers have answered. Loads once."""
        survey = self.env.ref("dealer_followup.survey_lounge")
        if self.search_count([("dealer_visit_id", "!=", False)]):
            return
        visits = self.env["dealer.reception"].search(
            Domain("is_waiting", "=", True) & Domain("date_started", "!=", False),
            order="date_arrived, id",
        )
        dice = random.Random(9)
        for number, visit in enumerate(visits):
            if number % 3 < 2:
                self._demo_lounge(survey, visit, dice)

    def _demo_lounge(self, survey, visit, dice):
        answer = survey._create_answer(
            partner=visit.contact_id or visit.partner_id,
            check_attempts=False,
            dealer_company_id=visit.company_id.id,
            dealer_visit_id=visit.id,
        )
        answer._mark_in_progress()
        for name, (low, high) in SCORES.items():
            question = self.env.ref(f"dealer_followup.survey_lounge_{name}")
            answer._save_lines(question, str(dice.randint(low, high)))
        wish = dice.choice(WISHES)
        if wish:
            question = self.env.ref("dealer_followup.survey_lounge_wish")
            answer._save_lines(question, wish)
        answer._mark_done()
        moment = visit.date_started + timedelta(minutes=15)
        answer.write({"start_datetime": moment, "end_datetime": moment})
