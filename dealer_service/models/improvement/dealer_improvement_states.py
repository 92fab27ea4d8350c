"""The states of an improvement, and what can become better."""

from typing import NamedTuple

STATES = [
    ("proposed", "Suggested"),
    ("agreed", "Target Agreed"),
    ("running", "Under Way"),
    ("closed", "Judged"),
    ("dropped", "Given Up"),
]
#: Every permitted move: (from, to).
TRANSITIONS = {
    ("proposed", "agreed"),
    ("agreed", "running"),
    ("running", "closed"),
    ("proposed", "dropped"),
    ("agreed", "dropped"),
    ("running", "dropped"),
}
#: What the target was agreed on: nobody moves it afterwards.
AGREED = (
    "company_id",
    "subject",
    "step_id",
    "standard_id",
    "picked_from",
    "picked_to",
    "baseline_from",
    "baseline_to",
    "target_value",
    "date_until",
)
#: Nothing more is measured for it.
ENDED = ("closed", "dropped")
#: What the result speaks of: what was changed, by whom.
JUDGED = (
    "change_kind",
    "change_resource_id",
    "change_standard_id",
    "change_text",
    "name",
    "user_id",
)
#: What only the measuring writes.
MEASURED = (
    "baseline_value",
    "baseline_count",
    "baseline_deviation",
    "final_value",
    "final_count",
    "result_target",
    "result_change",
    "change_value",
    "change_low",
    "change_high",
    "is_small",
)


class Subject(NamedTuple):
    """Something that can become better: how it is measured, and which way is better."""

    name: str
    #: Of the improvement: the sample of a span of time.
    method: str
    #: Names of fields that say what it is about; one of them is needed.
    scope: tuple = ()
    better: str = "up"
    #: ``percent``, ``minutes`` or ``points``.
    unit: str = "percent"
    is_share: bool = True


#: What the service department measures; see ``dealer_improvement_sample.py``.
SUBJECTS = (
    Subject(
        "step_compliance",
        "_sample_step_compliance",
        scope=("step_id",),
        is_share=False,
    ),
    Subject(
        "step_overrun",
        "_sample_step_overrun",
        scope=("step_id",),
        better="down",
        unit="minutes",
        is_share=False,
    ),
    Subject("step_late", "_sample_step_late", scope=("step_id",), better="down"),
    Subject("standard", "_sample_standard", scope=("standard_id",)),
    Subject("promise", "_sample_promise"),
    Subject("show", "_sample_show"),
    Subject("comeback", "_sample_comeback", better="down"),
)
#: The same in words.
SUBJECT_NAMES = [
    ("step_compliance", "Standards Executed in a Step"),
    ("step_overrun", "Minutes Over the Target of a Step"),
    ("step_late", "Visits Over the Target of a Step"),
    ("standard", "A Single Standard"),
    ("promise", "First Promise Kept"),
    ("show", "Appointments That Came"),
    ("comeback", "Comebacks"),
]
