"""A car that comes back inside the repair warranty."""

from datetime import datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, users

from ..workshop.workshop_case import WorkshopCase

DELIVERED = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestComeback(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brakes = cls.env.ref("dealer_service.dealer_vehicle_system_brakes")
        cls.engine = cls.env.ref("dealer_service.dealer_vehicle_system_engine")
        cls.minor = cls.env.ref("dealer_service.dealer_repair_warranty_minor")
        cls.overhaul = cls.env.ref("dealer_service.dealer_repair_warranty_overhaul")
        cls.former = cls.make_visit(odometer=20_000, date_arrived=DELIVERED)
        cls.job = cls.make_job(
            cls.former, system_id=cls.brakes.id, warranty_id=cls.minor.id
        )
        cls.job._write_by_method({"state": "done"})
        cls.deliver(cls.former)

    @classmethod
    def deliver(cls, reception, date=DELIVERED):
        reception._write_by_method({"state": "delivered", "date_delivered": date})

    def come_back(self, days=5, km=500, system=None, **values):
        return self.make_reception(
            state="arrived",
            date_arrived=DELIVERED + timedelta(days=days),
            odometer=20_000 + km,
            concern_ids=[
                (
                    0,
                    0,
                    {
                        "name": "It squeals again",
                        "system_id": (system or self.brakes).id,
                    },
                )
            ],
            **values,
        )

    # -- proposed

    def test_same_system_inside_the_warranty_is_proposed(self):
        reception = self.come_back()
        self.assertEqual(reception.comeback_candidate_id, self.former)
        self.assertTrue(reception.is_comeback_proposed)
        self.assertFalse(reception.is_comeback, "the advisor decides")

    def test_proposed_when_the_concern_is_entered_later(self):
        reception = self.make_reception(
            state="arrived", date_arrived=DELIVERED + timedelta(days=1), odometer=20_100
        )
        self.assertFalse(reception.comeback_candidate_id)
        reception.concern_ids = [
            (0, 0, {"name": "Squeals", "system_id": self.brakes.id})
        ]
        self.assertEqual(reception.comeback_candidate_id, self.former)

    def test_other_system_is_another_trouble(self):
        self.assertFalse(self.come_back(system=self.engine).comeback_candidate_id)

    def test_other_car_is_another_trouble(self):
        other = self.make_vehicle(license_plate="皖B·B2222")
        self.assertFalse(self.come_back(vehicle_id=other.id).comeback_candidate_id)

    def test_last_day_and_last_kilometre_are_still_covered(self):
        self.assertTrue(self.come_back(days=10, km=2000).comeback_candidate_id)

    def test_one_day_too_late_is_not_covered(self):
        self.assertFalse(self.come_back(days=11, km=0).comeback_candidate_id)

    def test_one_kilometre_too_far_is_not_covered(self):
        self.assertFalse(self.come_back(days=0, km=2001).comeback_candidate_id)

    def test_days_are_counted_by_the_calendar_of_the_shop(self):
        late_evening = DELIVERED + timedelta(days=10, hours=6, minutes=59)
        reception = self.come_back()
        reception.write({"date_arrived": late_evening})  # 23:59 of the tenth day
        self.assertTrue(reception.comeback_candidate_id)
        reception.write({"date_arrived": late_evening + timedelta(minutes=1)})
        self.assertFalse(reception.comeback_candidate_id)

    def test_kind_of_work_gives_the_limits(self):
        self.job.warranty_id = self.overhaul
        self.assertTrue(self.come_back(days=100, km=20_000).comeback_candidate_id)
        self.assertFalse(self.come_back(days=101, km=0).comeback_candidate_id)

    def test_limits_are_configurable(self):
        self.minor.days = 20
        self.assertTrue(self.come_back(days=15).comeback_candidate_id)

    def test_work_of_unknown_kind_has_the_default_warranty(self):
        self.job.warranty_id = False
        self.assertTrue(self.come_back(days=10).comeback_candidate_id)
        self.assertFalse(self.come_back(days=11).comeback_candidate_id)

    def test_unknown_or_lower_odometer_excludes_nothing(self):
        self.assertTrue(self.come_back(km=-20_000).comeback_candidate_id)
        self.assertTrue(self.come_back(km=-500).comeback_candidate_id)

    def test_kilometres_of_a_replaced_instrument_count(self):
        self.env["dealer.odometer.reading"].create(
            {
                "vehicle_id": self.vehicle.id,
                "kind": "swap",
                "date": DELIVERED.date() + timedelta(days=1),
                "value": 0,
                "offset": 20_000,
            }
        )
        # the new instrument shows 2,000 km, and then 2,100 km
        self.assertTrue(self.come_back(km=-18_000).comeback_candidate_id)
        self.assertFalse(self.come_back(km=-17_900).comeback_candidate_id)

    def test_visit_that_was_not_delivered_is_not_a_former_repair(self):
        self.former._write_by_method({"state": "ready", "date_delivered": False})
        self.assertFalse(self.come_back().comeback_candidate_id)

    def test_booking_is_measured_by_its_slot(self):
        reception = self.make_reception(
            date_appointment=DELIVERED + timedelta(days=3),
            concern_ids=[(0, 0, {"name": "Squeals", "system_id": self.brakes.id})],
        )
        self.assertEqual(reception.comeback_candidate_id, self.former)

    # -- decided

    @users("advisor")
    def test_advisor_confirms_and_is_recorded(self):
        reception = self.come_back().with_env(self.env)
        reception.action_confirm_comeback()
        self.assertTrue(reception.is_comeback)
        self.assertEqual(reception.comeback_of_id, self.former)
        self.assertEqual(reception.comeback_decision, "confirmed")
        self.assertEqual(reception.comeback_user_id, self.advisor)
        self.assertTrue(reception.comeback_date)
        self.assertFalse(reception.is_comeback_proposed)

    @users("advisor")
    def test_rejected_comeback_is_not_proposed_again(self):
        reception = self.come_back().with_env(self.env)
        reception.action_reject_comeback()
        self.assertFalse(reception.is_comeback)
        self.assertEqual(reception.comeback_decision, "rejected")
        reception.odometer += 1
        self.assertFalse(reception.is_comeback_proposed)

    @users("advisor")
    def test_decision_cannot_be_written(self):
        reception = self.come_back().with_env(self.env)
        with self.assertRaisesRegex(
            UserError,
            "is recorded by the process and cannot be changed by hand. Use the buttons",
        ):
            reception.comeback_decision = "confirmed"

    @users("advisor")
    def test_nothing_to_decide_without_a_candidate(self):
        reception = self.come_back(system=self.engine).with_env(self.env)
        with self.assertRaisesRegex(UserError, "no comeback to decide"):
            reception.action_confirm_comeback()

    # -- second failure

    def second_visit(self):
        second = self.come_back(days=5)
        second.action_confirm_comeback()
        self.deliver(second, DELIVERED + timedelta(days=6))
        return second

    def test_first_comeback_is_not_the_second_failure(self):
        self.assertFalse(self.second_visit().is_second_failure)

    def test_second_failed_repair_of_the_same_fault_is_flagged(self):
        second = self.second_visit()
        third = self.come_back(days=9)
        self.assertEqual(third.comeback_candidate_id, second)
        self.assertFalse(third.is_second_failure, "not confirmed yet")
        third.action_confirm_comeback()
        self.assertTrue(third.is_second_failure)

    def test_visit_names_what_it_came_back_as(self):
        self.assertFalse(self.former.comeback_ids)
        second = self.second_visit()
        self.assertEqual(self.former.comeback_ids, second)
        self.assertFalse(second.comeback_ids)

    def test_corrected_system_of_the_earlier_visit_decides_anew(self):
        second = self.second_visit()
        third = self.come_back(days=9)
        third.action_confirm_comeback()
        self.env.flush_all()
        self.env.invalidate_all()
        second.concern_ids.system_id = self.engine
        self.assertFalse(third.is_second_failure)

    def test_comeback_of_a_comeback_for_another_fault_is_not_flagged(self):
        second = self.second_visit()
        third = self.come_back(days=9, system=self.engine)
        third.write({"is_comeback": True, "comeback_of_id": second.id})
        self.assertFalse(third.is_second_failure)

    def test_comeback_is_about_a_visit_of_the_same_car(self):
        car = self.make_vehicle(license_plate="皖B·00009")
        other = self.make_reception(vehicle_id=car.id)
        visit = self.make_reception()
        for wrong in (other, visit):
            with (
                self.subTest(wrong.name),
                self.assertRaisesRegex(
                    ValidationError, "earlier visit of the same car"
                ),
            ):
                visit.comeback_of_id = wrong
