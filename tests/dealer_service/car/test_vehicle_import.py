"""Cars and customers from a file, through Odoo's own import and our templates."""

import csv
import doctest
import io
from datetime import date
from pathlib import Path
from unittest import skipUnless

import openpyxl

from odoo.tests import users
from odoo.tools.misc import file_open

from odoo.addons.dealer_service.tools import fuel
from odoo.addons.dealer_service.tools.files import lines, messages, sheet

from ...common import DealerServiceCase

COMPLAINTS = Path(__file__).parents[4] / "shared" / "data" / "complaints_2020-06.csv"
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "%Y-%m-%d",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}


def test_doctests():
    for module in (fuel, lines, messages, sheet):
        assert not doctest.testmod(module).failed


class VehicleImportCase(DealerServiceCase):
    def template(self, model="fleet.vehicle", **context):
        """Headings and rows of the shipped template."""
        [template] = self.env[model].with_context(**context).get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            sheet = openpyxl.load_workbook(io.BytesIO(file.read())).active
        headings, *rows = [
            [cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        return headings, rows

    def run_import(self, headings, rows, model="fleet.vehicle", dryrun=False):
        """Upload a file with these rows; the columns are matched by their headings."""
        text = io.StringIO()
        csv.writer(text).writerows([headings, *rows])
        wizard = self.env["base_import.import"].create(
            {
                "res_model": model,
                "file": text.getvalue().encode(),
                "file_type": "text/csv",
                "file_name": "cars.csv",
            }
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        matched = [
            (preview["matches"].get(index) or [False])[-1]
            for index in range(len(headings))
        ]
        return matched, wizard.execute_import(
            matched, headings, dict(OPTIONS), dryrun=dryrun
        )

    def import_cars(self, *cars):
        """Import cars given as dicts by heading of the template."""
        headings, _rows = self.template()
        rows = [[car.get(name, "") for name in headings] for car in cars]
        return self.run_import(headings, rows)[1]


class TestVehicleImport(VehicleImportCase):
    @users("advisor")
    def test_template_imports_as_it_is(self):
        headings, rows = self.template()
        rows[0][headings.index("License Plate")] = "皖B·T0001"
        matched, result = self.run_import(headings, rows)
        self.assertEqual(
            matched,
            [
                "brand_name",
                "model_name",
                "trim",
                "fuel_type",
                "license_plate",
                "vin_sn",
                "color",
                "owner_name",
                "owner_phone",
                "sale_date",
                "first_sale_date",
                "insurance_expiry",
                "inspection_expiry",
            ],
        )
        self.assertFalse(result["messages"])
        car = self.env["fleet.vehicle"].browse(result["ids"])
        self.assertTrue(car.is_customer_vehicle)
        self.assertFalse(car.vin_warning)
        self.assertEqual(car.brand_name, "Chery")
        self.assertEqual(car.fuel_type, "gasoline")
        self.assertEqual(car.first_sale_date, date(2024, 5, 18))
        self.assertEqual(car.owner_id.phone_key, "+8613805531234")
        self.assertEqual(car.ownership_ids.partner_id, car.owner_id)

    @users("advisor")
    def test_customers_template_imports_as_it_is(self):
        headings, rows = self.template("res.partner", dealer_customers=True)
        matched, result = self.run_import(headings, rows, "res.partner")
        self.assertNotIn(False, matched)
        self.assertFalse(result["messages"])
        customer = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(customer.preferred_channel, "wechat")

    @users("advisor")
    def test_chinese_templates_import_as_they_are(self):
        self.env = self.env(context={"lang": "zh_CN"})
        headings, rows = self.template()
        rows[0][headings.index("车辆牌照")] = "皖B·T0001"
        matched, result = self.run_import(headings, rows)
        self.assertNotIn(False, matched)
        self.assertFalse(result["messages"])
        car = self.env["fleet.vehicle"].browse(result["ids"])
        self.assertEqual(car.fuel_type, "gasoline")
        self.assertEqual(car.first_sale_date, date(2024, 5, 18))
        headings, rows = self.template("res.partner", dealer_customers=True)
        matched, result = self.run_import(headings, rows, "res.partner")
        self.assertNotIn(False, matched)
        self.assertFalse(result["messages"])
        customer = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(customer.preferred_contact_time, "evening")

    @users("advisor")
    def test_known_brand_model_and_owner_are_used(self):
        result = self.import_cars(
            {
                "Brand Name": "chery",
                "Model Name": " tiggo 8 ",
                "License Plate": "皖B·T0001",
                "Owner Name": "王建国",
                "Owner Phone": "+86 13805531234",
            }
        )
        car = self.env["fleet.vehicle"].browse(result["ids"])
        self.assertEqual(car.model_id, self.model)
        self.assertEqual(car.owner_id, self.customer)

    @users("advisor")
    def test_name_spread_out_in_the_table_is_the_same_person(self):
        car = {"Brand Name": "Chery", "Model Name": "QQ", "License Plate": "皖B·T0001"}
        result = self.import_cars(
            {**car, "Owner Name": "王 建　国", "Owner Phone": "13805531234"}
        )
        owner = self.env["fleet.vehicle"].browse(result["ids"]).owner_id
        self.assertEqual(owner, self.customer)

    @users("advisor")
    def test_namesakes_without_phone_stay_two_people(self):
        car = {"Brand Name": "Chery", "Model Name": "QQ", "Owner Name": "王建国"}
        result = self.import_cars(
            {**car, "License Plate": "皖B·T0001"},
            {**car, "License Plate": "皖B·T0002"},
        )
        owners = self.env["fleet.vehicle"].browse(result["ids"]).owner_id
        self.assertEqual(len(owners), 2)
        self.assertNotIn(self.customer, owners)

    @users("advisor")
    def test_one_owner_of_two_rows_is_one_person(self):
        car = {"Brand Name": "Chery", "Model Name": "QQ", "Owner Name": "赵敏"}
        result = self.import_cars(
            {**car, "License Plate": "皖B·T0001", "Owner Phone": "13912345678"},
            {**car, "License Plate": "皖B·T0002", "Owner Phone": "139 1234 5678"},
        )
        self.assertEqual(
            len(self.env["fleet.vehicle"].browse(result["ids"]).owner_id), 1
        )

    @users("advisor")
    def test_bad_row_is_refused_with_line_and_reason_and_leaves_nothing(self):
        known = self.env["fleet.vehicle"].search_count([])
        good = {"Brand Name": "Newbrand", "Model Name": "One", "Owner Name": "新客户"}
        cases = {
            "is already the plate of another car": {"License Plate": "皖b a1234"},
            "needs both a brand and a model": {"Model Name": "", "Owner Name": "半行"},
        }
        for reason, bad in cases.items():
            with self.subTest(reason=reason):
                result = self.import_cars(
                    {**good, "License Plate": "皖B·T0001"},
                    {**good, "License Plate": "皖B·T0002"},
                    {**good, **bad},
                    {**good, "License Plate": "皖B·T0003"},
                )
                self.assertFalse(result["ids"])
                errors = [row for row in result["messages"] if row["type"] == "error"]
                # the screen adds one: the fourth row of the spreadsheet
                self.assertEqual(
                    [row["rows"] for row in errors], [{"from": 3, "to": 3}]
                )
                self.assertIn(reason, errors[0]["message"])
                self.assertEqual(self.env["fleet.vehicle"].search_count([]), known)
                self.assertFalse(
                    self.env["fleet.vehicle.model.brand"].search(
                        [("name", "=", "Newbrand")]
                    )
                )
                self.assertFalse(
                    self.env["res.partner"].search([("name", "in", ["新客户", "半行"])])
                )

    @users("advisor")
    def test_wrong_date_names_its_line(self):
        result = self.import_cars(
            {"Brand Name": "Chery", "Model Name": "QQ", "Sold On": "2026-13-01"}
        )
        self.assertIn("line 2", result["messages"][0]["message"])
        self.assertFalse(result.get("ids"))

    @users("advisor")
    def test_queries_do_not_grow_with_the_rows(self):
        def rows(letter, count):
            return [
                {
                    "Brand Name": "Chery",
                    "Model Name": f"Model {number % 7}",
                    "License Plate": f"皖B·{letter}{number:04d}",
                    "Owner Name": f"客户{letter}{number}",
                    "Owner Phone": f"1391234{number:04d}",
                }
                for number in range(count)
            ]

        def queries(cars):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertFalse(self.import_cars(*cars)["messages"])
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(rows("A", 10))  # models and caches
        few, many = queries(rows("C", 20)), queries(rows("D", 120))
        # 100 rows more: inserts are split in batches, nothing else grows
        self.assertLess(many - few, 25)

    @skipUnless(COMPLAINTS.exists(), "shared/data is not beside this clone")
    @users("advisor")
    def test_real_complaints_become_cars(self):
        with COMPLAINTS.open(encoding="utf-8") as file:
            lines = list(csv.DictReader(file))
        result = self.import_cars(
            *(
                {
                    "Brand Name": line["brand"],
                    "Model Name": line["car_model"],
                    "Trim": line["type"],
                }
                for line in lines
            )
        )
        self.assertFalse(result["messages"])
        cars = self.env["fleet.vehicle"].browse(result["ids"])
        self.assertEqual(len(cars), len(lines))
        self.assertTrue(all(cars.mapped("is_customer_vehicle")))
        for car, line in zip(cars, lines, strict=True):
            self.assertEqual(
                car.model_id.brand_id.name.casefold(), line["brand"].casefold()
            )
            self.assertEqual(car.model_id.name, line["car_model"].strip())
        models = {(line["brand"], line["car_model"]) for line in lines}
        self.assertEqual(len(cars.model_id), len(models))

    @users("advisor")
    def test_dry_run_stores_nothing(self):
        headings, rows = self.template()
        rows[0][headings.index("License Plate")] = "皖B·T0001"
        self.run_import(headings, rows, dryrun=True)
        self.assertFalse(
            self.env["fleet.vehicle"].search([("plate_key", "=", "皖BT0001")])
        )
