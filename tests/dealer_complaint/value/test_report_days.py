"""Figures of some days read the clocks of these days, however long the past is."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from ...complaint_common import DealerComplaintCase
from ...plans import multiply, rows_read

PAST = 10_000


class TestReportDays(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complaint = cls.make_complaint()
        timer = complaint.timer_ids[:1]
        now = fields.Datetime.now()
        cls.env.cr.execute(
            SQL(
                """UPDATE dealer_sla_timer SET state = 'met', date_start = %(start)s,
                    date_run = %(start)s, date_deadline = %(end)s, date_stop = %(end)s,
                    next_event_at = NULL
                WHERE id = %(id)s""",
                start=now - timedelta(hours=3),
                end=now - timedelta(hours=1),
                id=timer.id,
            )
        )
        cls.env.invalidate_all()
        multiply(timer, PAST, "3 hours", origin="'copy,' || number")
        cls.env.cr.execute(
            """INSERT INTO dealer_sla_segment (timer_id, complaint_id, company_id, kind,
                date_from, date_to, seconds, reason)
            SELECT id, complaint_id, company_id, 'pause', date_start, date_stop, 7200,
                'parts'
            FROM dealer_sla_timer WHERE state = 'met'"""
        )
        cls.env.cr.execute("ANALYZE dealer_sla_segment")

    def test_the_time_limits_of_a_month(self):
        report = self.env["dealer.sla.report"].with_user(self.officer)
        now = fields.Datetime.now()
        days = [("date_start", ">=", now - timedelta(days=30))]
        read = rows_read(
            self.env,
            lambda: report.formatted_read_grouping_sets(
                days, [[], ["metric"]], ["missed:sum", "paused_hours:sum"]
            ),
        )
        self.assertGreater(read["dealer_sla_timer"], 200)
        self.assertLess(read["dealer_sla_timer"], PAST / 10)
        self.assertLess(read["dealer_sla_segment"], PAST / 10)

    def test_the_figure_of_a_mail(self):
        digest = self.env.ref("dealer_service.digest_after_sales").sudo()
        now = fields.Datetime.now()
        digest = digest.with_context(
            start_datetime=now - timedelta(days=30), end_datetime=now
        )
        read = rows_read(self.env, lambda: digest.mapped("kpi_dealer_limits_value"))
        self.assertLess(read["dealer_sla_timer"], PAST / 10)
