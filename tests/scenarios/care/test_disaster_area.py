"""Flood in Wuwei: the service team drives there; nobody books a seat."""

from freezegun import freeze_time

from odoo.fields import Command

from ...activity_common import ActivityCase, cn


class TestDisasterArea(ActivityCase):
    def test_help_in_the_flooded_district(self):
        self.company.dealer_marketing_needs_consent = True
        victims = [
            self.make_owner(number, city="无为市", zip=f"2383{number:02}")
            for number in range(1, 5)
        ]
        # One of them wants no marketing; he is asked all the same if he needs help.
        self.consent("withdrawn", partner_id=victims[0].owner_id.id)
        stranger = self.make_vehicle(
            license_plate="苏A·F0001",
            owner_id=self.make_partner(name="过路客", phone="13900009999").id,
        )
        far = self.vehicle

        # The manager plans within minutes: an area, a route, no seats, no waiting.
        with freeze_time(cn(2, 9)):
            activity = self.Activity.with_user(self.care_manager).create(
                {
                    "name": "无为洪涝救援服务",
                    "kind": "disaster",
                    "purpose": "免费检查涉水车，拖车，临时代步",
                    "area": "无为市",
                    "route": "9:00 无城镇；14:00 泥汊镇",
                    "date_start": cn(2, 9),
                    "date_end": cn(4, 18),
                    "subsidy_per_car": 80,
                    "budget_ids": [
                        Command.create(
                            {"name": "拖车", "kind": "travel", "planned": 2000}
                        )
                    ],
                }
            )
            self.assertFalse(activity.has_seats)
            activity.action_plan()
            activity.action_refresh_audience()
            self.assertEqual(
                activity.invitee_ids.vehicle_id,
                self.env["fleet.vehicle"].union(*victims),
            )
            self.assertNotIn(far, activity.invitee_ids.vehicle_id)
            activity.action_start()
            activity.action_invite_call()

        # A caller asks how they are: two need help.
        with freeze_time(cn(2, 10)):
            task = self.row(activity, victims[0]).followup_id
            sheet = self.open_sheet(task)
            self.assertIn("must not be started", str(sheet.script))
            sheet.write({"reply": "coming", "result_id": self.result("appointment").id})
            sheet.action_save()

        # On site: an advisor with the tablet receives the cars, one was never invited.
        self.advisor.group_ids = [
            Command.link(self.env.ref("dealer_followup.group_dealer_followup_user").id)
        ]
        with freeze_time(cn(2, 15)):
            screens = self.env["dealer.activity.checkin"].with_user(self.advisor)
            for query in ("13905530001", "苏A·F0001"):
                screen = screens.create({"activity_id": activity.id, "query": query})
                if screen.is_unknown:
                    screen.new_phone = "13900009999"
                screen.action_check_in_job()
        visits = self.env["dealer.reception"].search(
            [("activity_id", "=", activity.id)]
        )
        self.assertEqual(visits.vehicle_id, victims[0] + stranger)
        self.assertEqual(visits.invitee_id.filtered("is_walk_in").vehicle_id, stranger)

        # Afterwards a victim comes to the shop by himself.
        with freeze_time(cn(4, 19)):
            activity.action_finish()
        self.visit_at(cn(2, 16), victims[1])
        with freeze_time(cn(4, 19)):
            activity.budget_ids.actual = 1500
            figures = (activity.came, activity.jobs, activity.visits, activity.subsidy)
            # who was called but not reached is no effect of the activity
            self.assertEqual(figures, (2, 2, 0, 160))
            self.assertEqual(activity.net_cost, 1340)
            # nobody stayed away from an activity to which nobody had to come
            self.assertFalse(activity._rows("no_show"))
