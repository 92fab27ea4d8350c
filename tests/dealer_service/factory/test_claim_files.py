"""Files for the manufacturer in two shapes, and its answer read back line by line."""

import csv
import io

import openpyxl

from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError, ValidationError
from odoo.tests import users

from .claim_case import ClaimCase

#: What Python reads as numbers, and a decimal comma, which reads as ten times as much.
ODD_AMOUNTS = ("nan", "inf", "-Infinity", "4_6", "46e1", '"4,6"')


class TestClaimFiles(ClaimCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_line = cls.env.ref("dealer_service.dealer_factory_export_lines")
        cls.by_claim = cls.env.ref("dealer_service.dealer_factory_export_claims")

    def answer(self, *rows, heads=("索赔单号", "行号", "审核金额", "审核意见")):
        text = "\r\n".join(",".join(map(str, row)) for row in (heads, *rows))
        return text.encode("gbk")

    def read(self, profile, data):
        return self.env["dealer.warranty.claim"]._take_answers(profile, data)

    @users("advisor")
    def test_workbook_has_a_row_for_each_line(self):
        claim = self.submitted()
        name, data = self.by_line.with_env(self.env)._write_file(claim.line_ids)
        self.assertTrue(name.endswith(".xlsx"))
        rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
        self.assertEqual(rows[0][:3], ("索赔单号", "行号", "VIN"))
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows[1][:3], (claim.name, 1, "LVVDB11B0RD045678"))
        amounts = rows[0].index("申请金额")
        self.assertEqual([row[amounts] for row in rows[1:]], [500, 460])

    @users("advisor")
    def test_text_of_older_systems_is_gbk_with_a_row_for_each_claim(self):
        claim = self.submitted()
        claim._write_by_method({"fault_text": "=cmd|' /C calc'!A0"})
        _name, data = self.by_claim.with_env(self.env)._write_file(claim)
        [row] = csv.DictReader(io.StringIO(data.decode("gbk")))
        self.assertEqual(row["车架号"], "LVVDB11B0RD045678")
        self.assertEqual(float(row["合计金额"]), 960.0)
        self.assertEqual(row["主损件"], "T15-2905010")
        # a spreadsheet calculates nothing that somebody typed
        self.assertTrue(row["故障描述"].startswith("'="))

    @users("advisor")
    def test_dialog_hands_out_the_file(self):
        claim = self.submitted()
        action = claim.action_open_file()
        dialog = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .create({"export_id": self.by_line.id})
        )
        self.assertEqual(dialog.claim_ids, claim)
        self.assertIn(str(dialog.id), dialog.action_write()["url"])
        self.assertTrue(dialog.file)

    @users("manager")
    def test_columns_lead_to_fields_of_the_claim_and_nowhere_else(self):
        profile = self.by_line.sudo()
        for path in (
            "claim_id.submit_user_id.password",
            "claim_id.company_id.partner_id.user_ids.login",
            "no_such_field",
            "claim_id.photo_ids.datas",
        ):
            with self.subTest(path), self.assertRaises(ValidationError):
                profile.column_ids.create(
                    {"export_id": profile.id, "name": "x", "path": path}
                )

    @users("advisor")
    def test_answer_is_taken_over_line_by_line(self):
        claim = self.submitted()
        data = self.answer(
            (claim.name, 1, "333.33", "重叠作业"), (claim.name, 2, "460.00", "")
        )
        done, taken, known = self.read(self.by_line, data)
        self.assertEqual((done, taken, known), (claim, 2, 0))
        self.assertEqual(claim.state, "answered")
        self.assertEqual(claim.line_ids.mapped("answer"), ["cut", "approved"])
        self.assertEqual(claim.line_ids[0].answer_reason, "重叠作业")
        self.assertEqual(claim.amount_refused, 166.67)

    @users("advisor")
    def test_the_same_file_once_more_changes_nothing(self):
        claim = self.submitted()
        data = self.answer((claim.name, 1, 0, "不予"), (claim.name, 2, 460, ""))
        self.read(self.by_line, data)
        self.assertEqual(self.read(self.by_line, data)[1:], (0, 2))
        other = self.answer((claim.name, 1, 500, ""))
        with self.assertRaisesRegex(UserError, "something else than was answered"):
            self.read(self.by_line, other)

    @users("advisor")
    def test_one_wrong_row_and_nothing_is_stored(self):
        claim = self.submitted()
        for row, words in (
            (("SP-0", 2, 460, ""), "no claim “SP-0”"),
            ((claim.name, 9, 460, ""), "no line “9”"),
            ((claim.name, 2, "半", ""), "no amount"),
            # numbers for a program, not for whoever has written the file
            *(((claim.name, 2, odd, ""), "no amount") for odd in ODD_AMOUNTS),
            ((claim.name, 2, 461, ""), "is approved of"),
            ((claim.name, 2, -1, ""), "is approved of"),
            ((claim.name, 1, 400, ""), "answered twice"),
        ):
            with self.subTest(row), self.assertRaisesRegex(UserError, words) as error:
                self.read(self.by_line, self.answer((claim.name, 1, 500, ""), row))
            self.assertIn("Line 3", str(error.exception))
            self.assertFalse(any(claim.line_ids.mapped("answer")))

    @users("advisor")
    def test_answer_of_whole_claims_by_the_manufacturers_number(self):
        claim = self.submitted()
        claim.factory_number = "QR-88"
        heads = ("单号", "核定金额", "备注")
        with self.assertRaisesRegex(UserError, "enter by hand"):
            self.read(self.by_claim, self.answer(("QR-88", 700, ""), heads=heads))
        self.read(self.by_claim, self.answer(("QR-88", 960, ""), heads=heads))
        self.assertEqual(claim.amount_approved, 960.0)

    @users("advisor")
    def test_amounts_are_read_as_people_write_them(self):
        claim = self.submitted()
        rows = ((claim.name, 1, "￥333.30元", ""), (claim.name, 2, "４６０", ""))
        self.read(self.by_line, self.answer(*rows))
        self.assertEqual(claim.line_ids.mapped("amount_approved"), [333.3, 460.0])

    @users("advisor")
    def test_answer_to_another_shop_is_not_read_here(self):
        claim = self.submitted()
        other = self.env(user=SUPERUSER_ID)["res.company"].create({"name": "南京店"})
        self.env.user.sudo().company_ids += other
        data = self.answer((claim.name, 1, 500, ""), (claim.name, 2, 460, ""))
        claims = self.env["dealer.warranty.claim"].with_company(other)
        with self.assertRaisesRegex(UserError, f"no claim “{claim.name}”"):
            claims._take_answers(self.by_line, data)
        self.assertEqual(claim.state, "submitted")

    @users("advisor")
    def test_whole_claim_is_not_approved_beyond_what_was_claimed(self):
        claim = self.submitted()
        heads = ("单号", "核定金额", "备注")
        for amount in (961, -1):
            data = self.answer((claim.name, amount, ""), heads=heads)
            with self.assertRaisesRegex(UserError, "is approved of"):
                self.read(self.by_claim, data)

    @users("advisor")
    def test_discount_on_the_claim_is_cut_as_well(self):
        claim = self.submitted()
        line = claim.line_ids[1]
        line._write_by_method({"amount_laid": -100.0, "amount_claimed": -100.0})
        self.read(self.by_line, self.answer((claim.name, 2, -60, "")))
        self.assertEqual(claim.line_ids[1].answer, "cut")
        with self.assertRaisesRegex(UserError, "is approved of"):
            self.read(self.by_line, self.answer((claim.name, 2, -101, "")))

    @users("advisor")
    def test_titles_sums_and_small_letters_of_the_manufacturers_program(self):
        claim = self.submitted()
        profile = self.by_line.sudo().copy({"answer_line": False})
        profile.answer_reason = False
        text = (
            f"结算报表\r\n\r\n索赔单号,审核金额\r\n{claim.name.lower()},960\r\n合计,960"
        )
        self.read(profile.with_env(self.env), text.encode("gbk"))
        self.assertEqual(claim.state, "answered")

    @users("advisor")
    def test_lines_are_numbered_with_zeros_as_well(self):
        claim = self.submitted()
        claim.factory_number = "qr-88a"
        self.read(self.by_line, self.answer(("QR-88A", "01", 500, "")))
        self.assertEqual(claim.line_ids[0].answer, "approved")
        with self.assertRaisesRegex(UserError, "no line"):
            self.read(self.by_line, self.answer(("QR-88A", "1" * 5000, 500, "")))

    @users("advisor")
    def test_what_a_row_leaves_out_is_said(self):
        claim = self.submitted()
        for row, words in (
            (("", 1, 500, ""), "no number of a claim"),
            ((claim.name, 1, "", ""), "A formula has one"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.read(self.by_line, self.answer(row))
        with self.assertRaisesRegex(UserError, "no answer stands below"):
            self.read(self.by_line, self.answer())

    @users("advisor")
    def test_files_that_are_no_answer(self):
        for data in (b"", b"%PDF-1.4", "车牌,车主\n皖B1,王\n".encode()):
            with self.subTest(data), self.assertRaises(UserError):
                self.read(self.by_line, data)

    @users("advisor")
    def test_dialog_asks_for_its_file(self):
        dialog = self.env["dealer.claim.answer"].create({"export_id": self.by_line.id})
        with self.assertRaisesRegex(UserError, "Choose a file"):
            dialog.action_read()
