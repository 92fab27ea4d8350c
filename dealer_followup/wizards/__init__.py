from . import (
    dealer_customer_merge,
    dealer_followup_call,
    dealer_leave_wizard,
    dealer_vehicle_merge,
)
