"""`make test`: pytest over tests/ on copies of the template; nothing is left behind."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from . import common
from .common import Refusal, Step, say
from .database import Sandbox

# What the tests need of the system: how to tell it is there, and what goes without.
PACKAGES = {
    "chromium": "the tests in a real browser",
    "wkhtmltopdf": "the tests of printed pages",
    "poppler-utils": "the tests of printed pages",
    "fonts-noto-cjk": "the tests of printed pages",
    "libmagic1": "the tests of uploaded files",
    "zbar-tools": "the tests of printed codes",
}
# Classes in the order of their files: those that share a world follow each other.
SHARED_OUT = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")


SUNDAY = 6


def is_there(package: str) -> bool:
    """Whether what the tests need of a Debian package is on this machine."""
    if package == "chromium":
        return any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    if package == "fonts-noto-cjk":
        places = (Path("/usr/share/fonts"), Path.home() / ".fonts")
        return any(True for place in places for _ in place.rglob("*CJK*"))
    if package == "libmagic1":
        folders = Path("/usr/lib"), Path("/lib"), Path("/usr/local/lib")
        return any(True for f in folders for _ in f.glob("**/libmagic.so.1"))
    programs = {"poppler-utils": "pdftoppm", "zbar-tools": "zbarimg"}
    return bool(shutil.which(programs.get(package, package)))


def system_packages() -> list[str]:
    """Install what the tests need of the system, if we may; what is still missing."""
    missing = [package for package in PACKAGES if not is_there(package)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        log = common.cache_home() / "logs/system-packages.log"
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with Step(f"System packages: {', '.join(missing)}") as step:
            common.run(
                ["apt-get", "-q", "update"], "the list of packages", log, env=quiet
            )
            common.run(
                ["apt-get", "-q", "install", "-y", "--no-install-recommends", *missing],
                "a system package",
                log,
                step,
                lambda text: f"{text.count('Setting up ')} set up",
                env=quiet,
            )
        missing = [package for package in missing if not is_there(package)]
    for package in missing:
        say(f"! Not run: {PACKAGES[package]}, because {package} is not installed.")
    if missing:
        say(f"! To run them: apt-get install {' '.join(missing)} (as root)")
    return missing


def test(sandbox: Sandbox) -> int:
    """Run the tests; the exit code is pytest's.

    All but the proofs, unless ARGS say which.
    """
    missing = system_packages()
    arguments = shlex.split(os.environ.get("ARGS") or "") or ["-m", "not proof"]
    return pytest(sandbox, [*SHARED_OUT, *arguments], missing)


def proof(sandbox: Sandbox) -> int:
    """Run what takes long for a reason; the exit code is pytest's."""
    missing = system_packages()
    arguments = shlex.split(os.environ.get("ARGS") or "")
    return pytest(sandbox, [*SHARED_OUT, "-m", "proof", *arguments], missing)


def pictures(sandbox: Sandbox) -> int:
    """Take the pictures of a demo dealership where it is ten in the morning now."""
    file = common.REPO / "tools/pictures/picture_screens.py"
    options = ["-o", "python_files=picture_*.py", "-p", "no:xdist", str(file)]
    zone = forenoon(datetime.now(timezone.utc))
    return pytest(sandbox, options, [], with_demo=True, zone=zone)


def forenoon(now: datetime) -> str:
    """A zone of the world where it is past ten, on a day of work if there is one."""
    zones = [
        (moment.weekday() == SUNDAY, f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC")
        for hours in range(-12, 15)
        if (moment := now + timedelta(hours=hours)).hour == 10
    ]
    return min(zones)[1]


def pytest(
    sandbox: Sandbox,
    arguments: list[str],
    missing: list[str],
    modules: tuple[str, ...] = (),
    alone: str = "",
    with_demo: bool = False,
    zone: str = "",
) -> int:
    """Run pytest on a copy of the template, and drop it whatever happens.

    :param modules: installed in the copy beside our addons
    :param alone: the only one of our addons that is installed
    :param with_demo: the copy has the demo dealership
    :param zone: of its shop, if it is not that of China
    """
    sweep(sandbox)
    name = f"test_{os.getpid()}"
    if alone:
        sandbox.copy(sandbox.core(), name)
        modules = (alone, *modules)
    elif with_demo:
        sandbox.prepare(name, with_demo, zone)
    else:
        with sandbox.template() as plain:
            refuse_warned(sandbox, plain)
            sandbox.copy(plain, name)
    scratch = tempfile.mkdtemp(prefix=f"{common.NAME}-")
    command = [sandbox.python, "-m", "pytest", "--odoo-database", name, "--odoo-http"]
    command += ["--odoo-log-level", "warn", *arguments]
    environment = {
        **sandbox.environment,
        "PGDATABASE": name,
        "TMPDIR": scratch,
        "DEALER_MISSING": " ".join(missing),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    process = None
    try:
        if modules:
            install(sandbox, name, modules)
        process = subprocess.Popen(
            command, cwd=common.REPO, env=environment, start_new_session=True
        )
        return process.wait()
    finally:
        if process:
            common.stop_group(process)
        for database in sandbox.postgres.databases():
            if database == name or database.startswith(f"{name}-"):
                sandbox.drop(database)
        for files in sandbox.filestore(name).parent.glob(f"{name}*"):
            shutil.rmtree(files, ignore_errors=True)
        shutil.rmtree(scratch, ignore_errors=True)


def install(sandbox: Sandbox, database: str, modules: tuple[str, ...]) -> None:
    """Install modules of Odoo's own in a copy."""
    with Step(f"Beside our addons: {', '.join(modules)}") as step:
        common.run(
            [sandbox.python, "-m", "odoo", "module", "install", "-d", database]
            + list(modules),
            "a module of Odoo",
            common.cache_home() / "logs/modules.log",
            step,
            env=sandbox.environment,
        )


def refuse_warned(sandbox: Sandbox, plain: str) -> None:
    """A warning while the addons were installed is a failure of the tests."""
    for name in (plain, sandbox.core()):
        warned = sandbox.warned(name)
        if warned.exists():
            raise Refusal(
                f"Odoo warned while it installed the addons (mend the cause; the "
                f"database is then made anew):\n{warned.read_text()}"
            )


def sweep(sandbox: Sandbox) -> None:
    """Drop databases of tests and loads whose run was killed before it could."""
    for database in sandbox.postgres.databases():
        found = re.fullmatch(r"(?:test|load)_(\d+)(-gw\d+)?", database)
        if found and not Path("/proc", found.group(1)).exists():
            # Without force: on a server that others use too, one may be in use.
            try:
                sandbox.drop(database, force=False)
            except Refusal:
                continue
