from odoo import fields, models


class DealerVehicleOwnership(models.Model):
    """Who owned a car, from when until when. Written by the car alone."""

    _name = "dealer.vehicle.ownership"
    _description = "Ownership of a Car"
    _order = "vehicle_id, date_to desc, id desc"
    _rec_name = "partner_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="vehicle_id.company_id", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Owner", required=True, index=True, ondelete="restrict"
    )
    date_from = fields.Date("From", help="Empty: since before we first saw the car.")
    date_to = fields.Date("Until", help="Empty: still the owner.")

    _check_dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_from <= date_to)",
        "An ownership cannot end before it begins.",
    )
