from . import dealer_complaint_demo
