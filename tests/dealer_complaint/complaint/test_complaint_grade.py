"""How grave a complaint is: by its facts, by others like it, by a manager."""

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from ...complaint_common import DealerComplaintCase, cn


class TestComplaintGrade(DealerComplaintCase):
    def test_facts_raise_the_grade(self):
        safety = self.env.ref("dealer_complaint.complaint_category_brakes")
        for values, grade in (
            ({}, "general"),
            ({"is_safety": True}, "major"),
            ({"category_id": safety.id}, "major"),
            ({"source": "12315"}, "major"),
            ({"source": "media"}, "major"),
            ({"source": "12365auto"}, "escalated"),
        ):
            with self.subTest(values):
                customer = self.make_partner(name=str(values))
                complaint = self.make_complaint(partner_id=customer.id, **values)
                self.assertEqual(complaint.grade, grade)

    def test_second_complaint_within_the_days_is_escalated(self):
        self.company.dealer_complaint_repeat_days = 30
        now = fields.Datetime.now()
        for days, grade in ((31, "general"), (30, "escalated")):
            with self.subTest(days):
                customer = self.make_partner(name=str(days))
                first = self.make_complaint(
                    partner_id=customer.id, date_received=now - timedelta(days=days)
                )
                second = self.make_complaint(partner_id=customer.id, date_received=now)
                self.assertEqual((first.grade, second.grade), ("general", grade))

    def test_second_car_of_a_company_is_no_repeat(self):
        fleet = self.make_partner(name="芜湖物流", is_company=True)
        driver = self.make_partner(name="司机", parent_id=fleet.id)
        for partner in (fleet, driver):
            with self.subTest(partner.name):
                one, two = (
                    self.make_vehicle(license_plate=f"皖B·{letter}{partner.id}")
                    for letter in "FG"
                )
                first, second, again, general = (
                    self.make_complaint(partner_id=partner.id, vehicle_id=car)
                    for car in (one.id, two.id, one.id, False)
                )
                self.env.flush_all()
                report = self.env["dealer.complaint.report"]
                for complaint, is_repeat in (
                    (first, False),
                    (second, False),
                    (again, True),
                    (general, False),
                ):
                    grade = "escalated" if is_repeat else "general"
                    self.assertEqual(complaint.grade, grade)
                    self.assertEqual(
                        report.browse(complaint.id).repeats, int(is_repeat)
                    )

    def test_same_car_of_another_customer_is_a_repeat_too(self):
        self.make_complaint(vehicle_id=self.vehicle.id)
        second = self.make_complaint(
            vehicle_id=self.vehicle.id, partner_id=self.make_partner().id
        )
        self.assertEqual(second.grade, "escalated")

    def test_third_of_a_kind_on_one_model_is_escalated(self):
        category = self.env.ref("dealer_complaint.complaint_category_gearbox")
        grades = [
            self.make_complaint(
                partner_id=self.make_partner(name=plate).id,
                vehicle_id=self.make_vehicle(license_plate=plate).id,
                category_id=category.id,
            ).grade
            for plate in ("皖B·C1111", "皖B·C2222", "皖B·C3333")
        ]
        self.assertEqual(grades, ["general", "general", "escalated"])

    def test_lowering_a_grade_needs_a_manager_and_a_reason(self):
        complaint = self.make_complaint(grade="major")
        with self.assertRaises(AccessError):
            complaint.with_user(self.officer).action_lower_grade("general", "calm")
        with self.assertRaises(UserError):
            complaint.with_user(self.complaint_manager).action_lower_grade(
                "general", " "
            )
        complaint.with_user(self.complaint_manager).action_lower_grade(
            "general", "calm"
        )
        self.assertEqual(complaint.grade, "general")
        with self.assertRaises(UserError):
            self.make_complaint(grade="major").action_raise_grade("general")

    def test_similar_complaints_escalate_when_they_are_near_each_other(self):
        category = self.env.ref("dealer_complaint.complaint_category_gearbox")
        for months, grade in (((1, 6, 12), "general"), ((7, 8, 9), "escalated")):
            model = self.model.copy({"name": str(months)})
            # in one call, as an import does
            complaints = self.env["dealer.complaint"].create(
                [
                    {
                        "subject": "Jerks",
                        "partner_id": self.make_partner().id,
                        "category_id": category.id,
                        "model_id": model.id,
                        "date_received": cn(date(2025, month, 1), 9),
                    }
                    for month in months
                ]
            )
            with self.subTest(months):
                self.assertEqual(set(complaints.mapped("grade")), {grade})
