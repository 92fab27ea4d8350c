from . import (
    dealer_caller,
    dealer_complaint_dialogs,
    dealer_complaint_heard,
    dealer_complaint_step,
    dealer_manufacturer_summary,
    dealer_reason_wizard,
)
