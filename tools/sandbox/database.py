"""Databases: the core with China set up, the plain template, and copies of that.

    core    what our addons depend on: made anew when Odoo or the dependencies change;
            all clones share it
    plain   core and our addons, no demo data: made anew when an addon changes
    others  copies of plain, with the demo data of our addons where asked for

A database gets its name only when it is complete.
"""

import ast
import contextlib
import functools
import os
import re
import shutil
import time
from pathlib import Path

from . import common, python_env
from .common import Refusal, Step
from .odoo_source import Odoo
from .postgres import Postgres, place

BASIS = ("l10n_cn", "portal", "resource")
CLONE = common.digest(str(common.REPO))[:6]
MARK = "dealer_sandbox.addons"
CORE_KEPT = 7 * 24 * 3600  # seconds that a core nobody uses is kept
# What says by which clock a shop and its people go.
CLOCKS = (
    ("resource_calendar", "tz"),
    ("resource_resource", "tz"),
    ("res_partner", "tz"),
    ("res_company", "dealer_tz"),
)
# Log lines of a build that nobody can mend here, each with its reason.
ALLOWED = ()


class Sandbox:
    """Odoo, its Python and the server together: all that a database needs."""

    def __init__(self, odoo: Odoo, postgres: Postgres):
        self.odoo = odoo
        self.postgres = postgres
        self.python = python_env.runtime()
        self.data = common.cache_home() / place()
        self.addons = common.addons()
        #: Folders of addons of others, for the benchmarks.
        self.beside: tuple[Path, ...] = ()

    # -- Odoo's configuration ------------------------------------------------------

    @property
    def addons_path(self) -> str:
        """Odoo's addons path, this clone after it."""
        folders = (*self.odoo.addons_path, common.REPO, *self.beside)
        return ",".join(map(str, folders))

    def configuration(self) -> Path:
        """The configuration file: one for each clone and Odoo."""
        text = (
            "[options]\n"
            f"addons_path = {self.addons_path}\n"
            f"data_dir = {self.data}\n"
            "http_interface = 127.0.0.1\n"
            "list_db = False\n"
        )
        path = common.cache_home() / f"odoo-{common.digest(text)}.conf"
        if not path.exists():
            path.write_text(text)
        return path

    @property
    def environment(self) -> dict[str, str]:
        """The environment for Odoo: its code, its configuration, its server."""
        variables = self.postgres.environment
        variables.update(
            ODOO_RC=str(self.configuration()),
            PYTHONPATH=str(self.odoo.python_path),
            PATH=f"{self.python.parent}{os.pathsep}{variables['PATH']}",
        )
        return variables

    # -- keys ----------------------------------------------------------------------

    def dependencies(self) -> list[str]:
        """The modules that are not ours and that ours depend on directly."""
        wanted = set(BASIS)
        for name in self.addons:
            source = (common.REPO / name / "__manifest__.py").read_text()
            manifest = ast.literal_eval(source)
            wanted.update(manifest.get("depends", ()))
        return sorted(wanted - set(common.SUITE))

    def core_key(self) -> str:
        """What the core is made of, as a short text."""
        inside = (common.REPO / "tools/inside_odoo.py").read_text()
        libraries = self.python.parent.parent.name
        return common.digest(self.odoo.version, libraries, inside, *self.dependencies())

    def plain_key(self) -> str:
        """What the plain template is made of, as a short text."""
        return common.digest(self.core_key(), *contents(self.addons))

    # -- making --------------------------------------------------------------------

    def core(self) -> str:
        """The database with everything that our addons depend on."""
        name = f"core_{self.core_key()}"
        used = self.data / "used"
        used.mkdir(parents=True, exist_ok=True)
        with common.lock("core", "Another sandbox builds the database: waiting."):
            (used / name).touch()
            if name not in self.postgres.databases():
                label = "Database: China, and the modules we build on"
                with Step(label, common.INSTALL) as step:
                    self.build(name, step, self.fill_core)
            for other in used.iterdir():
                if time.time() - other.stat().st_mtime > CORE_KEPT:
                    self.drop(other.name)
                    other.unlink()
        return name

    def fill_core(self, new: str, step: Step) -> None:
        """An empty database, sorted as Odoo's own are, and the modules in it."""
        empty = f"""CREATE DATABASE "{new}" TEMPLATE template0"""
        self.postgres.query("postgres", f"{empty} ENCODING 'UTF8' LC_COLLATE 'C'")
        for extension in ("pg_trgm", "unaccent"):
            # The embedded server has neither, and Odoo does without.
            sql = f"SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'"
            if self.postgres.query(new, sql):
                self.postgres.query(new, f"CREATE EXTENSION IF NOT EXISTS {extension}")
        self.inside(step, "core", new, *self.dependencies())

    def plain(self) -> str:
        """The template of the tests: our addons as they are now, no demo data."""
        for _attempt in range(3):
            key = self.plain_key()
            name = f"plain_{CLONE}_{key}"
            if name not in self.postgres.databases():
                fill = functools.partial(self.fill_plain, self.core())
                with Step("Database: our addons", common.INSTALL) as step:
                    self.build(name, step, fill)
                self.drop_older(name)
            if self.plain_key() == key:
                return name
            common.say("  The addons changed while they were installed: once more.")
            self.drop(name)
        raise Refusal("The addons change faster than they install: try again later.")

    def fill_plain(self, core: str, new: str, step: Step) -> None:
        """A copy of the core, and our addons in it."""
        self.copy(core, new)
        if self.addons:
            self.inside(step, "install", new, *self.addons)
        self.mark(new)

    def prepare(self, name: str, with_demo: bool, zone: str = "") -> None:
        """The database `name`: made when it is missing, else brought up to date.

        :param zone: of the shop of the demo data, if it is not that of China
        """
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,50}", name):
            raise Refusal(
                f"{name!r} is not a name for a database: use letters, digits, _"
            )
        with common.lock(f"db-{name}", f"Another sandbox prepares {name}: waiting."):
            if name in self.postgres.databases():
                self.refresh(name)
                return
            part = common.DEMO if with_demo else common.INSTALL
            with self.template() as plain, Step(f"Database: {name}", part) as step:
                fill = functools.partial(self.fill_copy, plain, with_demo, zone)
                self.build(name, step, fill)

    def fill_copy(
        self, plain: str, with_demo: bool, zone: str, new: str, step: Step
    ) -> None:
        """A copy of the plain template, with the demo data of our addons or not."""
        self.copy(plain, new)
        if with_demo and self.addons:
            # before: the day it shows; after: the people it brings
            self.move(new, zone)
            self.inside(step, "demo", new, *self.addons)
            self.move(new, zone)
        self.mark(new)

    def move(self, name: str, zone: str) -> None:
        """The shop of `name` and its people go by the clock of another zone, if any."""
        for table, column in CLOCKS if zone else ():
            sql = f"UPDATE {table} SET {column} = '{zone}' WHERE {column} IS NOT NULL"
            self.postgres.query(name, sql)

    def refresh(self, name: str) -> None:
        """Upgrade our addons in `name` when they changed since it was prepared."""
        sql = f"SELECT value FROM ir_config_parameter WHERE key = '{MARK}'"
        if self.postgres.query(name, sql) != [[self.plain_key()]] and self.addons:
            label = f"Database: {name}, upgrade of our addons"
            with Step(label, common.INSTALL) as step:
                self.inside(step, "upgrade", name, *self.addons)
                self.mark(name)

    @contextlib.contextmanager
    def template(self):
        """The plain template, which nobody drops while the block copies it."""
        with common.lock(f"templates-{CLONE}", "Another sandbox builds it: waiting."):
            yield self.plain()

    def build(self, name: str, step: Step, fill) -> None:
        """Let `fill` make a database under another name, then give it its own."""
        new = f"{name}_new"
        self.drop(new)
        fill(new, step)
        files, finished = self.filestore(new), self.filestore(name)
        shutil.rmtree(finished, ignore_errors=True)
        if files.is_dir():
            files.rename(finished)
        self.postgres.query("postgres", f'ALTER DATABASE "{new}" RENAME TO "{name}"')

    def inside(self, step: Step, action: str, database: str, *arguments: str) -> None:
        """Run tools/inside_odoo.py, and refuse what Odoo warns of."""
        log = common.cache_home() / f"logs/{action}-{database}.log"
        program = common.REPO / "tools/inside_odoo.py"
        text = common.run(
            [self.python, program, action, database, *arguments],
            f"Odoo ({action})",
            log,
            step,
            loading,
            env=self.environment,
        )
        if found := warnings(text):
            common.say(f"\n  Odoo warned; the whole log is {log}:\n{found}")
            with self.warned(database).open("a") as file:
                file.write(found + "\n")

    def mark(self, name: str) -> None:
        """Note in the database which addons it holds."""
        self.postgres.query(
            name,
            "INSERT INTO ir_config_parameter (key, value) "
            f"VALUES ('{MARK}', '{self.plain_key()}') "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )

    def warned(self, name: str) -> Path:
        """The file of what Odoo warned of while the database was made."""
        folder = self.data / "warned"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name.removesuffix("_new")

    # -- copying and dropping ------------------------------------------------------

    def filestore(self, name: str) -> Path:
        """Where Odoo keeps the attachments of the database."""
        return self.data / "filestore" / name

    def copy(self, source: str, target: str) -> None:
        """Copy a database; its attachments, which never change, are linked."""
        copy = f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY'
        self.postgres.query("postgres", copy)
        shutil.rmtree(self.filestore(target), ignore_errors=True)
        if self.filestore(source).is_dir():
            shutil.copytree(
                self.filestore(source), self.filestore(target), copy_function=os.link
            )

    def drop(self, name: str, force: bool = True) -> None:
        """Drop a database and its attachments, if it is there."""
        how = " WITH (FORCE)" if force else ""
        self.postgres.query("postgres", f'DROP DATABASE IF EXISTS "{name}"{how}')
        shutil.rmtree(self.filestore(name), ignore_errors=True)
        self.warned(name).unlink(missing_ok=True)

    def drop_older(self, newest: str) -> None:
        """Drop this clone's other plain templates."""
        for name in self.postgres.databases():
            if name.startswith(f"plain_{CLONE}_") and name != newest:
                self.drop(name)


# -- reading addons and logs ----------------------------------------------------------


def contents(addons: list[str]) -> list[bytes]:
    """What of the addons gets into a database: names and contents, in order."""
    found = []
    for addon in addons:
        for path in sorted((common.REPO / addon).rglob("*")):
            inner = path.relative_to(common.REPO / addon)
            served_from_disk = inner.parts[0] == "tests" or inner.parts[:2] in (
                ("static", "src"),
                ("static", "tests"),
            )
            if (
                path.is_file()
                and "__pycache__" not in inner.parts
                and not served_from_disk
            ):
                found += [f"{addon}/{inner}".encode(), path.read_bytes()]
    return found


def loading(text: str) -> str:
    """How far Odoo is, from its log."""
    found = re.findall(r"Loading module (\S+) \((\d+)/(\d+)\)", text)
    return "{1} of {2} modules, {0}".format(*found[-1]) if found else "start"


def warnings(text: str) -> str:
    """The lines of Odoo's log that are worse than information, without the allowed."""
    lines = [
        line
        for line in text.splitlines()
        if re.match(r"\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ", line)
        and not any(re.search(pattern, line) for pattern in ALLOWED)
    ]
    return "\n".join(lines)
