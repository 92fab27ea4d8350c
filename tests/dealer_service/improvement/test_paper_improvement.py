"""The sheet of an improvement, as it comes out of the printer: one page, in Chinese."""

from datetime import date

from freezegun import freeze_time

from ...papers import PaperCase
from .improvement_case import ImprovementCase


class TestImprovementPaper(ImprovementCase, PaperCase):
    def test_one_page_says_it_all_in_chinese(self):
        for month in (5, 6, 7):
            self.make_visits(date(2026, month, 6), 40, 24)
        with freeze_time("2026-09-01 02:00"):
            improvement = self.make_improvement(
                name="三分钟内迎接",
                change_text="服务顾问在车道迎候。",
                target_value=85.0,
            )
            improvement.action_agree()
            improvement.action_start()
        for month in (9, 10, 11):
            self.make_visits(date(2026, month, 6), 40, 36)
        with freeze_time("2026-12-01 02:00"):
            improvement.action_close()
        self.env = self.env(context={**self.env.context, "lang": "zh_CN"})
        pdf = self.print_paper("dealer_service.action_paper_improvement", improvement)
        self.assertIn("Pages:           1", self.run_poppler("pdfinfo", pdf, "-"))
        text = self.read_text(pdf)
        for words in (
            "改善项目单",
            "三分钟内迎接",
            "服务顾问在车道迎候。",
            "60.0 % ",
            "85.0 %",
            "90.0 % (n = 120)",
            "达标",
            "有改善",
            "+30.0 % (95 %: +19.3 ... +39.9)",
            "2026-09-01",
        ):
            self.assertIn(words, text)

    def test_the_last_day_is_called_the_deadline(self):
        with freeze_time("2026-09-01 02:00"):
            improvement = self.make_improvement()
        self.env = self.env(context={**self.env.context, "lang": "zh_CN"})
        pdf = self.print_paper("dealer_service.action_paper_improvement", improvement)
        self.assertRegex(self.read_text(pdf), r"期限\s+2026.11.30")
