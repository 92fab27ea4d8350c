"""Each step is measured by moments of its own, which nobody types."""

from datetime import timedelta
from itertools import combinations

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    STEP_MOMENTS,
)

from ...common import DealerServiceCase
from ...signature import SIGNATURE

START = fields.Datetime.to_datetime("2026-03-02 01:00:00")


def at(minutes):
    return START + timedelta(minutes=minutes)


class MomentsCase(DealerServiceCase):
    def at(self, minutes):
        return freeze_time(at(minutes))

    def arrive(self, **values):
        """Arrived at 0, greeted after 2 minutes."""
        with self.at(0):
            visit = self.make_reception(state="arrived", **values)
        with self.at(2):
            visit.with_user(self.advisor).action_greet()
        return visit.with_user(self.advisor)

    def add_concern(self, visit, minutes, words="刹车异响"):
        with self.at(minutes):
            visit.concern_ids = [Command.create({"name": words})]

    def sign(self, visit, minutes):
        with self.at(minutes):
            visit.inspection_id.action_sign(SIGNATURE, "王建国")


class TestConsultation(MomentsCase):
    def test_the_last_concern_before_the_walk_around_ends_it(self):
        visit = self.arrive()
        self.assertFalse(visit.date_consulted)
        self.add_concern(visit, 5)
        self.add_concern(visit, 9, "空调不凉")
        self.assertEqual(visit.date_consulted, at(9))

    def test_what_is_added_at_the_car_ends_it_when_the_walk_around_begins(self):
        visit = self.arrive()
        with self.at(6):
            visit.odometer = 20_000
        self.add_concern(visit, 12)
        self.assertEqual(visit.date_consulted, at(6))

    def test_what_was_told_when_booking_is_no_consultation(self):
        with self.at(0):
            visit = self.make_reception(concern_ids=[Command.create({"name": "保养"})])
        self.assertFalse(visit.date_consulted)
        with self.at(10):
            visit.action_arrive()
            visit.concern_ids = [Command.create({"name": "异响"})]
        self.assertFalse(visit.date_consulted, "not greeted yet")

    def test_what_is_found_later_on_is_none_either(self):
        visit = self.arrive()
        self.add_concern(visit, 5)
        with self.at(10):
            self.bring_to(visit, "inspected")
        self.add_concern(visit, 20, "雨刮异响")
        self.assertEqual(visit.date_consulted, at(5))


class TestWalkAround(MomentsCase):
    def test_from_the_first_touch_of_the_sheet_to_the_signature(self):
        visit = self.arrive()
        with self.at(6):
            visit.mark_ids = [Command.create({"zone": "left"})]
        with self.at(9):
            visit.write({"odometer": 20_000, "fuel_level": 50})
            visit.mark_ids = [Command.create({"zone": "rear"})]
        self.sign(visit, 14)
        self.assertEqual(
            (visit.date_walk_begun, visit.date_walk_signed), (at(6), at(14))
        )

    def test_any_line_of_the_sheet_begins_it(self):
        for values in (
            {"fuel_level": 50},
            {"belongings": "雨伞"},
            {"inspection_note": "左前轮缘"},
            {"lamp_ids": self.env["dealer.warning.lamp"].search([], limit=1).ids},
        ):
            visit = self.arrive()
            with self.subTest(values=values), self.at(7):
                visit.write(values)
                self.assertEqual(visit.date_walk_begun, at(7))

    def test_a_mark_on_the_drawing_begins_it_before_it_is_saved(self):
        visit = self.arrive()
        with self.at(5):
            visit.action_begin_walk_around()
        with self.at(8):
            visit.action_begin_walk_around()
            visit.mark_ids = [Command.create({"zone": "left"})]
        self.assertEqual(visit.date_walk_begun, at(5))

    def test_it_begins_in_the_lane_alone(self):
        with self.at(0):
            visit = self.make_reception(state="arrived", odometer=20_000)
        with self.at(1):
            visit.action_begin_walk_around()
            visit.fuel_level = 50
        self.assertFalse(visit.date_walk_begun, "nobody has been greeted")
        with self.at(2):
            visit.action_greet()
        with self.at(10):
            self.bring_to(visit, "inspected")
        with self.at(12):
            visit.belongings = "雨伞"
        self.sign(visit, 20)
        self.assertFalse(visit.date_walk_begun)
        self.assertFalse(visit.date_walk_signed, "it was over, unsigned")

    def test_another_version_keeps_when_the_customer_signed_first(self):
        visit = self.arrive()
        with self.at(6):
            visit.odometer = 20_000
        self.sign(visit, 10)
        with self.at(12):
            visit.action_new_inspection_version()
        self.sign(visit, 15)
        self.assertEqual(visit.date_walk_signed, at(10))

    def test_another_shop_begins_nothing(self):
        shop = self.env["res.company"].create({"name": "Other"})
        visit = self.arrive()
        stranger = self.make_user("stranger", "user")
        stranger.write({"company_ids": shop.ids, "company_id": shop.id})
        with self.assertRaises(AccessError):
            visit.with_user(stranger).action_begin_walk_around()

    def test_an_arrival_that_is_taken_back_takes_them_along(self):
        with self.at(0):
            visit = self.make_reception(date_appointment=at(30))
            visit.with_user(self.advisor).action_arrive()
        with self.at(2):
            visit.with_user(self.advisor).action_greet()
        self.add_concern(visit, 3)
        with self.at(4):
            visit.fuel_level = 50
            visit.with_user(self.manager).action_undo_arrival("看错车牌")
        self.assertFalse(visit.date_consulted)
        self.assertFalse(visit.date_walk_begun)


class TestSilence(MomentsCase):
    def ready(self, visit, minutes):
        with self.at(minutes):
            self.bring_to(visit.sudo(), "ready")

    def untold(self, visit):
        return visit.date_untold_from, visit.date_untold_to

    def test_between_the_reports_that_lie_farthest_apart(self):
        visit = self.arrive(is_waiting=True)
        for minutes in (30, 75):
            with self.at(minutes):
                visit.action_report_progress()
        self.assertEqual(self.untold(visit), (False, False))
        self.ready(visit, 110)
        self.assertEqual(self.untold(visit), (at(30), at(75)))

    def test_from_the_last_report_until_the_car_is_ready(self):
        visit = self.arrive(is_waiting=True)
        with self.at(20):
            visit.action_report_progress()
        self.ready(visit, 110)
        self.assertEqual(self.untold(visit), (at(20), at(110)))

    def test_a_report_that_is_entered_afterwards_fills_no_gap(self):
        visit = self.arrive(is_waiting=True)
        with self.at(80):
            self.env["dealer.waiting.care"].with_user(self.manager).create(
                {
                    "reception_id": visit.id,
                    "kind": "progress",
                    "date": at(40),
                    "user_id": self.advisor.id,
                    "note": "忘记录入",
                }
            )
        self.ready(visit, 90)
        self.assertEqual(self.untold(visit), (at(0), at(90)))

    def test_who_does_not_wait_is_not_measured(self):
        visit = self.arrive()
        self.ready(visit, 90)
        self.assertEqual(self.untold(visit), (False, False))

    def test_who_leaves_early_has_waited_until_then(self):
        visit = self.arrive(is_waiting=True)
        with self.at(50):
            visit.action_leave("wait", "等太久")
        self.assertEqual(self.untold(visit), (at(0), at(50)))

    def test_many_visits_are_read_at_once(self):
        visits = self.make_receptions(
            *({"state": "arrived", "is_waiting": True} for _number in range(6))
        )
        self.env.flush_all()
        # and written at once
        with self.assertQueryCount(2):
            visits._keep_longest_silence()
            counts = [bool(visit.date_untold_to) for visit in visits]
        self.assertTrue(all(counts))


class TestStepsAreTheirOwn(MomentsCase):
    def shipped(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "dealer_service"), ("model", "=", "dealer.service.step")]
        )
        return self.env["dealer.service.step"].browse(data.mapped("res_id"))

    def test_no_two_shipped_steps_share_an_interval(self):
        measured = self.shipped().filtered("date_from_field")
        self.assertGreaterEqual(len(measured), 10)
        pairs = [(step.date_from_field, step.date_to_field) for step in measured]
        self.assertEqual(len(set(pairs)), len(pairs))
        self.assertTrue(all(start and stop for start, stop in pairs))
        # neither do they begin together, nor end
        for stamps in zip(*pairs, strict=True):
            self.assertEqual(len(set(stamps)), len(stamps))

    def test_a_shop_gives_no_two_steps_one_interval(self):
        consultation = self.env.ref("dealer_service.dealer_service_step_consultation")
        steps = self.env["dealer.service.step"].with_user(self.manager)
        values = {
            "name": "Second",
            "state": "arrived",
            "code": "second",
            "company_id": self.company.id,
            "date_from_field": consultation.date_from_field,
            "date_to_field": consultation.date_to_field,
        }
        with self.assertRaises(UserError) as refused:
            steps.create(values)
        self.assertIn("Consultation", str(refused.exception))
        # its own words for the same step measure the same
        steps.create({**values, "code": consultation.code})
        other = steps.create({**values, "date_to_field": "date_inspected"})
        with self.assertRaises(UserError):
            other.date_to_field = values["date_to_field"]
        # it would take no time
        with self.assertRaises(UserError):
            other.date_to_field = other.date_from_field

    def test_the_steps_of_a_visit_do_not_overlap(self):
        visit = self.arrive()
        self.add_concern(visit, 6)
        with self.at(8):
            visit.mark_ids = [Command.create({"zone": "left"})]
            visit.odometer = 20_000
        self.sign(visit, 14)
        visit = visit.sudo()
        minutes = iter(range(16, 400, 10))
        for state in ("inspected", "authorized", "working", "quality", "ready"):
            with self.at(next(minutes)):
                self.bring_to(visit, state)
        with self.at(next(minutes)):
            visit.with_user(self.advisor).action_open_settlement()
        with self.at(next(minutes)):
            self.bring_to(visit, "settled")
        with self.at(next(minutes)):
            self.bring_to(visit, "delivered")
        spans = {
            step.code: (visit[step.date_from_field], visit[step.date_to_field])
            for step in self.shipped().filtered("date_from_field")
        }
        self.assertEqual(spans.pop("waiting_care"), (False, False))
        self.assertEqual(spans["consultation"], (at(2), at(6)))
        self.assertEqual(spans["inspection"], (at(8), at(14)))
        self.assertEqual(
            spans["settlement"][1] - spans["settlement"][0], at(10) - at(0)
        )
        for (one, first), (other, second) in combinations(spans.items(), 2):
            with self.subTest(one=one, other=other):
                self.assertTrue(first[1] <= second[0] or second[1] <= first[0])

    def test_nobody_types_them(self):
        visit = self.arrive()
        for name in STEP_MOMENTS:
            for user in (self.advisor, self.manager):
                with (
                    self.subTest(name=name, user=user.login),
                    self.assertRaises(UserError),
                ):
                    visit.with_user(user)[name] = at(1)
            with self.subTest(new=name), self.assertRaises(UserError):
                self.env["dealer.reception"].with_user(self.manager).create(
                    {
                        "vehicle_id": self.vehicle.id,
                        "partner_id": self.customer.id,
                        name: at(1),
                    }
                )
