from . import dealer_activity_demo, dealer_followup_demo, fleet_vehicle_demo
