"""A month is closed: discussed with the advisor, answered, printed, sent to payroll."""

import io
import json

import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, freeze_time

from ..dealer_service.staff.staff_case import JUNE_2, StaffCase
from ..papers import PaperCase


class TestMonthOfAPerson(StaffCase, PaperCase, HttpCase):
    def test_a_month_is_closed(self):
        self.advisor.name, self.manager.name = "周敏", "郑国栋"
        self.company.dealer_staff_cover = 30
        self.make_visits(46, rating=4.6)
        self.make_visits(4, is_first_promise_kept=False)

        # The night has measured it; the home says whom to talk to.
        with freeze_time(JUNE_2):
            cron = self.env.ref("dealer_service.ir_cron_dealer_service_staff")
            cron.method_direct_trigger()
        sheet = self.sheet_of(self.advisor)
        promise = self.line(sheet, "promise")
        self.assertEqual((promise.value, promise.points), (92.0, 80.0))
        self.assertEqual(sheet.points, 80.0)

        # The manager talks with the advisor, who adds a word, and closes the month.
        with freeze_time(JUNE_2):
            judge = sheet.with_user(self.manager)
            judge.comment = "承诺兑现率保持在九成以上"
            judge.action_give()
            sheet.with_user(self.advisor).word = "四台超时均为缺件"
            judge.action_close()

        # One page, in Chinese, to be signed.
        self.env = self.env(context={**self.env.context, "lang": "zh_CN"})
        pdf = self.print_paper("dealer_service.action_paper_staff", sheet)
        self.assertIn("Pages:           1", self.run_poppler("pdfinfo", pdf, "-"))
        text = self.read_text(pdf)
        for words in (
            "月度考核表",
            "周敏",
            "2026-05",
            "92.0 %",
            "80(达 90 档)",
            "承诺兑现率保持在九成以上",
            "四台超时均为缺件",
            "郑国栋",
            "已关闭",
        ):
            self.assertIn(words, text)

        # Payroll gets a table: by the shipped template, in one click.
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        self.authenticate(self.manager.login, self.manager.login + "x")
        names = self.env.ref("dealer_service.ir_exports_dealer_staff_payroll")
        answer = self.url_open(
            "/web/export/xlsx",
            data={
                "csrf_token": Request.csrf_token(self),
                "data": json.dumps(
                    {
                        "model": sheet._name,
                        "fields": [
                            {
                                "name": line.name,
                                "label": line.name,
                                "type": sheet._fields[line.name].type,
                            }
                            for line in names.export_fields
                        ],
                        "ids": False,
                        "domain": [["state", "in", ["given", "closed"]]],
                        "import_compat": False,
                        "context": {"lang": "zh_CN"},
                    }
                ),
            },
        )
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
        columns = [line.name for line in names.export_fields]
        found = dict(zip(columns, rows[1], strict=True))
        self.assertEqual(len(rows), 2)
        self.assertEqual((found["name"], found["points"]), ("周敏", 80))
        self.assertEqual(found["role"], "服务顾问")
