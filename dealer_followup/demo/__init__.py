from . import dealer_activity_demo
