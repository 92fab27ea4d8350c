"""Whoever leaves a call sheet finds what was written on it."""

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestSheetThatWasLeft(DealerFollowupCase):
    def test_what_was_said_is_still_there_after_the_sheet_was_left(self):
        task = self.make_task()
        sheet = self.open_sheet()
        sheet.write({"note": "刹车异响", "result_id": self.result("unhappy").id})
        again = self.open_sheet()
        self.assertEqual(again, sheet)
        self.assertEqual(again.note, "刹车异响")
        again.action_put_back()
        self.assertEqual(self.open_sheet(task).note, "刹车异响")

    def test_a_call_that_was_dialled_comes_first_until_its_end_is_recorded(self):
        neighbour = self.make_partner(name="李梅", phone="13900001111")
        task = self.make_task()
        other = self.make_task(partner=neighbour)
        sheet = self.open_sheet()
        sheet.action_dial()
        sheet.note = "下周再说"
        with freeze_time(cn(2, 11)):
            self.assertEqual(self.open_sheet(), sheet)
            self.assertEqual(self.open_sheet(task), sheet)
            self.assertEqual(self.open_sheet(other).followup_ids, other)
            theirs = self.open_sheet(user=self.other_caller)
            self.assertNotEqual(theirs, sheet)
        # the hours are over: the end is recorded all the same
        with freeze_time(cn(2, 22)):
            sheet = self.open_sheet()
            sheet.result_id = self.result("reached")
            sheet.action_save()
        self.assertEqual(task.state, "done")
        self.assertEqual(task.result_id, self.result("reached"))
