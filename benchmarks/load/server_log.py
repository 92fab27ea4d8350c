"""What Odoo's own log tells of a run: processes, requests, retries, errors."""

import re
from collections import Counter

LINE = re.compile(r"\S+ \S+ (?P<process>\d+) (?P<level>[A-Z]+) \S+ (?P<logger>\S+): ")
BORN = re.compile(r"Worker (Worker\w+) \((\d+)\) alive")
EVENTED = re.compile(r"Evented Service .*running on")
#: The status may be behind the code that ends a colour.
REQUEST = re.compile(r'HTTP/1\.\d(?:\x1b\[0m)?" (?P<status>\d{3}) ')
AGAIN = re.compile(r"\d+ tries left, try again in")
KINDS = {"WorkerHTTP": "HTTP worker", "WorkerCron": "cron worker"}
WEBSOCKETS = "websocket process"
#: PostgreSQL refuses one of two that write the same row at once; Odoo asks it again.
#: What comes of it when all tries are spent is said by another logger.
NO_ERROR = ("odoo.sql_db",)


class ServerLog:
    """The log of one run."""

    def __init__(self, text: str):
        self.kinds: dict[int, str] = {}
        self.requests: Counter = Counter()
        self.statuses: Counter = Counter()
        self.retries = 0
        self.errors: list[str] = []
        for line in text.splitlines():
            if found := LINE.match(line):
                self._read(found, line)

    def _read(self, found, line):
        process, words = int(found["process"]), line[found.end() :]
        if born := BORN.search(words):
            self.kinds[int(born[2])] = KINDS.get(born[1], born[1])
        elif EVENTED.search(words):
            self.kinds[process] = WEBSOCKETS
        elif found["logger"] == "werkzeug" and (request := REQUEST.search(words)):
            self.requests[process] += 1
            self.statuses[int(request["status"])] += 1
        if AGAIN.search(words):
            self.retries += 1
        if found["level"] in ("ERROR", "CRITICAL") and found["logger"] not in NO_ERROR:
            self.errors.append(f"{found['logger']}: {words.strip()}")

    @property
    def broken(self) -> int:
        """How many answers were of the 500s."""
        return sum(n for status, n in self.statuses.items() if status >= 500)
