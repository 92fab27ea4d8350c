"""Who reads a record over the API reads all its fields. A customer reads these."""

from odoo import models


class DealerReception(models.Model):
    _name = "dealer.reception"
    _inherit = ["dealer.reception", "dealer.portal.access"]

    _dealer_portal_fields = frozenset(
        {
            "access_url",
            "car_name",
            "contact_id",
            "create_date",
            "date_appointment",
            "date_arrived",
            "date_authorized",
            "date_delivered",
            "date_finished",
            "date_inspected",
            "date_planned",
            "date_promised",
            "date_ready",
            "date_settled",
            "date_started",
            "license_plate",
            "partner_id",
            "state",
            "vehicle_id",
        }
    )


class FleetVehicle(models.Model):
    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.portal.access"]

    _dealer_portal_fields = frozenset(
        {
            # cars are sorted by these two
            "acquisition_date",
            "plate_key",
            "brand_id",
            "brand_name",
            "color",
            "contact_id",
            "image_128",
            "first_sale_date",
            "inspection_expiry",
            "insurance_expiry",
            "is_customer_vehicle",
            "last_odometer",
            "last_odometer_date",
            "license_plate",
            "model_id",
            "model_name",
            "next_service_date",
            "next_service_odometer",
            "owner_id",
            "sale_date",
            "trim",
            "vin_sn",
            "warranty_end_date",
            "warranty_end_odometer",
        }
    )
