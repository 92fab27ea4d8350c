from . import (
    dealer_activity_papers,
    dealer_activity_report,
    dealer_care_calendar,
    dealer_certificate_report,
    dealer_customer_report,
    dealer_facility_report,
    dealer_followup_report,
    dealer_retention_report,
    dealer_satisfaction_gap_report,
    dealer_satisfaction_report,
    dealer_service_gap_report,
)
