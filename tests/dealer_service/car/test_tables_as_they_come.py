"""Tables with more in them than records, and cells that say less than they seem to."""

import doctest
import io
from datetime import date

import openpyxl

from odoo.tests import users

from odoo.addons.dealer_service.tools import text_key
from odoo.addons.dealer_service.tools.files import table, workbook

from .test_vehicle_import import VehicleImportCase

HEADINGS = {
    "品牌": "brand_name",
    "车型": "model_name",
    "车牌": "license_plate",
    "车主": "owner_name",
    "电话": "owner_phone",
    "购车日期": "sale_date",
}


def test_doctests():
    for module in (table, workbook, text_key):
        assert not doctest.testmod(module).failed


def a_row(number, owner="王伟", phone=None, day="2024-05-18"):
    """Cells of a car in the order of the headings."""
    plate = f"皖B·T{number:04}"
    phone = f"1390000{number:04}" if phone is None else phone
    return ["奇瑞", "瑞虎8", plate, owner, phone, day]


class TableCase(VehicleImportCase):
    def wizard(self, data, name="cars.csv", kind="text/csv"):
        return self.env["base_import.import"].create(
            {
                "res_model": "fleet.vehicle",
                "file": data,
                "file_name": name,
                "file_type": kind,
            }
        )

    def text(self, *rows, separator=",", end="\n", charset="gb18030"):
        lines = [separator.join(row) for row in [list(HEADINGS), *rows]]
        return end.join(lines).encode(charset)

    def load(self, data, dryrun=False, **file):
        """What an import says, after its preview as the screen makes it."""
        wizard = self.wizard(data, **file)
        options = {"has_headers": True, "quoting": '"', "encoding": ""}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        headings = preview["headers"]
        columns = [HEADINGS[heading] for heading in headings]
        return wizard.execute_import(columns, headings, options, dryrun=dryrun)

    def cars(self, data, **file):
        result = self.load(data, **file)
        self.assertEqual(result["messages"], [])
        return self.env["fleet.vehicle"].browse(result["ids"])

    def error(self, data, **file):
        options = {"has_headers": True, "quoting": '"', "encoding": ""}
        return self.wizard(data, **file).parse_preview(options)["error"]

    def book(self, *rows, prepare=None):
        """The file of a workbook with typed cells."""
        book = openpyxl.Workbook()
        for row in [list(HEADINGS), *rows]:
            book.active.append(row)
        if prepare:
            prepare(book)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


class TestTablesAsTheyCome(TableCase):
    # ------------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------------

    @users("advisor")
    def test_sum_is_no_car_and_headings_of_each_page_are_none(self):
        total, subtotal = ["合计", "2", "", "", "", ""], ["小计：1", "", "", "", "", ""]
        data = self.text(a_row(1), subtotal, list(HEADINGS), a_row(2), total)
        cars = self.cars(data)
        self.assertEqual(cars.mapped("license_plate"), ["皖B·T0001", "皖B·T0002"])
        self.assertFalse(self.env["fleet.vehicle.model"].search([("name", "=", "2")]))

    @users("advisor")
    def test_sum_that_is_left_out_is_told(self):
        data = self.text(a_row(1), ["合计", "1", "", "", "", ""])
        [message] = self.load(data, dryrun=True)["messages"]
        self.assertIn("Line 3", message["message"])
        self.assertEqual(message["type"], "warning")

    @users("advisor")
    def test_row_of_a_workbook_is_numbered_past_what_is_left_out(self):
        total = ["合计", 1, None, None, None, None]
        wrong = a_row(2)
        wrong[2] = "皖B"
        [message] = self.load(self.book(a_row(1), total, wrong))["messages"]
        self.assertTrue(message["message"].startswith("Row 4: “皖B”"))

    @users("advisor")
    def test_table_without_rows_says_so(self):
        for data in (self.text(), self.text() + b"\n,,\n"):
            self.assertIn("no rows to import", self.error(data))
        for data in (b"", b" \r\n\0"):
            self.assertIn("The file is empty", self.error(data))
        empty = self.book(prepare=lambda book: book.active.delete_rows(1))
        self.assertIn("no rows to import", self.error(empty, name="cars.xlsx"))

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    @users("advisor")
    def test_text_is_read_whatever_its_file_is_called(self):
        data = self.text(a_row(1), separator="\t")
        for name, kind in (
            ("cars.xls", "application/vnd.ms-excel"),
            ("cars.xlsx", "application/octet-stream"),
            ("cars.txt", "text/plain"),
            ("cars.tsv", "text/tab-separated-values"),
        ):
            with self.subTest(name), self.cr.savepoint() as point:
                self.assertEqual(
                    self.cars(data, name=name, kind=kind).owner_id.name, "王伟"
                )
                point.rollback()

    @users("advisor")
    def test_ends_of_old_programs_are_no_cells(self):
        rows = a_row(1), a_row(2)
        for data in (
            self.text(*rows, end="\r"),
            self.text(*rows, end="\r\n") + b"\r\n\x1a",
            self.text(*rows) + b"\n\0\0\0",
        ):
            with self.subTest(data[-8:]), self.cr.savepoint() as point:
                self.assertEqual(len(self.cars(data)), 2)
                point.rollback()

    @users("advisor")
    def test_mark_that_is_not_true_is_told_with_the_line(self):
        error = self.error(b"\xef\xbb\xbf" + self.text(a_row(1)))
        self.assertIn("Line 1 of the file", error)

    @users("advisor")
    def test_first_sheet_that_is_shown_and_filled_is_read(self):
        """simplexlsx#161, readxl#513: a hidden sheet is read."""

        def before(book):
            book.create_sheet("empty", 0)
            hidden = book.create_sheet("codes", 0)
            hidden.append(["A", "B", "C"])
            hidden.sheet_state = "hidden"

        cars = self.cars(self.book(a_row(1), prepare=before), name="cars.xlsx")
        self.assertEqual(cars.license_plate, "皖B·T0001")

    @users("advisor")
    def test_formula_without_a_result_is_no_empty_cell(self):
        """ImportExcel#1706: a formula nobody has reckoned is imported as nothing."""
        data = self.book(a_row(1, owner='="王"&"伟"'))
        self.assertIn("Cell D2", self.error(data, name="cars.xlsx"))

    # ------------------------------------------------------------------
    # CELLS
    # ------------------------------------------------------------------

    @users("advisor")
    def test_nothing_is_nothing_however_it_is_written(self):
        for word in ("-", "——", "/", "****", "null", "None", "无", "未知"):
            with self.subTest(word), self.cr.savepoint() as point:
                car = self.cars(self.text(a_row(1, owner=word, phone="")))
                self.assertFalse(car.owner_id)
                point.rollback()

    @users("advisor")
    def test_error_of_a_spreadsheet_is_no_value(self):
        [message] = self.load(self.text(a_row(1, owner="#REF!")))["messages"]
        self.assertIn("Line 2, “车主”", message["message"])
        self.assertIn("#REF!", message["message"])

    @users("advisor")
    def test_number_of_a_day_is_that_day(self):
        """csv-import#243, Laravel-Excel#1224: a day becomes a number."""
        for day in ("45430", "45430.0", "２０２４－０５－１８", "二〇二四年五月十八日"):
            with self.subTest(day), self.cr.savepoint() as point:
                car = self.cars(self.text(a_row(1, day=day)))
                self.assertEqual(car.sale_date, date(2024, 5, 18))
                point.rollback()
        car = self.cars(self.book(a_row(2, day=45430)), name="cars.xlsx")
        self.assertEqual(car.sale_date, date(2024, 5, 18))

    @users("advisor")
    def test_first_day_of_a_database_is_none(self):
        for day in ("1900-01-01 00:00:00.000", "1899-12-30", "0001-01-01"):
            with self.subTest(day), self.cr.savepoint() as point:
                self.assertFalse(self.cars(self.text(a_row(1, day=day))).sale_date)
                point.rollback()

    @users("advisor")
    def test_moment_with_a_zone_is_a_day_of_here(self):
        self.env.user.tz = "Asia/Shanghai"
        car = self.cars(self.text(a_row(1, day="2024-05-17T16:00:00.000Z")))
        self.assertEqual(car.sale_date, date(2024, 5, 18))

    @users("advisor")
    def test_day_and_month_that_may_be_exchanged_are_told(self):
        data = self.text(a_row(1, day="1/5/2024"), a_row(2, day="2/6/2024"))
        [message] = self.load(data, dryrun=True)["messages"]
        self.assertIn(
            "Line 2, “购车日期”: “1/5/2024” is read as 2024-01-05", str(message)
        )
        certain = self.text(a_row(1, day="13/5/2024"), a_row(2, day="5/5/2024"))
        self.assertEqual(self.load(certain, dryrun=True)["messages"], [])

    @users("advisor")
    def test_company_without_a_number_is_one_customer(self):
        name = "芜湖市顺达运输有限公司"
        cars = self.cars(self.text(a_row(1, name, ""), a_row(2, name, "")))
        self.assertEqual(cars.owner_id.mapped("is_company"), [True])
        self.assertEqual(
            self.cars(self.text(a_row(3, name, ""))).owner_id, cars.owner_id
        )
        people = self.cars(self.text(a_row(4, phone=""), a_row(5, phone="")))
        self.assertEqual(len(people.owner_id), 2, "namesakes stay two people")

    def test_tables_of_others_keep_their_strokes_and_sums(self):
        wizard = self.wizard(b"name,color\nTotal,1\n-,2\nnone,3\n")
        wizard.res_model = "res.partner.category"
        columns = ["name", "color"]
        result = wizard.execute_import(
            columns, columns, {"has_headers": True, "quoting": '"'}
        )
        tags = self.env["res.partner.category"].browse(result["ids"])
        self.assertEqual(tags.mapped("name"), ["Total", "-", "none"])
