"""Files that come once more: who is on record is added to, and comes no second time."""

import doctest
from datetime import date

from odoo.tests import users

from odoo.addons.dealer_service.tools.files import known

from .test_vehicle_import import VehicleImportCase

CAR = {
    "Brand Name": "Chery",
    "Model Name": "Tiggo 8",
    "License Plate": "皖b.a1234",
    "Owner Name": "王 建国",
    "Owner Phone": "138 0553 1234",
}


def test_doctests():
    assert not doctest.testmod(known).failed


class TestCarsKnown(VehicleImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vehicle.write({"color": "White", "inspection_expiry": "2027-05-01"})

    def counts(self):
        models = ("fleet.vehicle", "res.partner", "fleet.vehicle.model")
        return [self.env[name].sudo().search_count([]) for name in models]

    @users("advisor")
    def test_car_is_known_by_its_plate(self):
        before = self.counts()
        result = self.import_cars({**CAR, "Insurance Expiry": "2026-09-30"})
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"], self.vehicle.ids)
        self.assertEqual(self.counts(), before)
        self.assertEqual(self.vehicle.insurance_expiry, date(2026, 9, 30))
        # a cell that is empty says nothing
        self.assertEqual(self.vehicle.color, "White")
        self.assertEqual(self.vehicle.inspection_expiry, date(2027, 5, 1))

    @users("advisor")
    def test_car_is_known_by_its_vin_and_has_a_new_plate(self):
        self.vehicle.sudo().vin_sn = "LVVDB11B4RD000001"
        result = self.import_cars(
            {
                "Chassis Number": "lvvdb11b4rd000001",
                "License Plate": "皖B·N0001",
                "Insurance Expiry": "2026-09-30",
            }
        )
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"], self.vehicle.ids)
        self.assertEqual(self.vehicle.plate_key, "皖BN0001")

    @users("advisor")
    def test_known_and_new_cars_come_in_one_file(self):
        new = {**CAR, "License Plate": "皖B·N0002"}
        result = self.import_cars(new, CAR)
        self.assertFalse(result["messages"])
        first, second = self.env["fleet.vehicle"].browse(result["ids"])
        self.assertEqual(second, self.vehicle)
        self.assertEqual(first.owner_id, self.customer)

    @users("advisor")
    def test_row_that_may_mean_another_car_is_refused(self):
        self.vehicle.sudo().vin_sn = "LVVDB11B4RD000001"
        cases = {
            "another owner": {"Owner Name": "李四", "Owner Phone": "13900000009"},
            "another phone": {"Owner Name": "", "Owner Phone": "13900000009"},
            "another VIN": {"Chassis Number": "LVVDB11B4RD000002"},
            "another model": {"Model Name": "QQ"},
        }
        for words, values in cases.items():
            with self.subTest(words):
                result = self.import_cars({**CAR, **values})
                self.assertFalse(result["ids"])
                told = result["messages"][0]["message"]
                self.assertIn("is already the plate of another car", told)
        self.assertEqual(self.vehicle.owner_id, self.customer)

    @users("advisor")
    def test_new_number_of_the_owner_is_his_new_one(self):
        result = self.import_cars({**CAR, "Owner Phone": "13900000007"})
        self.assertFalse(result["messages"])
        self.assertEqual(self.vehicle.owner_id, self.customer)
        self.assertEqual(self.customer.phone_key, "+8613900000007")


class TestCustomersKnown(VehicleImportCase):
    def load(self, *rows):
        headings = ["Name", "Phone", "Street", "Favourite Drink"]
        self.env = self.env(context={**self.env.context, "dealer_customers": True})
        _matched, result = self.run_import(headings, rows, "res.partner")
        self.assertFalse(result["messages"])
        self.env.invalidate_all()
        return self.env["res.partner"].browse(result["ids"])

    @users("advisor")
    def test_customer_is_known_by_name_and_phone(self):
        self.customer.sudo().drink = "绿茶"
        found = self.load(["王 建国", "+86 138-0553-1234", "中山路1号", ""])
        self.assertEqual(found, self.customer)
        self.assertEqual((found.street, found.drink), ("中山路1号", "绿茶"))

    @users("advisor")
    def test_rows_of_one_customer_are_one(self):
        one, two, other = self.load(
            ["赵敏", "13911112222", "", "咖啡"],
            ["赵　敏", "139 1111 2222", "北京路2号", "茶"],
            ["赵敏", "13911113333", "", ""],
        )
        self.assertEqual(one, two)
        self.assertNotEqual(one, other)
        self.assertEqual((one.street, one.drink), ("北京路2号", "咖啡"))

    @users("advisor")
    def test_namesakes_without_a_phone_stay_two(self):
        found = self.load(["王伟", "", "", ""], ["王伟", "", "", ""])
        self.assertEqual(len(found), 2)

    @users("advisor")
    def test_company_is_known_by_its_name(self):
        name = "芜湖顺达汽车租赁有限公司"
        first = self.load([name, "", "", ""])
        again = self.load([name, "", "银湖路8号", ""])
        self.assertEqual(first, again)
        self.assertEqual(again.street, "银湖路8号")

    @users("advisor")
    def test_company_with_a_phone_in_the_second_file(self):
        name = "芜湖顺达汽车租赁有限公司"
        first = self.load([name, "", "", ""])
        again = self.load([name, "05535551234", "", ""])
        self.assertEqual(first, again)
