"""`make run`: the dealership in a browser, until Ctrl-C."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import common
from .common import Refusal, Step, say
from .database import CLONE, Sandbox

# Who may log in: the users that the demo data made for that, with their job, or else
# with their own groups.
LOGINS = """
SELECT u.login, p.name, coalesce(p.function, string_agg(DISTINCT coalesce(
           g.name->>'zh_CN', g.name->>'en_US'), ', '))
  FROM ir_model_data d
  JOIN res_users u ON u.id = d.res_id
  JOIN res_partner p ON p.id = u.partner_id
  LEFT JOIN res_groups_users_rel r ON r.uid = u.id
  LEFT JOIN ir_model_data gd ON gd.model = 'res.groups' AND gd.res_id = r.gid
       AND gd.module LIKE 'dealer%'
  LEFT JOIN res_groups g ON g.id = gd.res_id
 WHERE d.model = 'res.users' AND d.module LIKE 'dealer%' AND d.name LIKE 'demo_user%'
 GROUP BY u.id, p.id ORDER BY u.id
"""


def database_name() -> str:
    """The database of `make run`: DB, else the one of this clone."""
    return os.environ.get("DB") or f"dealer_{CLONE}"


def port() -> int:
    """The port to serve on, refused when it is no port or taken."""
    wanted = os.environ.get("PORT") or "8069"
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise Refusal(f"PORT={wanted} is not a port: give a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(wanted)))
        except OSError as error:
            raise Refusal(
                f"Port {wanted} is taken by another program ({error.strerror}): "
                "end that one, or give another port, as in: make run PORT=8070"
            ) from error
    return int(wanted)


def serve(sandbox: Sandbox) -> None:
    """Serve the demo database on the loopback address until Ctrl-C."""
    wanted, name = port(), database_name()
    sandbox.prepare(name, with_demo=True)
    log = common.cache_home() / f"logs/run-{name}.log"
    with contextlib.suppress(KeyboardInterrupt):
        with odoo(sandbox, name, wanted, log, "--workers", "0") as process:
            say(f"  Time: {common.spent()}")
            say(f"  Log: {log}\n")
            print(f"http://localhost:{wanted}", flush=True)
            print(logins(sandbox, name), flush=True)
            say("\nCtrl-C ends it; the data stays for the next time.")
            say("Begin as advisor1: 到店登记, F06106. README.md leads on from there.")
            process.wait()
            raise Refusal(f"Odoo ended by itself; the log is {log}.")


@contextlib.contextmanager
def odoo(sandbox: Sandbox, name: str, wanted: int, log: Path, *options: str):
    """Odoo on the loopback address for as long as the block needs it.

    :param wanted: the port
    :param log: the file of what it says
    :return: its process, which leads a session of its own
    """
    program = common.REPO / "tools/odoo_server.py"
    command = [str(sandbox.python), str(program), "server", "-d", name]
    command += ["--db-filter", f"^{name}$", "--http-interface", "127.0.0.1"]
    command += ["--http-port", str(wanted), "--max-cron-threads", "1", *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env=sandbox.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            with Step("Odoo: start", common.START):
                wait_until_served(process, f"http://127.0.0.1:{wanted}/web/login", log)
            yield process
        except KeyboardInterrupt:
            say("\nEnding.")
            raise
        finally:
            stop(process)


def stop(process: subprocess.Popen) -> None:
    """Let Odoo end properly, then whatever of it would not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            pass
    common.stop_group(process)


def wait_until_served(process: subprocess.Popen, address: str, log, limit=120) -> None:
    """Wait for the first page, which makes Odoo load the database and the assets."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if process.poll() is not None:
            text = log.read_text(errors="replace")
            sentence = common.explain(text, "Odoo") if "Errno 98" not in text else None
            raise Refusal(sentence or f"Odoo did not start; the log is {log}.")
        try:
            # No proxy: this is our own server on this machine.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(address, timeout=60):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Refusal(f"Odoo does not answer on {address}; the log is {log}.")


def logins(sandbox: Sandbox, name: str) -> str:
    """A table of role, person, login and password."""
    rows = [["role", "person", "login", "password"]]
    for login, person, role in sandbox.postgres.query(name, " ".join(LOGINS.split())):
        rows.append([role or "-", person, login, login])
    rows.append(["administrator", "-", "admin", "admin"])
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def width(text: str) -> int:
    """Columns that a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
