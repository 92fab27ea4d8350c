"""Exporting, changing a column and importing again changes that column only."""

from odoo.fields import Command
from odoo.tests import users

from .test_vehicle_import import VehicleImportCase

#: What a shop takes out of its list of cars.
COLUMNS = [
    "id",
    "brand_name",
    "model_name",
    "trim",
    "license_plate",
    "vin_sn",
    "owner_name",
    "owner_phone",
    "sale_date",
]
#: Where a row too much, or one too few, would stand.
TABLES = (
    "res.partner",
    "fleet.vehicle.model",
    "fleet.vehicle.model.brand",
    "fleet.vehicle.odometer",
    "dealer.vehicle.ownership",
    "mail.message",
)


class TestExportAndImport(VehicleImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.advisor.group_ids = [
            Command.link(cls.env.ref("base.group_allow_export").id)
        ]
        cls.namesake = cls.make_partner(name="王伟", phone=False)
        cls.brother = cls.make_partner(name="王建军", phone=False)
        cls.other = cls.make_vehicle(
            license_plate="皖B·E0001", owner_id=cls.namesake.id, sale_date="2024-05-18"
        )
        cls.other.contact_id = cls.brother
        cls.other.odometer = 5000
        cls.all = cls.vehicle | cls.other

    def import_again(self, records, columns, **changes):
        """Import what was exported; ``changes``: new text of a column by its name."""
        rows = records.with_env(self.env).export_data(columns)["datas"]
        rows = [
            ["" if cell is False or cell is None else str(cell) for cell in row]
            for row in rows
        ]
        for name, text in changes.items():
            for row in rows:
                row[columns.index(name)] = text
        _matched, result = self.run_import(columns, rows, records._name)
        self.assertEqual(result["messages"], [])
        self.assertEqual(result["ids"], records.ids)
        self.env.invalidate_all()

    def counts(self):
        self.env.flush_all()
        return {model: self.env[model].sudo().search_count([]) for model in TABLES}

    @users("advisor")
    def test_unchanged_file_changes_nothing(self):
        before = self.counts(), self.all.read(["model_id", "owner_id", "contact_id"])
        self.import_again(self.all, COLUMNS)
        after = self.counts(), self.all.read(["model_id", "owner_id", "contact_id"])
        self.assertEqual(before, after)

    def test_reading_that_fleet_knows_is_not_entered_again(self):
        before = self.counts()
        self.import_again(self.other, ["id", "odometer", "trim"], trim="1.6T")
        self.assertEqual(self.other.trim, "1.6T")
        self.assertEqual(
            self.counts()["fleet.vehicle.odometer"], before["fleet.vehicle.odometer"]
        )

    @users("advisor")
    def test_changed_day_leaves_owners_without_a_number_alone(self):
        self.import_again(self.other, COLUMNS, sale_date="2024-06-01")
        self.assertEqual(str(self.other.sale_date), "2024-06-01")
        self.assertEqual(self.other.owner_id, self.namesake)
        self.assertEqual(self.other.contact_id, self.brother)
        self.assertEqual(self.other.ownership_ids.partner_id, self.namesake)

    @users("advisor")
    def test_owner_named_without_the_number_is_the_owner(self):
        self.import_again(self.vehicle, ["id", "owner_name", "trim"], trim="1.6T")
        self.assertEqual(self.vehicle.owner_id, self.customer)
        self.assertEqual(self.vehicle.trim, "1.6T")

    @users("advisor")
    def test_model_without_its_brand_is_the_cars(self):
        self.import_again(self.vehicle, ["id", "model_name", "trim"], trim="1.6T")
        self.assertEqual(self.vehicle.model_id, self.model)
        self.import_again(self.vehicle, ["id", "model_name"], model_name="Arrizo 8")
        self.assertEqual(self.vehicle.model_id.display_name, "Chery/Arrizo 8")

    @users("advisor")
    def test_model_is_found_by_the_name_an_export_gives_it(self):
        self.import_again(self.vehicle, ["id", "model_id", "trim"], trim="1.6T")
        self.assertEqual(self.vehicle.model_id, self.model)

    @users("advisor")
    def test_other_number_of_the_owner_is_his_new_one(self):
        self.customer.is_phone_wrong = True
        self.import_again(self.vehicle, COLUMNS, owner_phone="139 0000 0777")
        self.assertEqual(self.vehicle.owner_id, self.customer)
        self.assertEqual(self.customer.phone_key, "+8613900000777")
        self.assertFalse(self.customer.is_phone_wrong)
        self.assertEqual(len(self.vehicle.ownership_ids), 1)

    @users("advisor")
    def test_number_of_somebody_of_that_name_is_somebody_else(self):
        son = self.make_partner(name="王建国", phone="13900000778")
        self.import_again(self.vehicle, COLUMNS, owner_phone="13900000778")
        self.assertEqual(self.vehicle.owner_id, son)
        self.assertEqual(self.customer.phone_key, "+8613805531234")
        self.assertEqual(len(self.vehicle.ownership_ids), 2)

    @users("advisor")
    def test_number_that_stays_wrong_stays_marked(self):
        self.customer.is_phone_wrong = True
        columns = ["id", "name", "phone", "drink"]
        self.import_again(self.customer, columns, drink="绿茶")
        self.assertEqual(self.customer.drink, "绿茶")
        self.assertTrue(self.customer.is_phone_wrong)

    @users("advisor")
    def test_emptied_cell_empties_its_field(self):
        self.import_again(self.other, ["id", "trim", "sale_date"], sale_date="")
        self.assertFalse(self.other.sale_date)
