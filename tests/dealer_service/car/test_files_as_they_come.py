"""Files as the programs of dealers write them: the folder ``files``, made by us."""

import doctest
from datetime import date
from pathlib import Path
from unittest.mock import patch

from odoo.tests import users

from odoo.addons.base_import.models import base_import
from odoo.addons.dealer_service.tools import phone
from odoo.addons.dealer_service.tools.files import encoding as text_encoding
from odoo.addons.dealer_service.tools.files import moment

from .test_vehicle_import import VehicleImportCase

FILES = Path(__file__).parent / "files"
#: What the user chooses for the headings of the files.
COLUMNS = {
    "品牌": "brand_name",
    "车型": "model_name",
    "车牌": "license_plate",
    "车架号": "vin_sn",
    "车主": "owner_name",
    "电话": "owner_phone",
    "购车日期": "sale_date",
    "Brand": "brand_name",
    "Model": "model_name",
    "Plate": "license_plate",
    "Owner": "owner_name",
}


def test_doctests():
    for module in (phone, text_encoding, moment):
        assert not doctest.testmod(module).failed


class FileCase(VehicleImportCase):
    """Uploads the files of the folder."""

    def upload(self, name, kind="text/csv", **options):
        """Read a file as the screen of the import does; headings, example, wizard."""
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "fleet.vehicle",
                "file": (FILES / name).read_bytes(),
                "file_name": name,
                "file_type": kind,
            }
        )
        options = {"has_headers": True, "quoting": '"', "encoding": "", **options}
        return wizard, wizard.parse_preview(options), options

    def load(self, name, **options):
        wizard, preview, options = self.upload(name, **options)
        self.assertNotIn("error", preview)
        headings = preview["headers"]
        columns = [COLUMNS[heading] for heading in headings]
        # as a request of its own, with what the list hands in
        request = wizard.with_env(self.env)
        return request.execute_import(columns, headings, options)

    def cars(self, name, **options):
        result = self.load(name, **options)
        self.assertEqual(result["messages"], [])
        return self.env["fleet.vehicle"].browse(result["ids"])

    def refusal(self, name, **options):
        """The sentences of a refused file, which leaves nothing behind."""
        cars = self.env["fleet.vehicle"].search_count([])
        result = self.load(name, **options)
        self.assertFalse(result.get("ids"))
        self.assertEqual(self.env["fleet.vehicle"].search_count([]), cars)
        return [row["message"] for row in result["messages"]]


class TestFilesAsTheyCome(FileCase):
    # ------------------------------------------------------------------
    # CHARACTER SETS
    # ------------------------------------------------------------------

    @users("advisor")
    def test_character_set_is_known_and_not_guessed(self):
        # whichever version of the guessing library a server has: nobody asks it
        with patch.object(base_import, "chardet", None):
            for name, encoding in (
                ("dms_gb18030.csv", "gb18030"),
                ("excel_utf8_bom.csv", "utf-8-sig"),
                ("excel_unicode.csv", "utf-16"),
            ):
                with self.subTest(name), self.cr.savepoint() as point:
                    cars = self.cars(name)
                    self.assertEqual(
                        cars.owner_id.sorted("phone").mapped("name"), ["朱镕", "𠮷田"]
                    )
                    self.assertEqual(cars.model_id.name, "瑞虎8")
                    options = self.upload(name)[2]
                    self.assertEqual(options["encoding"], encoding)
                    point.rollback()

    @users("advisor")
    def test_a_few_characters_are_enough(self):
        for name, encoding in (
            ("short_gbk.csv", "gb18030"),
            ("short_utf8.csv", "utf-8"),
        ):
            with self.subTest(name):
                _wizard, preview, options = self.upload(name)
                self.assertEqual(preview["headers"], ["车牌", "车主"])
                self.assertEqual(preview["preview"][1], ["李四"])
                self.assertEqual(options["encoding"], encoding)

    @users("advisor")
    def test_damaged_file_is_refused_with_its_line(self):
        for name, line in (("cut_utf8.csv", 4), ("neither.csv", 2)):
            with self.subTest(name):
                error = self.upload(name)[1]["error"]
                self.assertIn(f"Line {line} of the file", error)

    @users("advisor")
    def test_web_page_that_is_named_like_a_workbook_is_refused(self):
        for name, kind in (
            ("page.xls", "application/vnd.ms-excel"),
            ("page_utf16.xls", "application/vnd.ms-excel"),
            ("page.csv", "text/csv"),
        ):
            with self.subTest(name):
                error = self.upload(name, kind)[1]["error"]
                self.assertIn("The file is a web page", error)
                self.assertIn("save it as .xlsx", error)

    @users("advisor")
    def test_traditional_characters_are_not_read_as_simplified(self):
        preview = self.upload("traditional_big5.csv")[1]
        self.assertIn("Big 5", preview["error"])
        cars = self.cars("traditional_big5.csv", encoding="big5")
        self.assertEqual(cars.owner_id.mapped("name"), ["陳國華", "張偉傑"])

    @users("advisor")
    def test_set_that_the_user_chose_is_taken(self):
        preview = self.upload("short_gbk.csv", encoding="utf-8")[1]
        self.assertIn("utf-8", preview["error"])

    @users("advisor")
    def test_file_of_a_shop_abroad_is_odoos_to_guess(self):
        self.company.sudo().country_id = self.env.ref("base.de")
        car = self.cars("abroad_latin1.csv")
        self.assertEqual(car.owner_id.name, "Jürgen Müller")
        self.assertEqual(car.model_id.name, "Käfer")
        car = self.cars("excel_utf8_bom.csv")
        self.assertIn("朱镕", car.owner_id.mapped("name"))

    # ------------------------------------------------------------------
    # CELLS
    # ------------------------------------------------------------------

    @users("advisor")
    def test_each_date_is_read_by_itself(self):
        cars = self.cars("dates.csv").sorted("license_plate")
        dated = cars.filtered(lambda car: car.license_plate.startswith("皖B·F02"))
        self.assertEqual(set(dated.mapped("sale_date")), {date(2024, 5, 18)})
        self.assertEqual(set((cars - dated).mapped("sale_date")), {False})

    @users("advisor")
    def test_real_dates_of_a_workbook_stand_beside_written_ones(self):
        cars = self.cars("dates.xlsx")
        self.assertEqual(set(cars.mapped("sale_date")), {date(2024, 5, 18)})
        self.assertEqual(cars[0].owner_phone, "13900000100")

    @users("advisor")
    def test_what_only_kept_the_looks_of_a_cell_is_gone(self):
        first, second, third = self.cars("kept_texts_gbk.csv")
        self.assertEqual(first.vin_sn, "LVVDB11B0RD045672")
        self.assertEqual(first.owner_id.name, "王伟")
        self.assertEqual(first.owner_id.phone, "13900000201")
        self.assertEqual(second.owner_id.phone, "13900000202")
        self.assertFalse(second.vin_sn)
        self.assertEqual(third.license_plate, "皖B·F0503", "a short line is whole")

    @users("advisor")
    def test_number_that_lost_its_digits_is_refused(self):
        [sentence] = self.refusal("shortened.csv")
        self.assertIn("Line 3, “电话”", sentence)
        self.assertIn("1.39E+10", sentence)

    @users("advisor")
    def test_line_with_too_many_cells_names_itself(self):
        error = self.upload("too_wide.csv", separator=",")[1]["error"]
        self.assertIn("Line 3 of the file has 5 cells", error)
        self.assertIn("李四", error)

    @users("advisor")
    def test_what_is_no_plate_or_vin_is_refused_with_row_and_cell(self):
        sentences = self.refusal("no_plates.csv")
        for row, cell in (
            (3, "皖B"),
            (4, "张三"),
            (5, "13900000401"),
            (6, "LVVDB11B0"),
            (9, "2024-05-18"),
        ):
            start = f"Row {row}: “{cell}” is not a "
            self.assertTrue([text for text in sentences if text.startswith(start)])
        self.assertEqual(len(sentences), 5)

    @users("advisor")
    def test_plates_of_another_country_have_other_forms(self):
        self.company.sudo().country_id = self.env.ref("base.de")
        sentences = self.refusal("no_plates.csv")
        self.assertEqual([text[:5] for text in sentences], ["Row 4", "Row 6"])

    @users("advisor")
    def test_model_is_one_however_it_is_written(self):
        cars = self.cars("spellings_gbk.csv")
        self.assertEqual(sorted(cars.model_id.mapped("name")), ["瑞虎8", "瑞虎8 PRO"])

    @users("advisor")
    def test_number_is_one_however_it_is_written(self):
        owner = self.cars("phones.csv").owner_id
        self.assertEqual(len(owner), 1)
        self.assertEqual(owner.phone_key, "+8613900000501")
