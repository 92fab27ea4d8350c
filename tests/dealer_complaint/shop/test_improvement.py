"""Complaints that are to become fewer, and contacts within their limit."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...complaint_common import DealerComplaintCase, cn


class TestComplaintImprovement(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Improvement = cls.env["dealer.improvement"]
        categories = cls.env["dealer.complaint.category"]
        cls.waiting = categories.create({"name": "Waiting"})
        cls.parts = categories.create(
            {"name": "For parts", "parent_id": cls.waiting.id}
        )
        cls.noise = categories.create({"name": "Noise of the test"})
        for number in range(5):
            car = cls.make_vehicle(license_plate=f"皖B·M000{number}")
            cls.make_reception(
                state="arrived",
                vehicle_id=car.id,
                date_arrived=datetime(2026, 3, 3 + number, 1),
            )
        for day, category, cause in (
            (2, cls.parts, "dealer_service"),
            (3, cls.waiting, "product"),
            (4, cls.noise, "product"),
        ):
            with freeze_time(cn(day, 9)):
                complaint = cls.make_complaint(category_id=category.id, cause=cause)
            if day == 2:
                with freeze_time(cn(day, 10)):
                    cls.make_contact(complaint)
        with freeze_time(cn(5, 9)):
            cls.make_complaint(category_id=cls.parts.id).action_cancel()

    def sample(self, subject, **values):
        improvement = self.Improvement.create(
            {"subject": subject, "picked_from": "2026-08-01", **values}
        )
        return improvement._sample(date(2026, 3, 1), date(2026, 3, 31))

    def by_hand(self, condition):
        self.env.flush_all()
        [(complaints,)] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FROM dealer_complaint WHERE company_id = %s
                AND date_received BETWEEN '2026-02-28 16:00' AND '2026-03-31 15:59:59'
                AND state NOT IN ('cancelled', 'merged') AND %s""",
                self.company.id,
                condition,
            )
        )
        [(cars,)] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FROM dealer_reception WHERE company_id = %s
                AND date_arrived BETWEEN '2026-02-28 16:00'
                    AND '2026-03-31 15:59:59'""",
                self.company.id,
            )
        )
        return complaints, cars

    def test_complaints_of_a_category_or_a_cause_of_the_cars_received(self):
        for values, condition, count in (
            (
                {"category_id": self.waiting.id},
                SQL("category_id IN %s", (self.waiting.id, self.parts.id)),
                2,
            ),
            ({"complaint_cause": "product"}, SQL("cause = 'product'"), 2),
            (
                {"complaint_cause": "product", "category_id": self.noise.id},
                SQL("cause = 'product' AND category_id = %s", self.noise.id),
                1,
            ),
        ):
            sample = self.sample("complaints", **values)
            complaints, cars = self.by_hand(condition)
            self.assertEqual((complaints, cars), (count, 5))
            self.assertEqual(sample.count, cars)
            self.assertAlmostEqual(sample.mean, 100 * complaints / cars)

    def test_contact_within_the_limit_is_what_the_time_limits_say(self):
        sample = self.sample("contact")
        [(met, count)] = self.env["dealer.sla.report"]._read_group(
            [
                ("metric", "=", "contact"),
                ("outcome", "in", ("met", "missed")),
                ("date_start", ">=", "2026-02-28 16:00:00"),
                ("date_start", "<", "2026-03-31 16:00:00"),
                ("company_id", "=", self.company.id),
            ],
            [],
            ["met:sum", "__count"],
        )
        self.assertEqual((sample.count, count, met), (3, 3, 1))
        self.assertAlmostEqual(sample.mean, 100 * met / count)

    def test_the_most_frequent_category_is_one_click_away(self):
        with freeze_time(cn(2, 15)):
            self.make_complaint(category_id=self.parts.id)
        with freeze_time(cn(20, 9)):
            report = self.env["dealer.complaint.report"]
            action = report.with_user(
                self.complaint_manager
            ).action_propose_improvement(
                [("date_received", ">=", "2026-02-28 16:00:00")]
            )
            context = action["context"]
            self.assertEqual(context["default_subject"], "complaints")
            self.assertEqual(context["default_category_id"], self.parts.id)
            self.assertEqual(context["default_picked_from"], date(2026, 3, 2))
            with self.assertRaises(AccessError):
                report.with_user(self.officer).action_propose_improvement()

    def test_a_complaint_manager_carries_one_out(self):
        with freeze_time(cn(20, 9)):
            improvement = self.Improvement.with_user(self.complaint_manager).create(
                {
                    "subject": "complaints",
                    "category_id": self.noise.id,
                    "target_value": 5.0,
                    "date_until": "2026-09-30",
                    "change_kind": "training",
                    "change_text": "Listen on a test drive before the estimate.",
                }
            )
            improvement.action_agree()
            improvement.action_start()
            action = improvement.action_drop()
        self.assertEqual(improvement.state, "running")
        self.assertEqual(action["res_model"], "dealer.reason.wizard")
        self.assertTrue(improvement.with_user(self.officer).name)
        self.assertFalse(improvement.with_user(self.officer).has_access("write"))
