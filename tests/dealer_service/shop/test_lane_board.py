"""The lane at a glance: what each car needs next, and who is told of a change."""

from datetime import timedelta
from unittest.mock import MagicMock, patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import users

from odoo.addons.dealer_service.models.shop.res_company_live import (
    BOARDS_CHANNEL,
    LANE,
    MOST_TOLD,
)

from ...common import DealerServiceCase
from .news import news_of

REQUEST = "odoo.addons.bus.models.ir_websocket.request"


class TestNextStep(DealerServiceCase):
    def visit(self, state="arrived"):
        visit = self.make_reception(state="arrived", odometer=12000)
        return self.bring_to(visit, state).with_user(self.advisor)

    def step(self, visit):
        visit.invalidate_recordset(["next_step"])
        return visit.next_step

    def test_every_step_of_the_way_names_the_next_one(self):
        self.assertEqual(self.make_reception().next_step, "arrive")
        visit = self.visit()
        self.assertEqual(self.step(visit), "greet")
        visit.action_greet()
        self.assertEqual(self.step(visit), "inspect")
        for state, expected in (
            ("inspected", "estimate"),
            ("authorized", "start"),
            ("working", "jobs"),
            ("quality", "check"),
            ("ready", "settle"),
            ("settled", "deliver"),
            ("delivered", False),
        ):
            self.bring_to(visit.sudo(), state)
            self.assertEqual(self.step(visit), expected, state)

    def test_estimate_waits_for_the_customer_and_then_for_the_authorization(self):
        visit = self.visit("inspected")
        order = self.make_order(visit)
        self.assertEqual(self.step(visit), "consent")
        order.action_record_consent("in_person", "王建国")
        self.assertEqual(self.step(visit), "authorize")

    def test_undecided_supplement_comes_before_the_work(self):
        visit = self.visit("working")
        self.make_order(visit.sudo(), dealer_kind="supplement")
        self.assertEqual(self.step(visit), "consent")

    def test_visit_whose_jobs_are_done_may_be_finished(self):
        visit = self.visit("working")
        self.do_jobs(visit.sudo())
        self.assertEqual(self.step(visit), "finish")

    @users("advisor")
    def test_one_tap_greets_the_customer(self):
        visit = self.visit().with_env(self.env)
        visit.action_next_step()
        self.assertTrue(visit.date_greeted)

    @users("advisor")
    def test_walk_around_is_opened_until_the_customer_has_signed(self):
        visit = self.visit().with_env(self.env)
        visit.action_next_step()
        visit.invalidate_recordset(["next_step"])
        action = visit.action_next_step()
        self.assertEqual(action["res_id"], visit.id)
        self.assertEqual(visit.state, "arrived")

    @users("advisor")
    def test_refusal_says_why_and_leads_to_the_visit(self):
        inspected = self.env["dealer.service.step"].search(
            [("state", "=", "inspected")]
        )
        self.env["dealer.service.standard"].sudo().create(
            {"name": "Key tagged", "step_id": inspected.id, "is_blocking": True}
        )
        visit = self.visit("inspected").with_env(self.env)
        self.make_order(visit).action_record_consent("in_person", "王建国")
        self.assertEqual(self.step(visit), "authorize")
        visit.date_promised = fields.Datetime.now() + timedelta(hours=2)
        check = visit.check_ids.filtered(
            lambda check: check.standard_id.name == "Key tagged"
        )
        with self.assertRaises(RedirectWarning) as refusal:
            visit.action_next_step()
        message, action, _button, *_rest = refusal.exception.args
        self.assertIn(check.standard_id.name, message)
        self.assertEqual(action["res_id"], visit.id)
        self.assertEqual(visit.state, "inspected")

    @users("technician")
    def test_technician_does_not_move_a_visit_from_the_board(self):
        visit = self.visit().with_env(self.env)
        with self.assertRaises(AccessError):
            visit.read(["next_step"])
        with self.assertRaises(AccessError):
            visit.action_next_step()

    def test_minutes_are_left_until_the_promise_and_then_over(self):
        visit = self.visit("working")
        now = fields.Datetime.now()
        visit.date_promised = now + timedelta(minutes=25, seconds=30)
        self.assertIn(visit.promise_minutes, (24, 25))
        with freeze_time(now + timedelta(minutes=31)):
            visit.invalidate_recordset(["promise_minutes"])
            self.assertEqual(visit.promise_minutes, -6)


class TestLiveBoards(DealerServiceCase):
    def told(self, change):
        """The channels on which the lane is told of ``change``, in one transaction."""
        told = news_of(self.env, change)
        return [channel for channel, news in told if LANE in news["boards"]]

    def test_what_shows_in_the_lane_is_told_once_in_a_transaction(self):
        visit = self.make_reception(state="arrived", odometer=1)
        shop = [["res.company", self.company.id, BOARDS_CHANNEL]]

        def two_changes():
            visit.action_greet()
            visit.is_waiting = True

        self.assertEqual(self.told(two_changes), shop)
        self.assertEqual(self.told(lambda: visit.write({"wash": False})), [])
        self.assertEqual(self.told(lambda: self.make_order(visit)), shop)
        self.assertEqual(self.told(lambda: self.make_job(visit)), shop)
        self.assertEqual(self.told(lambda: self.make_reception().unlink()), shop)

    def test_how_long_a_visit_takes_is_told_to_the_day_of_appointments(self):
        visit = self.make_reception()
        shop = [["res.company", self.company.id, BOARDS_CHANNEL]]
        self.assertEqual(self.told(lambda: visit.write({"planned_hours": 3})), shop)

    def test_nothing_but_the_shop_is_told(self):
        make = self.make_reception
        [(_channel, news)] = news_of(self.env, lambda: make(state="arrived"))
        self.assertEqual(news["company_id"], self.company.id)
        self.assertEqual(set(news), {"company_id", "boards", "visits"})
        self.assertLessEqual(set(news["boards"]), {"lane", "workshop"})
        for visit in news["visits"]:
            self.assertEqual(set(visit), {"id", "by"})

    def shops(self, user, asked):
        """The shops whose boards a page of ``user`` listens to."""
        # a websocket asks outside of any request of the web
        with patch(REQUEST, new=MagicMock()) as request:
            request.session.uid = user.id
            channels = (
                self.env["ir.websocket"]
                .with_user(user)
                ._build_bus_channel_list(list(asked))
            )
        texts = [channel for channel in channels if isinstance(channel, str)]
        self.assertNotIn(BOARDS_CHANNEL, texts, "nobody listens to all shops")
        return [
            channel[0]
            for channel in channels
            if isinstance(channel, tuple) and channel[1] == BOARDS_CHANNEL
        ]

    def test_advisor_listens_to_the_own_shops_only(self):
        self.env["res.company"].create({"name": "Second shop"})
        self.assertEqual(self.shops(self.advisor, [BOARDS_CHANNEL]), [self.company])

    def test_cashier_hears_which_car_comes_to_the_counter(self):
        till = self.make_users(
            {"login": "till", "groups": "account.group_account_invoice"}
        )
        self.assertEqual(self.shops(till, [BOARDS_CHANNEL]), [self.company])

    def test_page_without_a_board_is_not_told(self):
        self.assertFalse(self.shops(self.advisor, []))

    def test_technician_hears_of_the_own_shop_and_nothing_but_numbers(self):
        self.env["res.company"].create({"name": "Second shop"})
        self.assertEqual(self.shops(self.technician, [BOARDS_CHANNEL]), [self.company])

    def test_nobody_who_does_not_work_in_the_shop_listens(self):
        clerk = self.make_users({"login": "clerk", "groups": "base.group_user"})
        for user in (clerk, self.env.ref("base.public_user")):
            self.assertFalse(self.shops(user, [BOARDS_CHANNEL]))

    def visits_told(self, change):
        """The numbers of visits that are told to whoever has them open."""
        told = news_of(self.env, change)
        return [visit["id"] for _channel, news in told for visit in news["visits"]]

    def test_whoever_has_the_visit_open_is_told_once_of_what_others_do(self):
        visit = self.make_reception(state="arrived", odometer=1)
        other = self.make_reception(state="arrived", odometer=1)

        def two_changes():
            visit.action_greet()
            visit.is_waiting = True

        self.assertEqual(self.visits_told(two_changes), visit.ids)
        self.assertEqual(self.visits_told(lambda: visit.write({"wash": False})), [])
        order = self.make_order(visit)
        seen = {"dealer_date_seen": fields.Datetime.now()}
        self.assertEqual(
            self.visits_told(lambda: order._write_by_method(seen)), visit.ids
        )
        self.assertEqual(self.visits_told(lambda: self.make_job(other)), other.ids)

    def test_a_transaction_tells_its_news_in_one_row(self):
        visit = self.make_reception(state="arrived", odometer=1)

        def changes():
            visit.action_greet()
            self.make_order(visit)
            self.make_job(visit)

        [(_channel, news)] = news_of(self.env, changes)
        self.assertEqual(news["boards"], ["lane", "workshop"])
        self.assertEqual(news["visits"], [{"id": visit.id, "by": self.env.uid}])

    def test_of_very_many_visits_none_is_told_by_number(self):
        numbers = range(1, MOST_TOLD + 2)
        tell = self.company._send_visit_changes
        [(_channel, news)] = news_of(self.env, lambda: tell(numbers[1:]))
        self.assertEqual(len(news["visits"]), MOST_TOLD)
        [(_channel, news)] = news_of(self.env, lambda: tell(numbers))
        self.assertIsNone(news["visits"])
