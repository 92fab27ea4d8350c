from odoo import api, models


class DealerFleetGroupMixin(models.AbstractModel):
    """Lists of Fleet that all shops share; the reception may add to them."""

    _name = "dealer.fleet.group.mixin"
    _description = "Fleet Master Data of the Group"
    _inherit = ["dealer.group.mixin"]

    @api.model
    def _group_operations(self):
        # whoever manages the company's own fleet has these rights from Fleet
        is_fleet = self.env.user.has_group("fleet.fleet_group_manager")
        return () if is_fleet else ("write", "unlink")


class FleetVehicleModel(models.Model):
    """A model with its service plan is the same in every shop."""

    _name = "fleet.vehicle.model"
    _inherit = ["fleet.vehicle.model", "dealer.fleet.group.mixin"]


class FleetVehicleModelBrand(models.Model):
    """See the models."""

    _name = "fleet.vehicle.model.brand"
    _inherit = ["fleet.vehicle.model.brand", "dealer.fleet.group.mixin"]


class FleetVehicleModelCategory(models.Model):
    """See the models."""

    _name = "fleet.vehicle.model.category"
    _inherit = ["fleet.vehicle.model.category", "dealer.fleet.group.mixin"]


class FleetVehicleTag(models.Model):
    """See the models."""

    _name = "fleet.vehicle.tag"
    _inherit = ["fleet.vehicle.tag", "dealer.fleet.group.mixin"]
