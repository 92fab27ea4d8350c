"""Base case of the life cycle: visits of the past, and the nights between them."""

from freezegun import freeze_time

from .followup_common import DealerFollowupCase, cn

__all__ = ["LifeCycleCase", "cn"]


class LifeCycleCase(DealerFollowupCase):
    @classmethod
    def past_visit(cls, *days, paid=True, vehicle=None, **values):
        """Visits that were delivered on these days."""
        visits = cls.env["dealer.reception"]
        for day in days:
            with freeze_time(cn(day, 10)):
                visit = cls.make_reception(
                    vehicle_id=(vehicle or cls.vehicle).id,
                    state="arrived",
                    date_arrived=cn(day, 9),
                    **values,
                )
                if paid:
                    cls.make_order(visit)._write_by_method({"state": "sale"})
                visit._write_by_method(
                    {"state": "delivered", "date_delivered": cn(day, 10)}
                )
            visits += visit
        return visits

    def look(self, day, cars=None):
        """Bring the cars up to date as on ``day``, at noon in the shop."""
        with freeze_time(cn(day, 12)):
            return (cars or self.vehicle)._update_life_cycle()

    def night(self, day):
        """What the night of ``day`` does; the number of cars it has looked at."""
        with freeze_time(cn(day, 2)):
            due = self.env["fleet.vehicle"].browse(
                self.env["fleet.vehicle"]._life_cycle_due()
            )
            return len(due), due._update_life_cycle()

    def settle(self, day):
        """Every car of the database has been looked at."""
        self.night(day)
        return self.night(day)

    def stage(self):
        return self.vehicle.life_cycle
