from . import dealer_followup_call, dealer_vehicle_merge
