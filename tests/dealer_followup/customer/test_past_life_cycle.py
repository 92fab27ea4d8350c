"""Class, life cycle, retention and calls after the past was taken over."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn
from ...past_common import OldSystem, PastFiles, a_row

TODAY = date(2026, 3, 2)


class TestPastLifeCycle(PastFiles, DealerFollowupCase):
    def take_rows(self, *rows):
        with freeze_time(cn(TODAY, 12)):
            takeover = self.begin()
            self.load_rows(takeover, rows)
            self.take(takeover, batch_size=25)
        self.assertFalse(self.problems(takeover))
        return takeover.reception_ids

    def expected(self, visits):
        """Stage and class by the words of the handbook, not by the query."""
        shop = self.company
        dormant = relativedelta(months=shop.dealer_dormant_months)
        lost = relativedelta(months=shop.dealer_lost_months)
        days = sorted({visit["delivered"].date() for visit in visits})
        if not days:
            return False, False
        last = days[-1]
        if last + lost <= TODAY:
            stage = "lost"
        elif last + dormant <= TODAY:
            stage = "dormant"
        elif len(days) == 1:
            stage = "new"
        elif days[-2] + lost <= last:
            stage = "won_back"
        else:
            stage = "active"
        paid = {
            visit["delivered"].date()
            for visit in visits
            if visit["delivered"].date() + relativedelta(years=1) > TODAY
            and sum(
                line["amount"] for line in visit["lines"] if line["payer"] == "自费"
            )
            > 0
        }
        if len(paid) >= shop.dealer_class_a_visits:
            letter = "a"
        elif len(paid) >= shop.dealer_class_b_visits:
            letter = "b"
        elif paid:
            letter = "c"
        else:
            letter = days[0] + relativedelta(years=1) <= TODAY and "d"
        return stage, letter

    def test_stage_and_class_of_many_cars(self):
        plates = [f"皖BD{number:04}" for number in range(60)]
        with freeze_time(cn(TODAY, 9)):
            cars = self.make_vehicles(*({"license_plate": plate} for plate in plates))
        old = OldSystem(plates, TODAY - timedelta(days=1), seed=5)
        self.take_rows(*old.rows())
        seen = set()
        for plate, car in zip(plates, cars, strict=True):
            visits = [visit for visit in old.visits if visit["plate"] == plate]
            with self.subTest(plate):
                wanted = self.expected(visits)
                self.assertEqual((car.life_cycle, car.customer_class), wanted)
                seen.update(wanted)
        self.assertLessEqual({"lost", "dormant", "active", "new"}, seen)
        # the night has nothing to correct
        with freeze_time(cn(TODAY, 13)):
            self.assertFalse(cars._update_life_cycle())

    def test_retention_counts_the_services_of_the_past(self):
        with freeze_time(cn(TODAY, 9)):
            self.vehicle.sale_date = date(2024, 1, 10)
        self.take_rows(
            *(
                a_row(str(n), visit_kind="保养", date_arrived=day, date_delivered=day)
                for n, day in enumerate(("2024-07-01", "2025-01-05"))
            )
        )
        self.env.flush_all()
        with freeze_time(cn(TODAY, 12)):
            rows = self.env["dealer.retention.report"].search(
                [("vehicle_id", "=", self.vehicle.id)]
            )
            done = {row.service_number: row.done_count for row in rows}
        self.assertEqual((done["1"], done["2"], done.get("3")), (1, 1, 0))

    def test_nobody_is_called_about_a_visit_of_the_past(self):
        rule = self.make_rule("visit", offset_days=0)
        yesterday = str(TODAY - timedelta(days=1))
        visit = self.take_rows(a_row(date_arrived=yesterday, date_delivered=yesterday))
        with freeze_time(cn(TODAY, 12)):
            rule._run()
            rule._run(visit.ids)
        self.assertFalse(self.Followup.search([("rule_id", "=", rule.id)]))

    def test_who_had_left_before_a_visit_has_come_back(self):
        for left, number, is_gone in (
            ("2025-09-01", "A", True),
            ("2025-02-01", "B", False),
        ):
            with self.subTest(left):
                self.env.flush_all()
                self.env.cr.execute(
                    "UPDATE fleet_vehicle SET left_date = %s WHERE id = %s",
                    (left, self.vehicle.id),
                )
                self.env.invalidate_all()
                # a visit of before he left is none that brings him back
                self.take_rows(
                    a_row(
                        number, date_arrived="2025-08-20", date_delivered="2025-08-20"
                    )
                )
                self.assertEqual(self.vehicle.life_cycle == "left", is_gone)
