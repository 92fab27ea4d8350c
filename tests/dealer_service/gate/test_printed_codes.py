"""A phone reads what a printed code says: the reader is zbar's, and not ours."""

from odoo.tests import tagged

from ...papers import PaperCase
from .test_gate_pass import GateCase


@tagged("post_install", "-at_install")
class TestPrintedCodes(PaperCase, GateCase):
    def test_poster_leads_to_the_booking_page(self):
        self.company.write({"dealer_online_booking": True, "dealer_online_share": 50})
        self.company.with_user(self.manager).action_renew_online_link()
        poster = self.print_paper(
            "dealer_service.action_paper_online", self.company, self.manager
        )
        self.assertEqual(self.count_pages(poster), 1)
        # A4, upright, in points
        size = self.run_poppler("pdfinfo", poster, "-")
        self.assertRegex(size, r"Page size:\s+59\d\S* x 84\d\S* pts \(A4\)")
        [url] = self.read_codes(poster)
        self.assertEqual(url, self.company.dealer_online_url)
        self.assertOnPaper(poster, self.company.name, url)

    def test_pass_leads_to_the_page_of_the_guard(self):
        self.bring_to(self.reception, "delivered")
        gate_pass = self.reception.gate_pass_ids
        paper = self.print_paper("dealer_service.action_paper_gate_pass", gate_pass)
        [url] = self.read_codes(paper)
        self.assertTrue(url.endswith(f"/gate/pass/{gate_pass.access_token}"), url)

    def test_paper_of_a_visit_leads_to_its_page(self):
        self.reception._portal_ensure_token()
        paper = self.print_paper(
            "dealer_service.action_paper_inspection", self.reception
        )
        [url] = self.read_codes(paper)
        token = self.reception.access_token
        self.assertIn(f"/my/visits/{self.reception.id}?access_token={token}", url)
