"""The month that a report is about is read as people write it."""

from odoo import fields
from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase


@tagged("post_install", "-at_install")
class TestMonthNames(DealerServiceCase, DevToolsCase):
    def chip(self, language):
        self.manager.lang = language
        with self.open_page("/odoo/visit-analysis", login="manager") as page:
            page.wait_for(".o_facet_values")
            return page.text(".o_facet_values")

    def test_month_of_a_report_in_chinese_and_in_english(self):
        today = fields.Date.today()
        self.assertIn(f"{today.year}年{today.month}月", self.chip("zh_CN"))
        self.assertIn(f"{today:%B} {today.year}", self.chip("en_US"))
