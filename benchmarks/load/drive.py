"""The people of `make load`, in a process of their own.

    python -m benchmarks.load.drive PLAN RESULT

PLAN says who comes, where the server is and for how long; RESULT is what they saw and
wrote. The server is started, watched and judged by whoever calls this.
"""

import json
import sys
import time
from pathlib import Path

import gevent
from locust.env import Environment
from locust.log import setup_logging

from .advisors import Advisor
from .answers import Broken, Refused
from .callers import Caller
from .figures import OK
from .guests import CustomerPhone, LoungeScreen
from .stage import STAGE
from .technicians import Technician

PEOPLE = [Advisor, Technician, Caller, LoungeScreen, CustomerPhone]
#: People who come in a second, so that the log-in is not all that is measured.
COMING = 4
#: Seconds for what is on its way when the time is over.
LAST_ANSWERS = 60


def drive(plan: dict) -> dict:
    """Let the people work for `plan["seconds"]` after the last has come."""
    STAGE.plan, STAGE.websocket = plan["people"], plan["websocket"]
    requests, faults = [], []
    environment = Environment(
        user_classes=PEOPLE, host=plan["address"], stop_timeout=LAST_ANSWERS
    )

    def measured(name, response_time, exception, **_rest):
        outcome = OK
        if exception:
            kind = "refused" if isinstance(exception, Refused) else "broken"
            outcome = f"{kind}: {exception}"
        requests.append([name, response_time, outcome])

    def failed(user_instance, exception, tb, **_rest):
        if isinstance(exception, (Refused, Broken)):
            return  # among the requests
        who = type(user_instance).__name__
        while tb and tb.tb_next:
            tb = tb.tb_next
        where = f"{Path(tb.tb_frame.f_code.co_filename).name}:{tb.tb_lineno}"
        faults.append(f"{who}: {type(exception).__name__}: {exception} ({where})")

    environment.events.request.add_listener(measured)
    environment.events.user_error.add_listener(failed)
    people = sum(kind.fixed_count for kind in PEOPLE)
    runner = environment.create_local_runner()
    begun = time.monotonic()
    runner.start(people, spawn_rate=COMING)
    gevent.sleep(people / COMING)
    all_there = time.monotonic()
    report(f"{people} people are there", requests)
    while time.monotonic() < all_there + plan["seconds"]:
        gevent.sleep(5)
        report(f"{runner.user_count} people", requests)
    runner.quit()
    return {
        "people": people,
        "seconds": time.monotonic() - begun,
        "requests": requests,
        "faults": faults,
        "news": dict(STAGE.news),
        "ledger": STAGE.ledger.as_data(),
    }


def report(what, requests):
    """A line for whoever waits."""
    print(f"{what}, {len(requests)} requests", flush=True)


def main():
    """Read the plan, and write what came of it."""
    setup_logging("WARNING", None)
    plan, result = map(Path, sys.argv[1:])
    outcome = drive(json.loads(plan.read_text()))
    result.write_text(json.dumps(outcome, ensure_ascii=False))


if __name__ == "__main__":
    main()
