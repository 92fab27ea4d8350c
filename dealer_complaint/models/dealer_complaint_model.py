from odoo import api, fields, models

from .dealer_complaint_portal import FINISHED_STATES


class DealerComplaint(models.Model):
    """About which car, and which kind: told also when the car itself is not known."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    model_id = fields.Many2one(
        "fleet.vehicle.model",
        "Car Model",
        compute="_compute_model_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    trim = fields.Char(help="Model year, engine and equipment.")
    license_plate = fields.Char(
        "Plate",
        compute="_compute_license_plate",
        store=True,
        help="That of the visit, else of the car; kept once the complaint is finished.",
    )

    @api.depends("vehicle_id")
    def _compute_model_id(self):
        for complaint in self:
            if complaint.vehicle_id:
                complaint.model_id = complaint.vehicle_id.model_id

    @api.depends("state", "reception_id.license_plate", "vehicle_id.license_plate")
    def _compute_license_plate(self):
        over = self.filtered(lambda c: c.state in FINISHED_STATES and c.license_plate)
        for complaint in self - over:
            # who handles complaints need not be allowed to open the visit
            visit = complaint.sudo().reception_id
            complaint.license_plate = (visit or complaint.vehicle_id).license_plate
