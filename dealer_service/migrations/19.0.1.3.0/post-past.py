"""The past is taken over from files since this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

#: How many words of the old systems mean what.
_WORDS = {
    "payer_customer": 7,
    "payer_warranty": 7,
    "payer_insurance": 5,
    "payer_internal": 5,
    "payer_goodwill": 5,
    "line_labour": 6,
    "line_part": 6,
    "line_sundry": 8,
    "visit_maintenance": 9,
    "visit_other": 16,
}
#: How many headings of their files mean which column.
_HEADINGS = {
    "row_number": 6,
    "row_license_plate": 5,
    "row_vin": 7,
    "row_customer_name": 5,
    "row_customer_phone": 7,
    "row_date_arrived": 7,
    "row_date_delivered": 6,
    "row_odometer": 6,
    "row_advisor": 5,
    "row_visit_kind": 6,
    "row_concern": 5,
    "row_line_kind": 2,
    "row_code": 10,
    "row_description": 6,
    "row_unit": 1,
    "row_price": 2,
    "row_amount": 3,
    "row_payer": 6,
    "row_technician": 5,
    "row_system": 1,
    "row_is_declined": 4,
    "row_reason": 2,
    "car_license_plate": 5,
    "car_vin_sn": 7,
    "car_brand_name": 1,
    "car_model_name": 1,
    "car_owner_name": 3,
    "car_owner_phone": 5,
    "car_sale_date": 1,
    "car_first_sale_date": 1,
    "car_insurance_expiry": 2,
    "car_inspection_expiry": 3,
    "car_next_service_date": 1,
    "car_next_service_odometer": 1,
    "customer_name": 3,
    "customer_phone": 4,
    "customer_street": 3,
    "customer_city": 1,
}


def migrate(cr, version):
    """Shops that are at work have the usual words and headings explained, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(
            f"dealer_takeover_word_{name}_{number}"
            for name, count in _WORDS.items()
            for number in range(1, count + 1)
        ),
        *(
            f"base_import_mapping_{name}_{number}"
            for name, count in _HEADINGS.items()
            for number in range(1, count + 1)
        ),
    )
