"""Many visits of the past, made at once, and an improvement to be measured by them."""

from datetime import date, datetime, timedelta

from odoo.fields import Command
from odoo.tools import SQL

from ...common import DealerServiceCase


class ImprovementCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_tz = "Asia/Shanghai"
        cls.Improvement = cls.env["dealer.improvement"]
        cls.step = cls.env["dealer.service.step"].create(
            {
                "name": "Greeting of the test",
                "code": "greeting",
                "state": "arrived",
                "company_id": cls.company.id,
                "date_from_field": "date_arrived",
                "date_to_field": "date_greeted",
                "target_minutes": 3,
                "standard_ids": [
                    Command.create({"name": "Within three minutes"}),
                    Command.create({"name": "By name"}),
                ],
            }
        )
        cls.standard, cls.other_standard = cls.step.standard_ids
        cls.pattern = cls.make_reception(
            state="arrived", date_arrived=datetime(2020, 1, 1)
        )

    @classmethod
    def make_visits(cls, day, count, done=0, *, both=None, minutes=2, **columns):
        """``count`` visits at nine of a day in China; ``done``: carried out the first
        standard, ``both``: also the second, by default as many."""
        both = done if both is None else both
        arrived = datetime.combine(day, datetime.min.time()) + timedelta(hours=1)
        values = {
            "name": None,
            "access_token": None,
            "date_arrived": arrived,
            "date_greet_from": arrived,
            "date_planned": arrived,
            "date_greeted": arrived + timedelta(minutes=minutes),
            "state": "delivered",
            **columns,
        }
        cls.env.flush_all()
        names = [
            name
            for (name,) in cls.env.execute_query(
                SQL(
                    """SELECT column_name FROM information_schema.columns
                    WHERE table_name = 'dealer_reception' AND column_name != 'id'
                    AND is_generated = 'NEVER'"""
                )
            )
        ]
        rows = cls.env.execute_query(
            SQL(
                """INSERT INTO dealer_reception (%s) SELECT %s
                FROM dealer_reception, generate_series(1, %s) g WHERE id = %s
                RETURNING id""",
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL(", ").join(
                    SQL("%s || '-' || g", f"T{day}-{arrived}")
                    if name == "name"
                    else SQL("%s", values[name])
                    if name in values
                    else SQL.identifier(name)
                    for name in names
                ),
                count,
                cls.pattern.id,
            )
        )
        ids = [row[0] for row in rows]
        cls.env["dealer.reception.check"].create(
            [
                {
                    "reception_id": visit,
                    "standard_id": standard.id,
                    "step_id": cls.step.id,
                    "is_mandatory": True,
                    "is_done": number < carried_out,
                    "is_lapse": number >= carried_out,
                }
                for number, visit in enumerate(ids)
                for standard, carried_out in (
                    (cls.standard, done),
                    (cls.other_standard, both),
                )
            ]
        )
        return cls.env["dealer.reception"].browse(ids)

    @classmethod
    def make_improvement(cls, **values):
        """Picked by August 2026, with a baseline of May to July."""
        return cls.Improvement.create(
            {
                "subject": "standard",
                "standard_id": cls.standard.id,
                "picked_from": date(2026, 8, 1),
                "picked_to": date(2026, 8, 31),
                "target_value": 80.0,
                "date_until": date(2026, 11, 30),
                "user_id": cls.advisor.id,
                "change_kind": "standard",
                "change_standard_id": cls.standard.id,
                "change_text": "The advisor stands in the lane while a car drives in.",
                **values,
            }
        )
