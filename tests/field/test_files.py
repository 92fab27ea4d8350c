"""What users of other systems reported about files, tried with our imports."""

import io

import openpyxl

from ..dealer_service.car.test_vehicle_import import VehicleImportCase


class TestFilesInTheField(VehicleImportCase):
    def workbook(self, *rows):
        """Import rows of a workbook whose cells have types, as people type them."""
        columns = ["brand_name", "model_name", "license_plate"]
        columns += ["owner_name", "owner_phone"]
        book = openpyxl.Workbook()
        for row in (columns, *rows):
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        wizard = (
            self.env["base_import.import"]
            .with_user(self.advisor)
            .create(
                {
                    "res_model": "fleet.vehicle",
                    "file": file.getvalue(),
                    "file_name": "cars.xlsx",
                }
            )
        )
        result = wizard.execute_import(columns, columns, {"has_headers": True})
        self.assertEqual(result["messages"], [])
        return self.env["fleet.vehicle"].browse(result["ids"])

    def test_zero_that_a_spreadsheet_dropped_is_no_other_number(self):
        """Laravel-Excel#300, django-import-export#289: a telephone number is a number
        to the spreadsheet, and its leading zero is gone."""
        known = self.env["res.partner"].create(
            {"name": "李娜", "phone": "0553-3871234"}
        )
        car = self.workbook(["奇瑞", "瑞虎8", "皖B·F0901", "李娜", 5533871234])
        self.assertEqual(car.owner_id, known)
        self.assertEqual(car.owner_id.phone_key, "+865533871234")

    def test_mobile_number_typed_as_a_number_is_whole(self):
        """surveda#1099: digits of long numbers are lost on their way through Excel."""
        car = self.workbook(["奇瑞", "瑞虎8", "皖B·F0902", "赵磊", 13900000712.0])
        self.assertEqual(car.owner_id.phone_key, "+8613900000712")
