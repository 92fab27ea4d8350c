"""Each settled repair is told to the authority, and what was not is a list."""

import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from .claim_case import ClaimCase


class TestHealthFiles(ClaimCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_health_file = True
        cls.company.dealer_filing_number = "皖芜维备340207000123"

    def file(self):
        self.settle()
        files = self.env["dealer.health.record"]
        return files.search([("reception_id", "=", self.reception.id)])

    @users("advisor")
    def test_settled_repair_is_a_record_of_what_was_done(self):
        file = self.file()
        self.assertEqual(file.state, "open")
        self.assertEqual(file.vin, "LVVDB11B0RD045678")
        self.assertEqual(file.odometer, 20_000)
        self.assertIn("更换前减震器 工时 2h", file.labour_text)
        self.assertIn("[T15-2905010] 前减震器总成 ×1", file.part_text)
        self.assertEqual(file.amount, 1740.0)

    @users("advisor")
    def test_shop_of_another_class_uploads_nothing(self):
        self.company.dealer_health_file = False
        self.assertFalse(self.file())

    @users("advisor")
    def test_uploaded_refused_and_uploaded_again(self):
        file = self.file()
        with self.assertRaisesRegex(UserError, "there is no receipt"):
            file.receipt = "X1"
        with self.assertRaises(UserError):
            file.state = "uploaded"
        file.action_uploaded()
        self.assertEqual(file.upload_user_id, self.advisor)
        file.receipt = "AH-20260302-1"
        file.action_refuse("VIN 与行驶证不符")
        self.assertEqual(file.reason, "VIN 与行驶证不符")
        file.action_uploaded()
        self.assertFalse(file.reason)
        with self.assertRaises(AccessError):
            file.unlink()

    @users("advisor")
    def test_what_the_platform_would_refuse_is_named(self):
        self.company.dealer_filing_number = False
        with self.assertRaisesRegex(UserError, "is missing"):
            self.file().action_uploaded()

    @users("advisor")
    def test_settled_anew_is_told_anew(self):
        file = self.file()
        file.action_uploaded()
        self.reception.with_user(self.manager).action_correct_settlement("写错")
        self.reception.with_env(self.env).action_invoice_again()
        self.assertEqual(file.state, "open")

    @users("advisor")
    def test_file_for_the_platform(self):
        file = self.file()
        profile = self.env.ref("dealer_service.dealer_factory_export_health")
        _name, data = profile._write_file(file)
        rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
        row = dict(zip(*rows, strict=True))
        self.assertEqual(row["企业备案号"], "皖芜维备340207000123")
        self.assertEqual(row["结算清单编号"], self.reception.name)
        self.assertIn("前减震器总成", row["维修配件"])
