"""Real files: days without a time, headings of other programs."""

from datetime import datetime

from ...common import DealerServiceCase
from ...past_common import PastFiles, a_row
from ..car.test_vehicle_import import OPTIONS

#: What the programs of dealers write above their columns, and what it is here.
USUAL = {
    "结算单号": "number",
    "车牌号码": "license_plate",
    "车架号": "vin",
    "客户名称": "customer_name",
    "联系电话": "customer_phone",
    "进厂日期": "date_arrived",
    "结算日期": "date_delivered",
    "里程": "odometer",
    "接待人": "advisor",
    "维修类别": "visit_kind",
    "故障描述": "concern",
    "项目类型": "line_kind",
    "配件编码": "code",
    "项目名称": "description",
    "数量": "quantity",
    "单价": "price",
    "金额": "amount",
    "付款方式": "payer",
    "主修人": "technician",
    "VIN码": "vin",
    "手机号": "customer_phone",
    "SA": "advisor",
}
CARS = {
    "车牌号": "license_plate",
    "VIN": "vin_sn",
    "车主姓名": "owner_name",
    "手机号码": "owner_phone",
    "保险到期日": "insurance_expiry",
    "下次保养里程": "next_service_odometer",
}


class TestRowsAsTheyCome(PastFiles, DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.takeover = cls.begin()

    def refusal(self, **values):
        """Why the row is refused; ``""`` for one that is not."""
        takeover = self.begin()
        result = self.load_rows(takeover, [a_row(**values)])
        self.assertFalse(result["messages"])
        self.check(takeover)
        return self.problems(takeover).get(2, "")

    # ------------------------------------------------------------------
    # DAYS
    # ------------------------------------------------------------------

    def test_one_of_two_days_has_no_time(self):
        """Noon was before, or after, what the other one says."""
        cases = {
            "A": ("2025-03-01", "2025-03-01 11:20", 11),
            "B": ("2025-03-01 14:00", "2025-03-01", 14),
        }
        for number, (arrived, delivered, _hour) in cases.items():
            row = a_row(number, date_arrived=arrived, date_delivered=delivered)
            self.load_rows(self.takeover, [row], f"{number}.csv")
        self.take(self.takeover)
        self.assertFalse(self.problems(self.takeover))
        for visit in self.takeover.reception_ids:
            local = cases[visit.past_number][2] - 8
            self.assertEqual(visit.date_arrived, visit.date_delivered)
            self.assertEqual(
                visit.date_arrived.replace(minute=0), datetime(2025, 3, 1, local)
            )

    def test_two_times_the_wrong_way_round_are_still_refused(self):
        self.assertIn(
            "before it arrived",
            self.refusal(
                date_arrived="2025-03-01 14:00", date_delivered="2025-03-01 11:20"
            ),
        )
        self.assertIn(
            "before it arrived",
            self.refusal(date_arrived="2025-03-02", date_delivered="2025-03-01 11:20"),
        )

    # ------------------------------------------------------------------
    # HEADINGS
    # ------------------------------------------------------------------

    def proposed(self, model, headings):
        wizard = (
            self.env["base_import.import"]
            .with_user(self.manager)
            .with_context(lang="zh_CN")
            .create(
                {
                    "res_model": model,
                    "file": f"{','.join(headings)}\nA,B\n".encode(),
                    "file_type": "text/csv",
                    "file_name": "headings.csv",
                }
            )
        )
        matches = wizard.parse_preview(dict(OPTIONS))["matches"] or {}
        return {headings[n]: "/".join(path) for n, path in matches.items() if path}

    def test_usual_headings_are_matched(self):
        """One by one: of two columns for one thing only one is proposed."""
        for model, wanted in (
            ("dealer.takeover.row", USUAL),
            ("fleet.vehicle", CARS),
            ("res.partner", {"客户姓名": "name", "手机": "phone"}),
        ):
            for heading, name in wanted.items():
                with self.subTest(heading):
                    found = self.proposed(model, [heading, "无关的列"])
                    self.assertEqual(found.get(heading), name)

    def test_heading_that_a_shop_has_chosen_stays(self):
        rows = self.env["base_import.mapping"].search(
            [("res_model", "=", "dealer.takeover.row"), ("column_name", "=", "接待人")]
        )
        self.assertEqual(rows.mapped("field_name"), ["advisor"])
        rows.field_name = "technician"
        found = self.proposed("dealer.takeover.row", ["接待人", "无关的列"])
        self.assertEqual(found["接待人"], "technician")
