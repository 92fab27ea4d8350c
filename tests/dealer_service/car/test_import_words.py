"""What an import says of rows: as the spreadsheet shows them, and what looks wrong."""

import io

import openpyxl

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users

from .test_files_as_they_come import COLUMNS, FileCase


class TestImportWords(FileCase):
    def notices(self):
        """What was sent to the screen of the user meanwhile."""
        sent = self.env.cr.precommit.data.get("bus.bus.values", [])
        return [value["message"] for value in sent if "sticky" in str(value)]

    @users("advisor")
    def test_rows_have_the_numbers_of_the_spreadsheet(self):
        [sentence] = self.refusal("blank_rows.csv")
        self.assertTrue(sentence.startswith("Row 5: “皖B” is not a license plate"))

    @users("advisor")
    def test_rows_of_a_workbook_too(self):
        book = openpyxl.Workbook()
        cars = (["奇瑞", "瑞虎8", "皖B·F0801"], ["奇瑞", "QQ", "皖B"])
        for number, row in enumerate((["品牌", "车型", "车牌"], *cars)):
            for column, cell in enumerate(row, 1):
                book.active.cell(2 * number + 1, column, cell)
        file = io.BytesIO()
        book.save(file)
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "fleet.vehicle",
                "file": file.getvalue(),
                "file_name": "cars.xlsx",
            }
        )
        columns = ["brand_name", "model_name", "license_plate"]
        result = wizard.execute_import(columns, columns, {"has_headers": True})
        [message] = result["messages"]
        self.assertIn("Row 5: “皖B”", message["message"])
        self.assertEqual(message["rows"], {"from": 4, "to": 4})

    def test_list_tells_whose_cars_a_file_has(self):
        """Whoever looks after the company's own cars too means those of the list."""
        chief = self.make_user("chief", "manager")
        chief.group_ids = [Command.link(self.env.ref("fleet.fleet_group_manager").id)]
        self.env = self.env(user=chief)
        for is_customers in (True, False):
            self.env = self.env(context={"default_is_customer_vehicle": is_customers})
            with self.subTest(is_customers), self.cr.savepoint() as point:
                cars = self.cars("doubtful.csv")
                self.assertEqual(
                    set(cars.mapped("is_customer_vehicle")), {is_customers}
                )
                point.rollback()

    @users("advisor")
    def test_title_above_the_headings_is_no_heading(self):
        cars = self.cars("titles_gbk.csv", separator=",")
        self.assertEqual(cars.owner_id.mapped("name"), ["王伟", "李娜"])
        [sentence] = self.refusal("titles_refused.csv", separator=",")
        self.assertTrue(sentence.startswith("Row 5: “皖B” is not a license plate"))

    @users("advisor")
    def test_table_of_two_columns_has_no_title(self):
        preview = self.upload("short_utf8.csv")[1]
        self.assertEqual(preview["headers"], ["车牌", "车主"])

    @users("advisor")
    def test_column_is_called_as_in_the_file(self):
        result = self.import_cars(
            {"Brand Name": "Chery", "Model Name": "QQ", "Sold On": "yesterday"}
        )
        self.assertIn("“Sold On”", result["messages"][0]["message"])
        columns = ["brand_name", "model_name", "sale_date"]
        file = "品牌,车型,何时购买\n奇瑞,QQ,昨天\n"
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "fleet.vehicle",
                "file": file.encode(),
                "file_name": "cars.csv",
                "file_type": "text/csv",
            }
        )
        options = {"has_headers": True, "quoting": '"', "separator": ","}
        headings = file.splitlines()[0].split(",")
        result = wizard.execute_import(columns, headings, options)
        self.assertIn("line 2, “何时购买”", result["messages"][0]["message"])

    @users("advisor")
    def test_what_looks_mistyped_is_told_by_the_test(self):
        wizard, preview, options = self.upload("doubtful.csv")
        columns = [COLUMNS[heading] for heading in preview["headers"]]
        [message] = wizard.execute_import(
            columns, preview["headers"], options, dryrun=True
        )["messages"]
        self.assertEqual(message["type"], "warning")
        told = message["message"].splitlines()
        self.assertEqual([line[:6] for line in told], ["Row 3:", "Row 4:", "Row 5:"])
        self.assertIn("LVVDB11B0RD04567", told[0])
        self.assertIn("JZX100-0012345", told[1])
        self.assertIn("“abc” is no complete phone number", told[2])
        self.assertFalse(self.notices())

    @users("advisor")
    def test_what_looks_mistyped_is_imported_and_told(self):
        cars = self.cars("doubtful.csv")
        self.assertEqual(len(cars), 4)
        self.assertEqual(cars[2].vin_sn, "JZX100-0012345")
        [notice] = self.notices()
        self.assertIn("abc", str(notice))

    @users("advisor")
    def test_arrival_has_the_same_rule(self):
        def arrive(vin):
            arrival = self.env["dealer.arrival"].create({"query": "皖B·F0899"})
            arrival.write(
                {
                    "new_vin": vin,
                    "new_model_id": self.model.id,
                    "new_name": "王伟",
                    "new_phone": "13900000601",
                }
            )
            return arrival._create_car()

        with self.assertRaisesRegex(UserError, "“张三A” is not a VIN"):
            arrive("张三A")
        self.assertEqual(arrive("LVVDB11B0RD04567").vin_sn, "LVVDB11B0RD04567")
