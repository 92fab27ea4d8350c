from . import dealer_reception_report, dealer_service_gap_report
