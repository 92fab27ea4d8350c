"""Who is dissatisfied about the same car again is no longer only dissatisfied."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint_import import (
    OF_THE_PAST,
)

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestDissatisfiedAgain(DealerComplaintCase):
    def dissatisfied(self, days_ago=0, **values):
        return self.make_complaint(
            **{
                "level": "dissatisfaction",
                "vehicle_id": self.vehicle.id,
                "date_received": fields.Datetime.now() - timedelta(days=days_ago),
                **values,
            }
        )

    def test_second_dissatisfaction_of_a_car_raises_itself_and_says_why(self):
        first = self.dissatisfied(89)
        second = self.dissatisfied()
        self.assertEqual(first.level, "dissatisfaction")
        self.assertEqual(second.level, "grievance")
        self.assertIn(first.name, "".join(second.message_ids.mapped("body")))

    def test_a_third_one_rises_no_higher(self):
        self.dissatisfied(20)
        self.dissatisfied(10)
        self.assertEqual(self.dissatisfied().level, "grievance")

    def test_long_ago_another_car_or_a_mistake_does_not_count(self):
        # the second one, of yesterday, is the one that looks back
        self.dissatisfied(92)
        self.assertEqual(self.dissatisfied(1).level, "dissatisfaction")
        other = self.make_vehicle(license_plate="皖B·A9191")
        self.assertEqual(
            self.dissatisfied(vehicle_id=other.id).level, "dissatisfaction"
        )
        third = self.make_vehicle(license_plate="皖B·A9292")
        mistake = self.dissatisfied(5, vehicle_id=third.id)
        mistake.with_user(self.officer).action_cancel("Of another car")
        self.assertEqual(
            self.dissatisfied(vehicle_id=third.id).level, "dissatisfaction"
        )

    def test_a_shop_that_wants_none_has_none(self):
        self.company.dealer_dissatisfaction_days = 0
        self.dissatisfied(1)
        self.assertEqual(self.dissatisfied().level, "dissatisfaction")

    def test_car_that_becomes_known_later_counts_then(self):
        self.dissatisfied(3)
        later = self.dissatisfied(vehicle_id=False)
        self.assertEqual(later.level, "dissatisfaction")
        later.with_user(self.handler).vehicle_id = self.vehicle
        self.assertEqual(later.level, "grievance")

    def test_past_that_is_imported_stays_as_it_was(self):
        self.dissatisfied(40)
        desk = self.env["dealer.complaint"].with_context(
            import_file=True, dealer_complaint_of_the_past=OF_THE_PAST
        )
        past = desk.create(
            {
                "subject": "As it was",
                "level": "dissatisfaction",
                "partner_id": self.customer.id,
                "vehicle_id": self.vehicle.id,
                "date_received": fields.Datetime.now() - timedelta(days=35),
            }
        )
        self.assertTrue(past.date_imported)
        self.assertEqual(past.level, "dissatisfaction")

    @freeze_time(cn(2, 9))
    def test_smaller_matters_are_carried_out_sooner(self):
        deadlines = []
        for level in ("dissatisfaction", "grievance", "complaint"):
            complaint = self.make_complaint(level=level).with_user(self.handler)
            complaint.action_investigate()
            complaint.write({**WORDS, "decision_answer": "accepted"})
            complaint.action_propose()
            self.make_contact(complaint, kind="decision")
            deadlines.append(self.timer(complaint, "remedy").date_deadline)
        self.assertEqual(sorted(set(deadlines)), deadlines)
        self.assertEqual(len(set(deadlines)), 3)
