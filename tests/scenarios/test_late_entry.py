"""The delivery is keyed in late, then corrected: still one call, and not too late."""

from datetime import date

from .care.care_story import CareStory


class TestLateEntry(CareStory):
    codes = ("3d", "7d")

    def test_entered_on_the_ninth_day(self):
        # Delivered on Monday, 2 March; nobody enters it until Wednesday of next week.
        self.night(5)
        self.night(9)
        self.assertFalse(self.task("3d") + self.task("7d"))
        with self.at(11, 9):
            self.vehicle.sale_date = date(2026, 3, 2)
        self.night(12)

        # The third day is of no use any more, the seventh is.
        self.assertFalse(self.task("3d"))
        seventh = self.task("7d")
        self.assertEqual(seventh.due_date, date(2026, 3, 9))
        self.assertEqual(seventh.expire_date, date(2026, 3, 16))

        # It was the 4th, somebody finds out: the call moves, nobody is called twice.
        with self.at(12, 9):
            self.vehicle.sale_date = date(2026, 3, 4)
        self.assertEqual(seventh.due_date, date(2026, 3, 11))
        with self.at(12, 10):
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids, seventh)
            self.save(sheet, "reached")

        # Corrected once more, after the call.
        with self.at(13, 9):
            self.vehicle.sale_date = date(2026, 3, 7)
        self.night(14)
        self.assertEqual(self.tasks(self.rules["7d"]), seventh)
        self.assertEqual(seventh.state, "done")
        # 3 days after the 7th are still to come of use: that one was never made
        self.assertEqual(self.task("3d").due_date, date(2026, 3, 10))
