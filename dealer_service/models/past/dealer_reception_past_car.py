from odoo import api, models
from odoo.tools import SQL, split_every

from ...tools.odometer import plausible_run

#: Cars that are told of their repairs before what is known of them is forgotten.
BATCH = 500


class DealerReception(models.Model):
    """What a car learns of its past: mileage, last visit, next service."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _tell_cars_of_past(self):
        """As if the visits had been delivered here, one after the other."""
        cars = self._quiet_cars()
        cars._reckon_mileage()
        last = {}
        for visit in self:
            day = visit.company_id._dealer_day(visit.date_delivered)
            last[visit.vehicle_id.id] = max(last.get(visit.vehicle_id.id, day), day)
        for car in cars:
            day = last[car.id]
            if not car.last_reception_date or car.last_reception_date < day:
                car._write_by_method({"last_reception_date": day})
        self._last_services(cars)._tell_next_services()

    def _quiet_cars(self):
        """The cars of these visits; their chatter tells what people change."""
        # the card may belong to another shop
        return self.vehicle_id.sudo().with_context(mail_notrack=True)

    def _last_services(self, cars):
        """Of these visits those that were the last regular service of their car, in
        whichever shop: what was done here since says itself when it is due again."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (vehicle_id) id FROM dealer_reception
                WHERE vehicle_id IN %s AND state = 'delivered' AND is_maintenance
                ORDER BY vehicle_id, date_delivered DESC, id DESC""",
                tuple(cars.ids),
            )
        )
        return self & self.browse(row[0] for row in rows)

    @api.model
    def _tell_repaired_cars(self, takeover):
        """Cars that only ever came for repairs, and have no date: reckoned as of their
        last visit, once all visits of a take-over are here."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (r.vehicle_id) r.id
                FROM dealer_reception r JOIN fleet_vehicle v ON v.id = r.vehicle_id
                WHERE r.vehicle_id IN (
                    SELECT vehicle_id FROM dealer_reception WHERE takeover_id = %s)
                AND v.next_service_date IS NULL
                AND COALESCE(v.next_service_odometer, 0) = 0
                AND r.state = 'delivered'
                ORDER BY r.vehicle_id, r.date_delivered DESC, r.id DESC""",
                takeover.id,
            )
        )
        for ids in split_every(BATCH, [row[0] for row in rows]):
            visits = self.browse(ids)
            visits.filtered("past_number")._tell_next_services()
            self.env.flush_all()
            self.env.invalidate_all()

    def _tell_next_services(self):
        """When the cars of these visits, one of each, are due again."""
        if not self:
            return
        readings = self._quiet_cars()._odometer_readings()
        for visit in self:
            car = visit._quiet_cars()
            day = visit.company_id._dealer_day(visit.date_delivered)
            # the mileage of that day: no typing error must move the next service
            run = plausible_run(row for row in readings[car] if row[0] <= day)
            car._update_next_service(
                day, run[-1][1] if run else 0, visit.is_maintenance
            )
