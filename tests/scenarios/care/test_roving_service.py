"""A service car drives to three villages: who was met, what they need, who came."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command

from ...activity_common import ActivityCase, cn

STOPS = (("无城镇广场", 9, 11), ("泥汊镇供销社", 13, 15), ("高沟镇政府", 16, 17))


class TestRovingService(ActivityCase):
    def meet(self, stop, query, name=None):
        """The caller on the road types a plate or a number."""
        action = stop.with_user(self.caller).action_meet()
        screen = (
            self.env["dealer.activity.checkin"]
            .with_user(self.caller)
            .with_context(**action["context"])
            .create({"query": query})
        )
        if name:
            screen.new_name = name
        screen.action_check_in()

    def test_three_stops_in_a_day(self):
        owners = [self.make_owner(number) for number in (1, 2)]
        with freeze_time(cn(2, 10)):
            activity = self.make_inviting(
                name="皖江巡回服务",
                kind="roving",
                place=False,
                date_start=cn(9, 9),
                date_end=cn(9, 17),
                subsidy_per_car=50,
                stop_ids=[
                    Command.create(
                        {
                            "name": name,
                            "date_start": cn(9, start),
                            "date_end": cn(9, end),
                            "user_id": self.caller.id,
                        }
                    )
                    for name, start, end in STOPS
                ],
            )
            self.assertEqual(activity.stops_planned, 3)
            names = [
                stop["name"]
                for stop in self.row(activity, owners[0])._page_values()["stops"]
            ]
            self.assertEqual(names, [name for name, _start, _end in STOPS])
        first, second, third = activity.stop_ids

        with freeze_time(cn(9, 9)):
            activity.action_start()
        # two cars at the first stop, one of them nobody knew; one at the second
        with freeze_time(cn(9, 10)):
            self.meet(first, owners[0].license_plate)
            self.meet(first, "13955330917", name="胡建军")
            row = self.row(activity, owners[0])
            row.with_user(self.caller).need = "更换前刹车片"
            first.with_user(self.caller).report = "检测 2 台"
            first.with_user(self.caller).action_done()
        with freeze_time(cn(9, 14)):
            self.meet(second, owners[1].license_plate)
            second.with_user(self.caller).report = "检测 1 台"
            second.with_user(self.caller).action_done()
        # nobody came to the third: a stop that was driven to in vain stays in sight
        with freeze_time(cn(9, 17)):
            third.with_user(self.caller).action_not_met()
        self.assertEqual(activity.stop_ids.mapped("met"), [2, 1, 0], "cars by stop")
        self.assertEqual((activity.came, activity.stops_done), (3, 3))

        # The need of the first car becomes a booked visit, and that is an effect.
        self.advisor.group_ids = [
            Command.link(self.env.ref("dealer_followup.group_dealer_followup_user").id)
        ]
        with freeze_time(cn(10, 9)):
            context = row.with_user(self.advisor).action_book_need()["context"]
            booking = self.env["dealer.booking"].with_user(self.advisor)
            booking = booking.with_context(**context).new()
            self.assertEqual(booking.wish, "更换前刹车片")
            activity.action_finish()
        self.visit_at(cn(12, 9), owners[0])
        with freeze_time(cn(12, 18)):
            activity.invalidate_recordset()
            self.assertEqual((activity.came, activity.visits), (3, 1))
            # 50 for each car; who came without one had none checked
            self.assertEqual(activity.subsidy, 100)
        with freeze_time(cn(9, 17) + timedelta(days=120)):
            activity.lessons = "提前通知村委会；第三站改到集日。"
            activity.action_evaluate()
        self.assertEqual(activity.state, "evaluated")
