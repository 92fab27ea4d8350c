"""Beside modules of Odoo that the suite does not depend on: with_*.py, really run.

A module that was installed in the database of the other tests would change them. So
the database is copied, the modules installed in the copy, the cases run there by a
pytest of their own, and the copy dropped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import config

ROOT = Path(__file__).parents[2]
#: The files of the cases of each module are named after it.
MODULES = ("sale_stock", "base_automation")
TIMEOUT = 600


@tagged("standard", "post_install", "-at_install")
class TestBesideModules(BaseCase):
    def setUp(self):
        super().setUp()
        source = get_db_name()
        self.database = f"{source}-beside"
        self.addCleanup(self.run_tool, "dropdb", "--if-exists", self.database)
        self.addCleanup(
            shutil.rmtree, config.filestore(self.database), ignore_errors=True
        )
        self.run_tool("dropdb", "--if-exists", self.database)
        self.run_tool("createdb", self.database)
        with tempfile.TemporaryDirectory() as folder:
            dump = os.path.join(folder, "dump")
            # nothing of a test is ever committed: the copy is as good as the template
            self.run_tool("pg_dump", "-Fc", "-Z0", "-f", dump, source)
            self.run_tool("pg_restore", "--no-owner", "-d", self.database, dump)

    def run_tool(self, *command):
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT, cwd=ROOT
        )
        self.assertFalse(done.returncode, done.stdout[-3000:] + done.stderr[-3000:])
        return done.stdout

    def test_cases_with_the_modules_installed(self):
        files = [
            str(file.relative_to(ROOT))
            for module in MODULES
            for file in sorted(ROOT.glob(f"tests/*/with_{module}.py"))
        ]
        odoo = (sys.executable, "-m", "odoo", "module", "install")
        self.run_tool(*odoo, "-d", self.database, *MODULES)
        output = self.run_tool(
            sys.executable,
            "-m",
            "pytest",
            "-v",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            f"--odoo-database={self.database}",
            *files,
        )
        for file in files:
            self.assertIn(file, output)
        self.assertRegex(output, r"\b[1-9]\d* passed")
        self.assertNotRegex(output, r"\b(failed|skipped)\b")
