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
        source = get_db_name()
        cls.database = f"{source}-{cls.suffix}"
        cls.addClassCleanup(cls.run_tool, "dropdb", "--if-exists", cls.database)
        cls.addClassCleanup(
            shutil.rmtree, config.filestore(cls.database), ignore_errors=True
        )
        cls.run_tool("dropdb", "--if-exists", cls.database)
        cls.fill(source)

    @classmethod
    def fill(cls, source):
        """Make the database: a copy of the tests' own one."""
        cls.run_tool("createdb", cls.database)
        with tempfile.TemporaryDirectory() as folder:
            dump = os.path.join(folder, "dump")
            # nothing of a test is ever committed: the copy is as good as the template
            cls.run_tool("pg_dump", "-Fc", "-Z0", "-f", dump, source)
            cls.run_tool("pg_restore", "--no-owner", "-d", cls.database, dump)

    @staticmethod
    def start(*command):
        return subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT, cwd=ROOT
        )

    @classmethod
    def run_tool(cls, *command):
        done = cls.start(*command)
        assert not done.returncode, done.stdout[-3000:] + done.stderr[-3000:]
