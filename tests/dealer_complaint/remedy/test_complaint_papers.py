"""The papers of the complaint desk, as they come out of the printer."""

import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command

from ...complaint_common import DealerComplaintCase
from ...papers import PaperCase

SHEET = "dealer_complaint.action_paper_complaint"
REPORT = "dealer_complaint.action_paper_manufacturer"


class TestComplaintPapers(PaperCase, DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # papers speak the customer's language; what is asserted is English
        cls.customer.lang = "en_US"
        cls.vehicle.vin_sn = "LVVDB11B7ED012345"
        cls.vehicle.sale_date = "2026-01-10"
        cls.visit = cls.make_reception(state="arrived", odometer=12345)
        cls.visit.concern_ids = [
            (
                0,
                0,
                {"name": "刹车时有异响", "cause": "卡簧松动", "correction": "更换卡簧"},
            )
        ]
        with freeze_time(fields.Datetime.now() - timedelta(days=9)):
            cls.complaint = cls.make_complaint(
                subject="刹车异响",
                description="第二次来修，还是响",
                remedy_sought="彻底修好",
                vehicle_id=cls.vehicle.id,
                reception_id=cls.visit.id,
                first_receiver_id=cls.colleague.id,
                cause="product",
                root_cause="卡簧批次不良",
            )
        cls.contact = cls.make_contact(cls.complaint, summary="已致歉，约周四")

    def print_sheet(self):
        return self.print_paper(SHEET, self.complaint, self.handler)

    def make_report(self, **values):
        return self.env["dealer.manufacturer.report"].create(
            {
                "name": "刹车异响批量问题",
                "complaint_id": self.complaint.id,
                "description": "第三起同类故障",
                "request": "请提供改进件",
                "contact": "技术支持热线",
                "user_id": self.handler.id,
                **values,
            }
        )

    # ------------------------------------------------------------------
    # HANDLING SHEET
    # ------------------------------------------------------------------

    def test_sheet_tells_who_what_and_how_it_went(self):
        self.complaint.proposal = "免费更换刹车总成"
        self.complaint.corrective_action = "加强质检"
        self.assertOnPaper(
            self.print_sheet(),
            self.complaint.name,
            "王建国",
            "138 0553 1234",
            "皖B·A1234",
            "LVVDB11B7ED012345",
            "刹车异响",
            "第二次来修，还是响",
            "彻底修好",
            "已致歉，约周四",
            "免费更换刹车总成",
            "卡簧批次不良",
            "加强质检",
            "Customer's signature",
        )

    def test_sheet_says_which_limits_were_kept_and_which_were_broken(self):
        rows = {row["metric"]: row for row in self.complaint._paper_limits()}
        outcome = rows["First Contact"]["outcome"]
        self.assertRegex(outcome, r"^broken · late by \d+:\d\d h$")
        prompt = self.make_complaint()
        self.make_contact(prompt)
        rows = {row["metric"]: row for row in prompt._paper_limits()}
        self.assertEqual(rows["First Contact"]["outcome"], "kept")
        self.assertEqual(rows["Feedback"]["outcome"], "running")
        self.assertOnPaper(self.print_sheet(), "broken · late by")

    def test_sheet_adds_up_the_remedies_that_are_agreed(self):
        Action = self.env["dealer.complaint.action"]
        vals = {"complaint_id": self.complaint.id, "kind": "gift"}
        oil = Action.create({**vals, "name": "机油一桶", "cost": 280})
        oil.action_request()
        Action.create({**vals, "name": "尚未批准", "cost": 5000})
        dropped = Action.create({**vals, "name": "不再提供", "cost": 70})
        dropped.action_cancel()
        pdf = self.print_sheet()
        self.assertOnPaper(pdf, "机油一桶", "尚未批准", "280.00")
        self.assertNotIn("不再提供", self.read_text(pdf))
        self.assertEqual(self.complaint._paper_remedy_total(), 280)

    def test_sheet_is_a4_numbered_and_has_the_customers_page_as_a_code(self):
        pdf = self.print_sheet()
        info = self.run_poppler("pdfinfo", pdf, "-")
        width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups()
        self.assertAlmostEqual(float(width), 595.3, delta=1)
        self.assertAlmostEqual(float(height), 841.9, delta=1)
        self.assertIn(
            f"1/{self.count_pages(pdf)}", self.read_text(pdf).replace(" ", "")
        )
        fonts = self.run_poppler("pdffonts", pdf, "-")
        self.assertRegex(fonts, r"(?i)CJK|Han|YaHei|WenQuanYi|PingFang")
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "_paper_qr", autospec=True) as code:
            code.side_effect = lambda report, url: url
            html = self.render(SHEET, self.complaint)
        # the code is a drawing; the address in its place is a long word
        html = html.replace("<wbr>", "")
        self.assertIn(f"/my/complaints/{self.complaint.id}?access_token=", html)
        self.assertIn(self.complaint.access_token, html)

    def render(self, report, records):
        reports = self.env["ir.actions.report"]
        return reports._render_qweb_html(report, records.ids)[0].decode()

    def test_words_of_the_customer_are_escaped_and_nothing_is_fetched(self):
        self.complaint.description = "<script>alert(1)</script><img src='http://x/y'>"
        html = self.render(SHEET, self.complaint)
        self.assertNotIn("<script>alert", html)
        self.assertFalse(re.findall(r'(?:src|href)="(?!data:)[^"]*"', html))

    def test_sheet_of_somebody_elses_complaint_cannot_be_printed(self):
        theirs = self.make_complaint(user_id=self.colleague.id)
        with self.assertRaises(AccessError):
            self.print_paper(SHEET, theirs, self.handler)

    def test_papers_are_for_the_complaint_desk_only(self):
        report = self.make_report()
        for paper, record in ((SHEET, self.complaint), (REPORT, report)):
            for user in (self.advisor, self.technician):
                with self.subTest(paper), self.assertRaises(AccessError):
                    self.env["ir.actions.report"].with_user(user)._render_qweb_html(
                        paper, record.ids
                    )

    def test_plate_is_that_of_the_visit_and_kept_when_the_complaint_is_over(self):
        loose = self.make_complaint(vehicle_id=self.vehicle.id)
        loose._write_by_method({"state": "closed"})
        self.bring_to(self.visit, "delivered")
        self.vehicle.license_plate = "皖B·Z9999"
        running = self.make_complaint(vehicle_id=self.vehicle.id)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertOnPaper(self.print_sheet(), "皖B·A1234")
        self.assertEqual(loose.license_plate, "皖B·A1234")
        self.assertEqual(running.license_plate, "皖B·Z9999")
        report = self.print_paper(REPORT, self.make_report(), self.handler)
        self.assertOnPaper(report, "皖B·A1234")

    def test_sheet_without_a_car_is_printed(self):
        complaint = self.make_complaint(subject="电话没人接")
        pdf = self.print_paper(SHEET, complaint, self.handler)
        self.assertOnPaper(pdf, "电话没人接")

    # ------------------------------------------------------------------
    # REPORT TO THE FACTORY
    # ------------------------------------------------------------------

    def test_report_tells_the_car_its_faults_and_the_answer(self):
        report = self.make_report()
        report.action_send()
        report.answer = "已列入改进计划"
        report.action_answered()
        pdf = self.print_paper(REPORT, report, self.handler)
        self.assertOnPaper(
            pdf,
            f"{self.complaint.name}-1",
            "LVVDB11B7ED012345",
            "2026",
            "12345 km",
            "刹车异响批量问题",
            "第三起同类故障",
            "请提供改进件",
            "技术支持热线",
            "刹车时有异响",
            "卡簧松动",
            "更换卡簧",
            "已列入改进计划",
        )

    def test_report_does_not_tell_the_factory_who_the_customer_is(self):
        report = self.make_report()
        text = self.read_text(self.print_paper(REPORT, report, self.handler))
        self.assertNotIn("王建国", text)
        self.assertNotIn("0553", text)
        html = self.render(REPORT, report)
        self.assertNotIn("/my/complaints", html)
        self.assertNotIn('class="qr"', html)

    def test_visits_in_other_companies_are_not_told(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        visit = self.make_reception(
            company_id=other.id, advisor_id=False, state="arrived"
        )
        visit.concern_ids = [Command.create({"name": "别家店的诉求"})]
        report = self.make_report()
        self.assertEqual(len(report._paper_faults()), 1)
        self.assertNotIn("别家店的诉求", self.render(REPORT, report))

    def test_several_reports_are_printed_one_after_the_other(self):
        reports = self.make_report() + self.make_report(name="第二份")
        pdf = self.print_paper(REPORT, reports, self.handler)
        self.assertOnPaper(
            pdf, f"{self.complaint.name}-1", f"{self.complaint.name}-2", "第二份"
        )
        self.assertEqual(self.read_text(pdf).replace(" ", "").count("1/1"), 2)

    def test_export_for_the_factory_reads_by_cause_and_without_the_customer(self):
        self.make_report()
        export = self.env.ref("dealer_complaint.export_manufacturer")
        names = export.export_fields.mapped("name")
        self.assertEqual(names[0], "cause")
        self.assertFalse([name for name in names if "partner" in name])
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        reports = self.env["dealer.manufacturer.report"].with_user(self.officer)
        [row] = reports.search([("complaint_id", "=", self.complaint.id)]).export_data(
            names
        )["datas"]
        self.assertIn("LVVDB11B7ED012345", row)
        self.assertIn("第三起同类故障", row)

    def make_contacts(self, count):
        self.env["dealer.complaint.contact"].create(
            [
                {
                    "complaint_id": self.complaint.id,
                    "user_id": self.complaint.user_id.id,
                    "summary": f"通话-{number:02}-",
                }
                for number in range(count)
            ]
        )

    def test_every_page_of_a_long_table_has_its_head(self):
        self.make_contacts(60)
        self.env["dealer.complaint.action"].create(
            [
                {
                    "complaint_id": self.complaint.id,
                    "kind": "repair",
                    "name": f"返工-{number:02}-",
                }
                for number in range(60)
            ]
        )
        pdf = self.print_sheet()
        self.assertHeadOnEachPage(pdf, "通话-", "What was said", 60)
        self.assertHeadOnEachPage(pdf, "返工-", "Approved by", 60)

    def test_every_page_of_earlier_faults_has_its_head(self):
        self.visit.concern_ids = [
            Command.create({"name": f"异响-{number:02}-"}) for number in range(60)
        ]
        pdf = self.print_paper(REPORT, self.make_report(), self.handler)
        self.assertHeadOnEachPage(pdf, "异响-", "What was done", 60)

    def test_nobody_signs_a_page_with_nothing_on_it(self):
        report = self.make_report()
        for count in range(0, 22, 3):
            self.visit.concern_ids = [
                Command.create({"name": f"异响-{number:02}-"})
                for number in range(len(self.visit.concern_ids), count)
            ]
            with self.subTest(concerns=count):
                pdf = self.print_paper(REPORT, report, self.handler)
                self.assertNotSignedAlone(
                    pdf, "For the dealer", "Answer of the manufacturer"
                )
