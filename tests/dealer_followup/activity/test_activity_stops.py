"""A service car on the road, and households that are visited: stops and reports."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from ...activity_common import ActivityCase, cn
from ...papers import PaperCase

PAPER = "dealer_followup.action_paper_route"


class TestActivityStops(ActivityCase, PaperCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))

    def make_roving(self):
        """Three stops on one day, of the care manager's team."""
        stops = [
            ("无城镇广场", 9, 11),
            ("泥汊镇供销社", 13, 15),
            ("高沟镇政府", 16, 17),
        ]
        return self.make_inviting(
            kind="roving",
            place=False,
            route=False,
            date_start=cn(9, 9),
            date_end=cn(9, 17),
            stop_ids=[
                Command.create(
                    {
                        "name": name,
                        "date_start": cn(9, start),
                        "date_end": cn(9, end),
                        "user_id": self.caller.id,
                    }
                )
                for name, start, end in stops
            ],
        )

    def make_visiting(self):
        """Two households have agreed to be visited, a third one has not."""
        cars = [
            self.make_owner(1, city="芜湖市", zip="241002", street="银湖路2号"),
            self.make_owner(2, city="芜湖市", zip="241001", street="长江路1号"),
            self.make_owner(3, city="芜湖市", zip="241003"),
        ]
        activity = self.make_inviting(
            kind="visiting", date_start=cn(9, 9), date_end=cn(10, 11)
        )
        for car in cars[:2]:
            self.row(activity, car).action_coming()
        return activity, cars

    def test_stops_are_a_place_to_be_approved_with(self):
        activity = self.make_roving()
        self.assertEqual(activity.state, "inviting")
        self.assertEqual(activity.stops_planned, 3)

    def test_a_car_that_is_met_is_known_with_its_stop_and_its_needs(self):
        activity = self.make_roving()
        [first, second, _third] = activity.stop_ids
        mine = first.with_user(self.caller)
        with self.assertRaisesRegex(UserError, "start it first"):
            mine.action_meet()
        activity.action_start()
        action = mine.action_meet()
        screens = self.env["dealer.activity.checkin"].with_user(self.caller)
        screen = screens.with_context(**action["context"]).create(
            {"query": "13955330917"}
        )
        self.assertTrue(screen.is_unknown)
        screen.new_name = "胡建军"
        screen.action_check_in()
        self.assertEqual(first.met, 1)
        known = screens.with_context(**action["context"]).create(
            {"query": self.vehicle.license_plate}
        )
        self.assertEqual(known.invitee_id, self.row(activity))
        following = known.action_check_in()
        # the screen stays at its stop
        self.assertEqual(following["context"]["default_stop_id"], first.id)
        self.assertEqual(first.invitee_ids.mapped("stop_id"), first)
        self.assertEqual((first.met, second.met, activity.came), (2, 0, 2))
        row = self.row(activity)
        row.with_user(self.caller).need = "更换前刹车片"
        action = row.with_user(self.advisor).action_book_need
        with self.assertRaises(AccessError):
            action()
        self.advisor.group_ids = [
            Command.link(self.env.ref("dealer_followup.group_dealer_followup_user").id)
        ]
        context = action()["context"]
        booking = self.env["dealer.booking"].with_user(self.advisor)
        booking = booking.with_context(**context).new()
        self.assertEqual(booking.vehicle_id._origin or booking.vehicle_id, self.vehicle)
        self.assertEqual(booking.wish, "更换前刹车片")

    def test_the_team_reports_and_the_manager_plans(self):
        activity = self.make_roving()
        activity.action_start()
        self.startPatcher(freeze_time(cn(9, 12)))
        stop = activity.stop_ids[0].with_user(self.caller)
        stop.report = "检测 6 台，换机油 2 台"
        stop.action_done()
        self.assertEqual((stop.state, stop.done_by_id), ("done", self.caller))
        for change in ({"date_start": cn(10)}, {"name": "别处"}, {"address": "x"}):
            with self.assertRaises(AccessError):
                stop.write(change)
        with self.assertRaises(AccessError):
            stop.create({"activity_id": activity.id, "name": "别处"})
        for change in ({"state": "planned"}, {"done_by_id": self.other_caller.id}):
            with self.assertRaises(UserError):
                stop.with_user(self.care_manager).write(change)
        stop.action_undo()
        self.assertFalse(stop.done_by_id)
        stop.action_not_met()
        with self.assertRaisesRegex(UserError, "history"):
            activity.stop_ids[0].unlink()

    def test_the_report_is_of_whoever_gave_it(self):
        activity = self.make_roving()
        activity.action_start()
        [first, second, _third] = activity.stop_ids
        with freeze_time(cn(9, 12)):
            mine = first.with_user(self.caller)
            mine.report = "检测 6 台"
            mine.action_done()
            mine.report = "检测 7 台"
            theirs = first.with_user(self.other_caller)
            for rewrite in (
                lambda: theirs.write({"report": "改写"}),
                theirs.action_undo,
            ):
                with self.assertRaisesRegex(AccessError, "only they, or a manager"):
                    rewrite()
            first.with_user(self.care_manager).action_undo()
            with self.assertRaises(ValidationError):
                second.with_user(self.caller).report = "长" * 10_001

    def test_nothing_is_reported_before_its_day(self):
        activity = self.make_roving()
        activity.action_start()
        stop = activity.stop_ids[0].with_user(self.caller)
        for report in (stop.action_done, stop.action_not_met):
            with self.assertRaisesRegex(UserError, "before that day"):
                report()
        with freeze_time(cn(9, 0, 5)):
            stop.action_not_met()

    def test_whoever_is_in_charge_can_report(self):
        activity = self.make_roving()
        with self.assertRaisesRegex(ValidationError, "could not report"):
            activity.stop_ids[0].user_id = self.advisor
        self.advisor.group_ids = [
            Command.link(self.env.ref("dealer_followup.group_dealer_followup_user").id)
        ]
        activity.stop_ids[0].user_id = self.advisor

    def test_activity_led_by_somebody_without_the_role_names_the_team_later(self):
        activity, _cars = self.make_visiting()
        activity.user_id = self.manager
        activity.action_fill_stops()
        self.assertFalse(activity.stop_ids.user_id)
        self.assertTrue(activity.stop_ids)

    def test_what_was_evaluated_keeps_its_stops(self):
        activity = self.make_roving()
        activity.action_start()
        self.startPatcher(freeze_time(cn(9, 12)))
        stop = activity.stop_ids[0]
        stop.action_done()
        with freeze_time(cn(9, 18)):
            activity.action_finish()
        activity.lessons = "提前通知村委会"
        with freeze_time(cn(9, 18).replace(month=5)):
            activity.action_evaluate()
        for rewrite in (
            lambda: stop.write({"report": "改写"}),
            lambda: activity.stop_ids[1].unlink(),
            lambda: stop.create({"activity_id": activity.id, "name": "补记"}),
        ):
            with self.assertRaisesRegex(UserError, "has been evaluated"):
                rewrite()

    def test_households_are_put_on_the_route_by_address(self):
        activity, cars = self.make_visiting()
        activity.action_fill_stops()
        stops = activity.stop_ids
        self.assertEqual(stops.vehicle_id, cars[1] + cars[0])
        self.assertEqual(stops[0].partner_id, cars[1].owner_id)
        self.assertIn("长江路1号", stops[0].address)
        # 45 minutes each, two on a morning of two hours
        self.assertEqual(stops.mapped("date_start"), [cn(9, 9), cn(9, 9, 45)])
        self.row(activity, cars[2]).action_coming()
        activity.action_fill_stops()
        self.assertEqual(activity.stop_ids[-1].date_start, cn(10, 9))
        with self.assertRaisesRegex(UserError, "nobody else"):
            activity.action_fill_stops()

    def test_a_visit_has_a_short_report_and_counts_as_met(self):
        activity, cars = self.make_visiting()
        activity.action_fill_stops()
        activity.action_start()
        self.startPatcher(freeze_time(cn(9, 12)))
        [first, second] = activity.stop_ids.with_user(self.caller)
        with self.assertRaisesRegex(UserError, "short report"):
            first.action_done()
        first.report = "车况良好，希望周末保养"
        first.action_done()
        second.action_not_met()
        self.assertEqual(self.row(activity, cars[1]).state, "attended")
        self.assertEqual(self.row(activity, cars[1]).stop_id, first)
        self.assertEqual(self.row(activity, cars[0]).state, "coming")
        self.assertEqual((activity.came, activity.stops_done), (1, 2))

    def test_a_household_nobody_invited_is_counted_too(self):
        activity, _cars = self.make_visiting()
        guest = self.make_partner(name="邻居", phone="139 0553 8888")
        stop = self.env["dealer.activity.stop"].create(
            {"activity_id": activity.id, "partner_id": guest.id, "report": "想换车"}
        )
        self.assertEqual((stop.name, stop.phone), ("邻居", guest.phone))
        activity.action_start()
        self.startPatcher(freeze_time(cn(9, 12)))
        stop.with_user(self.caller).action_done()
        row = self.Invitee.search(
            [("activity_id", "=", activity.id), ("partner_id", "=", guest.id)]
        )
        self.assertEqual((row.state, row.is_walk_in), ("attended", True))

    def test_another_day_takes_the_stops_along(self):
        activity = self.make_roving()
        activity.write({"date_start": cn(16, 9), "date_end": cn(16, 17)})
        self.assertEqual(
            activity.stop_ids.mapped("date_start"), [cn(16, 9), cn(16, 13), cn(16, 16)]
        )
        self.assertEqual(activity.stop_ids[0].date_end, cn(16, 11))

    def test_the_invitation_names_the_stops_but_no_household(self):
        activity = self.make_roving()
        page = self.row(activity)._page_values()
        self.assertEqual(
            [stop["name"] for stop in page["stops"]],
            ["无城镇广场", "泥汊镇供销社", "高沟镇政府"],
        )
        visiting, cars = self.make_visiting()
        visiting.action_fill_stops()
        self.assertEqual(self.row(visiting, cars[2])._page_values()["stops"], [])

    def test_the_route_sheet_goes_on_the_road(self):
        activity = self.make_roving()
        activity.safety_notice = "Wear the yellow vest."
        pdf = self.print_paper(PAPER, activity, self.caller)
        self.assertOnPaper(
            pdf, "Route Sheet", "无城镇广场", "高沟镇政府", "Wear the yellow vest."
        )

    @mute_logger("odoo.sql_db")
    def test_a_stop_ends_after_it_begins(self):
        activity = self.make_roving()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            activity.stop_ids[0].date_end = cn(9, 8)
            self.env.flush_all()

    def test_the_stops_of_another_shop_are_not_seen(self):
        shop = self.env["res.company"].create({"name": "Other Shop"})
        stops = self.env["dealer.activity.stop"]
        stop = stops.create(
            {
                "activity_id": self.make_activity(company_id=shop.id).id,
                "name": "别的店",
            }
        )
        mine = stops.with_user(self.care_manager)
        self.assertFalse(mine.search([("id", "=", stop.id)]))
