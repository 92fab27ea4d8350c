from . import (
    dealer_paper,
    dealer_reception_papers,
    dealer_reception_report,
    dealer_service_gap_report,
)
