from . import dealer_complaint_demo, dealer_staff_demo, demo_clocks
