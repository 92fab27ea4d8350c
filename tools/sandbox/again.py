"""`make again`: the tests of one commit, again and again, while the machine is busy.

Each run is `make test` in a clone of the commit. What came of it is a line of a file:
the same command goes on where it stopped, on another day too.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from . import common
from .common import Refusal, say

RUNS, BUSY = "10", "2"
#: What keeps one core at work.
WORK = "while True: pass"
#: The last line of pytest.
SUMMARY = re.compile(r"^=+ (.* in \d[^=]*?) =+$", re.MULTILINE)


def number(name: str, usual: str, least: int) -> int:
    """What the environment says, or the usual number."""
    text = os.environ.get(name) or usual
    if not text.isdigit() or int(text) < least:
        raise Refusal(f"{name}={text} is no number from {least} on.")
    return int(text)


def commit() -> str:
    """The commit that is tested; what is not committed is not."""
    found = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=common.REPO, capture_output=True, text=True
    )
    if found.returncode:
        raise Refusal("Only a commit can be tested again: this is no clone.")
    return found.stdout.strip()


def record(revision: str, arguments: str) -> Path:
    """The file with a line for each run of these tests at this commit."""
    name = f"{revision[:12]}-{common.digest(arguments)[:8]}.txt"
    return common.cache_home() / "again" / name


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


@contextmanager
def busy(count: int):
    """So many cores are at work with something else."""
    others = [subprocess.Popen([sys.executable, "-c", WORK]) for _core in range(count)]
    try:
        yield
    finally:
        for process in others:
            process.kill()
            process.wait()


def outcome(output: str, code: int) -> str:
    """What a run came to, in one line."""
    found = SUMMARY.findall(output)
    words = found[-1] if found else "no summary: see the log"
    return f"{'green' if code == 0 else 'red'}: {words}"


def again(command: list[str] | None = None) -> int:
    """Run the tests until there are RUNS lines; 1 when one of them is red.

    :param command: what a run is, in the clone; `make test` unless given
    """
    runs, count = number("RUNS", RUNS, 1), number("BUSY", BUSY, 0)
    arguments = os.environ.get("ARGS") or ""
    revision = commit()
    file = record(revision, arguments)
    file.parent.mkdir(parents=True, exist_ok=True)
    say(f"{file}: {len(lines(file))} of {runs} runs are done.")
    while len(lines(file)) < runs:
        clone = file.with_suffix("")
        shutil.rmtree(clone, ignore_errors=True)
        subprocess.run(["git", "clone", "-q", common.REPO, clone], check=True)
        subprocess.run(["git", "checkout", "-q", revision], cwd=clone, check=True)
        began, start = datetime.now(), time.monotonic()
        with busy(count):
            done = subprocess.run(
                command or ["make", "test"],
                cwd=clone,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        number_of_run = len(lines(file)) + 1
        file.with_suffix(f".{number_of_run}.log").write_text(done.stdout)
        line = (
            f"{began:%Y-%m-%d %H:%M} {time.monotonic() - start:.0f} s,"
            f" {count} cores busy, {outcome(done.stdout, done.returncode)}"
        )
        with file.open("a") as kept:
            kept.write(line + "\n")
        say(line)
        shutil.rmtree(clone, ignore_errors=True)
    print("\n".join(lines(file)))
    return int(any(" red: " in line for line in lines(file)))
