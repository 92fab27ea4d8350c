"""Certificates on the resume: run by test_beside_modules.py on a database of its own.

Needs ``hr_skills_survey``, which the suite does not depend on.
"""

from datetime import date

from .certification_case import NOON, CertificationCase


class TestCertificatesOnTheResume(CertificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.env["hr.employee"].create(
            {"name": "周敏", "user_id": cls.advisor.id}
        )

    def line(self):
        return self.env["hr.resume.line"].search(
            [("employee_id", "=", self.employee.id), ("survey_id", "=", self.exam.id)]
        )

    def until(self):
        self.env.flush_all()
        return self.row().valid_until

    def test_its_months_go_first(self):
        self.exam.certification_validity_months = 6
        self.take(self.advisor, NOON)
        self.assertEqual(self.line().date_end, date(2026, 9, 2))
        self.assertEqual(self.until(), date(2026, 9, 2))

    def test_without_its_months_ours_count(self):
        self.take(self.advisor, NOON)
        self.assertFalse(self.line().date_end)
        self.assertEqual(self.until(), date(2027, 3, 2))

    def test_the_resume_shortens_and_never_lengthens_it(self):
        self.take(self.advisor, NOON)
        mine = self.line().with_user(self.advisor)
        mine.date_end = date(2039, 1, 1)
        self.assertEqual(self.until(), date(2027, 3, 2))
        mine.date_end = date(2026, 5, 1)
        self.assertEqual(self.until(), date(2026, 5, 1))

    def test_a_new_exam_begins_anew(self):
        self.exam.certification_validity_months = 6
        self.take(self.advisor, "2025-01-10 04:00:00")
        self.assertEqual(self.row().state, "expired")
        self.take(self.advisor, NOON)
        self.assertEqual(self.until(), date(2026, 9, 2))
