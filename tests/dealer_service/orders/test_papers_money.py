"""Work order, supplement and settlement on paper: what was agreed, and what is paid."""

import base64
import re
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...papers import PaperCase
from ..walkaround.test_inspection import PIXEL
from ..walkaround.test_papers_inspection import DELIVERY, SHEET

ORDER = "dealer_service.action_paper_order"
SUPPLEMENT = "dealer_service.action_paper_supplement"
SETTLEMENT = "dealer_service.action_paper_settlement"


class TestMoneyPapers(PaperCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technician.name = "周师傅"
        cls.reception = cls.make_reception(
            state="arrived",
            odometer=41234,
            concern_ids=[Command.create({"name": "刹车时方向盘抖动"})],
        )
        cls.labour = cls.make_product("更换前制动盘 工时", "labour", 300.0)
        cls.part = cls.make_product(
            "前制动盘", "part", 480.5, dealer_part_origin="aftermarket"
        )
        cls.order = cls.make_order(cls.reception, cls.labour, cls.part)

    def make_supplement(self):
        self.bring_to(self.reception, "authorized")
        return self.make_order(
            self.reception,
            self.make_product("更换制动液", "labour", 180.0),
            self.make_product("雨刮片", "part", 120.0),
            dealer_reason="制动液含水量 4 %",
            dealer_extra_minutes=40,
            dealer_date_promised=self.reception.date_promised + timedelta(minutes=40),
        )

    def test_work_order_names_parties_items_apart_total_and_overrun(self):
        pdf = self.print_paper(ORDER, self.reception)
        self.assertOnPaper(
            pdf,
            "皖B·A1234",
            "王建国",
            "刹车时方向盘抖动",
            "更换前制动盘 工时",
            "300.00",
            "Aftermarket Part",
            "480.50",
            "780.50",
            "柒佰捌拾元零伍角整",
            "only after the customer has agreed to a supplement",
        )
        text = self.read_text(pdf)
        self.assertLess(text.index("Labour"), text.index("Aftermarket"))

    def test_work_order_names_the_repair_warranty(self):
        warranty = self.env["dealer.repair.warranty"].create(
            {"name": "总成修理", "km": 20000, "days": 100}
        )
        self.labour.repair_warranty_id = warranty
        self.assertOnPaper(
            self.print_paper(ORDER, self.reception), "总成修理", "20000 km / 100 d"
        )

    def test_work_order_shows_who_agreed_and_how(self):
        self.order.action_record_consent("phone", "李娟")
        self.assertOnPaper(self.print_paper(ORDER, self.reception), "李娟", "Phone")

    def test_supplement_tells_reason_decision_time_and_consent(self):
        supplement = self.make_supplement()
        wiper = supplement.order_line[1]
        supplement.dealer_photo_ids = [
            Command.create({"name": "photo.png", "raw": base64.b64decode(PIXEL)})
        ]
        supplement.with_user(self.advisor).action_record_consent(
            "phone", "王建国", declined={wiper.id: "下次再换"}
        )
        pdf = self.print_paper(SUPPLEMENT, supplement)
        self.assertOnPaper(
            pdf,
            supplement.name,
            "制动液含水量 4 %",
            "更换制动液",
            "180.00",
            "壹佰捌拾元整",
            "下次再换",
            "40 min",
            self.advisor.name,
        )
        # nobody signed: how the customer agreed stands under the name
        self.assertRegex(self.read_text(pdf), r"王建国\s+Phone")
        # what was refused is shown with the price it was offered for
        self.assertOnPaper(pdf, "雨刮片", "120.00", "Declined")
        self.assertNotIn("300.00", self.read_text(pdf))

    def test_nobody_signs_a_page_with_nothing_on_it(self):
        supplement = self.make_supplement()
        for count in range(24, 32):
            supplement.order_line = [
                Command.create({"product_id": self.part.id})
                for _line in range(count - len(supplement.order_line))
            ]
            with self.subTest(lines=count):
                pages = self.read_text(self.print_paper(SUPPLEMENT, supplement))
                [signed] = (
                    page for page in pages.split("\f") if "Customer's signature" in page
                )
                self.assertIn("Total of the Supplement", signed)

    def test_every_page_of_a_long_table_has_its_head(self):
        """The wkhtmltopdf of Debian repeats none, and cuts through rows."""
        parts = [
            self.make_product(f"保养件-{number:02}-", "part", 10.0)
            for number in range(60)
        ]
        self.order.order_line = [
            Command.create({"product_id": part.id}) for part in parts
        ]
        for report, state in ((ORDER, "arrived"), (SETTLEMENT, "settled")):
            with self.subTest(report):
                if state == "settled":
                    self.bring_to(self.reception, "settled")
                pdf = self.print_paper(report, self.reception)
                self.assertHeadOnEachPage(pdf, "保养件-", "Item", 60)

    def test_word_longer_than_its_column_pushes_nothing_off_the_page(self):
        """A link, or a number without a space, as customers and catalogues have."""
        word = "WBA" + "0123456789" * 24
        self.reception.concern_ids.name = f"https://example.com/{word}"
        self.order.order_line[1].name = word
        for report, state in (
            (SHEET, "arrived"),
            (ORDER, "arrived"),
            (SETTLEMENT, "settled"),
            (DELIVERY, "settled"),
        ):
            with self.subTest(report):
                if state == "settled":
                    self.bring_to(self.reception, "settled")
                pdf = self.print_paper(report, self.reception)
                words = self.run_poppler("pdftotext", pdf, "-bbox", "-", "-")
                [width] = set(re.findall(r'<page width="([\d.]+)"', words))
                ends = map(float, re.findall(r'xMax="([\d.]+)"', words))
                self.assertLess(max(ends), float(width) - 20)
        text = "".join(self.read_text(self.print_paper(ORDER, self.reception)).split())
        self.assertIn("480.50", text)

    def test_estimate_of_no_visit_is_no_supplement(self):
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        html = self.env["ir.actions.report"]._render_qweb_html(SUPPLEMENT, order.ids)
        self.assertNotIn(order.name, html[0].decode())

    def test_settlement_puts_the_estimate_beside_the_actual(self):
        self.bring_to(self.reception, "settled")
        self.reception.odometer_out = 41240
        pdf = self.print_paper(SETTLEMENT, self.reception)
        self.assertOnPaper(
            pdf,
            "41234 km",
            "41240 km",
            self.order.name,
            "更换前制动盘 工时",
            "Aftermarket",
            "柒佰捌拾元零伍角整",
            f"{self.reception.name}-HG1",
            self.technician.name,
        )
        totals = self.reception._settlement_totals()
        self.assertEqual((totals["agreed"], totals["settled"]), (780.5, 780.5))
        self.assertEqual(self.read_text(pdf).count("780.50"), 3)

    def test_settlement_of_what_is_not_settled_says_so(self):
        self.bring_to(self.reception, "ready")
        pdf = self.print_paper(SETTLEMENT, self.reception)
        for words in ("Settlement Preview", "To Be Settled", "Not settled yet"):
            self.assertOnPaper(pdf, words)
        text = self.read_text(pdf)
        for word in ("Settled Total", "Settled Amount", "was explained"):
            self.assertNotIn(word, text)

    def test_who_left_has_no_settlement_and_no_delivery(self):
        self.bring_to(self.reception, "working")
        self.reception.with_user(self.manager).action_leave("time")
        reports = self.env["ir.actions.report"].with_user(self.advisor)
        for name in (SETTLEMENT, DELIVERY):
            with self.subTest(name), self.assertRaisesRegex(UserError, "has no “"):
                reports._render_qweb_html(name, self.reception.ids)
            report = self.env.ref(name)
            self.assertNotIn(
                report.id,
                reports.browse(report.id).get_valid_action_reports(
                    self.reception._name, self.reception.ids
                ),
            )

    def test_settlement_tells_hours_rate_and_what_the_customer_brought_along(self):
        """JT/T 1133 asks for the rate of labour and for customer-supplied parts."""
        self.labour.dealer_hours = 1.5
        self.reception.customer_parts = "自带机油 4 升"
        self.bring_to(self.reception, "settled")
        row = self.reception._settlement_rows()[0]
        self.assertEqual((row["hours"], row["rate"]), (1.5, 200.0))
        self.assertOnPaper(
            self.print_paper(SETTLEMENT, self.reception),
            "Rate per Hour",
            "1.50",
            "200.00",
            "自带机油 4 升",
        )

    def test_settlement_has_what_the_list_of_the_trade_asks_for(self):
        """JT/T 1133: the shop's numbers, the engine, price and number of each part."""
        self.company.vat = "91340207MA2T008839"
        self.company.dealer_filing_number = "皖340207000123"
        bank = self.env["res.bank"].create({"name": "徽商银行芜湖弋江支行"})
        self.env["res.partner.bank"].create(
            {
                "acc_number": "1101 7010 2100 0042",
                "bank_id": bank.id,
                "partner_id": self.company.partner_id.id,
            }
        )
        self.reception.vehicle_id.engine_number = "SQRF4J16C8842"
        self.part.default_code = "T15-3501075"
        self.order.order_line[1].product_uom_qty = 2.0
        self.bring_to(self.reception, "settled")
        row = self.reception._settlement_rows()[1]
        self.assertEqual((row["price"], row["settled"]), (480.5, 961.0))
        self.assertOnPaper(
            self.print_paper(SETTLEMENT, self.reception),
            "91340207MA2T008839",
            "皖340207000123",
            "徽商银行芜湖弋江支行 1101 7010 2100 0042",
            "SQRF4J16C8842",
            "T15-3501075",
            "Unit Price",
            "480.50",
            "961.00",
            "seal of the shop",
        )

    def test_settlement_counts_only_the_customers_part_as_due(self):
        self.make_order(self.reception, self.labour, dealer_payer="goodwill")
        self.bring_to(self.reception, "settled")
        self.assertOnPaper(
            self.print_paper(SETTLEMENT, self.reception),
            "1,080.50",
            "柒佰捌拾元零伍角整",
            "Goodwill",
        )

    def test_certificate_has_no_number_before_the_final_inspection(self):
        self.bring_to(self.reception, "working")
        self.assertEqual(self.reception._paper_certificate_number(), "")

    def test_old_parts_are_declared(self):
        self.reception.old_parts = "taken"
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(SETTLEMENT, self.reception.ids)[0]
            .decode()
        )
        ticked = [part for part in html.split("<svg") if "L5,9" in part]
        self.assertEqual(len(ticked), 1)
        self.assertIn("taken along", ticked[0])

    def test_papers_are_chinese_for_a_chinese_customer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(
            ["dealer_service"], ["zh_CN"], overwrite=True
        )
        self.customer.lang = "zh_CN"
        self.reception.vehicle_id.fuel_type = "gasoline"
        supplement = self.make_supplement()
        for report, records, words in (
            (ORDER, self.reception, ("任务委托书", "预算金额合计", "承修方")),
            (SUPPLEMENT, supplement, ("增项单", "增项原因", "40 分钟")),
            (SETTLEMENT, self.reception, ("结算单", "金额大写", "旧件处理")),
            (SHEET, self.reception, ("环检单", "随车物品", "油量", "左侧")),
            (DELIVERY, self.reception, ("交车检查表", "进厂时约定")),
        ):
            with self.subTest(report=report):
                pdf = self.print_paper(report, records)
                self.assertOnPaper(pdf, *words)
                words = set(self.read_text(pdf).split())
                self.assertFalse(words & {"the", "The", "and", "Customer", "No."})

    def test_technician_prints_no_price(self):
        for report, records in (
            (ORDER, self.reception),
            (SETTLEMENT, self.reception),
            (SUPPLEMENT, self.order),
        ):
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(
                    self.technician
                )._render_qweb_html(report, records.ids)
