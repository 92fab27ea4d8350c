"""The commands of the Makefile: `python3 -m tools.sandbox COMMAND`."""

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys

from . import (
    again,
    common,
    i18n,
    lint,
    load,
    odoo_source,
    postgres,
    python_env,
    serve,
    testing,
)
from .common import Refusal, say
from .database import Sandbox

#: What a benchmark is measured beside, when our addons do not depend on it.
PEERS = {
    "bench_service_visit.py": ("repair",),
    "bench_complaint_clocks.py": ("helpdesk_mgmt_sla",),
}
#: What these measure is one addon; those that build on it would take their own time.
ALONE = {
    "bench_service_pages.py": "dealer_service",
    "bench_service_visit.py": "dealer_service",
}
#: Of the peers, the ones that are not Odoo's own.
FETCHED = {"helpdesk_mgmt_sla"}
#: The exit code of pytest when ARGS chose none of the files.
NOTHING_CHOSEN = 5


def main() -> int:
    """Run one command; a refusal is one sentence and the exit code 1."""
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS))
    command = parser.parse_args().command
    os.environ.pop("PYTHONPATH", None)  # for the libraries' own sake: pip reads it
    # `kill` and a closed terminal end the sandbox as Ctrl-C does: tidily.
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupt)
    try:
        return COMMANDS[command]() or 0
    except Refusal as refusal:
        say(f"\n{refusal}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted: the same command continues where it stopped.")
        return 130
    except OSError as error:
        sentence = common.explain(str(error), "the sandbox")
        if not sentence:
            raise
        say(f"\n{sentence}")
        return 1


def interrupt(_sign, _frame):
    """A signal handler that does what Ctrl-C does."""
    raise KeyboardInterrupt


def run():
    """make run"""
    serve.port()  # a taken port is told before the work, not after it
    with postgres.server() as server:
        serve.serve(Sandbox(odoo_source.get(), server))


def test():
    """make test [ARGS=...]"""
    with postgres.server() as server:
        return testing.test(Sandbox(odoo_source.get(), server))


def proof():
    """make proof [ARGS=...]"""
    with postgres.server() as server:
        return testing.proof(Sandbox(odoo_source.get(), server))


def db():
    """make db DB=name [DEMO=1]"""
    name = os.environ.get("DB")
    if not name:
        raise Refusal("Which database? Name it, as in: make db DB=mine DEMO=1")
    with postgres.server() as server:
        sandbox = Sandbox(odoo_source.get(), server)
        sandbox.prepare(name, os.environ.get("DEMO", "") not in ("", "0"))
        print(f"{name} is ready.")


def env():
    """make env: export lines; the embedded server stays until `make stop`."""
    with postgres.server() as server:
        sandbox = Sandbox(odoo_source.get(), server)
        if isinstance(server, postgres.Embedded):
            server.keep(True)
        variables = {
            **server.variables,
            "PATH": sandbox.environment["PATH"],
            "PYTHONPATH": sandbox.environment["PYTHONPATH"],
            "ODOO_RC": sandbox.environment["ODOO_RC"],
            "ADDONS_PATH": sandbox.addons_path,
            "DEALER_DB": serve.database_name(),
        }
        for name, value in variables.items():
            print(f"export {name}={shlex.quote(value)}")


def stop():
    """make stop: the embedded server need not stay any longer."""
    if not (common.cache_home() / "postgres").is_dir() or postgres.is_given():
        return
    server = postgres.Embedded(postgres.python_env.postgres())
    server.keep(False)
    with common.lock("postgres"):
        if not server.stop_if_unused():
            say("The server stops when the sandboxes that still use it end.")


def shell():
    """make shell [DB=name]: a Python prompt with `env` of the database."""
    with postgres.server() as server:
        sandbox = Sandbox(odoo_source.get(), server)
        name = serve.database_name()
        if name not in server.databases():
            raise Refusal(f"There is no database {name}: make db DB={name} makes it.")
        command = [sandbox.python, "-m", "odoo", "shell", "-d", name]
        options = ["--no-http", "--log-level", "warn"]
        previous = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the prompt has it
        try:
            return subprocess.call([*command, *options], env=sandbox.environment)
        finally:
            signal.signal(signal.SIGINT, previous)


def make_i18n():
    """make i18n: the .pot and zh_CN.po of each addon"""
    with postgres.server() as server:
        i18n.update(Sandbox(odoo_source.get(), server))


def bench():
    """make bench: the measurements of benchmarks/, on a copy of the template"""
    files = sorted((common.REPO / "benchmarks").glob("**/bench_*.py"))
    options = ["-o", "python_files=bench_*.py", "-s", "-p", "no:xdist"]
    arguments = shlex.split(os.environ.get("ARGS") or "")
    worst = 0
    with postgres.server() as server:
        sandbox = Sandbox(odoo_source.get(), server)
        for wanted in sorted({needs(file) for file in files}):
            mine = [str(file) for file in files if needs(file) == wanted]
            modules, alone = wanted
            fetched = FETCHED.intersection(modules)
            sandbox.beside = (python_env.bench_addons(),) if fetched else ()
            code = testing.pytest(
                sandbox, [*options, *mine, *arguments], [], modules, alone
            )
            worst = max(worst, 0 if code == NOTHING_CHOSEN else code)
    return worst


def pictures():
    """make pictures: what the READMEs and the store pages show, of a new dealership"""
    if "chromium" in testing.system_packages():
        raise Refusal("The pictures are taken in Chromium, which is not installed.")
    with postgres.server() as server:
        return testing.pictures(Sandbox(odoo_source.get(), server))


def make_load():
    """make load [MINUTES=10] [WORKERS=2]: a busy shop on a server with workers"""
    minutes, workers = load.minutes(), load.workers()
    with postgres.server() as server:
        return load.load(Sandbox(odoo_source.get(), server), minutes, workers)


def needs(file):
    """The peers of a benchmark, and the one of our addons it measures, if only one."""
    return PEERS.get(file.name, ()), ALONE.get(file.name, "")


def clean():
    """make clean: remove all that the sandbox made on this machine."""
    home = common.cache_home()
    if (home / "postgres").is_dir():
        server = postgres.Embedded(postgres.python_env.postgres())
        server.keep(False)
        with common.lock("postgres"):
            if not server.stop_if_unused():
                raise Refusal("A sandbox still runs: end it first, then make clean.")
    shutil.rmtree(home, ignore_errors=True)
    print(f"{home} is removed.")


COMMANDS = {
    "run": run,
    "test": test,
    "db": db,
    "env": env,
    "stop": stop,
    "shell": shell,
    "lint": lint.lint,
    "format": lint.format_code,
    "i18n": make_i18n,
    "again": again.again,
    "bench": bench,
    "proof": proof,
    "load": make_load,
    "pictures": pictures,
    "clean": clean,
}

if __name__ == "__main__":
    sys.exit(main())
