from . import (
    dealer_arrival,
    dealer_booking,
    dealer_consent_wizard,
    dealer_delivery,
    dealer_holiday_notice,
    dealer_odometer_correction,
    dealer_reason_wizard,
    dealer_settlement_wizard,
    dealer_signature,
    dealer_vehicle_merge,
    dealer_vehicle_owner_change,
)
