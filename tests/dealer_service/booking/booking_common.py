"""A shop with opening hours, two advisors and two technicians, frozen in time."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command

from ...common import DealerServiceCase

#: Monday, 08:00 in Shanghai.
MONDAY_8 = datetime(2026, 3, 2, 0, 0)
#: Opening hours on working days, as (from, to) on the clock of the shop.
OPENING = ((9, 12), (13, 17))


def shanghai(day, hour, minute=0, month=3):
    """UTC of a time on the clock in Shanghai, in March 2026."""
    return datetime(2026, month, day, hour, minute) - timedelta(hours=8)


class BookingCase(DealerServiceCase):
    """Open Monday to Friday 9–12 and 13–17; no hours are kept back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(MONDAY_8)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.calendar = cls.make_calendar("Asia/Shanghai")
        cls.company.write(
            {
                "dealer_calendar_id": cls.calendar.id,
                "dealer_slot_minutes": 30,
                "dealer_receptions_per_advisor": 1,
                "dealer_utilisation": 100.0,
                "dealer_reserve_walkin_hours": 0.0,
                "dealer_reserve_supplement_hours": 0.0,
                "dealer_grace_minutes": 15,
                "dealer_reminder_day_before": True,
                "dealer_reminder_hours_before": 1.0,
            }
        )
        cls.advisor2 = cls.make_user("advisor2", "user")
        cls.company.dealer_advisor_ids = cls.advisor | cls.advisor2
        cls.other_technicians = cls.env["resource.resource"].search(
            [("dealer_role", "=", "technician"), ("company_id", "=", cls.company.id)]
        )
        cls.other_technicians.dealer_role = False
        cls.technicians = cls.make_resource("老王", "technician") | cls.make_resource(
            "老李", "technician"
        )
        cls.Reception = cls.env["dealer.reception"]

    @classmethod
    def make_calendar(cls, tz, opening=OPENING, days=range(5)):
        return cls.env["resource.calendar"].create(
            {
                "name": "Service",
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "Open",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": "morning" if start < 12 else "afternoon",
                        }
                    )
                    for day in days
                    for start, end in opening
                ],
            }
        )

    @classmethod
    def make_resource(cls, name, role=False, **values):
        """A technician, a bay, or the presence of an advisor."""
        return cls.env["resource.resource"].create(
            {
                "name": name,
                "dealer_role": role,
                "company_id": cls.company.id,
                "calendar_id": cls.calendar.id,
                "tz": "UTC",
                **values,
            }
        )

    @classmethod
    def make_leave(cls, start, end, resource=None, **values):
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "date_from": start,
                "date_to": end,
                "resource_id": resource.id if resource else False,
                "calendar_id": (
                    resource.calendar_id.id if resource else cls.calendar.id
                ),
                **values,
            }
        )

    def book(self, date, plate=None, env=None, **values):
        """A booking on a car of its own, by an advisor unless ``env`` is given."""
        type(self).plates = getattr(type(self), "plates", 0) + 1
        vehicle = self.make_vehicle(
            license_plate=plate or f"皖B{type(self).plates:05d}"
        )
        model = (
            self.Reception.with_env(env)
            if env
            else self.Reception.with_user(self.advisor)
        )
        return model.create(
            {
                "vehicle_id": vehicle.id,
                "partner_id": self.customer.id,
                "advisor_id": False,
                "date_appointment": date,
                "planned_hours": 1.0,
                **values,
            }
        )
