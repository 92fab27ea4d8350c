from . import (
    dealer_booking,
    dealer_consent_wizard,
    dealer_reason_wizard,
    dealer_settlement_wizard,
    dealer_signature,
)
