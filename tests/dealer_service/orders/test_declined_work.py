"""What was declined is kept, and offered again at the next visit."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import users

from .test_consent import ConsentCase


class TestDeclinedWork(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        brakes = cls.env.ref("dealer_service.dealer_vehicle_system_brakes")
        cls.part.system_id = brakes
        cls.part_line = cls.order.order_line.filtered(
            lambda line: line.product_id == cls.part
        )

    def decline(self, order=None, reason="下次"):
        order = order if order is not None else self.order
        line = order.order_line.filtered(lambda line: line.product_id == self.part)
        self.agree(order, declined={line.id: reason})
        return self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )

    def next_visit(self):
        return self.make_reception(state="arrived").with_env(self.env)

    @users("advisor")
    def test_safety_work_is_flagged_and_reminded_of_sooner(self):
        work = self.decline()
        self.assertTrue(work.is_safety)
        today = fields.Date.context_today(work)
        self.assertEqual(work.remind_date, today + timedelta(days=7))
        self.assertEqual(work.partner_id, self.customer)
        self.assertEqual(work.declined_by, "王建国")
        self.assertEqual(work.state, "open")

    @users("advisor")
    def test_next_visit_is_told_the_day_of_the_shop(self):
        """04:58 in Wuhu is still the day before in UTC."""
        work = self.decline()
        work.sudo()._write_by_method({"date_declined": datetime(2026, 11, 28, 20, 58)})
        notices = self.vehicle.with_env(self.env)._arrival_notices()
        self.assertIn("2026-11-29", notices[0][1])

    @users("advisor")
    def test_next_visit_is_told_and_offers_it_with_one_click(self):
        work = self.decline()
        visit = self.next_visit()
        self.assertEqual(visit.declined_work_ids, work)
        notices = self.vehicle.with_env(self.env)._arrival_notices()
        self.assertTrue(
            any(level == "danger" and "前制动片" in text for level, text in notices)
        )
        work.with_context(reception_id=visit.id).action_offer()
        line = visit.order_ids.order_line
        self.assertEqual(line.product_id, self.part)
        self.assertEqual(work.state, "offered")
        # a second click does not offer it twice
        work.with_context(reception_id=visit.id).action_offer()
        self.assertEqual(len(visit.order_ids.order_line), 1)

    @users("advisor")
    def test_offer_that_is_accepted_closes_it(self):
        work = self.decline()
        visit = self.next_visit()
        work.with_context(reception_id=visit.id).action_offer()
        visit.concern_ids = [Command.create({"name": "刹车还是响"})]
        self.authorize(self.bring_to(visit, "inspected"))
        self.assertEqual(work.state, "done")

    @users("advisor")
    def test_offer_that_is_declined_again_stays_one_record(self):
        work = self.decline()
        visit = self.next_visit()
        work.with_context(reception_id=visit.id).action_offer()
        again = self.decline(visit.order_ids, reason="还是不要")
        self.assertEqual(again, work)
        self.assertEqual(work.times_declined, 2)
        self.assertEqual(work.state, "open")
        self.assertEqual(work.reason, "还是不要")

    @users("advisor")
    def test_offer_taken_back_opens_it_again(self):
        work = self.decline()
        visit = self.next_visit()
        work.with_context(reception_id=visit.id).action_offer()
        visit.order_ids.order_line.unlink()
        self.assertEqual(work.state, "open")
        work.with_context(reception_id=visit.id).action_offer()
        visit.order_ids.action_cancel()
        self.assertEqual(work.state, "open")

    @users("advisor")
    def test_dropped_work_is_not_mentioned_again(self):
        work = self.decline()
        work.action_drop()
        self.assertFalse(self.next_visit().declined_work_ids)
        with self.assertRaises(UserError):
            work.action_offer()

    @users("advisor")
    def test_safety_work_stays_one_until_a_manager_says_otherwise(self):
        work = self.decline()
        with self.assertRaisesRegex(AccessError, "matter of safety"):
            work.is_safety = False
        work.system_id = self.env["dealer.vehicle.system"].search(
            [("is_safety", "=", False)], limit=1
        )
        self.assertTrue(work.is_safety)
        work.with_user(self.manager).is_safety = False
        self.assertFalse(work.is_safety)

    @users("advisor")
    def test_open_work_is_reminded_of_some_day(self):
        work = self.decline()
        for user in (self.advisor, self.manager):
            with self.assertRaisesRegex(UserError, "still open"):
                work.with_user(user).remind_date = False
        work.remind_date = work.remind_date + timedelta(days=14)
        work.action_drop()
        work.remind_date = False

    @users("advisor")
    def test_paper_tells_what_was_declined_for_the_second_time(self):
        work = self.decline()
        reception = self.next_visit()
        work.with_context(reception_id=reception.id).action_offer()
        order = reception.order_ids
        order.order_line = [Command.create({"product_id": self.labour.id})]
        self.decline(order)
        rows = [row for group in order._paper_groups() for row in group["rows"]]
        self.assertEqual([row["amount"] for row in rows if row["is_declined"]], [480.0])

    @users("advisor")
    def test_work_of_another_car_or_shop_is_not_settled_by_an_offer(self):
        work = self.decline()
        other = self.make_vehicle(license_plate="皖B·K5555")
        line = self.make_order(
            self.make_reception(state="arrived", vehicle_id=other.id)
        ).order_line.with_env(self.env)
        with self.assertRaises(ValidationError):
            line.dealer_declined_work_id = work
        line = self.make_order(self.next_visit().sudo()).order_line.with_env(self.env)
        line.dealer_declined_work_id = work
        shop = self.env["res.company"].sudo().create({"name": "Second shop"})
        line.dealer_declined_work_id = False
        work.sudo().write({"company_id": shop.id, "reception_id": False})
        with self.assertRaises(ValidationError):
            line.dealer_declined_work_id = work

    @users("advisor")
    def test_work_without_a_running_visit_cannot_be_offered(self):
        work = self.decline()
        self.reception.action_cancel()
        with self.assertRaisesRegex(UserError, "no visit in progress"):
            work.action_offer()

    @users("advisor")
    def test_new_owner_does_not_see_what_the_former_owner_declined(self):
        self.decline()
        buyer = self.make_partner(name="李娜")
        visit = self.make_reception(state="arrived", partner_id=buyer.id)
        self.assertFalse(visit.with_env(self.env).declined_work_ids)

    @users("technician")
    def test_technician_has_no_access_to_prices_of_declined_work(self):
        self.decline_as_root()
        with self.assertRaises(AccessError):
            self.env["dealer.declined.work"].search([])

    def decline_as_root(self):
        self.order.sudo().action_record_consent(
            "phone", "王建国", declined={self.part_line.id: "x"}
        )

    @users("advisor")
    def test_advisor_cannot_invent_or_delete_declined_work(self):
        work = self.decline()
        with self.assertRaises(AccessError):
            work.unlink()
        with self.assertRaises(AccessError):
            work.copy()

    def test_company_rule_hides_the_other_shop(self):
        self.decline_as_root()
        other = self.env["res.company"].create({"name": "Shop 2"})
        stranger = self.make_user("stranger", "user")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        works = self.env["dealer.declined.work"].with_user(stranger)
        self.assertFalse(works.search([]))
