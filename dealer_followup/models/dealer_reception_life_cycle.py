from odoo import api, models

#: What a delivered visit tells about its customer.
_CAUSES = {"state", "date_delivered", "vehicle_id", "active"}


class DealerReception(models.Model):
    """A visit that ends is what the life cycle of a customer is made of."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._tell_life_cycle()
        return visits

    def write(self, vals):
        """Delivered now, or a delivery was corrected: before the rules of the visit
        ask who the customer is."""
        if not _CAUSES & set(vals):
            return super().write(vals)
        former = self.vehicle_id if "vehicle_id" in vals else self.vehicle_id.browse()
        result = super().write(vals)
        self._tell_life_cycle(former)
        return result

    def _tell_life_cycle(self, former=()):
        """
        :param former: cars that the visits were about before
        """
        delivered = self.filtered(
            lambda visit: visit.state == "delivered" and visit.date_delivered
        )
        for visit in delivered:
            # the advisor may serve a car whose card belongs to another shop
            car = visit.vehicle_id.sudo()
            car._come_back(visit.company_id._dealer_day(visit.date_delivered))
        cars = delivered.vehicle_id.union(*former).sudo()  # see above
        cars._update_life_cycle()
