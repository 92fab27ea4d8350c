"""The sheet of the walk-around and the checklist of the delivery, on paper."""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tools.misc import file_path

from ...papers import PaperCase
from ...signature import SIGNATURE
from .test_inspection import PIXEL

SHEET = "dealer_service.action_paper_inspection"
VERSION = "dealer_service.action_paper_inspection_version"
DELIVERY = "dealer_service.action_paper_delivery"


class TestInspectionPapers(PaperCase):
    def setUp(self):
        super().setUp()
        self.vehicle.vin_sn = "LVVDB11B7ED012345"
        self.reception = self.make_reception(
            state="arrived", odometer=41234, fuel_level=60, belongings="雨伞一把"
        )
        self.reception.concern_ids = [(0, 0, {"name": "过减速带时右前方有异响"})]
        self.sheet = self.reception.inspection_id
        self.env["dealer.damage.mark"].create(
            [
                {
                    "reception_id": self.reception.id,
                    "zone": "left",
                    "x": 30,
                    "y": 60,
                    "kind": "dent",
                    "severity": "heavy",
                    "note": "左前门凹陷",
                    "photo": PIXEL,
                },
                {"reception_id": self.reception.id, "zone": "top", "kind": "rust"},
            ]
        )

    def test_sheet_names_car_people_concerns_and_damage(self):
        pdf = self.print_paper(SHEET, self.reception)
        self.assertOnPaper(
            pdf,
            "皖B·A1234",
            "LVVDB11B7ED012345",
            "王建国",
            "138 0553 1234",
            "41234 km",
            "过减速带时右前方有异响",
            "左前门凹陷",
            "雨伞一把",
            "芜湖市长江路 88 号",
        )

    def test_charge_of_an_electric_car_is_no_fuel(self):
        for energy, said, unsaid in (
            ("gasoline", "Fuel Level", "Charge"),
            ("electric", "Charge", "Fuel Level"),
        ):
            self.vehicle.fuel_type = energy
            text = self.read_text(self.print_paper(SHEET, self.reception))
            self.assertIn(said, text)
            self.assertNotIn(unsaid, text)
            signed = str(self.reception._signed_content("inspection"))
            self.assertEqual("charge:" in signed, energy == "electric")
            self.assertEqual("fuel:" in signed, energy == "gasoline")

    def test_chinese_is_printed_with_a_chinese_font(self):
        pdf = self.print_paper(SHEET, self.reception)
        fonts = self.run_poppler("pdffonts", pdf, "-")
        self.assertRegex(fonts, r"(?i)CJK|Han|YaHei|WenQuanYi|PingFang")

    def test_every_page_has_number_and_page(self):
        self.reception.concern_ids = [
            (0, 0, {"name": f"客户诉求第 {number} 条"}) for number in range(60)
        ]
        pdf = self.print_paper(SHEET, self.reception)
        pages = self.count_pages(pdf)
        self.assertGreater(pages, 1)
        for page in range(1, pages + 1):
            text = self.run_poppler(
                "pdftotext", pdf, "-f", str(page), "-l", str(page), "-", "-"
            )
            self.assertIn(f"{page}/{pages}", text.replace(" ", ""))
            self.assertIn(self.reception.name, text)

    def test_paper_size_is_a4(self):
        info = self.run_poppler("pdfinfo", self.print_paper(SHEET, self.reception), "-")
        width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups()
        self.assertAlmostEqual(float(width), 595.3, delta=1)
        self.assertAlmostEqual(float(height), 841.9, delta=1)

    def test_several_visits_are_printed_one_after_the_other(self):
        other = self.make_reception(
            state="arrived",
            vehicle_id=self.make_vehicle(license_plate="皖B·D5K78").id,
        )
        pdf = self.print_paper(SHEET, self.reception + other)
        self.assertOnPaper(pdf, "皖B·A1234", "皖B·D5K78")
        self.assertEqual(self.count_pages(pdf), 2)
        self.assertEqual(self.read_text(pdf).replace(" ", "").count("1/1"), 2)

    def test_qr_code_leads_to_the_customers_page(self):
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "_paper_qr", autospec=True) as code:
            code.side_effect = lambda report, url: url
            html = (
                self.env["ir.actions.report"]
                ._render_qweb_html(SHEET, self.reception.ids)[0]
                .decode()
            )
        # the code is a drawing; the address in its place is a long word
        html = html.replace("<wbr>", "")
        self.assertIn(f"/my/visits/{self.reception.id}?access_token=", html)
        self.assertIn(self.reception.access_token, html)

    def test_paper_fetches_nothing(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(SHEET, self.reception.ids)[0]
            .decode()
        )
        self.assertIn("data:image/png;base64,", html)
        self.assertFalse(re.findall(r'(?:src|href)="(?!data:)[^"]*"', html))
        self.assertNotIn("url(", html)

    def test_signed_values_are_printed_even_when_a_newer_version_differs(self):
        self.sheet.action_sign(SIGNATURE, "王建国")
        self.reception.action_new_inspection_version()
        self.reception.belongings = "行车记录仪"
        self.reception.mark_ids[0].note = "新划痕"
        old = self.print_paper(VERSION, self.sheet)
        self.assertOnPaper(old, "雨伞一把", "左前门凹陷", self.sheet.display_name)
        self.assertNotIn("行车记录仪", self.read_text(old))
        self.assertNotIn("新划痕", self.read_text(old))
        self.assertOnPaper(self.print_paper(SHEET, self.reception), "行车记录仪")

    def test_booked_visit_prints_a_blank_sheet(self):
        booked = self.make_reception()
        self.assertOnPaper(self.print_paper(SHEET, booked), "皖B·A1234", booked.name)

    def test_checklist_lists_the_standards_before_their_step_is_reached(self):
        see_off = self.env.ref("dealer_service.dealer_service_standard_see_off")
        pdf = self.print_paper(DELIVERY, self.reception)
        self.assertFalse(
            self.reception.check_ids.filtered(lambda c: c.standard_id == see_off)
        )
        self.assertOnPaper(pdf, see_off.name, "过减速带时右前方有异响")

    def test_checklist_leaves_out_standards_for_other_customers(self):
        see_off = self.env.ref("dealer_service.dealer_service_standard_see_off")
        see_off.write({"applies_to": "waiting", "name": "送别等候客户"})
        pdf = self.print_paper(DELIVERY, self.reception)
        self.assertNotIn("送别等候客户", self.read_text(pdf))
        self.reception.is_waiting = True
        self.assertOnPaper(self.print_paper(DELIVERY, self.reception), "送别等候客户")

    def test_technician_cannot_print_by_the_address_of_the_report(self):
        for report in (SHEET, DELIVERY):
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(
                    self.technician
                )._render_qweb_html(report, self.reception.ids)

    def test_visit_of_another_company_cannot_be_printed(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        reception = self.make_reception(
            state="arrived",
            company_id=other.id,
            advisor_id=False,
            vehicle_id=self.make_vehicle(license_plate="沪A·00001").id,
        )
        with self.assertRaises(AccessError):
            self.print_paper(SHEET, reception)

    def test_every_body_has_its_drawings(self):
        for body in ("sedan", "suv", "van", "pickup"):
            for view in ("side", "front", "rear", "top"):
                file_path(f"dealer_service/static/src/img/car_{body}_{view}.svg")

    def complain(self, count):
        """The customer has so many concerns."""
        self.reception.concern_ids = [
            (5, 0, 0),
            *((0, 0, {"name": f"异响-{number:02}-"}) for number in range(count)),
        ]

    def mark(self, count):
        """So many damages are marked on the car, none with a photo."""
        self.sheet.mark_ids.unlink()
        self.env["dealer.damage.mark"].create(
            [
                {
                    "reception_id": self.reception.id,
                    "zone": "top",
                    "kind": "rust",
                    "note": f"锈点-{number:02}-",
                }
                for number in range(count)
            ]
        )

    def test_every_page_of_a_long_table_has_its_head(self):
        self.complain(60)
        self.mark(60)
        pdf = self.print_paper(SHEET, self.reception)
        self.assertHeadOnEachPage(pdf, "锈点-", "Severity", 60)
        pdf = self.print_paper(DELIVERY, self.reception)
        self.assertHeadOnEachPage(pdf, "异响-", "Resolved", 60)

    def test_no_row_of_a_list_without_a_head_is_cut(self):
        self.complain(60)
        text = self.read_text(self.print_paper(SHEET, self.reception))
        for number in range(60):
            self.assertEqual(text.count(f"异响-{number:02}-"), 1)

    def test_nobody_signs_a_page_with_nothing_on_it(self):
        for count in range(0, 27, 2):
            self.complain(count)
            with self.subTest(concerns=count):
                self.assertNotSignedAlone(
                    self.print_paper(SHEET, self.reception),
                    "Customer's signature",
                    "The condition of the car was inspected together",
                )
                self.assertNotSignedAlone(
                    self.print_paper(DELIVERY, self.reception),
                    "Received the car",
                    f"异响-{count - 1:02}-" if count else "The customer's concerns",
                )
