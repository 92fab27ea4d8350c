"""Who wrote what, and whether the database has exactly that.

Each virtual person enters what they write before they send it, and what became of it
afterwards. A write without an answer may be there or not; one that was refused must not
be; one that was confirmed must be there, once.
"""

import contextlib
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass

from .answers import Refused

DONE, REFUSED, UNKNOWN = "done", "refused", "unknown"

#: How a kind of write is counted: the last value stays, each is there once, or there
#: are so many rows.
LAST, EACH, MANY = "last", "each", "many"
KINDS = {
    "arrival": MANY,
    "odometer": LAST,
    "concern": EACH,
    "note": EACH,
    "start": MANY,
    "remark": LAST,
    "call": EACH,
    "rating": EACH,
}


@dataclass
class Write:
    """One write of one person."""

    kind: str
    #: id of the record it is written on; 0 where the server chooses it
    record: int
    value: str | int | None = None
    outcome: str = UNKNOWN


class Ledger:
    """The writes of all, in the order in which they were sent."""

    def __init__(self, writes=()):
        self.writes = [Write(**write) for write in writes]
        self.numbers = Counter()

    @contextlib.contextmanager
    def write(self, kind: str, record: int, value=None):
        """Enter a write; the block sends it."""
        entry = Write(kind, record, value)
        self.writes.append(entry)
        try:
            yield entry
        except Refused:
            entry.outcome = REFUSED
            raise
        # whatever else ends the block leaves it unknown, the end of the run too
        entry.outcome = DONE

    def token(self, kind: str, login: str) -> str:
        """A text that nobody else writes."""
        self.numbers[kind, login] += 1
        return f"load-{kind}-{login}-{self.numbers[kind, login]}"

    def as_data(self) -> list[dict]:
        """To be read again by `Ledger(data)`."""
        return [asdict(write) for write in self.writes]

    def of_kind(self, kind: str) -> list[Write]:
        """The writes of one kind."""
        return [write for write in self.writes if write.kind == kind]

    def summary(self) -> list[tuple]:
        """Kind, confirmed, refused and unanswered writes."""
        counted = Counter((write.kind, write.outcome) for write in self.writes)
        outcomes = DONE, REFUSED, UNKNOWN
        return [
            (kind, *(counted[kind, outcome] for outcome in outcomes))
            for kind in KINDS
            if any(counted[kind, outcome] for outcome in outcomes)
        ]


def differences(kind: str, writes: list[Write], found: list[tuple]) -> list[str]:
    """What the database has otherwise than it was written, a sentence each.

    :param found: pairs of a record and what is there: its value, a token, or how many
    """
    by_record = defaultdict(list)
    for write in writes:
        by_record[write.record].append(write)
    compare = {LAST: lost_values, EACH: lost_tokens, MANY: lost_rows}[KINDS[kind]]
    return [f"{kind} of {record}: {what}" for record, what in compare(by_record, found)]


def lost_values(by_record, found):
    """Of each record the last value stays."""
    there = dict(found)
    for record, writes in by_record.items():
        confirmed = [n for n, write in enumerate(writes) if write.outcome == DONE]
        if not confirmed:
            continue
        last = writes[confirmed[-1]]
        later = writes[confirmed[-1] + 1 :]
        allowed = {str(last.value)}
        allowed |= {str(write.value) for write in later if write.outcome == UNKNOWN}
        if str(there.get(record)) not in allowed:
            yield record, f"{last.value} was confirmed, {there.get(record)} is there"


def lost_tokens(by_record, found):
    """Each is there once; nothing is there that nobody wrote."""
    there = Counter(found)
    limits = {DONE: (1, 1), REFUSED: (0, 0), UNKNOWN: (0, 1)}
    for record, writes in by_record.items():
        for write in writes:
            least, most = limits[write.outcome]
            count = there.pop((record, write.value), 0)
            if not least <= count <= most:
                yield record, f"{write.value} ({write.outcome}) is there {count} times"
    for (record, token), count in there.items():
        yield record, f"{token} is there {count} times, and nobody wrote it there"


def lost_rows(by_record, found):
    """There are as many rows as were confirmed; unanswered ones may be among them."""
    there = dict(found)
    for record, writes in by_record.items():
        outcomes = Counter(write.outcome for write in writes)
        least, most = outcomes[DONE], outcomes[DONE] + outcomes[UNKNOWN]
        count = int(there.get(record, 0))
        if not least <= count <= most:
            yield record, f"{least} were confirmed, {count} are there"
