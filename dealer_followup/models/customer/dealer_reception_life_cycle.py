from odoo import models

#: What a delivered visit tells about its customer, also when it is corrected.
_CAUSES = ("state", "date_delivered", "vehicle_id", "active")


class DealerReception(models.Model):
    """A visit that ends is what the life cycle of a customer is made of."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    _INTAKE = ("_tell_life_cycle",)
    _PAST_INTAKE = ("_tell_life_cycle_of_past",)
    # before the rules of the visit ask who the customer is
    _CONSEQUENCES = ((_CAUSES, "_tell_life_cycle"),)

    def _tell_life_cycle(self, change=None):
        former = [
            change.was(visit, "vehicle_id")
            for visit in self
            if change and change.was(visit, "vehicle_id") != visit.vehicle_id
        ]
        # a delivery that was taken back tells nothing any more
        former += [
            visit.vehicle_id
            for visit in self
            if change and change.was(visit, "state") == "delivered" != visit.state
        ]
        delivered = self.filtered(
            lambda visit: visit.state == "delivered" and visit.date_delivered
        )
        for visit in delivered:
            # the advisor may serve a car whose card belongs to another shop
            car = visit.vehicle_id.sudo()
            car._come_back(visit.company_id._dealer_day(visit.date_delivered))
        cars = delivered.vehicle_id.union(*former).sudo()  # see above
        cars._update_life_cycle()

    def _tell_life_cycle_of_past(self):
        """Visits of the old system: who had left before one of them has come back."""
        for visit in self:
            car = visit.vehicle_id.sudo()  # see above
            day = visit.company_id._dealer_day(visit.date_delivered)
            if car.left_date and car.left_date < day:
                car._come_back(day)
        self.vehicle_id.sudo()._update_life_cycle()  # see above


class FleetVehicle(models.Model):
    """Visits of the old system that are gone again tell nothing."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    def _relearn_visits(self):
        result = super()._relearn_visits()
        self._update_life_cycle()
        return result
