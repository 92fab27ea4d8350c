"""Rows of the old system: loaded as they are, judged with the reason, mended."""

import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import file_open

from odoo.addons.dealer_service.models.past.dealer_takeover_row_file import COLUMNS

from ...common import DealerServiceCase
from ...past_common import PastFiles, a_row


class TestTakeoverRows(PastFiles, DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.takeover = cls.begin()
        cls.rows = cls.env["dealer.takeover.row"]

    def refusal(self, **values):
        """Why a row with these values is refused; ``""`` when it is ready."""
        takeover = self.begin()
        self.load_rows(takeover, [a_row(**values)])
        self.check(takeover)
        problems = self.problems(takeover)
        return problems.get(2, "")

    # ------------------------------------------------------------------
    # LOADING
    # ------------------------------------------------------------------

    def test_rows_are_loaded_as_they_stand_in_the_file(self):
        result = self.load_rows(
            self.takeover, [a_row(odometer="20,000 km", price="tbd")]
        )
        self.assertFalse(result["messages"])
        row = self.rows.browse(result["ids"])
        self.assertEqual(
            (row.odometer, row.price, row.source, row.line, row.state),
            ("20,000 km", "tbd", "visits.csv", 2, "unread"),
        )
        self.assertEqual(self.takeover.row_count, 1)

    def test_test_of_the_import_stores_nothing(self):
        self.load_rows(self.takeover, [a_row()], dryrun=True)
        self.assertFalse(self.takeover.row_count)

    def test_row_that_is_loaded_again_replaces_itself(self):
        for amount in ("300", "350"):
            self.load_rows(self.takeover, [a_row(amount=amount), a_row(amount="20")])
        self.assertEqual(self.takeover.row_count, 2)
        self.assertEqual(
            self.takeover.row_ids.sorted("line").mapped("amount"), ["350", "20"]
        )

    def test_batches_of_the_import_number_the_rows_of_the_file(self):
        rows = [a_row(f"WX{number}") for number in range(7)]
        self.load_rows(self.takeover, rows, limit=3)
        self.assertEqual(
            self.takeover.row_ids.sorted("line").mapped("line"), list(range(2, 9))
        )

    def test_file_without_the_number_of_the_order_is_refused(self):
        result = self.load_rows(self.takeover, [{"license_plate": "皖BA1234"}])
        self.assertIn("Order Number", result["messages"][0]["message"])

    def test_numbers_that_nothing_can_hold_are_refused_in_words(self):
        rows = self.rows.with_user(self.manager).with_context(
            default_takeover_id=self.takeover.id
        )
        for number, line in (("订" * 501, "2"), ("W1", "99999999999"), ("W1", "²")):
            with self.subTest(number=number[:4], line=line):
                result = rows.load(["number", "line"], [[number, line]])
                self.assertTrue(result["messages"])
                self.assertFalse(result["ids"])
        self.assertFalse(self.takeover.row_count)

    def test_advisor_loads_nothing(self):
        rows = self.rows.with_user(self.advisor).with_context(
            default_takeover_id=self.takeover.id
        )
        with self.assertRaises(AccessError):
            rows.load(["number"], [["WX1"]])

    def test_rows_without_a_take_over_are_refused(self):
        with self.assertRaisesRegex(UserError, "Load a File"):
            self.rows.with_user(self.manager).load(["number"], [["WX1"]])

    def test_take_over_of_another_shop_takes_no_rows(self):
        shop = self.env["res.company"].create({"name": "Other shop"})
        foreign = self.env["dealer.takeover"].create({"company_id": shop.id})
        rows = self.rows.with_user(self.manager).with_context(
            default_takeover_id=foreign.id
        )
        with self.assertRaises(AccessError):
            rows.load(["number"], [["WX1"]])

    # ------------------------------------------------------------------
    # JUDGING
    # ------------------------------------------------------------------

    def test_good_row_is_ready(self):
        self.assertEqual(self.refusal(), "")

    def test_what_is_wrong_is_said_with_what_to_do(self):
        cases = {
            "no order number": {"number": ""},
            "Import the cars first": {"license_plate": "皖BZZ999"},
            "fill in plate or VIN": {"license_plate": ""},
            "is not a date": {"date_arrived": "last spring"},
            "no day of the past": {"date_delivered": "2199-01-01"},
            "before it arrived": {"date_delivered": "2025-02-28"},
            "odometer reading": {"odometer": "many"},
            "is not a number": {"amount": "1.234,50"},
            "Is it in the right column": {"amount": "9" * 40},
            "999999999 is too large": {"price": "999999999"},
            "does not say who paid": {"payer": ""},
            "neither yes nor no": {"is_declined": "perhaps"},
            "no vehicle system": {"system": "Flux capacitor"},
            "nobody has said yet what “挂账”": {"payer": "挂账"},
            "has no description": {"description": "", "code": ""},
            "no customer “李四": {
                "customer_name": "李四",
                "customer_phone": "13900001111",
            },
        }
        for words, values in cases.items():
            with self.subTest(words):
                self.assertIn(words, self.refusal(**values))

    def test_a_plate_says_nothing_of_the_time_before_its_car_was_sold(self):
        self.vehicle.write({"first_sale_date": "2025-07-10"})
        self.assertIn("Fill in the VIN", self.refusal())
        self.vehicle.vin_sn = "LVVDB11B0RD045678"
        self.assertEqual(self.refusal(vin="LVVDB11B0RD045678"), "")
        # prepared for its sale
        self.vehicle.write({"first_sale_date": "2025-03-20"})
        self.assertEqual(self.refusal(), "")

    def test_a_name_without_a_phone_is_whoever_has_it(self):
        name = {"customer_name": "林芳", "customer_phone": ""}
        self.assertIn("no customer “林芳", self.refusal(**name))
        first = self.make_partner(name="林芳", phone="13900002222")
        self.assertEqual(self.refusal(**name), "")
        self.make_partner(name="林芳", phone="13900003333")
        self.assertIn("2 customers are called", self.refusal(**name))
        # one of them had the car
        self.vehicle.owner_id = first
        self.assertEqual(self.refusal(**name), "")

    def test_order_without_any_day_is_refused(self):
        self.assertIn(
            "has no day", self.refusal(date_arrived="", date_delivered="0000-00-00")
        )

    def test_day_with_two_readings_is_refused(self):
        self.assertIn("Write the year first", self.refusal(date_arrived="3/4/2025"))

    def test_one_bad_row_keeps_the_whole_order_out(self):
        self.load_rows(
            self.takeover, [a_row(), a_row(amount="x"), a_row("WX2", odometer="21000")]
        )
        self.check(self.takeover)
        self.assertEqual(set(self.problems(self.takeover)), {2, 3})
        self.assertIn("Another row", self.problems(self.takeover)[2])
        self.assertEqual(self.takeover.ready_count, 1)

    def test_rows_of_one_order_that_contradict_are_told_apart(self):
        self.make_vehicle(license_plate="皖BB0001")
        self.load_rows(self.takeover, [a_row(), a_row(license_plate="皖B·B0001")])
        self.check(self.takeover)
        self.assertIn("row 2 of the same order", self.problems(self.takeover)[3])

    def test_head_stands_in_one_row_and_the_lines_in_another_file(self):
        head = {"number": "WX1", "license_plate": "皖BA1234"}
        self.load_rows(
            self.takeover, [{**head, "date_delivered": "2025-03-01"}], "heads.csv"
        )
        line = {"number": "WX1", "description": "机油", "amount": "9", "payer": "自费"}
        self.load_rows(self.takeover, [line, {**line, "amount": "8"}], "lines.csv")
        self.take(self.takeover)
        visit = self.takeover.reception_ids
        self.assertEqual(visit.past_line_ids.mapped("amount"), [9.0, 8.0])

    def test_file_that_is_loaded_under_two_names_is_noticed(self):
        for name in ("a.csv", "b.csv"):
            self.load_rows(self.takeover, [a_row()], name)
        self.check(self.takeover)
        problems = self.takeover.row_ids.mapped("problem")
        self.assertIn("under two names", " ".join(problems))

    def test_payer_of_the_take_over_fills_what_is_empty(self):
        self.takeover.default_payer = "customer"
        self.load_rows(self.takeover, [a_row(payer="")])
        self.check(self.takeover)
        self.assertFalse(self.problems(self.takeover))

    # ------------------------------------------------------------------
    # MENDING
    # ------------------------------------------------------------------

    def test_word_is_explained_once_for_all_rows(self):
        self.load_rows(
            self.takeover, [a_row(f"WX{n}", payer="挂账单位") for n in range(5)]
        )
        self.check(self.takeover)
        word = self.env["dealer.takeover.word"].search([("word", "=", "挂账单位")])
        self.assertEqual((len(word), word.topic, word.is_open), (1, "payer", True))
        self.assertEqual(self.takeover.open_word_count, 1)
        word.with_user(self.manager).payer = "customer"
        self.check(self.takeover)
        self.assertEqual(self.takeover.ready_count, 5)

    def test_row_is_mended_in_the_list(self):
        self.load_rows(self.takeover, [a_row(license_plate="皖BA1284")])
        self.check(self.takeover)
        row = self.takeover.row_ids.with_user(self.manager)
        self.assertEqual((row.state, self.takeover.state), ("refused", "checked"))
        row.license_plate = "皖BA1234"
        self.assertEqual((row.state, self.takeover.state), ("unread", "open"))
        self.check(self.takeover)
        self.assertEqual(self.takeover.ready_count, 1)

    def test_refused_rows_go_out_as_a_file_and_come_back_mended(self):
        self.load_rows(self.takeover, [a_row("WX1"), a_row("WX2", amount="x")])
        self.check(self.takeover)
        action = self.takeover.action_download_refused()
        file_id = int(action["url"].split("/")[3].split("?")[0])
        data = self.env["ir.attachment"].browse(file_id).raw
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(len(cells), 2)
        self.assertIn("is not a number", cells[1][-1])
        heads = dict(zip(cells[0], cells[1], strict=True))
        self.assertEqual((heads["File"], heads["Row"]), ("visits.csv", "3"))
        rows = self.rows.with_user(self.manager).with_context(
            default_takeover_id=self.takeover.id
        )
        rows.load(
            ["number", "amount", "source", "line"], [["WX2", "7", "visits.csv", "3"]]
        )
        self.assertEqual(self.takeover.row_count, 2)
        self.check(self.takeover)
        self.assertEqual(self.takeover.ready_count, 2)

    def test_rows_rest_while_the_job_is_at_work(self):
        self.load_rows(self.takeover, [a_row()])
        self.takeover.action_check()
        row = self.takeover.row_ids.with_user(self.manager)
        for change in (
            lambda: row.write({"amount": "1"}),
            row.unlink,
            lambda: self.load_rows(self.takeover, [a_row("WX9")]),
            lambda: self.takeover.write({"default_payer": "customer"}),
            self.takeover.action_remove_rows,
        ):
            with self.assertRaises(UserError):
                change()

    def test_nobody_types_what_was_found(self):
        self.load_rows(self.takeover, [a_row()])
        row = self.takeover.row_ids.with_user(self.manager)
        for values in ({"state": "ready"}, {"problem": "x"}, {"amount_read": 5}):
            with self.assertRaises(UserError):
                row.write(values)
        with self.assertRaises(UserError):
            self.takeover.write({"state": "done"})

    def test_shipped_templates_fit_and_are_ready(self):
        self.make_vehicle(license_plate="皖B·A1235", vin_sn="LVVDB11B0RD045678")
        for language in ("en_US", "zh_CN"):
            rows = self.rows.with_context(lang=language)
            path = rows.get_import_templates()[0]["template"]
            with file_open(path.lstrip("/"), "rb") as file:
                wizard = self.env["base_import.import"].create(
                    {
                        "res_model": "dealer.takeover.row",
                        "file": file.read(),
                        "file_type": "application/vnd.openxmlformats-officedocument"
                        ".spreadsheetml.sheet",
                        "file_name": f"{language}.xlsx",
                    }
                )
            takeover = self.begin()
            wizard = wizard.with_context(lang=language, default_takeover_id=takeover.id)
            options = {"has_headers": True, "quoting": '"'}
            preview = wizard.parse_preview(options)
            fields = [preview["matches"][n][0] for n in range(len(COLUMNS))]
            with self.subTest(language):
                self.assertEqual(fields, list(COLUMNS))
                result = wizard.execute_import(fields, preview["headers"], options)
                self.assertFalse(result["messages"])
                takeover.row_ids.filtered("customer_name").write(
                    {"customer_name": False, "customer_phone": False}
                )
                self.check(takeover)
                self.assertFalse(self.problems(takeover))
                self.assertEqual(takeover.ready_count, 1)
