"""The summary of a month or quarter for the factory (厂家改进参考)."""

import doctest
import random
from collections import Counter
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form

from odoo.addons.dealer_complaint.tools import without_person

from ...complaint_common import SHANGHAI, UTC, DealerComplaintCase, cn
from ...papers import PaperCase

PAPER = "dealer_complaint.action_paper_manufacturer_summary"
#: Ten in the morning of the tenth of April, in the shop.
NOW = cn(date(2026, 4, 10), 10)
SECOND = timedelta(seconds=1)
#: Moments that a month begins and ends with, by the clock of the shop.
EDGES = [
    moment
    for day in (date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1))
    for moment in (cn(day) - SECOND, cn(day), cn(day, 7, 59), cn(day, 8))
]
FACTORY = ("product", "sales_policy", "service_policy")


class SummaryCase(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brand = cls.model.brand_id
        cls.other_brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Beta"})
        cls.other_model = cls.env["fleet.vehicle.model"].create(
            {"name": "B1", "brand_id": cls.other_brand.id}
        )
        cls.brakes = cls.env.ref("dealer_complaint.complaint_category_brakes")
        cls.body = cls.env.ref("dealer_complaint.complaint_category_body")
        cls.price = cls.env.ref("dealer_complaint.complaint_category_price")

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def summary(self, user=None, **values):
        summaries = self.env["dealer.manufacturer.summary"]
        return summaries.with_user(user or self.officer).create(values)

    def receive(self, when, cause="product", **values):
        return self.make_complaint(date_received=when, cause=cause, **values)


class TestManufacturerSummary(SummaryCase):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(without_person).failed)

    # ------------------------------------------------------------------
    # THE FIGURES, COUNTED BY HAND
    # ------------------------------------------------------------------

    def test_it_counts_what_was_received_in_its_days_by_the_clock_of_the_shop(self):
        dice = random.Random(54)
        first, last = cn(date(2025, 12, 30)), cn(date(2026, 4, 2))
        span = int((last - first).total_seconds())
        told = []
        for number in range(80):
            moment = (
                EDGES[number]
                if number < len(EDGES)
                else first + timedelta(seconds=dice.randrange(span))
            )
            cause = dice.choice((*FACTORY, "product", "dealer_service", "unknown"))
            told.append(
                {
                    "date_received": moment,
                    "cause": cause,
                    "category_id": dice.choice((self.brakes, self.body, self.price)).id,
                    "model_id": dice.choice((self.model, self.other_model)).id,
                    "fault_codes": dice.choice(("", "H101", "h101, I294", "I294")),
                    "is_safety": dice.random() < 0.2,
                    "is_cancelled": dice.random() < 0.1,
                }
            )
        for row in told:
            vals = {name: row[name] for name in row if name != "is_cancelled"}
            complaint = self.make_complaint(**vals)
            if row["is_cancelled"]:
                complaint.action_cancel()
        self.make_vehicles_of(self.other_model, 3)
        for period, begins, ends in (
            ("month", date(2026, 3, 1), date(2026, 3, 31)),
            ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ):
            for brand in (self.env["fleet.vehicle.model.brand"], self.other_brand):
                with self.subTest(period, brand=brand.name):
                    summary = self.summary(
                        period=period, date=date(2026, 3, 31), brand_id=brand.id
                    )
                    self.assertEqual(
                        (summary.date_from, summary.date_to), (begins, ends)
                    )
                    mine = [
                        row
                        for row in told
                        if not row["is_cancelled"]
                        and begins <= self.day(row["date_received"]) <= ends
                        and (not brand or row["model_id"] == self.other_model.id)
                    ]
                    self.assertFigures(summary, mine)

    def day(self, moment):
        """The day in Wuhu of a naive UTC moment."""
        return moment.replace(tzinfo=UTC).astimezone(SHANGHAI).date()

    def make_vehicles_of(self, model, count):
        self.make_vehicles(
            *(
                {"model_id": model.id, "license_plate": f"皖B·X10{number:02}"}
                for number in range(count)
            )
        )

    def assertFigures(self, summary, mine):  # noqa: N802
        category = self.env["dealer.complaint.category"].browse
        model = self.env["fleet.vehicle.model"].browse
        cars = {self.model.id: 1, self.other_model.id: 3}

        def is_safety(row):
            return row["is_safety"] or row["category_id"] == self.brakes.id

        product = [row for row in mine if row["cause"] == "product"]
        policies = [row for row in mine if row["cause"].endswith("policy")]
        self.assertEqual(summary.product_count, len(product))
        self.assertEqual(summary.policy_count, len(policies))
        self.assertEqual(
            summary.safety_count, sum(map(is_safety, [*product, *policies]))
        )
        self.assertTrue(product and policies)
        counts, safety = Counter(), Counter()
        for row in product:
            codes = row["fault_codes"].upper().replace(" ", "").split(",")
            for code in codes:
                key = (code, row["category_id"], row["model_id"])
                counts[key] += 1
                safety[key] += is_safety(row)
        wanted = {
            (
                code,
                category(category_id).display_name,
                model(model_id).display_name,
                count,
                cars[model_id],
                f"{count / cars[model_id] * 100:.1f}",
                safety[code, category_id, model_id],
            )
            for (code, category_id, model_id), count in counts.items()
        }
        rows = summary._paper_faults()
        names = ("code", "category", "model", "count", "cars", "rate", "safety")
        self.assertEqual({tuple(row[n] for n in names) for row in rows}, wanted)
        self.assertEqual(len(rows), len(wanted))
        order = [row["count"] for row in rows]
        self.assertEqual(order, sorted(order, reverse=True))
        labels = {"sales_policy": "Sales Policy", "service_policy": "Service Policy"}
        wanted = Counter(
            (labels[row["cause"]], category(row["category_id"]).display_name)
            for row in policies
        )
        got = summary._paper_policies()
        self.assertEqual(
            {(row["cause"], row["category"]): row["count"] for row in got}, wanted
        )

    def test_the_list_behind_it_has_the_same_complaints_and_no_customer(self):
        march = self.receive(cn(3, 9)) + self.receive(cn(4, 9), "sales_policy")
        self.receive(cn(date(2026, 4, 2), 9))
        self.receive(cn(5, 9), "dealer_service")
        march[0].description = "王建国 138 0553 1234"
        action = self.summary().action_open_complaints()
        complaints = self.env["dealer.complaint"].with_user(self.officer)
        found = complaints.search(action["domain"])
        self.assertEqual(found, march)
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        export = self.env.ref("dealer_complaint.export_manufacturer_summary")
        names = export.export_fields.mapped("name")
        self.assertFalse({"partner_id", "description", "subject"} & set(names))
        told = str(found.export_data(names)["datas"])
        self.assertIn("*** ***", told)
        self.assertNotIn("王建国", told)

    # ------------------------------------------------------------------
    # WHICH PERIOD
    # ------------------------------------------------------------------

    def test_the_last_whole_month_is_that_of_the_shop(self):
        for moment, first in (
            (datetime(2026, 3, 31, 15, 59, 59), date(2026, 2, 1)),
            (datetime(2026, 3, 31, 16), date(2026, 3, 1)),
            (datetime(2026, 12, 31, 16), date(2026, 12, 1)),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(self.summary().date_from, first)

    def test_a_quarter_is_asked_for_and_another_day_chosen(self):
        with Form(self.env["dealer.manufacturer.summary"].with_user(self.officer)) as f:
            self.assertEqual(f.date_from, date(2026, 3, 1))
            self.assertEqual(f.brand_id, self.brand)
            f.period = "quarter"
            self.assertEqual(
                (f.date_from, f.date_to), (date(2026, 1, 1), date(2026, 3, 31))
            )
            f.date = date(2025, 11, 5)
            self.assertEqual(
                (f.date_from, f.date_to), (date(2025, 10, 1), date(2025, 12, 31))
            )

    # ------------------------------------------------------------------
    # WHAT CUSTOMERS SAID
    # ------------------------------------------------------------------

    def test_three_are_quoted_safety_first_and_nobody_is_known_by_it(self):
        for number in range(4):
            self.receive(
                cn(3 + number, 9),
                description=f"我是王建国，13805531234，皖B·A1234第{number}次异响",
                vehicle_id=self.vehicle.id,
            )
        self.receive(
            cn(2, 9),
            description="建国，车身松了",
            is_safety=True,
            vehicle_id=self.vehicle.id,
        )
        [row] = self.summary()._paper_faults()
        self.assertEqual(
            row["examples"],
            [
                "***，车身松了",
                "我是***，***，***第3次异响",
                "我是***，***，***第2次异响",
            ],
        )
        self.assertEqual((row["count"], row["cars"], row["safety"]), (5, 1, 1))

    def test_long_words_are_cut_and_said_once(self):
        for day in (3, 4):
            self.receive(cn(day, 9), description="响" * 400)
        [row] = self.summary()._paper_faults()
        self.assertEqual(row["examples"], ["响" * 150 + "…"])
        self.assertEqual(row["rate"], "")

    # ------------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------------

    def test_it_is_for_officers_of_the_shop(self):
        for user in (self.handler, self.advisor):
            with self.assertRaises(AccessError):
                self.summary(user)
        shop = self.env["res.company"].create({"name": "另一家店"})
        self.receive(cn(3, 9), company_id=shop.id)
        self.assertFalse(self.summary().product_count)
        with self.assertRaises(AccessError):
            self.summary(company_id=shop.id)


class TestManufacturerSummaryPaper(SummaryCase, PaperCase):
    def test_it_is_printed_in_the_language_of_the_factory(self):
        factory = self.make_partner(name="华东大区", lang="en_US")
        self.company.dealer_warranty_partner_id = factory
        for number in range(12):
            self.receive(
                cn(3, 9),
                fault_codes=f"H1{number:02}",
                category_id=self.body.id,
                model_id=self.model.id,
                description=f"漆面起泡{number:02}",
            )
        self.receive(cn(4, 9), "sales_policy", category_id=self.price.id)
        summary = self.summary(request="请改进漆面工艺")
        pdf = self.print_paper(PAPER, summary, self.officer)
        self.assertNoEmptyPage(pdf)
        self.assertOnPaper(
            pdf,
            "Summary for the Manufacturer",
            "2026-03-01",
            "2026-03-31",
            "华东大区",
            "H100",
            "H111",
            self.body.display_name,
            self.model.display_name,
            "漆面起泡11",
            "Sales Policy",
            "请改进漆面工艺",
        )
        self.assertNotIn("王建国", self.read_text(pdf))
        factory.lang = "zh_CN"
        pdf = self.print_paper(PAPER, summary, self.officer)
        self.assertOnPaper(
            pdf, "厂家改进参考汇总", "故障代码", "车身与漆面", "请改进漆面工艺"
        )

    def test_an_empty_month_says_so(self):
        pdf = self.print_paper(PAPER, self.summary(), self.officer)
        self.assertOnPaper(
            pdf,
            "No complaint about the product was received in this period.",
            "No complaint about a policy was received in this period.",
        )

    def test_handlers_do_not_print_it(self):
        with self.assertRaises(AccessError):
            self.print_paper(PAPER, self.summary(), self.handler)
