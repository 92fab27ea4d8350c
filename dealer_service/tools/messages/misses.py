"""How often somebody guesses: counted in the memory of one worker, written nowhere."""

import time
from collections import OrderedDict


class Misses:
    """So many wrong guesses from one source within a time, then no more are looked at.

    >>> misses = Misses(most=2, seconds=60)
    >>> misses.add("a", now=0), misses.add("a", now=1), misses.is_over("a", now=2)
    (None, None, True)
    >>> misses.is_over("b", now=2), misses.is_over("a", now=60)
    (False, False)
    """

    def __init__(self, most, seconds, sources=10_000):
        self.most = most
        self.seconds = seconds
        #: So many sources are remembered, those that came last.
        self.sources = sources
        self._counts = OrderedDict()

    def is_over(self, source, now=None):
        began, count = self._of(source, now)
        return count >= self.most

    def add(self, source, now=None):
        began, count = self._of(source, now)
        self._counts[source] = began, count + 1
        self._counts.move_to_end(source)
        while len(self._counts) > self.sources:
            self._counts.popitem(last=False)

    def clear(self):
        self._counts.clear()

    def _of(self, source, now):
        now = time.monotonic() if now is None else now
        began, count = self._counts.get(source, (now, 0))
        return (now, 0) if now - began >= self.seconds else (began, count)
