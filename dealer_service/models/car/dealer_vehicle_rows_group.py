from odoo import api, models


class DealerVehicleOwnership(models.Model):
    """Who owned a car is corrected by the shops that look after it."""

    _name = "dealer.vehicle.ownership"
    _inherit = "dealer.vehicle.ownership"

    def write(self, vals):
        self.vehicle_id._check_served_here()
        return super().write(vals)


class DealerOdometerReading(models.Model):
    """What a car shows is told and corrected by the shops that look after it."""

    _name = "dealer.odometer.reading"
    _inherit = "dealer.odometer.reading"

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(vals_list)
        readings.vehicle_id._check_served_here()
        return readings

    def write(self, vals):
        self.vehicle_id._check_served_here()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_served_elsewhere(self):
        self.vehicle_id._check_served_here()
