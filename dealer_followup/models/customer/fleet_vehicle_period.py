from odoo import fields, models

#: A date that moves by more days than this is the next period, not a correction.
NEW_PERIOD_DAYS = 180
#: The same for a service, of which there may be four a year.
NEW_SERVICE_DAYS = 80
YEAR_DAYS = 365
#: By kind of reminder: the day it hangs on.
PERIODS = {
    "sale": "sale_date",
    "insurance": "insurance_expiry",
    "inspection": "inspection_expiry",
    "warranty": "warranty_end_date",
    "service": "next_service_date",
}


class FleetVehicle(models.Model):
    """Which time it is: each period of a car is a cause of its own.

    A corrected date is the same period; a renewed one is the next. The key of a
    follow-up names the period, so each is called about once.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"
    _RECORDED_FIELDS = frozenset(
        f"{kind}_{what}" for kind in PERIODS for what in ("period", "former")
    )

    sale_period = fields.Integer(default=1, copy=False)
    insurance_period = fields.Integer(default=1, copy=False)
    inspection_period = fields.Integer(default=1, copy=False)
    warranty_period = fields.Integer(default=1, copy=False)
    service_period = fields.Integer(default=1, copy=False)
    # the last day that was known, while nobody knows the next
    sale_former = fields.Date(copy=False)
    insurance_former = fields.Date(copy=False)
    inspection_former = fields.Date(copy=False)
    warranty_former = fields.Date(copy=False)
    service_former = fields.Date(copy=False)

    def _periods_before(self, vals):
        """The day of each period that ``vals`` may change, by car and kind."""
        moved = [kind for kind, name in PERIODS.items() if name in vals]
        return {car: {kind: car._period_day(kind) for kind in moved} for car in self}

    def _update_next_service(self, day, mileage, is_service=True):
        """A service that was done is a cause of its own: its periods begin anew."""
        result = super()._update_next_service(day, mileage, is_service)
        if is_service:
            self._write_by_method({"service_period": 1})
        return result

    def _period_day(self, kind):
        """The day of the present period: as known, or as it was known last."""
        return self[PERIODS[kind]] or self[f"{kind}_former"]

    def _count_periods(self, before):
        """Count on, or back when the day was a slip.

        :param dict before: see :meth:`_periods_before`
        """
        for car in self:
            counted = {}
            for kind, old in before[car].items():
                new = car[PERIODS[kind]]
                counted[f"{kind}_former"] = not new and old
                step = car._period_step(kind, old, new) if old and new else 0
                counted[f"{kind}_period"] = max(1, car[f"{kind}_period"] + step)
            changed = {name: day for name, day in counted.items() if car[name] != day}
            if changed:
                car._write_by_method(changed)

    def _period_step(self, kind, old, new):
        """1 for the next period, -1 for the one before, 0 for the same."""
        limit = NEW_SERVICE_DAYS if kind == "service" else NEW_PERIOD_DAYS
        days = (new - old).days
        if kind == "sale" and days > 0 and self._was_sold_between(old, new):
            return 1
        return (days > limit) - (days < -limit)

    def _was_sold_between(self, first, last):
        """Whether somebody gave the car away in between: we sold it once more."""
        # reads days only, whoever asks
        past = self.sudo().ownership_ids.mapped("date_to")
        return any(day and first <= day <= last for day in past)

    def _align_periods(self, others):
        """Cards of one car have counted apart: one count for all of them.

        :return: the period of this car by kind, and by kind and card what is added to
            the periods that its follow-ups name
        """
        self.ensure_one()
        periods, offsets = {}, {}
        for kind in PERIODS:
            cards = self + others.sorted("id", reverse=True)
            cards = cards.filtered(lambda car, kind=kind: car._period_day(kind))
            if not cards:
                continue
            final = cards[0]._period_day(kind)
            counts = {}
            for car in cards:
                days = (final - car._period_day(kind)).days
                years = round(days / YEAR_DAYS) if abs(days) > NEW_PERIOD_DAYS else 0
                counts[car.id] = car[f"{kind}_period"] + years
            periods[kind] = max(1, *counts.values())
            for number, count in counts.items():
                offsets[kind, number] = periods[kind] - count
        return periods, offsets
