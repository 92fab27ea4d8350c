"""A deployment without containers: a folder for the image, and a real database."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from odoo.tools import config

DOCKER = Path(__file__).resolve().parents[2] / "docker"
# The hook lets a test kill the installation in its middle.
HOOK = """
import os
import pathlib
import time


def pause(env):
    if marker := os.environ.get("PROBE_MARKER"):
        pathlib.Path(marker).touch()
        time.sleep(120)
"""


@contextmanager
def server(database="postgres"):
    """Yield a cursor on the PostgreSQL of the tests, each statement on its own."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def until(condition, seconds, message):
    """Return as soon as *condition* holds, or fail after *seconds*."""
    end_of_patience = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end_of_patience, message
        time.sleep(0.1)


class Deployment:
    """A folder that stands for the image, and one database of its own."""

    def __init__(self, folder, database):
        self.folder = folder
        self.database = database
        self.addon = folder / "addons/dealer_probe"
        self.addon.mkdir(parents=True)
        (self.addon / "__init__.py").write_text(HOOK)
        self.set_version("19.0.1.0.0")
        addons_path = [*config["addons_path"], folder / "addons"]
        (folder / "odoo.conf").write_text(
            "[options]\n"
            f"addons_path = {','.join(map(str, addons_path))}\n"
            f"data_dir = {folder / 'data'}\n"
            "list_db = False\nadmin_passwd =\nhttp_interface = 127.0.0.1\n"
        )
        programs = folder / "bin"
        programs.mkdir()
        self.program(
            programs / "odoo",
            f"#!{sys.executable}\nfrom odoo.cli.command import main\n\nmain()\n",
        )
        self.program(programs / "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DEALER_")},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PGDATABASE": database,
            "ODOO_RC": str(folder / "odoo.conf"),
            "DEALER_ADDONS": "dealer_probe",
            "DEALER_ADMIN_LOGIN": "boss",
            "DEALER_ADMIN_PASSWORD": "only for this test",
            "PYTHONWARNINGS": "ignore",
        }

    @staticmethod
    def program(path, text):
        path.write_text(text)
        path.chmod(0o755)

    def set_version(self, version):
        manifest = {
            "name": "Probe",
            "version": version,
            "author": "Dealer Suite contributors",
            "license": "LGPL-3",
            "depends": ["base"],
            "post_init_hook": "pause",
        }
        (self.addon / "__manifest__.py").write_text(repr(manifest))

    def start(self, *arguments, **environment):
        """Start the entry point in a process group of its own."""
        return subprocess.Popen(
            [str(DOCKER / "entrypoint.sh"), *arguments],
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments, **environment):
        """Run the entry point to its end; return (exit status, output)."""
        process = self.start(*arguments, **environment)
        output, _none = process.communicate(timeout=180)
        return process.returncode, output

    def query(self, statement):
        with server(self.database) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def change(self, statement):
        with server(self.database) as cursor:
            cursor.execute(statement)

    @staticmethod
    def role():
        """The role of the tests: Odoo's, and the one that administers."""
        with server() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]

    def exists(self):
        with server() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [self.database]
            )
            return bool(cursor.fetchone())

    def drop(self):
        with server() as cursor:
            cursor.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(self.database)
                )
            )


def end(process):
    """Kill what is left of a started role."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
