from odoo import api, models

from ..common.dealer_complaint_states import (
    OVER_STATES,
    REOPENED,
    STATE_STAMP,
    VOID_STATES,
    WORDS_OF_STEP,
)
from .dealer_complaint_facts import FACTS

_ANSWERED_STATES = ("resolved", *OVER_STATES)
#: Of a complaint of the past, entered by an officer.
_PAST = {"cancel_reason", "date_decision", "first_receiver_id", *STATE_STAMP.values()}


class DealerComplaint(models.Model):
    """What follows from what, on one page: the life of a complaint.

    The methods stand with what they are about; here is in which order they act. See
    decision 0004.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    #: What the process records, nobody types it.
    _RECORDED_FIELDS = frozenset(
        {
            "name",
            "first_receiver_id",
            "level",
            "grade",
            "cycle",
            "handover_state",
            "handover_user_id",
            "date_offered",
            "date_decision",
            "has_contact_exception",
            "duplicate_of_id",
            "cancel_reason",
            "date_imported",
            "is_grade_by_repeat",
            "sla_state",
            "sla_deadline",
            "sla_metric",
            "sla_date_warning",
            "sla_cap_deadline",
            # what was written to the customer, and what he said
            "date_acknowledged",
            "proposal_sent",
            "rating_asked_cycle",
            "rated_cycle",
            "email_from",
            "grade_reason",
            "origin_key",
            # what its source says of it
            "source_reference",
            "source_status",
            "fault_codes",
            *STATE_STAMP.values(),
            "date_answered",
            "answer_words",
            "answer_version",
        }
    )

    #: Chosen by whoever enters a complaint; from then on they are recorded.
    _CHOSEN_FIELDS = frozenset(
        {"level", "grade", "source_reference", "source_status", "fault_codes"}
    )

    #: What is asked before somebody writes these fields.
    _GUARDS = (
        (("company_id",), "_check_company_stays"),
        (("active",), "_check_archived"),
        (("user_id",), "_check_new_responsible"),
        (("date_received",), "_check_receipt_write"),
        (FACTS, "_check_facts"),
        (("description", "remedy_sought"), "_check_customers_words"),
    )

    #: How the values of a new complaint are completed.
    _COMPLETIONS = (
        "_complete_import",
        "_hear_alarms",
        "_begin",
        "_mark_import",
        "_number",
    )

    #: What follows once a complaint has been entered: how long the clocks run depends
    #: on the grade, and the receipt says until when somebody calls.
    _INTAKE = (
        "_raise_repeated",
        "_grade_by_facts",
        "_sla_begin",
        "_offer_to_desk",
        "_confirm_receipt",
    )

    #: What follows once one of these fields has another value.
    _CONSEQUENCES = (
        (("partner_id",), "_withdraw_link"),
        (
            (
                "is_safety",
                "source",
                "category_id",
                "vehicle_id",
                "model_id",
                "partner_id",
            ),
            "_grade_anew",
        ),
        (("date_received",), "_follow_receipt"),
        (("user_id",), "_keep_holder"),
        (("user_id",), "_end_offer"),
    )

    #: What is done and asked before a complaint goes to these states.
    _LEAVE_STEPS = (
        (("resolved",), "_decide_as_agreed"),
        (tuple(WORDS_OF_STEP), "_check_words"),
        (("closed",), "_check_closing_gate"),
        (("cancelled",), "_check_cases_ended"),
        (("investigating",), "_withdraw_decision"),
    )

    #: What follows once a complaint is in one of these states, or was taken up again.
    _ENTER_STEPS = (
        (("proposed", REOPENED), "_forget_answer"),
        (("investigating", "proposed", *_ANSWERED_STATES), "_end_answer_todos"),
        (VOID_STATES, "_reconsider_repeats"),
        ((REOPENED,), "_sla_reopen"),
        (("resolved", "rejected"), "_sla_resolve"),
        (("resolved",), "_sla_give_remedy"),
        (("rejected",), "_sla_owe_no_remedy"),
        (("resolved",), "_sla_owe_callback"),
        (VOID_STATES, "_sla_abandon"),
        (OVER_STATES, "_abandon_offer"),
        (OVER_STATES, "_withdraw_pause_requests"),
        (OVER_STATES, "_end_next_step"),
        (("merged",), "_hand_on_cases"),
        (("merged",), "_hand_on_remedies"),
        ((REOPENED, *_ANSWERED_STATES), "_estimate_again"),
        (("proposed",), "_mail_proposal"),
        (("closed",), "_ask_for_rating"),
    )

    @api.model
    def _chosen_fields(self):
        """An officer enters also what was recorded elsewhere, in the past."""
        past = _PAST if self._is_officer() else frozenset()
        return super()._chosen_fields() | past
