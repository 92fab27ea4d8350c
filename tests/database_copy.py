"""A copy of the tests' own database, for what would change that for the other tests."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import config

ROOT = Path(__file__).parents[1]
TIMEOUT = 600


class DatabaseCopyCase(BaseCase):
    """``database``: the copy, dropped in the end; its name ends with ``suffix``."""

    suffix = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = f"{get_db_name()}-{cls.suffix}"
        cls.addClassCleanup(drop_copy, cls.database)
        drop_copy(cls.database)
        cls.fill(get_db_name())

    @classmethod
    def fill(cls, _source):
        """Make the database: a copy of the tests' own one."""
        copy_database(cls.database)

    @staticmethod
    def start(*command):
        return start(*command)

    @classmethod
    def run_tool(cls, *command):
        run_tool(*command)


def start(*command):
    """Run a program to its end, in the root of the clone."""
    return subprocess.run(
        command, capture_output=True, text=True, timeout=TIMEOUT, cwd=ROOT
    )


def run_tool(*command):
    """Run a program that has to succeed."""
    done = start(*command)
    assert not done.returncode, done.stdout[-3000:] + done.stderr[-3000:]


def copy_database(name):
    """Copy the tests' own database to ``name``, whatever that was before."""
    drop_copy(name)
    run_tool("createdb", name)
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "dump")
        # nothing of a test is ever committed: the copy is as good as the template
        run_tool("pg_dump", "-Fc", "-Z0", "-f", dump, get_db_name())
        run_tool("pg_restore", "--no-owner", "-d", name, dump)
    files = config.filestore(get_db_name())
    if os.path.isdir(files):
        # they never change: linked
        shutil.copytree(files, config.filestore(name), copy_function=os.link)


def drop_copy(name):
    """Drop a copy and its files."""
    run_tool("dropdb", "--if-exists", name)
    shutil.rmtree(config.filestore(name), ignore_errors=True)
