from odoo import models


class FleetVehicle(models.Model):
    """A shop that calls about a car looks after it as well."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    def _dealer_shops(self):
        shops = super()._dealer_shops()
        # calls of shops that the user does not see decide as well
        tasks = self.env["dealer.followup"].sudo()
        for car, calling in tasks._read_group(
            [("vehicle_id", "in", self.ids)], ["vehicle_id"], ["company_id:recordset"]
        ):
            shops[car.with_env(self.env)] |= calling
        return shops
