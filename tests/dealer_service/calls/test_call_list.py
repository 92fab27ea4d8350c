"""The list of an exchange (话单): imported late, twice, in the forms it comes in."""

import io
from datetime import datetime

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import users
from odoo.tools.misc import file_open

from .call_case import CallCase

OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "",
    "date_format": "%Y-%m-%d",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}


class TestCallList(CallCase):
    def template(self, lang="en_US"):
        model = self.env["dealer.call.record"].with_context(lang=lang)
        [template] = model.get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            return file.read()

    def rows(self, lang="en_US"):
        sheet = openpyxl.load_workbook(io.BytesIO(self.template(lang))).active
        return [
            [cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)
        ]

    def run_import(self, content, file_type="text/csv", lang="en_US", dryrun=False):
        wizard = self.env["base_import.import"].with_context(lang=lang)
        wizard = wizard.create(
            {
                "res_model": "dealer.call.record",
                "file": content,
                "file_type": file_type,
                "file_name": "calls",
            }
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        headings = preview["headers"]
        matched = [
            (preview["matches"].get(index) or [False])[-1]
            for index in range(len(headings))
        ]
        self.assertTrue(all(matched), (headings, matched))
        return wizard.execute_import(matched, headings, dict(OPTIONS), dryrun=dryrun)

    def text(self, *rows, lang="en_US"):
        lines = [self.rows(lang)[0], *rows]
        return "\r\n".join(",".join(map(str, line)) for line in lines)

    @users("manager")
    def test_template_imports_as_it_is_in_both_languages(self):
        for lang in ("en_US", "zh_CN"):
            with self.subTest(lang):
                kind = (
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                )
                result = self.run_import(self.template(lang), kind, lang)
                self.assertFalse(result["messages"])
                calls = self.env["dealer.call.record"].browse(result["ids"])
                self.assertEqual(len(calls), len(self.rows(lang)) - 1)
                self.assertEqual(set(calls.mapped("origin")), {"list"})
                self.assertEqual(calls.importer_id, self.manager)

    @users("manager")
    def test_list_in_gbk_is_read_in_the_time_of_the_user(self):
        text = self.text(
            ["A-1", "呼出", "13805531234", "8001", "2026-03-02 09:30:00"]
            + ["2026-03-02 09:30:05", "2026-03-02 09:33:10", "185"],
            lang="zh_CN",
        )
        result = self.run_import(text.encode("gb18030"), lang="zh_CN")
        self.assertFalse(result["messages"])
        call = self.env["dealer.call.record"].sudo().browse(result["ids"])
        self.assertEqual(call.date_start, datetime(2026, 3, 2, 1, 30))
        self.assertEqual((call.direction, call.talk_seconds), ("out", 185))
        self.assertEqual(call.user_id, self.advisor)
        self.match_new()
        self.assertEqual(call.partner_id, self.customer)

    @users("manager")
    def test_list_may_come_twice_and_after_the_exchange(self):
        known = self.ring("A-1", talks=12)
        row = ["A-1", "Outgoing", "13805531234", "8001", "2026-03-02 09:30:00"]
        nameless = ["", *row[1:], "", "", "30"]
        content = self.text([*row, "", "", "500"], nameless).encode()
        first = self.run_import(content)
        again = self.run_import(content)
        self.assertEqual(first["ids"], again["ids"])
        self.assertFalse(first["messages"] + again["messages"])
        self.assertEqual(first["ids"][0], known.id)
        # what the exchange has said stands
        self.assertEqual((known.talk_seconds, known.origin), (12, "exchange"))

    @users("manager")
    def test_list_completes_a_call_whose_end_was_lost(self):
        call = self.ring("A-1", ago=300, event="answered", talks=0)
        self.assertFalse(call.is_connected)
        row = ["A-1", "Outgoing", "13805531234", "8001", "2026-03-02 09:30:00"]
        self.run_import(self.text([*row, "", "", "90"]).encode())
        self.assertEqual((call.talk_seconds, call.stage), (90, "ended"))
        # who adds to it vouches for it
        self.assertEqual((call.origin, call.importer_id), ("list", self.manager))
        self.assertFalse(call._is_by_another(self.manager))
        self.assertTrue(call._is_by_another(self.advisor))

    @users("manager")
    def test_row_that_tells_of_no_call_is_refused_on_its_line(self):
        good = ["A-1", "Outgoing", "13805531234", "8001", "2026-03-02 09:30:00"]
        bad = ["A-2", "Outgoing", "13805531234", "8001", ""]
        rest = ["", "", "30"]
        result = self.run_import(self.text([*good, *rest], [*bad, *rest]).encode())
        [message] = result["messages"]
        self.assertIn("time at which it started", message["message"])
        self.assertFalse(self.calls.search([("call_ref", "=", "A-1")]))

    @users("advisor")
    def test_only_managers_import_a_list(self):
        with self.assertRaises(AccessError):
            self.env["dealer.call.record"].load(["call_ref"], [["x"]])
