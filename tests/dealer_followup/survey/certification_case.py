"""An exam that the advisors are asked for, and people who take it."""

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase

#: Noon of the shop.
NOON = "2026-03-02 04:00:00"


class CertificationCase(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_tz = "Asia/Shanghai"
        cls.company.dealer_certificate_days = 60
        cls.exam = cls.env.ref("dealer_followup.survey_exam")
        cls.exam.dealer_valid_months = 12
        cls.Report = cls.env["dealer.certificate.report"]
        cls.Required = cls.env["dealer.certification"]
        cls.required = cls.Required.create(
            {"survey_id": cls.exam.id, "role": "advisor", "company_id": cls.company.id}
        )
        cls.colleague = cls.make_user("second_advisor", "user")
        cls.startClassPatcher(freeze_time(NOON))

    @classmethod
    def take(cls, user, moment, wrong=0, **values):
        """Take the exam at a moment, with so many wrong answers."""
        with freeze_time(moment):
            exam = cls.exam._create_answer(user=user, check_attempts=False, **values)
            exam._mark_in_progress()
            for number, question in enumerate(cls.exam.question_ids):
                choice = question.suggested_answer_ids.filtered(
                    lambda answer, is_right=number >= wrong: (
                        answer.is_correct == is_right
                    )
                )[:1]
                exam._save_lines(question, str(choice.id))
            exam._mark_done()
            exam.flush_recordset()
        return exam

    def row(self, user=None, at=None, as_user=None):
        user = user or self.advisor
        with freeze_time(at or NOON):
            rows = self.Report.with_user(as_user or self.env.user)
            rows.invalidate_model()
            found = rows.search([("user_id", "=", user.id)])
            found.read(["state", "passed_on", "score", "valid_until", "attempts"])
        return found

    def assertRow(self, state, until=None, user=None, at=None):
        row = self.row(user, at)
        self.assertEqual((row.state, row.valid_until or None), (state, until))
        return row
