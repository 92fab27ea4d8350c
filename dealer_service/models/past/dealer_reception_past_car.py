from odoo import models
from odoo.tools import SQL

from ...tools.odometer import plausible_run


class DealerReception(models.Model):
    """What a car learns of its past: mileage, last visit, next service."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _tell_cars_of_past(self):
        """As if the visits had been delivered here, one after the other."""
        # the card may belong to another shop; its chatter tells what people change
        cars = self.vehicle_id.sudo().with_context(mail_notrack=True)
        cars._reckon_mileage()
        for car, day in self._last_days(cars).items():
            if not car.last_reception_date or car.last_reception_date < day:
                car._write_by_method({"last_reception_date": day})
        readings = cars._odometer_readings()
        for visit in self._deciding_services(cars):
            car = visit.vehicle_id.sudo().with_context(mail_notrack=True)
            is_scheduled = car.next_service_date or car.next_service_odometer
            if not visit.is_maintenance and is_scheduled:
                continue
            day = visit.company_id._dealer_day(visit.date_delivered)
            run = plausible_run(row for row in readings[car] if row[0] <= day)
            km = run[-1][1] if run else 0
            car._update_next_service(day, km, visit.is_maintenance)

    def _last_days(self, cars):
        """The day of the last of these visits, by car."""
        last = {}
        for visit in self:
            day = visit.company_id._dealer_day(visit.date_delivered)
            last[visit.vehicle_id.id] = max(last.get(visit.vehicle_id.id, day), day)
        return {car: last[car.id] for car in cars}

    def _deciding_services(self, cars):
        """Of these visits those that say when their car is due again.

        That is the last regular service a car ever had, in whichever shop; of a car
        without one the last visit. What was done here says it already.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (vehicle_id) id FROM dealer_reception
                WHERE vehicle_id IN %s AND state = 'delivered'
                ORDER BY vehicle_id, COALESCE(is_maintenance, FALSE) DESC,
                    date_delivered DESC, id DESC""",
                tuple(cars.ids),
            )
        )
        return self & self.browse(row[0] for row in rows)
