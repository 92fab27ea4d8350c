"""A car entered twice becomes one again."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ..common import DealerServiceCase

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
