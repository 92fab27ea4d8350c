"""A new car: the call of the third day, the unhappy answer of the seventh, its loop."""

from datetime import date

from odoo.exceptions import UserError

from .care_story import CareStory


class TestNewCar(CareStory):
    codes = ("3d", "7d", "complaint")

    def test_third_day_seventh_day_and_the_closed_loop(self):
        # Monday, 2 March: the car is handed over.
        with self.at(2, 16):
            self.vehicle.write({"sale_date": date(2026, 3, 2)})

        # Thursday: the third day. The seller is not a caller, so whoever is free calls.
        self.night(5)
        with self.at(5):
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids, self.task("3d"))
            self.assertIn("Three days ago", sheet.script)
            self.save(
                sheet,
                "reached",
                survey_answers=self.score("3d", delivery=9, salesperson=10),
            )
        third = self.task("3d")
        self.assertEqual(third.state, "done")
        self.assertFalse(third.is_unhappy)
        self.assertFalse(third.survey_has_index, "two factors are no index")

        # Monday: the seventh day. The deal left him unhappy.
        self.night(9)
        with self.at(9):
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids, self.task("7d"))
            self.save(
                sheet,
                "unhappy",
                survey_answers=self.score(
                    "7d",
                    initiation=6,
                    salesperson=5,
                    facility=7,
                    deal=1,
                    delivery=4,
                    nps=2,
                ),
                note="上牌费比说好的多收了八百块。",
            )
        seventh = self.task("7d")
        self.assertTrue(seventh.is_unhappy)
        self.assertLess(seventh.survey_index, 600)
        complaint = seventh.complaint_id
        self.assertEqual(complaint.state, "new")
        self.assertEqual(complaint.subject, "上牌费比说好的多收了八百块。")

        # As long as it is open nobody asks him how content he is.
        extra = self.make_rule("sale", purpose="satisfaction", offset_days=8)
        self.night(10)
        self.assertFalse(self.tasks(extra))
        extra.active = False

        # The handler solves it; a second call asks if it was solved.
        with self.at(11, 15):
            complaint.user_id = self.handler
            self.resolve(complaint)
            with self.assertRaises(UserError):
                complaint.action_close()
        with self.at(12):
            sheet = self.next_call()
            callback = self.task("complaint")
            self.assertEqual(sheet.followup_ids, callback)
            self.assertIn("Has it been put right?", sheet.script)
            solved = self.env.ref("dealer_followup.survey_complaint_solved")
            self.save(
                sheet,
                "reached",
                survey_answers={
                    **self.score("complaint", nps=9),
                    str(solved.id): solved.suggested_answer_ids[0].id,
                },
                note="已退还，满意",
            )
            complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(callback.state, "done")

        # The loop is closed: nothing is left to call.
        self.night(13)
        with self.at(13):
            self.assertFalse(self.next_call())
