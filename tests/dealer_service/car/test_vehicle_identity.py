"""What a customer's car is, and which other car it is not."""

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users
from odoo.tools import mute_logger

from ...common import DealerServiceCase
from ...signature import SIGNATURE


class TestVehicleIdentity(DealerServiceCase):
    @users("advisor")
    def test_duplicate_plate_names_the_other_car(self):
        with self.assertRaises(ValidationError) as refusal:
            self.make_vehicle(license_plate="皖b a1234")
        self.assertRegex(str(refusal.exception), "(?s)皖BA1234.*王建国.*merged")

    @users("advisor")
    def test_duplicate_vin_is_refused(self):
        self.vehicle.vin_sn = "LVVDB11B5RD045678"
        with self.assertRaises(ValidationError) as refusal:
            self.make_vehicle(license_plate="皖B·1", vin_sn="lvvdb11b5rd045678")
        self.assertIn("VIN of another car", str(refusal.exception))

    @users("advisor")
    def test_visit_shows_plate_and_model_of_its_car(self):
        visit = self.make_reception()
        self.assertEqual(visit.car_name, "皖B·A1234 Tiggo 8")
        self.vehicle.with_env(self.env).license_plate = "皖B·B4321"
        self.assertEqual(visit.car_name, "皖B·B4321 Tiggo 8")
        without_plate = self.make_vehicle(
            license_plate=False, vin_sn="LVVDB11B5RD045678"
        )
        visit.vehicle_id = without_plate
        self.assertEqual(visit.car_name, "LVVDB11B5RD045678 Tiggo 8")

    def test_car_of_a_visit_that_was_agreed_to_is_a_managers_to_correct(self):
        other = self.make_vehicle(license_plate="皖B·00002")
        visit = self.make_reception(state="arrived", odometer=100)
        mine = visit.with_user(self.advisor)
        mine.vehicle_id = other
        mine.vehicle_id = self.vehicle
        visit.inspection_id.action_sign(SIGNATURE, "王建国")
        with self.assertRaisesRegex(
            AccessError, "“Car” is settled. Only a service man"
        ):
            mine.vehicle_id = other
        mine.write({"vehicle_id": self.vehicle.id, "fuel_level": 0})
        visit.with_user(self.manager).write(
            {"vehicle_id": other.id, "correction_reason": "Wrong car picked"}
        )
        self.bring_to(visit, "settled")
        with self.assertRaisesRegex(UserError, "history of its car"):
            visit.with_user(self.manager).write(
                {"vehicle_id": self.vehicle.id, "correction_reason": "Back again"}
            )

    def test_car_in_the_house_is_found_until_it_has_left(self):
        self.vehicle.vin_sn = "LVVDB11B5RD045678"
        mine = self.vehicle.with_user(self.advisor)
        visit = self.make_reception(state="arrived")
        for user in (self.advisor, self.manager):
            for name in ("license_plate", "vin_sn"):
                with self.assertRaisesRegex(UserError, visit.name):
                    self.vehicle.with_user(user)[name] = False
            with self.assertRaisesRegex(UserError, "still in the workshop"):
                self.customer.with_user(user).active = False
        mine.license_plate = "皖B·B4321"
        visit._write_by_method({"state": "delivered"})
        mine.license_plate = False
        self.customer.with_user(self.advisor).active = False
        self.assertFalse(self.customer.active)

    def test_duplicate_in_one_batch_is_refused(self):
        car = {
            "is_customer_vehicle": True,
            "model_id": self.model.id,
            "license_plate": "皖B·77777",
        }
        with self.assertRaises(ValidationError):
            self.env["fleet.vehicle"].create([car, dict(car)])

    @mute_logger("odoo.sql_db")
    def test_database_has_the_last_word(self):
        other = self.make_vehicle(license_plate="皖B·2")
        self.env.flush_all()
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env.cr.execute(
                "UPDATE fleet_vehicle SET plate_key = 'x' WHERE id IN %s",
                (tuple((self.vehicle + other).ids),),
            )

    def test_archived_car_frees_its_plate_until_it_comes_back(self):
        self.vehicle.action_archive()
        self.make_vehicle(license_plate="皖B·A1234")
        with self.assertRaises(ValidationError):
            self.vehicle.action_unarchive()

    def test_cars_without_plate_do_not_collide(self):
        self.make_vehicle(license_plate=False)
        for text in ("无牌", "临时牌照", "临时牌照", "待上牌", "待上牌"):
            self.make_vehicle(license_plate=text)

    @users("advisor")
    def test_plate_is_kept_as_it_is_on_the_car_however_it_came(self):
        car = self.make_vehicle(license_plate=" 皖ｂ a5678 ")
        self.assertEqual(car.license_plate, "皖B·A5678")
        car.license_plate = "皖ad12345"
        self.assertEqual(car.license_plate, "皖A·D12345")
        car.license_plate = "HH ab 123"
        self.assertEqual(car.license_plate, "HH ab 123")

    def test_own_fleet_may_share_a_plate(self):
        self.env["fleet.vehicle"].create(
            {
                "is_customer_vehicle": False,
                "model_id": self.model.id,
                "license_plate": "皖B·A1234",
            }
        )

    def test_vin_and_plate_only_warn(self):
        car = self.make_vehicle(license_plate="TEMP 1", vin_sn="LVVDB11B0RD04567I")
        self.assertTrue(car.plate_warning)
        self.assertIn("I, O or Q", car.vin_warning)
        car.write({"license_plate": "皖A·D12345", "vin_sn": "1M8GDM9AXKP042788"})
        self.assertFalse(car.plate_warning)
        self.assertFalse(car.vin_warning)

    @users("advisor")
    def test_presets_of_the_fleet_do_not_fit_customers(self):
        car = self.env["fleet.vehicle"].create(
            {"model_id": self.model.id, "license_plate": "皖B·3"}
        )
        self.assertTrue(car.is_customer_vehicle)
        for name in ("acquisition_date", "contract_date_start", "state_id"):
            self.assertFalse(car[name], name)
        self.assertFalse(car.company_id)
        self.assertFalse(car.driver_id)

    def test_presets_of_the_own_fleet_stay(self):
        car = self.env["fleet.vehicle"].create(
            {"is_customer_vehicle": False, "model_id": self.model.id}
        )
        self.assertTrue(car.acquisition_date)
        self.assertEqual(car.company_id, self.env.company)

    def test_customers_car_is_called_by_its_plate(self):
        self.assertEqual(self.vehicle.display_name, "皖B·A1234 Tiggo 8")
        named = self.vehicle.with_context(dealer_show_owner=True)
        self.assertEqual(named.display_name, "皖B·A1234 Tiggo 8 – 王建国")

    def test_phone_is_kept_in_its_international_form(self):
        cases = {
            "138 0553 1234": "+8613805531234",
            "+86 138-0553-1234": "+8613805531234",
            "0553-3112233": "+865533112233",
            "+49 30 901820": "+4930901820",
            "13805531234（李先生）": "+8613805531234",
            "手机 13805531234 / 0553-3112233": "+8613805531234",
            "12": "12",
            "": False,
        }
        partner = self.make_partner(country_id=self.env.ref("base.cn").id)
        for phone, key in cases.items():
            partner.phone = phone
            with self.subTest(phone=phone):
                self.assertEqual(partner.phone_key, key)

    def test_new_number_clears_the_wrong_number_flag(self):
        self.customer.is_phone_wrong = True
        self.customer.phone = "13900000000"
        self.assertFalse(self.customer.is_phone_wrong)

    def test_visit_of_the_former_owner_does_not_tell_the_new_plate(self):
        """The car is sold while it is in the shop."""
        visit = self.make_reception(state="arrived")
        came_with = visit.license_plate
        buyer = self.make_partner(name="李秀英", phone="139 0553 0003")
        self.vehicle.write({"owner_id": buyer.id, "license_plate": "皖B·S0LD1"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(visit.license_plate, came_with)
        self.assertIn(came_with, visit.car_name)
        self.assertIn(came_with, visit.display_name)
        # of the present owner the visit follows a plate that is corrected
        again = self.make_reception(partner_id=buyer.id, state="arrived")
        self.vehicle.license_plate = "皖B·S0LD2"
        self.assertEqual(again.license_plate, "皖B·S0LD2")
        self.assertEqual(visit.license_plate, came_with)
