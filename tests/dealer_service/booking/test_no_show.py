"""Who does not come is proposed, closed by a person, and booked anew."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import users

from .booking_common import BookingCase, shanghai

ACTIVITY = "dealer_service.mail_activity_type_no_show"


class TestNoShow(BookingCase):
    def setUp(self):
        super().setUp()
        self.visit = self.book(
            shanghai(2, 9), advisor_id=self.advisor.id, planned_hours=2.0
        )

    def propose(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "dealer_service.ir_cron_dealer_service_no_show"
            ).method_direct_trigger()

    def overdue(self):
        self.env["dealer.reception"].invalidate_model(["is_overdue"])
        return self.Reception.search(
            [("is_overdue", "=", True), ("company_id", "=", self.company.id)]
        )

    def test_grace_period_passes_to_the_second(self):
        with freeze_time(shanghai(2, 9, 15)):
            self.assertFalse(self.overdue())
            self.assertFalse(self.visit.is_overdue)
        with freeze_time(shanghai(2, 9, 15) + timedelta(seconds=1)):
            self.assertEqual(self.overdue(), self.visit)
            self.assertTrue(self.visit.with_env(self.env).is_overdue)

    def test_grace_period_is_that_of_each_company(self):
        other = self.env["res.company"].create(
            {"name": "Patient Shop", "dealer_grace_minutes": 60}
        )
        other.dealer_calendar_id = self.calendar
        patient = self.make_reception(
            company_id=other.id,
            vehicle_id=False,
            advisor_id=False,
            date_appointment=shanghai(2, 9),
        )
        with freeze_time(shanghai(2, 9, 30)):
            found = self.Reception.search([("is_overdue", "=", True)])
            self.assertIn(self.visit.sudo(), found)
            self.assertNotIn(patient, found)

    def test_late_customer_is_proposed_once_and_never_closed_by_itself(self):
        with freeze_time(shanghai(2, 9, 30)):
            self.propose()
            self.propose()
        activity = self.visit.activity_search([ACTIVITY])
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.advisor)
        self.assertEqual(self.visit.state, "booked")

    def test_proposal_is_in_the_language_of_the_advisor(self):
        self.advisor.write({"lang": "zh_CN", "notification_type": "email"})
        before = self.env["mail.mail"].sudo().search([])
        with freeze_time(shanghai(2, 9, 30)):
            self.propose()
        activity = self.visit.activity_search([ACTIVITY])
        # the mail of Odoo that says so, too
        mail = self.env["mail.mail"].sudo().search([]) - before
        self.assertIn("未到店", mail.subject)
        self.assertNotIn("assigned", mail.subject)
        self.assertIn("未到店", activity.summary)
        self.assertIn("年", activity.note)

    def test_proposal_stays_for_who_is_not_moved_among_others(self):
        other = self.book(shanghai(2, 10), advisor_id=self.advisor2.id)
        with freeze_time(shanghai(2, 9, 30)):
            self.propose()
        visits = self.visit | other
        visits.write({"date_appointment": self.visit.date_appointment})
        self.assertTrue(self.visit.activity_search([ACTIVITY]))
        self.assertTrue(self.visit.date_no_show_proposed)

    def test_proposal_goes_when_the_customer_comes_or_is_moved(self):
        with freeze_time(shanghai(2, 9, 30)):
            self.propose()
            self.visit.action_reschedule(shanghai(2, 15))
            self.assertFalse(self.visit.activity_search([ACTIVITY]))
        with freeze_time(shanghai(2, 15, 30)):
            self.propose()
            self.assertTrue(self.visit.activity_search([ACTIVITY]))
            self.visit.action_arrive()
            self.assertFalse(self.visit.activity_search([ACTIVITY]))

    def test_one_that_fails_does_not_stop_the_others(self):
        second = self.book(shanghai(2, 9), advisor_id=self.advisor2.id)
        original = type(self.visit).activity_schedule

        def fail_for_first(records, *args, **kwargs):
            if records.id == self.visit.id:
                raise ValueError("broken")
            return original(records, *args, **kwargs)

        self.patch(type(self.visit), "activity_schedule", fail_for_first)
        with (
            freeze_time(shanghai(2, 9, 30)),
            self.assertLogs("odoo.addons.dealer_service", "ERROR"),
        ):
            self.propose()
        self.assertTrue(second.activity_search([ACTIVITY]))
        self.assertFalse(self.visit.date_no_show_proposed)

    @users("advisor")
    def test_no_show_waits_for_the_grace_period(self):
        visit = self.visit.with_env(self.env)
        with freeze_time(shanghai(2, 9, 10)):
            with self.assertRaisesRegex(UserError, "09:15"):
                visit.action_no_show()
        with freeze_time(shanghai(2, 9, 20)):
            visit.action_no_show()
        self.assertEqual(visit.state, "no_show")
        self.assertFalse(visit.is_show)

    @users("advisor")
    def test_no_show_frees_slot_and_hours(self):
        self.book(shanghai(2, 10), planned_hours=12.0 - 6.0)
        with freeze_time(shanghai(2, 9, 20)):
            self.visit.with_env(self.env).action_no_show()
        day = self.company._dealer_day(shanghai(2, 9))
        book = self.company._dealer_book(day, day)
        self.assertEqual(book.slots[0].taken, 0)
        self.assertEqual(book.days[0].booked, 6.0)

    @users("advisor")
    def test_no_show_is_booked_anew_with_its_wish_and_linked(self):
        visit = self.visit.with_env(self.env)
        visit.concern_ids = [(0, 0, {"name": "刹车有异响"})]
        with freeze_time(shanghai(2, 9, 20)):
            visit.action_no_show()
            booking = self.env["dealer.booking"].browse(visit.action_rebook()["res_id"])
            self.assertEqual(booking.wish, "刹车有异响")
            self.assertEqual(booking.planned_hours, 2.0)
            booking.date_appointment = shanghai(3, 9)
            new = self.Reception.browse(booking.action_book()["res_id"])
        self.assertEqual(new.rebooked_from_id, visit)
        self.assertEqual(visit.rebooked_to_id, new)
        self.assertEqual(new.vehicle_id, visit.vehicle_id)
        self.assertEqual(visit.action_rebook()["res_id"], new.id)

    @users("advisor")
    def test_open_booking_is_moved_not_booked_anew(self):
        with self.assertRaisesRegex(UserError, "Move the appointment"):
            self.visit.with_env(self.env).action_rebook()

    @users("advisor")
    def test_no_show_who_comes_two_hours_later_is_received(self):
        visit = self.visit.with_env(self.env)
        with freeze_time(shanghai(2, 9, 20)):
            visit.action_no_show()
        with freeze_time(shanghai(2, 11, 20)):
            visit.action_arrive()
        self.assertEqual(visit.state, "arrived")
        self.assertTrue(visit.is_show)
        self.assertEqual(visit.date_arrived, shanghai(2, 11, 20))
