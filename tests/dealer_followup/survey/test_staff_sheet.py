"""The month of a caller, and what customers say of an advisor."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError

from .survey_case import cn
from .test_satisfaction_report import ReportCase

MARCH = date(2026, 3, 1)


class TestCallerSheet(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_tz = "Asia/Shanghai"

    def measure(self):
        with freeze_time("2026-04-02 02:00:00"):
            self.env["dealer.staff.sheet"]._measure_month(self.company, MARCH)

    def line(self, user, role, figure):
        sheet = self.env["dealer.staff.sheet"].search(
            [("role", "=", role), ("user_id", "=", user.id)]
        )
        return sheet.line_ids.filtered(lambda line: line.measure_id.figure == figure)

    def make_calls(self):
        """Four due calls of the caller: two made, one of them in vain; and others."""
        partners = self.env["res.partner"].create(
            [{"name": f"客户{n}", "phone": f"139 0553 20{n:02}"} for n in range(6)]
        )
        tasks = [
            self.make_task(partner=partner, user_id=self.caller.id, due_date=day)
            for partner, day in zip(
                partners,
                (
                    date(2026, 3, 1),
                    date(2026, 3, 2),
                    date(2026, 3, 31),
                    date(2026, 3, 31),
                    date(2026, 4, 1),
                    date(2026, 2, 28),
                ),
                strict=True,
            )
        ]
        with freeze_time(cn(2, 10)):
            self.call(tasks[0], "reached")
            self.call(tasks[1], "no_answer")
        return tasks

    def test_calls_of_the_month_by_the_days_of_the_shop(self):
        self.make_calls()
        self.measure()
        wanted = {"calls": (4, 4), "called": (4, 50.0), "reached": (2, 50.0)}
        for figure, (count, value) in wanted.items():
            with self.subTest(figure=figure):
                line = self.line(self.caller, "caller", figure)
                self.assertEqual((line.count, line.value), (count, value))

    def test_the_index_stands_on_the_sheet_of_the_advisor(self):
        self.answer_many([8, 9, 7])
        advisor = self.env["dealer.satisfaction.report"].search([]).person_id
        self.assertEqual(len(advisor), 1)
        self.env["dealer.staff.sheet"]._create_by_method(
            [
                {
                    "company_id": self.company.id,
                    "role": "advisor",
                    "user_id": advisor.id,
                    "date_from": MARCH,
                    "date_to": date(2026, 3, 31),
                }
            ]
        )
        self.measure()
        line = self.line(advisor, "advisor", "index")
        self.assertEqual((line.count, line.value), (3, 800.0))
        self.assertTrue(line.is_small)

    def test_callers_see_the_own_sheet_their_manager_all(self):
        self.make_calls()
        self.measure()
        sheets = self.env["dealer.staff.sheet"].search([("role", "=", "caller")])
        mine = sheets.filtered(lambda s: s.user_id == self.caller)
        self.assertEqual(sheets.with_user(self.caller).search([]), mine)
        self.assertLessEqual(mine, sheets.with_user(self.care_manager).search([]))
        with self.assertRaises(AccessError):
            mine.with_user(self.other_caller).read(["points"])
        with freeze_time("2026-04-02 02:00:00"):
            mine.with_user(self.care_manager).action_give()
