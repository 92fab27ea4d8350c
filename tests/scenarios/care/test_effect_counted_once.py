"""A lecture and an anniversary in one week: the customer's money is counted once."""

from freezegun import freeze_time

from ...activity_common import ActivityCase, cn


class TestEffectCountedOnce(ActivityCase):
    def welcome(self, activity, row, day):
        """Open the doors, check in, close them."""
        with freeze_time(cn(day, 14, 10)):
            activity.action_start()
            row.action_check_in()
        with freeze_time(cn(day, 17)):
            activity.action_finish()

    def test_two_activities_one_visit_one_revenue(self):
        neighbour = self.make_owner(1)
        with freeze_time(cn(3, 10)):
            lecture = self.make_inviting(date_start=cn(6, 14), date_end=cn(6, 16))
            row = self.row(lecture)
            row.action_make_link()
            row._reply("coming", 2, "link")
        self.welcome(lecture, row, 6)

        # In the same week nobody is invited twice; he comes by himself.
        with freeze_time(cn(7, 10)):
            anniversary = self.make_inviting(kind="anniversary", name="十周年店庆")
        self.assertEqual(self.row(anniversary).exclusion, "other_activity")
        self.assertEqual(self.row(anniversary, neighbour).state, "listed")
        self.welcome(anniversary, self.row(anniversary), 9)

        # He comes for a service within the days of both.
        visit = self.visit_at(cn(16, 9))
        self.make_order(visit, self.make_product(price=680))
        with freeze_time(cn(16, 10)):
            self.bring_to(visit, "settled")
            visit.invoice_ids.action_post()
        both = lecture + anniversary
        both.invalidate_recordset()
        self.assertEqual([activity.visits for activity in both], [0, 1])
        self.assertEqual([activity.revenue for activity in both], [0, 680])

        # A credit note takes the money back from the same activity.
        visit.invoice_ids._reverse_moves(cancel=True)
        both.invalidate_recordset()
        self.assertEqual([activity.revenue for activity in both], [0, 0])
