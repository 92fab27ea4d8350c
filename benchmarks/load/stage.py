"""What the people of a run share: who they are, what they wrote, what they heard."""

from collections import Counter, defaultdict
from itertools import count

from .ledger import Ledger


class Stage:
    """The play of one run; filled before the people come."""

    def __init__(self):
        self.plan = {}
        self.websocket = ""
        self.ledger = Ledger()
        self.news = Counter()
        self.taken = defaultdict(count)

    def take(self, role: str) -> dict:
        """The next person of a role."""
        people = self.plan[role]
        return people[next(self.taken[role]) % len(people)]


STAGE = Stage()
