from odoo import models

from ..common.dealer_reception_states import (
    BOOKED_STATES,
    OPEN_STATES,
    STAMPS,
    STATES,
    STEP_MOMENTS,
    UNSERVED_STATES,
    VOID_STATES,
)
from .dealer_reception_second_person import CORRECTED_BY_ANOTHER, TOLD

EVERY_STATE = tuple(state for state, _label in STATES)
#: A car that is away until its part comes goes on from where it is, or has left.
RETURNING_STATES = tuple(
    state for state in EVERY_STATE if state not in ("left", "cancelled")
)
ENDED_STATES = tuple(state for state in EVERY_STATE if state not in OPEN_STATES)
COME_STATES = tuple(state for state in EVERY_STATE if state not in BOOKED_STATES)
SERVED_STATES = tuple(state for state in EVERY_STATE if state not in UNSERVED_STATES)


class DealerReception(models.Model):
    """What follows from what, on one page: the life of a visit.

    The methods stand with what they are about; here is in which order they act. See
    decision 0004.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    #: What the process records, nobody types it.
    _RECORDED_FIELDS = frozenset(
        {
            "name",
            "date_appointment_end",
            "date_no_show_proposed",
            "date_reminded_day",
            "date_reminded_hour",
            "date_remind_day",
            "date_remind_hour",
            "is_by_customer",
            "rebooked_from_id",
            "rebooked_to_id",
            "entered_times",
            "is_delay_notified",
            "date_delay_asked",
            "date_greet_from",
            "date_progress_due",
            "date_promised_first",
            "promise_advisor_id",
            "is_first_visit",
            "first_care_ids",
            "rework_count",
            "resume_count",
            "estimate_total",
            "settled_total",
            "variance_covered",
            "discount_amount",
            "rounding_amount",
            "voucher_amount",
            "reduction_reason",
            "reduction_user_id",
            "former_advisor_ids",
            "is_taken_back",
            "comeback_decision",
            "comeback_decided_of_id",
            "comeback_user_id",
            "comeback_date",
            "delivery_signature",
            "delivery_signed_by",
            "date_delivery_signed",
            "delivery_unsigned_reason",
            "settled_user_id",
            "settlement_signature",
            "settlement_signed_by",
            "settlement_signed_for",
            "date_settlement_signed",
            "key_release",
            "key_release_amount",
            "key_release_reason",
            "key_release_user_id",
            "key_release_date",
            "leaving_reason",
            "leaving_note",
            "is_away",
            "is_multipoint",
            "date_came_back",
            "past_advisor",
            "past_customer_total",
            "past_number",
            "takeover_id",
            *STEP_MOMENTS,
        }
    )

    #: What is asked before somebody writes these fields.
    _GUARDS = (
        (STAMPS, "_check_may_correct_times"),
        (STAMPS, "_mark_entered_times"),
        (CORRECTED_BY_ANOTHER, "_check_corrections"),
        (("vehicle_id",), "_check_car_stays"),
        (("is_overbooked",), "_check_overbooking"),
        (("date_appointment",), "_check_may_move"),
        (
            ("odometer", "fuel_level", "belongings", "keep_old_parts", "wash"),
            "_check_sheet_open",
        ),
        (("date_promised",), "_check_promise"),
        (("advisor_id",), "_check_has_advisor"),
        (("is_waiting",), "_check_told_before"),
    )

    #: How the values of a new visit are completed.
    _COMPLETIONS = (
        "_fill_in_parties",
        "_fill_in_customer",
        "_arm_first_reminders",
        "_promise_first",
        "_check_first_overbooking",
        "_keep_entered_times",
        "_begin",
        "_number",
    )

    #: What follows once a visit has been entered.
    _INTAKE = (
        "_subscribe_first_advisor",
        "_enter_first_state",
        "_take_first_slot",
        "_notify_lane",
        "_check_first_promise",
        "_arm_promise",
        "_check_beginning",
        "_cover_first_variance",
        "_tell_mileage",
    )

    #: What follows once one of these fields has another value.
    _CONSEQUENCES = (
        # who
        (("advisor_id",), "_subscribe_advisor"),
        (("advisor_id",), "_keep_former_advisor"),
        (("advisor_id",), "_keep_promise_advisor"),
        (("partner_id",), "_withdraw_link"),
        (TOLD, "_tell_correction"),
        # the appointment
        (
            (
                "company_id",
                "date_appointment",
                "advisor_id",
                "package_id",
                "planned_hours",
                "vehicle_id",
            ),
            "_take_other_slot",
        ),
        (("date_appointment",), "_forget_no_show"),
        (("date_appointment",), "_renew_reminders"),
        (
            (
                "is_parts_checked",
                "prepared_bay_id",
                "prepared_technician_id",
                "date_reminded_day",
                "date_reminded_hour",
            ),
            "_tick_preparation",
        ),
        # the promise, and the customer who waits for it
        (("date_promised",), "_keep_first_promise"),
        (("date_promised",), "_arm_promise"),
        (("is_waiting",), "_renew_checks"),
        (("is_waiting",), "_refresh_progress_due"),
        # the final inspection was passed, and with it the three levels
        (("date_passed",), "_prove_known"),
        # the walk-around
        (
            ("odometer", "fuel_level", "belongings", "keep_old_parts", "wash"),
            "_begin_walk_around",
        ),
        # the car
        (("state",), "_follow_plate"),
        (("is_first_visit",), "_follow_first_visit"),
        (("odometer", "date_arrived", "vehicle_id"), "_tell_mileage"),
        # the part that has to come first
        (("is_away",), "_plan_jobs_anew"),
        (("is_away",), "_follow_away_at_gate"),
        # the file of the car at the authority
        (("settled_total",), "_reopen_health_records"),
        # the boards
        (
            (
                "active",
                "advisor_id",
                "company_id",
                "date_appointment",
                "date_greeted",
                "date_passed",
                "date_promised",
                "estimate_total",
                "is_away",
                "is_comeback",
                "is_waiting",
                "partner_id",
                "planned_hours",
                "state",
                "vehicle_id",
            ),
            "_notify_lane",
        ),
        (
            (
                "state",
                "is_away",
                "is_waiting",
                "date_promised",
                "advisor_id",
                "vehicle_id",
            ),
            "_notify_workshop",
        ),
    )

    #: What is done and asked before a visit goes to these states.
    _LEAVE_STEPS = (
        (RETURNING_STATES, "_check_not_away"),
        (("delivered",), "_release_keys"),
        (EVERY_STATE, "_prove_step"),
        (SERVED_STATES, "_drop_checks"),
        (SERVED_STATES, "_judge_checks"),
        (("quality", "ready"), "_check_jobs_done"),
        (("arrived",), "_recognize_first_visit"),
        (ENDED_STATES, "_keep_plate"),
    )

    #: What follows once a visit is in one of these states.
    _ENTER_STEPS = (
        (("delivered",), "_tell_cars"),
        (("delivered", "left"), "_issue_leaving_passes"),
        (("settled",), "_withdraw_passes"),
        (("settled",), "_keep_clerk"),
        (("settled",), "_finish_campaigns"),
        (("settled",), "_enter_health_records"),
        (("arrived",), "_open_sheets"),
        (("arrived",), "_give_first_care"),
        (("booked", "prepared", "cancelled", "no_show"), "_drop_first_care"),
        (COME_STATES, "_close_no_show_activity"),
        (("prepared", "arrived", *VOID_STATES), "_close_online_activity"),
        (("ready", "left", "cancelled"), "_close_delay_activity"),
        (("arrived", *VOID_STATES), "_close_reminder_activity"),
        (EVERY_STATE, "_create_checks"),
        (EVERY_STATE, "_refresh_progress_due"),
        (("ready", "left"), "_keep_longest_silence"),
        (("ready",), "_tell_ready"),
        # later on they follow from the confirmation of each supplement
        (("authorized",), "_create_jobs"),
        (("cancelled",), "_drop_jobs"),
        (("left",), "_stop_jobs"),
        (("left", "cancelled"), "_end_time_away"),
        (("delivered", "left", "cancelled"), "_end_part_needs"),
    )
