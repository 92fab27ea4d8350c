"""What the rows of one visit of the old system would become."""

from dataclasses import dataclass, field
from datetime import date

#: The context in which nobody hears of a record that is created.
QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}
#: How programs and people say yes and no in a column.
_YES = {"y", "yes", "true", "1", "x", "√", "是", "有", "拒绝", "已拒绝", "declined"}
_NO = {"", "n", "no", "false", "0", "×", "否", "无", "done"}


def read_yes(text):
    """Whether a cell says yes; ``None`` when it says neither.

    >>> read_yes("是"), read_yes(" No "), read_yes(None), read_yes("perhaps")
    (True, False, False, None)
    """
    word = (text or "").strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


@dataclass
class Verdict:
    """Of the rows of one number: the visit, its lines, what was declined.

    >>> verdict = Verdict("A1")
    >>> verdict.refuse(7, "No car.")
    >>> verdict.refuse(7, "No day.")
    >>> verdict.is_refused, verdict.problems
    (True, {7: 'No car.\\nNo day.'})
    """

    number: str
    #: the visit was taken over before
    is_known: bool = False
    #: values of the visit
    vals: dict = field(default_factory=dict)
    #: values of the lines, each with the id of its row
    lines: list = field(default_factory=list)
    #: values of declined work
    declined: list = field(default_factory=list)
    #: the day on which the car was handed over
    day: date | None = None
    #: sentences by id of a row
    problems: dict = field(default_factory=dict)
    #: pairs of topic and word that nobody has explained
    words: set = field(default_factory=set)

    @property
    def is_refused(self):
        """Whether it cannot come as it is."""
        return bool(self.problems)

    def refuse(self, row_id, sentence):
        """Add what is wrong with a row."""
        told = self.problems.get(row_id)
        self.problems[row_id] = f"{told}\n{sentence}" if told else sentence
