from . import dealer_call_demo, dealer_complaint_demo, dealer_staff_demo, demo_clocks
