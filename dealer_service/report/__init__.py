from . import (
    dealer_order_papers,
    dealer_paper,
    dealer_paper_mixin,
    dealer_paper_of_gate,
    dealer_paper_of_improvement,
    dealer_paper_of_takings,
    dealer_pick_list_papers,
    dealer_public_papers,
    dealer_reception_papers,
    dealer_reception_report,
    dealer_service_gap_report,
    dealer_settlement_papers,
)
