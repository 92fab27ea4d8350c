from odoo import api, models

FLEET_MANAGER = "fleet.fleet_group_manager"


class FleetVehicleModel(models.Model):
    """Models and their service plans belong to all shops; the reception adds one."""

    _name = "fleet.vehicle.model"
    _inherit = ["fleet.vehicle.model", "dealer.group.mixin"]

    @api.model
    def _group_operations(self):
        # whoever manages the company's own fleet has these rights from Fleet
        is_fleet = self.env.user.has_group(FLEET_MANAGER)
        return () if is_fleet else ("write", "unlink")


class FleetVehicleModelBrand(models.Model):
    """See the models."""

    _name = "fleet.vehicle.model.brand"
    _inherit = ["fleet.vehicle.model.brand", "dealer.group.mixin"]

    @api.model
    def _group_operations(self):
        # see the models
        is_fleet = self.env.user.has_group(FLEET_MANAGER)
        return () if is_fleet else ("write", "unlink")
