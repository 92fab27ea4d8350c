"""The inspection on paper, in the customer's language."""

from odoo.exceptions import UserError

from ...papers import PaperCase
from .multipoint_case import MultipointCase


class TestInspectionPaper(MultipointCase, PaperCase):
    def test_values_limits_and_what_is_wrong(self):
        self.customer.lang = "zh_CN"
        sheet = self.inspect(tread=2.0, joints="red")
        pdf = self.print_paper("dealer_service.action_paper_multipoint", sheet)
        text = self.read_text(pdf)
        for words in (
            "车况检查",
            "2 mm",
            "1.6 mm",
            "尽快处理",
            "须立即处理",
            "球头松旷",
            self.visit.name,
        ):
            self.assertIn(words, text)
        self.assertNotIn(self.technician.name, text)

    def test_there_is_none_before_it_is_finished(self):
        sheet = self.begin()
        self.judge(sheet, lamps="green")
        with self.assertRaises(UserError):
            self.print_paper("dealer_service.action_paper_multipoint", sheet)
