"""The extra time of a supplement moves the promise by what the customer agreed to."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import Form, users

from ..booking.booking_common import BookingCase, shanghai

PROMISE = shanghai(2, 15)


class TestExtraTime(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls.make_reception(state="arrived", date_promised=PROMISE)
        cls.bring_to(cls.reception, "authorized")
        cls.wiper = cls.make_product("雨刮片", "part", 120.0)

    def extra(self, minutes, **values):
        visit = self.reception.with_env(self.env)
        return self.make_order(
            visit, self.wiper, dealer_extra_minutes=minutes, **values
        )

    def agree(self, order, **values):
        order.with_env(self.env).action_record_consent("phone", "王建国", **values)

    @users("advisor")
    def test_extra_time_that_is_agreed_to_moves_the_promise(self):
        order = self.extra(60)
        self.assertEqual(order.dealer_date_promised, shanghai(2, 16))
        self.assertEqual(self.reception.date_promised, PROMISE)
        self.agree(order)
        self.assertEqual(self.reception.date_promised, shanghai(2, 16))
        self.assertEqual(self.reception.date_promised_first, PROMISE)

    @users("advisor")
    def test_extra_time_that_is_declined_moves_nothing(self):
        order = self.extra(60)
        self.agree(order, declined={order.order_line.id: "太贵"})
        self.assertEqual(self.reception.date_promised, PROMISE)

    @users("advisor")
    def test_extra_times_add_up_as_they_are_agreed_to(self):
        first, second = self.extra(60), self.extra(30)
        self.agree(first)
        self.assertEqual(second.dealer_date_promised, shanghai(2, 16, 30))
        self.agree(second)
        self.assertEqual(self.reception.date_promised, shanghai(2, 16, 30))
        # what was agreed to stays as it was read
        self.assertEqual(first.dealer_date_promised, shanghai(2, 16))

    @users("advisor")
    def test_extra_time_is_time_in_which_the_shop_is_open(self):
        order = self.extra(180)
        self.assertEqual(order.dealer_date_promised, shanghai(3, 10))

    @users("advisor")
    def test_promise_outside_the_opening_hours_stays_on_the_clock(self):
        self.reception.date_promised = shanghai(2, 20)
        self.assertEqual(self.extra(60).dealer_date_promised, shanghai(2, 21))

    @users("advisor")
    def test_extra_time_counts_from_now_when_the_promise_is_over(self):
        with freeze_time(shanghai(2, 15, 30)):
            self.assertEqual(self.extra(60).dealer_date_promised, shanghai(2, 16, 30))

    @users("advisor")
    def test_time_that_is_named_stands(self):
        named = shanghai(2, 16, 45)
        self.agree(self.extra(60, dealer_date_promised=named))
        self.assertEqual(self.reception.date_promised, named)

    def test_customer_reads_the_new_time_on_paper_and_page(self):
        order = self.extra(60)
        self.assertIn("16:00", order._dealer_promise_text())
        html = self.env["ir.qweb"]._render(
            "dealer_service.paper_supplement", {"docs": order}
        )
        self.assertIn("16:00", html)

    # -- the dialog of the decision

    def dialog(self):
        context = self.reception.with_env(self.env).action_ask_consent()["context"]
        dialog = Form(self.env["dealer.consent.wizard"].with_context(context))
        dialog.method = "in_person"
        return dialog

    @users("advisor")
    def test_dialog_adds_the_extra_time_of_what_is_wanted(self):
        self.extra(60)
        self.extra(30)
        dialog = self.dialog()
        self.assertEqual(dialog.date_promised, shanghai(2, 16, 30))
        # the newest offer stands first
        with dialog.line_ids.edit(0) as line:
            line.is_approved = False
        self.assertEqual(dialog.date_promised, shanghai(2, 16))
        with dialog.line_ids.edit(0) as line:
            line.is_approved = True
        dialog.save().action_confirm()
        self.assertEqual(self.reception.date_promised, shanghai(2, 16, 30))

    @users("advisor")
    def test_time_named_in_the_dialog_is_the_promise(self):
        self.extra(60)
        self.extra(30)
        dialog = self.dialog()
        dialog.date_promised = shanghai(2, 16, 50)
        dialog.save().action_confirm()
        self.assertEqual(self.reception.date_promised, shanghai(2, 16, 50))

    @users("advisor")
    def test_what_is_declined_beside_it_keeps_its_time_to_itself(self):
        self.extra(60)
        self.extra(30)
        dialog = self.dialog()
        with dialog.line_ids.edit(0) as line:
            line.is_approved = False
            line.reason = "下次"
        dialog.save().action_confirm()
        self.assertEqual(self.reception.date_promised, PROMISE + timedelta(minutes=60))
