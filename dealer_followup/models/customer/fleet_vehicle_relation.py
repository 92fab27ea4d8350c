from odoo import models


class FleetVehicle(models.Model):
    """The page of a car."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.relation"]

    def _relation_link(self):
        return "vehicle_id"

    def _relation_partner(self):
        return self._origin.owner_id

    def _relation_cars(self):
        return self._origin
