"""A car entered twice becomes one again."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ...common import DealerServiceCase

VIN = "LVVDB11B5RD045678"


class TestVehicleMerge(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vehicle.vin_sn = VIN
        cls.double = cls.make_vehicle(
            license_plate="皖B·A1235", owner_id=False, insurance_expiry="2026-09-01"
        )
        cls.old_visit = cls.make_reception(state="arrived", odometer=10_000)
        cls.new_visit = cls.make_reception(
            vehicle_id=cls.double.id, state="arrived", odometer=12_000
        )
        cls.note = cls.double.message_post(body="Key code 4711")

    def merge(self, **values):
        cars = self.vehicle + self.double
        wizard = self.env["dealer.vehicle.merge"].create(
            {"vehicle_ids": cars.ids, **values}
        )
        wizard.action_merge()

    @users("manager")
    def test_nothing_is_lost_and_the_oldest_card_stays(self):
        self.merge()
        self.assertFalse(self.double.exists())
        self.assertEqual(self.vehicle.reception_ids, self.old_visit + self.new_visit)
        self.assertIn(self.note, self.vehicle.message_ids)
        self.assertEqual(self.vehicle.license_plate, "皖B·A1234")
        self.assertEqual(str(self.vehicle.insurance_expiry), "2026-09-01")
        self.assertEqual(self.vehicle.last_odometer, 12_000)
        self.assertEqual(self.vehicle.owner_id, self.customer)

    @users("manager")
    def test_what_visits_and_jobs_keep_of_the_car_follows(self):
        job = self.make_job(self.new_visit)
        self.merge()
        self.assertEqual(job.vehicle_id, self.vehicle)
        self.assertEqual(self.new_visit.license_plate, "皖B·A1234")
        self.assertEqual(self.new_visit.car_name, "皖B·A1234 Tiggo 8")
        self.env.flush_all()
        found = self.env["dealer.reception"].search([("car_name", "like", "A1235")])
        self.assertFalse(found)

    @users("manager")
    def test_notes_and_followers_of_both_cards_stay(self):
        self.vehicle.description = "<p>Wallbox</p>"
        self.double.description = "<p>Key code 4711</p>"
        both, one = self.advisor.partner_id, self.make_partner(name="Fleet manager")
        (self.vehicle + self.double).message_subscribe(both.ids)
        self.double.message_subscribe(one.ids)
        self.merge()
        self.assertRegex(self.vehicle.description, "Wallbox.*Key code 4711")
        self.assertLessEqual(both + one, self.vehicle.message_partner_ids)

    @users("manager")
    def test_ownership_goes_on_where_the_kept_card_has_no_owner(self):
        self.vehicle.owner_id = False
        self.vehicle.sudo().ownership_ids.unlink()
        self.double.with_context(
            dealer_ownership_date="2024-05-01"
        ).owner_id = self.customer
        before = self.double.ownership_ids
        self.merge()
        self.assertEqual(self.vehicle.owner_id, self.customer)
        self.assertEqual(self.vehicle.ownership_ids, before)
        self.assertFalse(before.date_to)

    @users("manager")
    def test_ownerships_move_and_one_owner_is_present(self):
        buyer = self.make_partner(name="新车主")
        self.double.owner_id = buyer
        self.merge()
        present = self.vehicle.ownership_ids.filtered(lambda row: not row.date_to)
        self.assertEqual(present.partner_id, self.customer)
        self.assertIn(buyer, self.vehicle.ownership_ids.partner_id)

    @users("manager")
    def test_different_vins_have_to_be_confirmed(self):
        self.double.vin_sn = "LVVDB11B5RD045679"
        with self.assertRaises(UserError):
            self.merge()
        self.merge(is_confirmed=True)
        self.assertEqual(self.vehicle.vin_sn, VIN)

    @users("manager")
    def test_archived_double_is_found_by_its_vin(self):
        self.double.action_archive()
        self.double.vin_sn = VIN.lower()
        wizard = (
            self.env["dealer.vehicle.merge"]
            .with_context(active_model="fleet.vehicle", active_ids=self.vehicle.ids)
            .create({})
        )
        self.assertEqual(wizard.vehicle_ids, self.vehicle + self.double)
        self.assertEqual(wizard.vehicle_id, self.vehicle)
        wizard.action_merge()
        self.assertTrue(self.vehicle.active)
        self.assertFalse(self.double.exists())

    @users("advisor")
    def test_advisor_does_not_merge(self):
        with self.assertRaises(AccessError):
            self.merge()

    @users("manager")
    def test_one_car_or_own_fleet_is_refused(self):
        with self.assertRaises(UserError):
            self.merge(vehicle_ids=self.vehicle.ids)
