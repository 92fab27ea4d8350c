"""The summary of an activity, as it comes out of the printer."""

from freezegun import freeze_time

from odoo.fields import Command

from ...activity_common import ActivityCase, cn
from ...papers import PaperCase

PAPER = "dealer_followup.action_paper_activity"


class TestActivityPaper(ActivityCase, PaperCase):
    def make_held(self):
        with freeze_time(cn(2, 10)):
            left_out = self.make_owner(1)
            left_out.owner_id.no_care = True
            activity = self.make_inviting(
                audience="一年内新车主",
                budget_ids=[
                    Command.create(
                        {
                            "name": "培训厅布置",
                            "kind": "venue",
                            "planned": 1200,
                            "actual": 1350.5,
                            "note": "发票 0317",
                        }
                    ),
                    Command.create(
                        {
                            "name": "奇瑞区域支持",
                            "kind": "subsidy",
                            "planned": 600,
                            "actual": 600,
                        }
                    ),
                ],
            )
            self.row(activity).action_make_link()
        with freeze_time(cn(9, 14)):
            activity.action_start()
            self.row(activity).action_check_in(2)
            self.row(activity).is_lead = True
        with freeze_time(cn(9, 17)):
            activity.action_finish()
        activity.lessons = "下次提前一天布置。"
        self.visit_at(cn(12, 9))
        return activity

    def test_plan_guests_money_effect_and_lessons_are_on_one_page(self):
        activity = self.make_held()
        pdf = self.print_paper(PAPER, activity, self.care_manager)
        self.assertOnPaper(
            pdf,
            "Activity Summary",
            "冬季用车讲堂",
            "让新车主了解冬季用车",
            "一年内新车主",
            "二楼培训厅",
            "培训厅布置",
            "1,350.50",
            "奇瑞区域支持",
            "750.50",
            "Wants No Calls 1",
            "100.0 %",
            "下次提前一天布置。",
            "counted for one activity only",
        )
        self.assertEqual(self.count_pages(pdf), 1)

    def test_it_prints_in_chinese(self):
        activity = self.make_held()
        self.env["res.lang"]._activate_lang("zh_CN")
        self.care_manager.lang = "zh_CN"
        pdf = self.print_paper(
            PAPER, activity.with_context(lang="zh_CN"), self.care_manager
        )
        self.assertIn("冬季用车讲堂", "".join(self.read_text(pdf).split()))

    def make_budget(self, activity, count):
        activity.budget_ids.unlink()
        activity.budget_ids = [
            Command.create(
                {"name": f"物料-{number:02}-", "kind": "venue", "planned": 10}
            )
            for number in range(count)
        ]

    def test_every_page_of_a_long_budget_has_its_head(self):
        activity = self.make_held()
        self.make_budget(activity, 60)
        pdf = self.print_paper(PAPER, activity, self.care_manager)
        self.assertHeadOnEachPage(pdf, "物料-", "Receipt or Remark", 60)

    def test_nobody_signs_a_page_with_nothing_on_it(self):
        activity = self.make_held()
        for count in range(8, 24, 2):
            self.make_budget(activity, count)
            with self.subTest(budget=count):
                pdf = self.print_paper(PAPER, activity, self.care_manager)
                self.assertNotSignedAlone(pdf, "General Manager", "Lessons Learnt")
