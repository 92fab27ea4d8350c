"""`make load`: a busy shop on a server with workers; what it took, and what was lost.

The people are in `benchmarks/load/`. Here the server is started as an installation runs
it, watched while they work, and compared with what they wrote.
"""

import json
import os
import socket
import tempfile
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.load import figures
from benchmarks.load.ledger import KINDS, Ledger, differences
from benchmarks.load.server_log import ServerLog

from . import common, python_env, serve, testing
from .common import Refusal, Step, say
from .database import Sandbox
from .memory import Memory

MINUTES, WORKERS = "10", "2"
#: Of what went wrong, so many sentences are shown.
SHOWN = 20
#: A token of one kind inside a text, for the kinds that are found by it.
TOKEN = "substring({column} FROM 'load-{kind}-[^ <]+')"
#: What the database has of each kind of write: pairs of a record and what is there.
FOUND = {
    "arrival": """SELECT vehicle_id, count(*) FROM dealer_reception
        WHERE vehicle_id IN ({ids}) GROUP BY vehicle_id""",
    "odometer": "SELECT id, odometer FROM dealer_reception WHERE id IN ({ids})",
    "concern": """SELECT reception_id, {token} FROM dealer_reception_concern
        WHERE name LIKE '%load-concern-%'""",
    "note": """SELECT res_id, {token} FROM mail_message
        WHERE model = 'dealer.reception' AND body LIKE '%load-note-%'""",
    "start": """SELECT job_id, count(*) FROM dealer_work_log
        WHERE job_id IN ({ids}) GROUP BY job_id""",
    "remark": "SELECT id, note FROM dealer_job WHERE id IN ({ids})",
    "call": """SELECT 0, {token} FROM dealer_followup_attempt
        WHERE note LIKE '%load-call-%'""",
    "rating": """SELECT res_id, {token} FROM rating_rating
        WHERE res_model = 'dealer.reception' AND feedback LIKE '%load-rating-%'""",
}
#: In which column the text stands.
COLUMNS = {"concern": "name", "note": "body", "call": "note", "rating": "feedback"}


def minutes() -> int:
    """How long the people work: MINUTES."""
    return number("MINUTES", MINUTES)


def workers() -> int:
    """How many processes answer them: WORKERS."""
    return number("WORKERS", WORKERS)


def number(name: str, usual: str) -> int:
    """A whole number above zero from the environment."""
    wanted = os.environ.get(name) or usual
    if not wanted.isdigit() or not int(wanted):
        raise Refusal(f"{name}={wanted}: give a whole number from 1, as in {name}=1.")
    return int(wanted)


def load(sandbox: Sandbox, lasting: int, processes: int) -> int:
    """Let the people work, print the tables, and return 1 if anything went wrong."""
    python_env.load()  # what has to be fetched is fetched before the work
    testing.sweep(sandbox)
    name = f"load_{os.getpid()}"
    log = common.cache_home() / f"logs/{name}.log"
    with tempfile.TemporaryDirectory(prefix=f"{common.NAME}-") as scratch:
        try:
            zone = testing.forenoon(datetime.now(timezone.utc))
            sandbox.prepare(name, with_demo=True, zone=zone)
            people = cast(sandbox, name, lasting, Path(scratch))
            plan = {"people": people, "seconds": lasting * 60}
            seen, memory = play(sandbox, name, plan, processes, Path(scratch), log)
            lost = compare(sandbox, name, Ledger(seen["ledger"]))
        finally:
            sandbox.drop(name)
    server = ServerLog(log.read_text(errors="replace"))
    print(tables(seen, server, memory, processes), flush=True)
    wrong = faults(seen, server, lost)
    for sentence in wrong[:SHOWN]:
        say(f"! {sentence}")
    if len(wrong) > SHOWN:
        say(f"! … and {len(wrong) - SHOWN} more")
    say(f"  Odoo's log: {log}")
    return 1 if wrong else 0


def cast(sandbox: Sandbox, name: str, lasting: int, scratch: Path) -> dict:
    """The people and what they work on, in the database."""
    file = scratch / "people.json"
    command = [sandbox.python, "-m", "benchmarks.load.prepare"]
    with Step("People, cars and visits") as step:
        common.run(
            [*command, name, lasting, file],
            "Odoo (people of the load)",
            common.cache_home() / f"logs/people-{name}.log",
            step,
            env=sandbox.environment,
            cwd=common.REPO,
        )
    return json.loads(file.read_text())


def play(
    sandbox: Sandbox, name: str, plan: dict, processes: int, scratch: Path, log: Path
) -> tuple[dict, dict]:
    """Start the server and let the people work.

    :param log: the file of what the server says
    :return: what they saw and wrote, and the memory of each process
    """
    web, websocket = free_ports(2)
    plan["address"] = f"http://127.0.0.1:{web}"
    plan["websocket"] = f"127.0.0.1:{websocket}"
    planned, result = scratch / "plan.json", scratch / "result.json"
    planned.write_text(json.dumps(plan))
    options = ["--workers", str(processes), "--gevent-port", str(websocket)]
    with (
        serve.odoo(sandbox, name, web, log, *options) as process,
        Memory(process.pid) as memory,
        Step(f"People at work for {plan['seconds'] // 60} minutes") as step,
    ):
        common.run(
            [python_env.load(), "-m", "benchmarks.load.drive", planned, result],
            "The people of the load",
            common.cache_home() / f"logs/drive-{name}.log",
            step,
            lambda text: (text.splitlines() or ["start"])[-1],
            cwd=common.REPO,
        )
    return json.loads(result.read_text()), memory.taken


def compare(sandbox: Sandbox, name: str, ledger: Ledger) -> list[str]:
    """What the database has otherwise than the people wrote it."""
    lost = []
    for kind in KINDS:
        if writes := ledger.of_kind(kind):
            sql = asked(kind, {write.record for write in writes})
            rows = sandbox.postgres.query(name, sql)
            found = [(int(record), value) for record, value in rows]
            lost += differences(kind, writes, found)
    return lost


def asked(kind: str, records) -> str:
    """The query for what the database has of one kind, on these records."""
    token = TOKEN.format(column=COLUMNS.get(kind), kind=kind)
    sql = FOUND[kind].format(ids=", ".join(map(str, sorted(records))), token=token)
    return " ".join(sql.split())


def faults(seen: dict, server: ServerLog, lost: list[str]) -> list[str]:
    """All that must not be, a sentence each, the gravest first."""
    failed = Counter(
        f"{page}: {outcome}"
        for page, _milliseconds, outcome in seen["requests"]
        if outcome != figures.OK
    )
    wrong = [f"Lost or wrong: {sentence}" for sentence in lost]
    if server.broken:
        wrong.append(f"{server.broken} answers of the 500s")
    wrong += [f"{count} times {what}" for what, count in failed.most_common()]
    wrong += [f"In the play: {what}" for what in seen["faults"]]
    wrong += [f"In the log: {error}" for error in server.errors]
    if gone := seen["news"].get("lost"):
        wrong.append(f"{gone} websocket connections were lost")
    if not seen["requests"]:
        wrong.append("Nobody asked for anything.")
    return wrong


def tables(seen: dict, server: ServerLog, memory: dict, processes: int) -> str:
    """The tables of benchmarks/README.md."""
    seconds, requests = seen["seconds"], seen["requests"]
    news = seen["news"]
    return "\n\n".join(
        [
            f"{seen['people']} people for {seconds / 60:.1f} minutes, {processes} HTTP"
            f" workers, a cron worker and the websocket process; {len(requests)}"
            f" requests, {len(requests) / seconds:.1f} a second; {server.retries} times"
            " two wrote the same row and Odoo asked again;"
            f" {news.get('opened', 0)} websocket connections heard"
            f" {news.get('heard', 0)} news.",
            figures.pages(requests),
            figures.workers(server.kinds, server.requests, memory),
            figures.outcomes(Ledger(seen["ledger"]).summary()),
        ]
    )


def free_ports(count: int) -> list[int]:
    """Ports of the loopback address that nobody uses at this moment."""
    probes = [socket.socket() for _port in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
