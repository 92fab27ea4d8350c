"""Months of the past, made at once: visits of an advisor, jobs of a technician."""

from datetime import date, datetime

from odoo.tests import freeze_time
from odoo.tools import SQL

from ...common import DealerServiceCase

MAY = date(2026, 5, 1)
#: Two in the morning in UTC is ten in the shop.
JUNE_2 = "2026-06-02 02:00:00"


class StaffCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_tz = "Asia/Shanghai"
        cls.Sheet = cls.env["dealer.staff.sheet"]
        cls.mechanic = cls.make_technician(cls.technician)
        cls.pattern = cls.make_reception(
            state="arrived", date_arrived=datetime(2020, 1, 1)
        )

    @classmethod
    def set_facts(cls, record, **columns):
        """Facts of the past, as they would have been recorded then."""
        record.flush_recordset()
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(record._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in columns.items()
                ),
                tuple(record.ids),
            )
        )
        record.invalidate_recordset()

    @classmethod
    def make_visits(cls, count, moment=datetime(2026, 5, 12, 3), **columns):
        """Visits whose car came at a moment; of the advisor unless given."""
        advisor = columns.pop("advisor", cls.advisor)
        cls.env.flush_all()
        names = [
            name
            for (name,) in cls.env.execute_query(
                SQL(
                    """SELECT column_name FROM information_schema.columns
                    WHERE table_name = 'dealer_reception' AND is_generated = 'NEVER'
                    AND column_name NOT IN ('id', 'name', 'access_token')"""
                )
            )
        ]
        rows = cls.env.execute_query(
            SQL(
                """INSERT INTO dealer_reception (name, %(names)s)
                SELECT gen_random_uuid(), %(names)s
                FROM dealer_reception, generate_series(1, %(count)s) WHERE id = %(id)s
                RETURNING id""",
                names=SQL(", ").join(SQL.identifier(name) for name in names),
                count=count,
                id=cls.pattern.id,
            )
        )
        visits = cls.env["dealer.reception"].browse([row[0] for row in rows])
        values = {
            "advisor_id": advisor.id,
            "state": "delivered",
            "date_planned": moment,
            "date_arrived": moment,
            "date_promised_first": moment,
            "is_first_promise_kept": True,
            **columns,
        }
        cls.set_facts(visits, **values)
        return visits

    @classmethod
    def make_jobs(cls, count, moment=datetime(2026, 5, 12, 8), **columns):
        """Jobs of one visit that were sold and done; of the mechanic unless given."""
        visit = cls.make_reception(
            state="arrived", vehicle_id=cls.make_vehicle(license_plate=False).id
        )
        cls.make_order(visit, *[cls.make_product()] * count)
        jobs = cls.bring_to(visit, "authorized").job_ids
        values = {
            "state": "done",
            "date_done": moment,
            "technician_id": cls.mechanic.id,
            "technician_user_id": cls.technician.id,
            "hours_sold": 1.0,
            "hours_worked": 0.8,
            "rework_count": 0,
            **columns,
        }
        cls.set_facts(jobs, **values)
        return jobs

    @classmethod
    def measure(cls, first=MAY, now=JUNE_2):
        with freeze_time(now):
            cls.Sheet._measure_month(cls.company, first)
        return cls.Sheet.search([("date_from", "=", first)])

    @classmethod
    def sheet_of(cls, user, first=MAY, **where):
        domain = [("user_id", "=", user.id), ("date_from", "=", first)]
        return cls.Sheet.search(domain + [(k, "=", v) for k, v in where.items()])

    @staticmethod
    def line(sheet, figure):
        return sheet.line_ids.filtered(lambda line: line.measure_id.figure == figure)
