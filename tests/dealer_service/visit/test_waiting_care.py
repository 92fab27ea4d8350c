"""A waiting customer is told in time how far the work is."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...common import DealerServiceCase

NOW = datetime(2026, 3, 2, 2, 0, 0)


class TestWaitingCare(DealerServiceCase):
    def setUp(self):
        super().setUp()
        self.company.dealer_progress_minutes = 60
        with freeze_time(NOW):
            self.reception = self.make_reception(
                state="arrived", is_waiting=True
            ).with_user(self.advisor)

    def test_first_report_is_due_an_interval_after_arrival(self):
        self.assertEqual(self.reception.date_progress_due, NOW + timedelta(minutes=60))

    def test_report_arms_the_next_one(self):
        with freeze_time(NOW + timedelta(minutes=40)):
            self.reception.action_report_progress()
        self.assertEqual(self.reception.date_progress_due, NOW + timedelta(minutes=100))

    def test_report_that_was_not_made_is_due_again(self):
        with freeze_time(NOW + timedelta(minutes=40)):
            self.reception.action_report_progress()
            self.reception.care_ids.unlink()
        self.assertEqual(self.reception.date_progress_due, NOW + timedelta(minutes=60))

    def test_a_drink_is_no_report(self):
        with freeze_time(NOW + timedelta(minutes=40)):
            self.reception.care_ids.create(
                {"reception_id": self.reception.id, "kind": "drink"}
            )
        self.assertEqual(self.reception.date_progress_due, NOW + timedelta(minutes=60))

    def test_due_report_is_found_to_the_second(self):
        domain = [("is_progress_due", "=", True), ("id", "=", self.reception.id)]
        with freeze_time(NOW + timedelta(minutes=60, seconds=-1)):
            self.assertFalse(self.reception.search(domain))
        with freeze_time(NOW + timedelta(minutes=60)):
            self.reception.invalidate_recordset()
            self.assertTrue(self.reception.search(domain))
            self.assertTrue(self.reception.is_progress_due)

    def test_customer_who_leaves_is_not_reported_to(self):
        with freeze_time(NOW + timedelta(minutes=59)):
            self.reception.is_waiting = False
        self.assertFalse(self.reception.date_progress_due)
        with self.assertRaises(UserError):
            self.reception.action_report_progress()

    def test_care_is_entered_by_whoever_gives_it_at_the_moment(self):
        colleague = self.make_user("colleague", "user")
        for name, values in {
            "colleague": {"user_id": colleague.id},
            "past": {"date": NOW - timedelta(hours=1)},
            "future": {"date": NOW + timedelta(hours=1)},
        }.items():
            with self.subTest(name), freeze_time(NOW), self.assertRaises(AccessError):
                self.care(self.advisor, **values)
        with freeze_time(NOW):
            care = self.care(self.advisor)
        with freeze_time(NOW + timedelta(hours=2)):
            for values in (
                {"date": NOW + timedelta(hours=1)},
                {"user_id": colleague.id},
                {"reception_id": self.make_reception().id},
            ):
                with self.subTest(values), self.assertRaises(AccessError):
                    care.write(values)
            care.write({"note": "Tea"})
        self.assertEqual((care.date, care.user_id), (NOW, self.advisor))

    def test_what_a_colleague_did_is_not_removed_or_renamed(self):
        colleague = self.make_user("colleague", "user")
        with freeze_time(NOW):
            theirs = self.care(colleague, note="茶")
            mine = self.care(self.advisor)
            asked = self.care(self.advisor, kind="workshop_visit", is_done=False)
            for change in (
                theirs.with_user(self.advisor).unlink,
                lambda: theirs.with_user(self.advisor).write({"kind": "drink"}),
                lambda: theirs.with_user(self.advisor).write({"note": "x"}),
            ):
                with self.assertRaisesRegex(AccessError, "by whoever did it"):
                    change()
        with freeze_time(NOW + timedelta(hours=2)):
            for change in (
                mine.unlink,
                lambda: mine.write({"kind": "drink"}),
                asked.unlink,
            ):
                with self.assertRaisesRegex(AccessError, "by whoever did it"):
                    change()
            theirs.with_user(self.manager).unlink()
        self.assertIn(
            colleague.name, str(self.reception.sudo().message_ids.mapped("body"))
        )

    def test_second_person_enters_what_was_forgotten_and_says_why(self):
        values = {"user_id": self.advisor.id, "date": NOW - timedelta(hours=1)}
        with freeze_time(NOW):
            with self.assertRaises(UserError):
                self.care(self.manager, **values)
            care = self.care(self.manager, **values, note="He had no tablet")
            self.assertEqual(care.user_id, self.advisor)
            self.reception.sudo().advisor_id = self.manager
            with self.assertRaises(AccessError):
                self.care(self.manager, **values, note="I had no tablet")

    def test_what_was_planned_is_done_when_somebody_says_so(self):
        with freeze_time(NOW):
            care = self.care(self.manager, is_done=False)
        later = NOW + timedelta(minutes=45)
        with freeze_time(later):
            care.with_user(self.advisor).is_done = True
        self.assertEqual((care.date, care.user_id), (later, self.advisor))

    def care(self, user, **values):
        cares = self.env["dealer.waiting.care"].with_user(user)
        return cares.create({"reception_id": self.reception.id, **values})

    def test_care_of_another_company_is_invisible(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        reception = self.make_reception(
            state="arrived", company_id=other.id, advisor_id=False
        )
        care = self.env["dealer.waiting.care"].create({"reception_id": reception.id})
        found = care.with_user(self.advisor).search([])
        self.assertNotIn(care, found)
