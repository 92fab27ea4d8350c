"""What all parts share: places, steps shown with their time, locks, refusals."""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

NAME = "dealer-sandbox"
REPO = Path(__file__).resolve().parents[2]
SUITE = ("dealer_service", "dealer_complaint", "dealer_followup")
STAMP = ".whole"
# What the time of the first run goes into.
DOWNLOAD, INSTALL, DEMO, START = "download", "install", "demo", "start"

# What a failed program wrote, and the one sentence that explains it.
EXPLANATIONS = (
    (
        r"No space left on device|Errno 28|Disk quota exceeded|not enough free space",
        "The disk is full: free some space under {cache} (3 GB are needed the first "
        "time) and give the same command again; it continues where it stopped.",
    ),
    (
        r"Hash Sum mismatch|DO NOT MATCH THE HASHES|checksum",
        "What was downloaded does not have the right checksum and was refused: give "
        "the same command again to download it anew.",
    ),
    (
        r"Could not resolve|Temporary failure in name resolution|Name or service not"
        r"|Connection refused|connection broken|Failed to establish|Could not connect"
        r"|Network is unreachable|Failed to fetch|timed out|Cannot initiate the conn"
        # What pip says of an index that did not answer at all.
        r"|from versions: none"
        # The same of npm, which dies of it.
        r"|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|Exit handler never called",
        "The registry that {what} comes from cannot be reached: check the network or "
        "the proxy and give the same command again; it continues where it stopped.",
    ),
)


class Refusal(Exception):
    """The sandbox cannot go on; the message is the one sentence the person reads."""


# -- places ------------------------------------------------------------------------


def cache_home() -> Path:
    """The folder of everything the sandbox makes, outside the clone."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / NAME
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root and cannot enter root's home as another.
        return Path("/var/cache") / NAME
    return Path.home() / ".cache" / NAME


def addons() -> list[str]:
    """The addons of the suite that this clone holds, in the order of dependency."""
    return [name for name in SUITE if (REPO / name / "__manifest__.py").is_file()]


def digest(*parts: str | bytes) -> str:
    """A short name for the contents `parts`."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.encode() if isinstance(part, str) else part)
        sha.update(b"\0")
    return sha.hexdigest()[:12]


# -- telling -----------------------------------------------------------------------


def say(text: str) -> None:
    """Progress goes to stderr: stdout carries only what a program may read."""
    print(text, file=sys.stderr, flush=True)


class Step:
    """One step of the work, shown with its progress and its time.

    >>> with Step("unpack") as step:  # doctest: +SKIP
    ...     step.tell("3 of 9")

    :param part: which part of the first run it belongs to, see :func:`spent`
    """

    #: Seconds of each part, in this process.
    parts: dict[str, float] = {}

    def __init__(self, label: str, part: str = ""):
        self.label = label
        self.part = part
        self.live = sys.stderr.isatty()
        self.told = 0.0

    def __enter__(self):
        self.start = time.monotonic()
        self._write("...")
        return self

    def tell(self, text: str) -> None:
        """Show progress: in place on a terminal, else a line every 15 seconds."""
        pause = 0.2 if self.live else 15
        if time.monotonic() - self.told >= pause:
            self.told = time.monotonic()
            self._write(f"{text} ({self._seconds()})")

    def __exit__(self, kind, error, trace):
        if kind is None:
            end = "done"
        elif issubclass(kind, KeyboardInterrupt):
            end = "interrupted"
        else:
            end = "failed"
        self._write(f"{end} ({self._seconds()})")
        if self.part:
            took = time.monotonic() - self.start
            self.parts[self.part] = self.parts.get(self.part, 0) + took
        if self.live:
            say("")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.start:.1f} s"

    def _write(self, text: str) -> None:
        if self.live:
            line = f"\r\033[K* {self.label}: {text}"
            print(line, end="", file=sys.stderr, flush=True)
        else:
            say(f"* {self.label}: {text}")


def spent() -> str:
    """What the time went into, part by part; a part that was not needed is left out."""
    return ", ".join(
        f"{part} {Step.parts[part]:.1f} s"
        for part in (DOWNLOAD, INSTALL, DEMO, START)
        if part in Step.parts
    )


# -- running programs --------------------------------------------------------------


def explain(output: str, what: str) -> str | None:
    """The sentence for what a program wrote, or None when it is not a known one."""
    for pattern, sentence in EXPLANATIONS:
        if re.search(pattern, output, re.IGNORECASE):
            return sentence.format(what=what, cache=cache_home())
    return None


def stop_group(process: subprocess.Popen, patience: float = 20) -> None:
    """End `process` and the programs that it started, and no other."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        try:
            process.wait(patience)
            return
        except subprocess.TimeoutExpired:
            continue


def run(command, what, log, step=None, progress=None, accept=(0,), **options) -> str:
    """Run `command`, keep what it writes in the file `log`, and return that.

    :param what: what is being made, for the sentence of a failure
    :param progress: function of the text written so far, for the step to tell
    :param accept: exit codes that are no failure
    :raises Refusal: with one clear sentence, and where to read more
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.3)
                if step and progress:
                    step.tell(progress(log.read_text(errors="replace")))
        except BaseException:
            stop_group(process)
            raise
    output = log.read_text(errors="replace")
    if process.returncode not in accept:
        sentence = explain(output, what)
        if not sentence:
            tail = "\n".join(output.strip().splitlines()[-15:])
            causes = re.findall(r"^[\w.]+(?:Error|Exception)\b.*$", output, re.M)
            cause = causes[-1] if causes else ""
            sentence = f"{what} failed: {cause}\nThe log is {log}; its end:\n{tail}"
        raise Refusal(sentence)
    return output


# -- locks and whole things --------------------------------------------------------


@contextlib.contextmanager
def lock(name: str, waiting: str = ""):
    """Hold the lock `name` among all sandboxes of this cache."""
    path = cache_home() / "locks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def is_whole(folder: Path, key: str) -> bool:
    """Whether `folder` was made completely, from the inputs of `key`."""
    try:
        return (folder / STAMP).read_text() == key
    except OSError:
        return False


def remove(folder: Path) -> None:
    """Remove `folder`, its stamp first: a half-removed folder is not whole either."""
    (folder / STAMP).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def make_whole(folder: Path, key: str, fill, movable: bool = True) -> None:
    """Let `fill` make `folder`; the stamp is written last, then the name is given.

    :param fill: function of the folder to fill
    :param movable: False for what knows its own path (a virtual environment): it is
        filled in its place, and it is the stamp that tells whether it is whole
    """
    target = folder.with_name(folder.name + ".partial") if movable else folder
    remove(target)
    target.mkdir(parents=True)
    fill(target)
    stamp = target / (STAMP + ".new")
    stamp.write_text(key)
    stamp.replace(target / STAMP)
    if movable:
        remove(folder)
        target.rename(folder)


def need_space(folder: Path, gigabytes: float) -> None:
    """Refuse before the work rather than in its middle."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise Refusal(
            f"The disk is full: {folder} has {free:.1f} GB free and the sandbox needs "
            f"{gigabytes:.1f} GB; free some space, or set XDG_CACHE_HOME to a folder "
            "on another disk."
        )
