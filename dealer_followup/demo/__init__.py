from . import (
    dealer_activity_demo,
    dealer_activity_kinds_demo,
    dealer_call_demo,
    dealer_followup_demo,
    dealer_new_car_demo,
    dealer_staff_demo,
    fleet_vehicle_demo,
    survey_earlier_demo,
    survey_exam_demo,
    survey_lounge_demo,
)
