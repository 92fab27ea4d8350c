"""What an activity brought: visits and revenue, each counted once."""

from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import errors

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users
from odoo.tools import mute_logger

from ...activity_common import ActivityCase, cn


class TestActivityEffect(ActivityCase):
    def held(self, day=9, came=(), **values):
        """An activity of one day to which the cars came."""
        with freeze_time(cn(2, 10)):
            activity = self.make_inviting(
                **{"date_start": cn(day, 14), "date_end": cn(day, 16), **values}
            )
            activity.invitee_ids._write_by_method({"date_invited": False})
        with freeze_time(cn(day, 14, 30)):
            activity.action_start()
            for car in came or self.vehicle:
                self.row(activity, car).action_check_in()
        with freeze_time(cn(day, 17)):
            activity.action_finish()
        return activity

    def invoice(self, visit, price=100.0):
        """What the cashier posts for the estimate of a visit."""
        product = self.make_product(price=price)
        order = self.make_order(visit, product)
        return order, product

    def test_a_visit_within_the_days_is_the_effect(self):
        activity = self.held()
        inside = self.visit_at(cn(20, 9))
        self.assertEqual(inside.activity_id, activity)
        self.assertEqual(activity.visits, 1)

    def test_a_visit_after_the_days_is_not(self):
        activity = self.held(effect_days=5)
        self.assertEqual(activity.effect_end, date(2026, 3, 14))
        self.assertFalse(self.visit_at(cn(15, 9)).activity_id)

    def test_a_visit_before_he_came_is_not(self):
        self.held()
        self.assertFalse(self.visit_at(cn(9, 10)).activity_id)

    def test_who_did_not_come_to_the_lecture_is_no_effect_of_it(self):
        other = self.make_owner(1)
        self.held(came=[other])
        self.assertFalse(self.visit_at(cn(20, 9)).activity_id)

    def test_orders_and_invoices_of_the_visit_carry_the_campaign(self):
        activity = self.held()
        visit = self.visit_at(cn(20, 9))
        order = self.make_order(visit, self.make_product(price=200))
        self.assertEqual(order.campaign_id, activity.campaign_id)
        with freeze_time(cn(20, 9)):
            self.bring_to(visit, "settled")
        self.assertEqual(visit.invoice_ids.campaign_id, activity.campaign_id)
        self.assertEqual(activity.revenue, 0)
        visit.invoice_ids.action_post()
        activity.invalidate_recordset()
        self.assertEqual(activity.revenue, 200)

    def test_orders_written_before_the_car_came_get_the_campaign_too(self):
        activity = self.held()
        with freeze_time(cn(10, 9)):
            visit = self.make_reception(date_appointment=cn(20, 9))
            order = self.make_order(visit)
        self.assertFalse(order.campaign_id)
        with freeze_time(cn(20, 9)):
            self.bring_to(visit, "arrived")
        self.assertEqual(order.campaign_id, activity.campaign_id)

    def test_the_campaign_an_order_has_is_left_alone(self):
        campaign = self.env["utm.campaign"].create({"title": "Elsewhere"})
        self.held()
        visit = self.visit_at(cn(20, 9))
        order = self.make_order(visit, campaign_id=campaign.id)
        self.assertEqual(order.campaign_id, campaign)

    def test_one_car_is_counted_for_one_of_two_overlapping_activities(self):
        lecture = self.held(9)
        launch = self.held(11, kind="launch")
        first = self.visit_at(cn(12, 9))
        # he came to the launch last
        self.assertEqual(first.activity_id, launch)
        first._write_by_method({"state": "cancelled"})
        self.assertEqual(self.visit_at(cn(30, 9)).activity_id, launch)
        self.assertEqual((lecture.visits, launch.visits), (0, 1))

    def test_after_the_days_of_the_one_the_other_may_have_him(self):
        lecture = self.held(9, effect_days=30)
        launch = self.held(11, kind="launch", effect_days=2)
        first = self.visit_at(cn(12, 9))
        first._write_by_method({"state": "delivered"})
        later = self.visit_at(cn(20, 9))
        self.assertEqual(first.activity_id, launch)
        self.assertEqual(later.activity_id, lecture)

    def test_coming_counts_more_than_being_invited(self):
        lecture = self.held(9)
        with freeze_time(cn(10, 10)):
            seasonal = self.make_inviting(
                kind="seasonal", date_start=cn(10, 9), date_end=cn(31, 17)
            )
            self.row(seasonal).action_make_link()
        self.assertEqual(self.row(seasonal).state, "invited")
        self.assertEqual(self.visit_at(cn(12, 9)).activity_id, lecture)

    def test_an_invited_car_that_comes_to_a_seasonal_service_has_come(self):
        with freeze_time(cn(10, 10)):
            seasonal = self.make_inviting(
                kind="seasonal", date_start=cn(10, 9), date_end=cn(31, 17)
            )
            row = self.row(seasonal)
            row.action_make_link()
        visit = self.visit_at(cn(12, 9))
        self.assertEqual(visit.activity_id, seasonal)
        self.assertEqual(row.state, "attended")

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_to_count_a_car_twice(self):
        lecture, launch = self.held(9), self.held(11, kind="launch")
        effects = self.env["dealer.activity.effect"]
        values = {
            "activity_id": lecture.id,
            "company_id": self.company.id,
            "vehicle_id": self.vehicle.id,
            "date_from": date(2026, 3, 12),
            "date_to": date(2026, 4, 8),
        }
        effects.create(values)
        with self.assertRaises(errors.ExclusionViolation), self.env.cr.savepoint():
            effects.create(
                {
                    **values,
                    "activity_id": launch.id,
                    "date_from": date(2026, 4, 8),
                    "date_to": date(2026, 4, 20),
                }
            )
        effects.create({**values, "vehicle_id": self.make_owner(1).id})

    def test_a_visit_entered_late_takes_no_days_from_a_later_claim(self):
        self.held(9)
        later = self.visit_at(cn(20, 9))
        later._write_by_method({"state": "delivered"})
        early = self.visit_at(cn(12, 9))
        self.assertEqual(early.activity_id, later.activity_id)

    def test_cost_and_subsidy(self):
        activity = self.held(
            subsidy_per_car=50,
            kind="roving",
            budget_ids=[
                Command.create({"name": "油费", "kind": "travel", "actual": 300}),
                Command.create({"name": "厂家", "kind": "subsidy", "actual": 100}),
            ],
        )
        self.visit_at(cn(20, 9))
        # one car served on the road
        self.assertEqual(activity.subsidy, 150)
        self.assertEqual(activity.net_cost, 150)
        self.assertEqual(activity.cost_per_visit, 150)
        self.assertEqual(activity.cost_per_guest, 150)

    @users("care_manager")
    def test_the_report_sums_over_activities(self):
        self.held(9)
        self.held(11, kind="launch")
        self.visit_at(cn(12, 9))
        self.env.flush_all()
        report = self.env["dealer.activity.report"]
        [(visits, came)] = report._read_group(
            [("company_id", "=", self.company.id)], [], ["visits:sum", "came:sum"]
        )
        self.assertEqual((visits, came), (1, 2))

    def test_a_draft_has_no_figures_and_no_division_by_zero(self):
        activity = self.make_activity()
        self.assertEqual((activity.came, activity.cost_per_visit), (0, 0))

    def test_the_advisor_does_not_choose_the_activity(self):
        activity = self.held()
        visit = self.visit_at(cn(9, 10)).with_user(self.advisor)
        with self.assertRaises(UserError):
            visit.activity_id = activity.id

    def test_merged_cars_keep_one_invitation_and_one_claim(self):
        twin = self.make_owner(1)
        activity = self.held(came=[twin])
        for car in (self.vehicle, twin):
            self.env["dealer.activity.effect"].create(
                {
                    "activity_id": activity.id,
                    "company_id": self.company.id,
                    "vehicle_id": car.id,
                    "date_from": date(2026, 3, 12),
                    "date_to": date(2026, 4, 8),
                }
            )
        came = self.row(activity, twin)
        self.env["dealer.vehicle.merge"]._merge(self.vehicle, twin)
        self.assertEqual(came.vehicle_id, self.vehicle)
        self.assertEqual(self.row(activity), came)
        claims = self.env["dealer.activity.effect"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(len(claims), 1)

    def test_days_are_those_of_the_shop(self):
        # 00:30 in Shanghai is the day before in UTC
        activity = self.make_activity(
            date_start=cn(9, 0, 30), date_end=cn(9, 0, 45), effect_days=1
        )
        self.assertEqual(activity.effect_end, date(2026, 3, 9) + timedelta(days=1))
