"""What customers of the demo dealership had answered before the software came."""

import random
from datetime import datetime, time, timedelta

from odoo import api, models

#: So many answers were taken over with the visits of the old system.
TAKEN_OVER = 36
#: Every sixth customer was not content.
UNHAPPY_EACH = 6
CONTENT, UNHAPPY = (7, 8, 8, 9, 9, 10), (3, 4, 5, 5, 6)
PRAISE = (
    "",
    "",
    "讲解很清楚。",
    "师傅手艺好，放心。",
    "比说好的时间还早了一刻钟。",
    "",
)
CRITICISM = ("等的时间太长。", "交车时没人讲做了什么。", "洗车没洗干净。", "")


class SurveyUserInput(models.Model):
    """Loading of the answers of the old system."""

    _name = "survey.user_input"
    _inherit = "survey.user_input"

    @api.model
    def _load_demo_earlier(self):
        """Answers by telephone, three days after the visit each. Loads once."""
        survey = self.env.ref("dealer_followup.survey_visit")
        visits = self.env["dealer.reception"].search(
            [("name", "=like", "OLD/%")],
            order="date_delivered desc, id",
            limit=TAKEN_OVER,
        )
        known = [("survey_id", "=", survey.id), ("dealer_followup_ids", "=", False)]
        if self.search_count(known):
            return
        dice = random.Random(13)
        for number, visit in enumerate(visits):
            is_unhappy = number % UNHAPPY_EACH == UNHAPPY_EACH - 1
            self._demo_earlier(survey, visit, is_unhappy, dice)

    def _demo_asked(self, delivered):
        """Three days later, at the hour at which the old system's callers called."""
        shop = self.env.company
        day = shop._dealer_day(delivered) + timedelta(days=3)
        return shop._dealer_to_utc(datetime.combine(day, time(10, 20)))

    def _demo_earlier(self, survey, visit, is_unhappy, dice):
        answer = survey._create_answer(
            partner=visit.partner_id,
            check_attempts=False,
            dealer_company_id=visit.company_id.id,
        )
        answer._mark_in_progress()
        marks, words = (UNHAPPY, CRITICISM) if is_unhappy else (CONTENT, PRAISE)
        for question in survey.question_ids:
            if question.question_type == "scale":
                answer._save_lines(question, str(dice.choice(marks)))
        said = dice.choice(words)
        if said:
            better = self.env.ref("dealer_followup.survey_visit_better")
            answer._save_lines(better, said)
        answer._mark_done()
        moment = self._demo_asked(visit.date_delivered)
        answer.write(
            {"start_datetime": moment, "end_datetime": moment + timedelta(minutes=3)}
        )
