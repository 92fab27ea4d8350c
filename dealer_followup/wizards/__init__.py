from . import (
    dealer_activity_checkin,
    dealer_customer_merge,
    dealer_followup_call,
    dealer_followup_call_activity,
    dealer_followup_call_notice,
    dealer_followup_call_survey,
    dealer_followup_call_words,
    dealer_followup_cancel,
    dealer_followup_link,
    dealer_leave_wizard,
    dealer_vehicle_merge,
    dealer_vehicle_merge_activity,
)
