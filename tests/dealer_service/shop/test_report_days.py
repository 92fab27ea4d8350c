"""Figures of some days read the visits of these days, however long the past is."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ...common import DealerServiceCase
from ...plans import multiply, rows_read

PAST = 10_000


class TestReportDays(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        visit = cls.make_reception(state="arrived")
        now = fields.Datetime.now()
        visit._write_by_method(
            {
                "state": "delivered",
                "date_planned": now - timedelta(hours=4),
                "date_arrived": now - timedelta(hours=4),
                "date_promised_first": now - timedelta(hours=2),
                "date_ready": now - timedelta(hours=3),
                "date_settled": now - timedelta(hours=1),
                "date_delivered": now - timedelta(hours=1),
            }
        )
        multiply(visit, PAST, "3 hours", name="'C' || number")
        [[first]] = cls.env.execute_query(
            SQL("SELECT id FROM dealer_reception WHERE name = 'C1'")
        )
        multiply(
            visit.check_ids[0], PAST, "3 hours", reception_id=f"{first - 1} + number"
        )
        # what autovacuum does
        cls.env.cr.execute(
            "SELECT brin_summarize_new_values('dealer_reception_moments_idx')"
        )

    def read_of(self, action, table="dealer_reception"):
        return rows_read(self.env, action)[table]

    def month(self, model, groups, measures):
        report = self.env[model].with_user(self.manager)
        now = fields.Datetime.now()
        domain = [("date", ">=", now - timedelta(days=30)), ("date", "<", now)]
        return lambda: report.formatted_read_grouping_sets(
            domain, [[], groups], measures
        )

    def test_the_visits_of_a_month(self):
        read = self.read_of(
            self.month(
                "dealer.reception.report",
                ["advisor_id"],
                ["wait_minutes:avg", "promise_kept_rate:avg", "standard_rate:avg"],
            )
        )
        self.assertGreater(read, 200)
        self.assertLess(read, PAST / 10)

    def test_the_weak_links_of_a_month(self):
        month = self.month("dealer.service.gap.report", ["step_id"], ["compliance:avg"])
        self.assertLess(self.read_of(month), PAST / 10)
        checks = self.read_of(month, "dealer_reception_check")
        self.assertGreater(checks, 200)
        self.assertLess(checks, PAST / 10)

    def test_the_figures_of_a_mail(self):
        """Each of them goes by another moment of the visit."""
        digest = self.env.ref("dealer_service.digest_after_sales")
        digest = digest.with_user(self.manager).sudo()
        now = fields.Datetime.now()
        digest = digest.with_context(
            start_datetime=now - timedelta(days=30), end_datetime=now
        )
        for name in (
            "kpi_dealer_visits_value",
            "kpi_dealer_promise_value",
            "kpi_dealer_comeback_value",
            "kpi_dealer_settled_value",
        ):
            with self.subTest(figure=name):
                read = self.read_of(lambda name=name: digest.mapped(name))
                self.assertLess(read, PAST / 4)
