"""The retention of some cars reads the visits of these cars, whatever there is."""

from datetime import timedelta

from odoo import fields

from ...followup_common import DealerFollowupCase
from ...plans import multiply, rows_read

PAST = 10_000


class TestReportDays(DealerFollowupCase):
    def test_the_retention_of_the_cars_of_a_month(self):
        car = self.vehicle
        today = fields.Date.context_today(car)
        visit = self.make_reception(state="arrived")
        visit._write_by_method(
            {
                "state": "delivered",
                "date_delivered": visit.date_arrived + timedelta(hours=2),
                "is_maintenance": True,
            }
        )
        car.vin_sn = False
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE fleet_vehicle SET sale_date = %s, home_company_id = %s,
                life_cycle = 'active' WHERE id = %s""",
            (today - timedelta(days=200), self.company.id, car.id),
        )
        car.invalidate_recordset()
        multiply(car, PAST, "3 hours", plate_key="'C' || number")
        self.env.cr.execute("SELECT MAX(id) FROM fleet_vehicle")
        [[last]] = self.env.cr.fetchall()
        multiply(visit, PAST, "3 hours", vehicle_id=f"{last} - number + 1")
        report = self.env["dealer.retention.report"].with_user(self.care_manager)
        sold = [("sale_date", ">=", today - timedelta(days=230))]
        read = rows_read(
            self.env,
            lambda: report.formatted_read_grouping_sets(
                sold, [[], ["service_number"]], ["retention_rate:avg"]
            ),
        )
        self.assertGreater(read["fleet_vehicle"], 200)
        self.assertLess(read["fleet_vehicle"], PAST / 10)
        self.assertLess(read["dealer_reception"], PAST / 10)
