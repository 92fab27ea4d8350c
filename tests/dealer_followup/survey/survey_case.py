"""A rule with the shipped questionnaire of the service, and customers who answer."""

from datetime import date

from ...followup_common import DealerFollowupCase, cn

FACTORS = ("initiation", "advisor", "facility", "quality", "pickup")


class SurveyCase(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env.ref("dealer_followup.survey_visit")
        cls.csi_model = cls.env.ref("dealer_followup.csi_model_service_2014")
        cls.rule = cls.make_rule(
            "visit", purpose="satisfaction", survey_id=cls.survey.id
        )

    @classmethod
    def question(cls, code):
        return cls.env.ref(f"dealer_followup.survey_visit_{code}")

    @classmethod
    def answers(cls, factors=9, nps=10, **values):
        """Answers as the call sheet keeps them, by id of the question.

        :param factors: one score for all five factors, or ``None``
        """
        given = dict.fromkeys(FACTORS, factors) | {"nps": nps} | values
        return {
            str(cls.question(code).id): value if code == "better" else str(value)
            for code, value in given.items()
            if value is not None
        }

    @classmethod
    def make_visit_task(cls, day=1, **values):
        """A visit that was delivered, and its callback that is due on 2 March."""
        visit = cls.make_past_visit(day)
        return cls.make_task(
            cls.rule, visit_id=visit.id, anchor_date=date(2026, 3, day), **values
        )

    def ask(self, task, user=None, result="reached", note=False, **answers):
        """Call, tick the answers, save."""
        sheet = self.open_sheet(task, user)
        sheet.write(
            {
                "survey_answers": self.answers(**answers),
                "result_id": self.result(result).id,
                "note": note,
            }
        )
        sheet.action_save()
        return task.survey_input_id

    @classmethod
    def make_answer(cls, moment=None, task=None, **answers):
        """A questionnaire that was answered, without the call about it."""
        task = task or cls.make_visit_task()
        given = cls.answers(**answers)
        task.sudo()._answer_by_phone(given)
        if moment:
            task.survey_input_id.end_datetime = moment
        return task.survey_input_id


__all__ = ["FACTORS", "SurveyCase", "cn"]
