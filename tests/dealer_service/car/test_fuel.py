"""What a car runs on: told by the file, by the brand, or unknown; never assumed."""

from odoo.tests import Form, users

from .test_vehicle_import import VehicleImportCase


class TestFuel(VehicleImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        brands = cls.env["fleet.vehicle.model.brand"]
        cls.lotus, cls.both = brands.create(
            [{"name": "Dieselwerk"}, {"name": "Beiderlei"}]
        )
        cls.env["fleet.vehicle.model"].create(
            [
                {"brand_id": cls.lotus.id, "name": "A", "default_fuel_type": "diesel"},
                {"brand_id": cls.both.id, "name": "A", "default_fuel_type": "diesel"},
                {"brand_id": cls.both.id, "name": "B", "default_fuel_type": "electric"},
            ]
        )

    def imported(self, brand, model="New", **cells):
        result = self.import_cars(
            {"Brand Name": brand, "Model Name": model, "License Plate": "皖B·T0001"}
            | cells
        )
        self.assertFalse(result["messages"])
        return self.env["fleet.vehicle"].browse(result["ids"])

    @users("advisor")
    def test_file_says_what_a_new_model_runs_on(self):
        for said, fuel in (
            ("纯电动", "electric"),
            ("插电式混动", "plug_in_hybrid_gasoline"),
            ("汽油", "gasoline"),
            ("Diesel", "diesel"),
            ("full_hybrid", "full_hybrid"),
        ):
            with self.subTest(said), self.cr.savepoint() as point:
                car = self.imported("Dieselwerk", **{"Fuel Type": said})
                self.assertEqual(car.fuel_type, fuel)
                self.assertEqual(car.model_id.default_fuel_type, fuel)
                point.rollback()

    @users("advisor")
    def test_fuel_of_one_row_is_not_that_of_a_known_model(self):
        car = self.imported("Dieselwerk", "A", **{"Fuel Type": "汽油"})
        self.assertEqual(car.fuel_type, "gasoline")
        self.assertEqual(car.model_id.default_fuel_type, "diesel")

    @users("advisor")
    def test_new_model_runs_on_what_its_brand_runs_on(self):
        car = self.imported("Dieselwerk")
        self.assertEqual(car.fuel_type, "diesel")

    @users("advisor")
    def test_new_car_is_sold_on_the_day_of_the_sale_unless_told(self):
        car = self.imported("Dieselwerk", **{"Sold On": "2024-05-18"})
        self.assertEqual(str(car.first_sale_date), "2024-05-18")

    @users("advisor")
    def test_used_car_tells_when_it_was_new(self):
        days = {"Sold On": "2024-05-18", "New Car Sold On": "2019/3/1"}
        car = self.imported("Dieselwerk", **days)
        self.assertEqual(str(car.sale_date), "2024-05-18")
        self.assertEqual(str(car.first_sale_date), "2019-03-01")

    @users("advisor")
    def test_what_nobody_knows_stays_unknown(self):
        for brand in ("Beiderlei", "Niemand"):
            with self.subTest(brand), self.cr.savepoint() as point:
                car = self.imported(brand)
                self.assertFalse(car.fuel_type)
                self.assertFalse(car.model_id.is_electric)
                point.rollback()

    def test_model_made_in_passing_is_not_electric(self):
        models = self.env["fleet.vehicle.model"].with_user(self.manager)
        made = models.create({"name": "X", "brand_id": self.both.id})
        self.assertFalse(made.default_fuel_type)
        made = models.create({"name": "X", "brand_id": self.lotus.id})
        self.assertEqual(made.default_fuel_type, "diesel")
        self.assertFalse(Form(models).default_fuel_type)
        chosen = models.with_context(default_default_fuel_type="gasoline")
        made = chosen.create({"name": "Y", "brand_id": self.lotus.id})
        self.assertEqual(made.default_fuel_type, "gasoline")
