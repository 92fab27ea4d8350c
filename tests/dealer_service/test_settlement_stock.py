"""With ``sale_stock`` installed: the cases of with_sale_stock.py, really run.

The suite does not depend on ``sale_stock``, and a module that was installed in the
database of the other tests would change them. So the database is copied, the module
installed in the copy, the cases run there by a pytest of their own, and the copy
dropped.
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

CASES = Path(__file__).with_name("with_sale_stock.py")
ROOT = CASES.parents[2]
TIMEOUT = 400


@tagged("standard", "post_install", "-at_install")
class TestWithSaleStock(BaseCase):
    def setUp(self):
        super().setUp()
        source = get_db_name()
        self.database = f"{source}-stock"
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

    def test_settlement_with_sale_stock(self):
        odoo = (sys.executable, "-m", "odoo", "module", "install")
        self.run_tool(*odoo, "-d", self.database, "sale_stock")
        output = self.run_tool(
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            f"--odoo-database={self.database}",
            str(CASES),
        )
        self.assertRegex(output, r"\b[1-9]\d* passed")
        self.assertNotRegex(output, r"\b(failed|skipped)\b")
