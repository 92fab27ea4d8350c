"""Whose visit it is, and whose the promise is that was missed."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from ...common import DealerServiceCase
from ...signature import SIGNATURE

PROMISED = datetime(2026, 6, 1, 8, 0)
LATE = PROMISED + timedelta(minutes=10)


class TestWhoseVisit(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "user")
        with freeze_time(PROMISED - timedelta(hours=4)):
            visit = cls.make_reception(
                state="arrived", date_promised=PROMISED, is_waiting=True
            )
            cls.env.flush_all()
        cls.visit = visit.with_user(cls.advisor)

    # -- the advisor -------------------------------------------------------

    def test_visit_of_a_car_that_is_here_is_somebodys(self):
        for user in (self.advisor, self.manager):
            with self.assertRaisesRegex(UserError, "Hand it over"):
                self.visit.with_user(user).advisor_id = False
        booked = self.make_reception().with_user(self.advisor)
        booked.advisor_id = False
        self.assertFalse(booked.advisor_id)

    def test_advisor_has_a_role_in_the_service(self):
        plain = self.make_users({"login": "plain", "groups": "base.group_user"})
        for user in (plain, self.technician):
            with self.subTest(user.login):
                with self.assertRaisesRegex(ValidationError, "no role in the service"):
                    self.visit.advisor_id = user
                with self.assertRaisesRegex(ValidationError, "no role in the service"):
                    self.make_reception(advisor_id=user.id)
        self.visit.advisor_id = self.manager

    def test_car_booked_with_any_advisor_is_whose_who_greets_the_customer(self):
        visit = self.make_reception(advisor_id=False, odometer=1)
        visit.with_user(self.advisor).action_arrive()
        self.assertFalse(visit.advisor_id)
        visit.with_user(self.advisor).action_greet()
        self.assertEqual(visit.advisor_id, self.advisor)
        self.visit.with_user(self.colleague).action_greet()
        self.assertEqual(self.visit.advisor_id, self.advisor, "it is his already")

    # -- the missed promise ------------------------------------------------

    def test_missed_promise_is_moved_for_a_reason(self):
        later = PROMISED + timedelta(hours=3)
        with freeze_time(LATE):
            for user in (self.advisor, self.manager):
                for reason in ({}, {"correction_reason": " "}):
                    with self.assertRaisesRegex(UserError, "Why Later"):
                        self.visit.with_user(user).write(
                            {"date_promised": later, **reason}
                        )
            self.visit.write({"date_promised": later, "correction_reason": "缺件"})
            self.env.flush_all()
            self.assertIn("缺件", self.visit.message_ids[:1].body)
            self.assertIn("16:00 → 2026-06-01 19:00", self.visit.message_ids[:1].body)
            # the new one is still to be kept: it is moved as any other
            self.visit.date_promised = later + timedelta(hours=1)
        self.assertEqual(self.visit.date_promised_first, PROMISED)

    def test_form_asks_why_as_long_as_the_old_time_is_missed(self):
        with freeze_time(LATE - timedelta(minutes=20)):
            form = Form(self.visit)
            self.assertTrue(form._get_modifier("correction_reason", "invisible"))
        with freeze_time(LATE):
            self.env.invalidate_all()
            with Form(self.visit) as form:
                form.date_promised = PROMISED + timedelta(hours=3)
                self.assertFalse(form._get_modifier("correction_reason", "invisible"))
                form.correction_reason = "缺件"
        self.assertEqual(self.visit.date_promised, PROMISED + timedelta(hours=3))

    def test_missed_promise_stays_with_whoever_missed_it(self):
        with freeze_time(LATE):
            self.visit.advisor_id = self.colleague
            self.visit.with_user(self.colleague).advisor_id = self.manager
            self.env.flush_all()
            self.assertEqual(self.visit.promise_advisor_id, self.advisor)
            self.assertEqual(self.figures(), [(self.advisor, 0.0)])
            with self.assertRaisesRegex(UserError, "recorded by the process"):
                self.visit.promise_advisor_id = self.colleague

    def test_promise_that_is_still_open_goes_with_the_car(self):
        with freeze_time(PROMISED):
            self.visit.advisor_id = self.colleague
            self.assertFalse(self.visit.promise_advisor_id)
        with freeze_time(LATE):
            self.env.flush_all()
            self.assertEqual(self.figures(), [(self.colleague, 0.0)])

    def figures(self):
        return self.env["dealer.reception.report"]._read_group(
            [("reception_id", "=", self.visit.id)],
            ["advisor_id"],
            ["promise_kept_rate:avg"],
        )

    # -- the customer who waits --------------------------------------------

    def test_customer_who_was_not_told_is_told_before_nobody_waits(self):
        with freeze_time(PROMISED - timedelta(hours=2)):
            for user in (self.advisor, self.manager):
                with self.assertRaisesRegex(UserError, "Report the progress first"):
                    self.visit.with_user(user).is_waiting = False
            self.visit.action_report_progress()
            self.visit.is_waiting = False
        self.assertFalse(self.visit.date_progress_due)

    # -- the customer who agrees -------------------------------------------

    def test_nobody_of_the_shop_agrees_or_signs_in_his_own_name(self):
        name = f" {self.advisor.name.upper()} "
        self.visit.odometer = 100
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "reception_id": self.visit.id,
                "order_line": [Command.create({"name": "x", "product_id": self.work})],
            }
        )
        ready = self.make_reception(state="arrived").with_user(self.advisor)
        ready._write_by_method({"state": "settled"})
        for step in (
            lambda: order.with_user(self.advisor).action_record_consent("phone", name),
            lambda: self.visit.inspection_id.action_sign(SIGNATURE, name),
            lambda: ready._sign_delivery(SIGNATURE, name),
        ):
            with self.assertRaisesRegex(UserError, "your own name"):
                step()

    @property
    def work(self):
        return self.env["product.product"].create({"name": "x", "list_price": 10}).id
