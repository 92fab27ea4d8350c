from . import (
    account_move_demo,
    dealer_call_demo,
    dealer_facility_demo,
    dealer_gate_demo,
    dealer_guest_demo,
    dealer_improvement_demo,
    dealer_online_demo,
    dealer_reception_demo,
    dealer_reception_demo_time,
    dealer_staff_demo,
    dealer_voucher_demo,
    sale_order_template_demo,
)
