from . import dealer_complaint_demo, demo_clocks
