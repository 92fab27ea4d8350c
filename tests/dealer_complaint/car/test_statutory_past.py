"""Repairs of the old system count for the statutory warranty, in law and in number."""

from datetime import date
from math import ceil

from freezegun import freeze_time

from ...complaint_common import DealerComplaintCase, cn
from ...past_common import PastFiles, a_row

NOW = cn(date(2026, 3, 30), 12)


class TestStatutoryPast(PastFiles, DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls.env["dealer.vehicle.system"].search([], limit=1)
        cls.other = cls.env["dealer.vehicle.system"].search([], limit=1, offset=1)
        cls.vehicle.sale_date = date(2025, 6, 1)
        cls.engine = cls.make_product(
            "发动机总成", "part", default_code="ENG", dealer_main_assembly="engine"
        )

    def repair(self, number, begin, end, **values):
        return a_row(
            number,
            date_arrived=begin,
            date_delivered=end,
            odometer="9000",
            **{"payer": "厂家索赔", "system": self.system.name, **values},
        )

    def take_rows(self, *rows):
        with freeze_time(NOW):
            takeover = self.begin()
            self.load_rows(takeover, rows)
            self.take(takeover)
        self.assertFalse(self.problems(takeover))

    def shown(self, *names):
        self.vehicle.invalidate_recordset()
        with freeze_time(NOW):
            return tuple(self.vehicle[f"statutory_{name}"] for name in names)

    def test_days_and_repairs_are_those_of_the_files(self):
        spans = [
            (("2025-07-01 09:00", "2025-07-08 10:00"), 7 * 24 + 1),
            (("2025-08-01 09:00", "2025-08-01 10:00"), 1),
            (("2025-09-01 09:00", "2025-09-11 08:00"), 10 * 24 - 1),
        ]
        self.take_rows(
            *(
                self.repair(f"R{number}", *span)
                for number, (span, _hours) in enumerate(spans)
            )
        )
        days = sum(max(1, ceil(hours / 24)) for _span, hours in spans)
        self.assertEqual(
            self.shown("repair_days", "fault_count", "fault", "state"),
            (days, len(spans), self.system.name, "warning"),
        )

    def test_what_the_customer_paid_is_no_failure_of_the_product(self):
        self.take_rows(
            self.repair("A", "2025-07-01", "2025-07-01", payer="自费"),
            self.repair("B", "2025-08-01", "2025-08-01"),
            self.repair(
                "B", "2025-08-01", "2025-08-01", payer="自费", system=self.other.name
            ),
        )
        self.assertEqual(
            self.shown("repair_days", "fault_count", "fault"), (1, 1, self.system.name)
        )

    def test_replaced_assembly_counts_when_its_part_is_known(self):
        self.take_rows(
            self.repair("A", "2025-07-01", "2025-07-01", code="ENG"),
            self.repair("B", "2025-08-01", "2025-08-01", code="ENG"),
        )
        self.assertEqual(self.shown("assembly_count", "state"), (2, "exceeded"))

    def test_repair_before_the_sale_does_not_count(self):
        self.take_rows(self.repair("A", "2025-05-01", "2025-05-02"))
        self.assertEqual(self.shown("repair_days", "state"), (0, "ok"))
