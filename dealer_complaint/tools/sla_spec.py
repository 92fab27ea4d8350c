"""What the plan of a timer is laid out from. Plain Python, no ORM but the calendar."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


class Level(NamedTuple):
    """A warning or an escalation of a target."""

    level_id: int
    #: before (negative) or after the deadline, in the kind of time of the target
    minutes: int
    kind: str
    waits_for_opening: bool


class Moment(NamedTuple):
    """When something becomes true, and when somebody is told of it."""

    moment: datetime
    #: later than ``moment`` when nobody is there to be told before
    due: datetime
    kind: str
    #: 0 for the breach itself
    level_id: int


@dataclass(frozen=True, slots=True)
class Spec:
    """A target as it applies to one timer. All moments are UTC, without a zone."""

    #: ``resource.calendar``
    calendar: Any
    company_id: int
    unit: str
    amount: float
    #: days are those of authorities and factories, not of the shop
    is_office: bool
    start: datetime
    #: from when on the rest of the time runs
    run_from: datetime
    #: seconds that were over at ``run_from``
    used: int
    levels: tuple[Level, ...]
    is_major: bool
    #: ids of the levels that have been told
    fired: frozenset[int] = frozenset()
    is_breach_recorded: bool = False
    #: given when it is not to be counted anew, together with ``target_seconds``
    deadline: datetime | None = None
    target_seconds: int = 0

    def is_told(self, moment):
        """Whether what becomes true at this :class:`Moment` is on record."""
        if moment.kind == "breached":
            return self.is_breach_recorded
        return moment.level_id in self.fired
