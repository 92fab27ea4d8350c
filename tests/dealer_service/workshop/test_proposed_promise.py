"""The time that can be promised follows from the work and from how busy the shop is."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .workshop_case import NINE, WorkshopCase


def shanghai(day, hour, minute=0):
    """UTC of a moment of March 2026 on the clock of the shop."""
    return datetime(2026, 3, day, hour - 8, minute)


@tagged("post_install", "-at_install")
@freeze_time(NINE)
class TestProposedPromise(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # two technicians, whoever else is known to the database
        others = cls.env["resource.resource"].search(
            [
                ("dealer_role", "=", "technician"),
                ("company_id", "=", cls.company.id),
                ("id", "not in", (cls.mechanic | cls.colleague).ids),
            ]
        )
        others.active = False
        steps = cls.env["dealer.service.step"].search([("state", "=", "quality")])
        steps.target_minutes = 0
        cls.visit = cls.make_visit("inspected", planned_hours=1.0)

    def proposal(self):
        self.env.flush_all()
        return self.visit.with_user(self.advisor)._propose_promise()

    def busy(self, hours, **values):
        return self.make_job(self.make_visit(), planned_hours=hours, **values)

    def test_free_shop_takes_the_hours_of_the_work(self):
        self.assertEqual(self.proposal(), shanghai(2, 10))

    def test_work_that_was_offered_counts_before_what_was_planned(self):
        labour = self.make_product(dealer_hours=2.5)
        order = self.make_order(self.visit, labour)
        self.assertEqual(self.proposal(), shanghai(2, 11, 30))
        order.order_line._write_by_method({"dealer_decision": "declined"})
        self.assertEqual(self.proposal(), shanghai(2, 10))

    def test_one_busy_technician_keeps_nobody_waiting(self):
        self.busy(3.0, technician_id=self.mechanic.id)
        self.assertEqual(self.proposal(), shanghai(2, 10))

    def test_busy_shop_is_waited_for_over_lunch_and_closing_time(self):
        self.busy(2.0, technician_id=self.mechanic.id)
        self.busy(3.0)
        self.assertEqual(self.proposal(), shanghai(2, 12))
        self.busy(8.0, technician_id=self.mechanic.id)
        # 3 h until the colleague is free, and 1 h: lunch is jumped over
        self.busy(1.5, technician_id=self.colleague.id)
        self.assertEqual(self.proposal(), shanghai(2, 15, 30))
        self.busy(8.0, technician_id=self.colleague.id)
        self.assertEqual(self.proposal().date(), shanghai(3, 10).date())

    def test_what_is_done_or_away_does_not_count(self):
        self.busy(5.0, technician_id=self.mechanic.id)._write_by_method(
            {"state": "done"}
        )
        self.assertEqual(self.proposal(), shanghai(2, 10))
        self.busy(1.0, technician_id=self.mechanic.id)
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.colleague.id,
                "calendar_id": self.calendar.id,
                "date_from": shanghai(2, 8),
                "date_to": shanghai(2, 18),
            }
        )
        self.assertEqual(self.proposal(), shanghai(2, 11))

    @users("advisor")
    def test_dialog_says_what_it_is_reckoned_from_and_has_the_message(self):
        dialog = self.env["dealer.promise"].create({"reception_id": self.visit.id})
        self.assertIn("In opening hours", dialog.basis)
        self.assertIn("the work takes 1:00 h", dialog.basis)
        for expected in ("王建国", "皖B·A1234", "10:00", self.company.name):
            self.assertIn(expected, dialog.message)
        self.visit.with_env(self.env).date_promised = dialog.date_promised
        self.assertEqual(self.visit.with_env(self.env).promise_text, dialog.message)

    def test_message_is_read_by_those_who_send_it(self):
        with self.assertRaises(AccessError):
            self.visit.with_user(self.technician).read(["promise_text"])

    # -- a supplement

    @users("advisor")
    def test_labour_of_a_supplement_moves_the_promise_by_one_click(self):
        visit = self.visit.with_env(self.env)
        visit.date_promised = shanghai(2, 15)
        self.visit._write_by_method(
            {"state": "working", "date_authorized": shanghai(2, 8, 40)}
        )
        labour = self.make_product(dealer_hours=1.5)
        order = self.make_order(visit, labour)
        self.assertEqual(order.dealer_proposed_minutes, 90)
        self.assertFalse(order.dealer_extra_minutes, "a proposal changes nothing")
        order.action_take_proposed_minutes()
        self.assertEqual(order.dealer_extra_minutes, 90)
        self.assertEqual(order.dealer_date_promised, shanghai(2, 16, 30))
        order.action_record_consent("phone", "王建国")
        self.assertEqual(self.visit.date_promised, shanghai(2, 16, 30))

    def test_agreed_supplement_is_not_moved_any_more(self):
        self.visit._write_by_method(
            {"state": "working", "date_authorized": shanghai(2, 8, 40)}
        )
        order = self.make_order(self.visit, self.make_product(dealer_hours=1.5))
        order.action_record_consent("phone", "王建国")
        with self.refused(UserError, "has agreed to"):
            order.with_user(self.advisor).action_take_proposed_minutes()
        with self.assertRaises(AccessError):
            order.with_user(self.technician).action_take_proposed_minutes()
