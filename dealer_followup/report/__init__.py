from . import dealer_activity_papers, dealer_activity_report, dealer_care_calendar
