from odoo import api, fields, models


class DealerFollowup(models.Model):
    """The plate that the customer knows the cause of the call by."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    license_plate = fields.Char(
        "Plate",
        compute="_compute_license_plate",
        help="The plate of the visit the call is about, or else of the car.",
    )

    @api.depends("visit_id.license_plate", "vehicle_id.license_plate")
    def _compute_license_plate(self):
        for task in self:
            # a caller need not be allowed to open the visit he calls about
            visit = task.sudo().visit_id
            task.license_plate = (visit or task.vehicle_id).license_plate
