"""The delivery checklist: one page for a usual visit, and never an empty one."""

from odoo.tests import tagged

from ...papers import PaperCase


@tagged("standard", "post_install", "-at_install")
class TestPaperDelivery(PaperCase):
    REPORT = "dealer_service.paper_delivery"

    def visit(self, concerns):
        visit = self.make_reception(
            state="arrived", odometer=15321, belongings="后备箱：工具箱、雨伞"
        )
        self.env["dealer.reception.concern"].create(
            [
                {"reception_id": visit.id, "name": f"高速行驶时方向盘抖动 {number}"}
                for number in range(concerns)
            ]
        )
        return visit

    def test_usual_visit_fits_on_one_page(self):
        for concerns in (0, 1, 3):
            with self.subTest(concerns=concerns):
                pdf = self.print_paper(self.REPORT, self.visit(concerns))
                self.assertNoEmptyPage(pdf)
                self.assertEqual(self.count_pages(pdf), 1)

    def test_no_page_is_empty(self):
        for concerns in (8, 20, 40):
            with self.subTest(concerns=concerns):
                self.assertNoEmptyPage(
                    self.print_paper(self.REPORT, self.visit(concerns))
                )
