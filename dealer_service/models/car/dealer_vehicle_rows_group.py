from odoo import api, models


class DealerVehicleOwnership(models.Model):
    """Who owned a car is corrected by the shops that look after it."""

    _name = "dealer.vehicle.ownership"
    _inherit = "dealer.vehicle.ownership"

    def write(self, vals):
        self.vehicle_id._check_served_here()
        return super().write(vals)


class DealerOdometerReading(models.Model):
    """What somebody has read is corrected by the shops that look after the car."""

    _name = "dealer.odometer.reading"
    _inherit = "dealer.odometer.reading"

    def write(self, vals):
        self.vehicle_id._check_served_here()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_served_elsewhere(self):
        self.vehicle_id._check_served_here()
