"""The figures of persons: which there are, and how each comes about."""

from typing import NamedTuple

ROLES = [("advisor", "Service Advisor"), ("technician", "Technician")]
STATES = [
    ("draft", "Being Measured"),
    ("given", "Discussed"),
    ("closed", "Concluded"),
]
#: Every permitted move: (from, to).
TRANSITIONS = {("draft", "given"), ("given", "draft"), ("given", "closed")}


class Figure(NamedTuple):
    """One figure of the persons of a role.

    ``kind`` says what the values of a row become:

    ``count``: their sum; no interval, and never too few.
    ``share``: a mean of 0 and 100; with ``whole`` that part of its sum, in percent.
    ``mean``: a mean with its deviation.
    ``ratio``: sum by sum in percent, which may be more than 100; no interval.
    """

    name: str
    role: str
    #: Of the sheet: the rows of a span of time, each with its ``person``.
    source: str
    #: A column of these rows.
    column: str
    kind: str = "share"
    whole: str = ""
    better: str = "up"
    #: ``percent``, ``points``, ``hours`` or ``number``.
    unit: str = "percent"
    #: Whoever has one of these has a sheet.
    is_basis: bool = False


#: What the service department measures; see ``dealer_staff_sheet_sources.py``.
FIGURES = (
    Figure(
        "visits", "advisor", "_rows_of_visits", "one", "count", "", "up", "number", True
    ),
    Figure("promise", "advisor", "_rows_of_visits", "promise_kept_rate"),
    Figure("punctual", "advisor", "_rows_of_visits", "punctual_rate"),
    Figure("proven", "advisor", "_rows_of_standards", "proven_rate", "mean"),
    Figure("executed", "advisor", "_rows_of_standards", "done_rate", "mean"),
    Figure(
        "supplements",
        "advisor",
        "_rows_of_visits",
        "supplement_accepted",
        whole="supplement_offered",
    ),
    Figure("rating", "advisor", "_rows_of_visits", "rating", "mean", unit="points"),
    Figure(
        "jobs", "technician", "_rows_of_jobs", "one", "count", "", "up", "number", True
    ),
    Figure("hours", "technician", "_rows_of_jobs", "hours_sold", "count", unit="hours"),
    Figure(
        "efficiency",
        "technician",
        "_rows_of_jobs",
        "hours_sold",
        "ratio",
        "hours_worked",
    ),
    Figure("first_right", "technician", "_rows_of_jobs", "first_right"),
    Figure("comeback", "technician", "_rows_of_jobs", "comeback", better="down"),
)
#: The same in words.
FIGURE_NAMES = [
    ("visits", "Visits Looked After"),
    ("promise", "First Promise Kept"),
    ("punctual", "Appointments Greeted in Time"),
    ("proven", "Standards Proven"),
    ("executed", "Standards Executed"),
    ("supplements", "Supplements Accepted"),
    ("rating", "Customer's Rating"),
    ("jobs", "Jobs Done"),
    ("hours", "Hours Sold"),
    ("efficiency", "Hours Sold per Hour Worked"),
    ("first_right", "Right the First Time"),
    ("comeback", "Jobs That Came Back"),
]
