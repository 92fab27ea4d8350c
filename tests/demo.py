"""Base cases on a database of their own: with demo data, or otherwise made.

Everything else builds its data itself, on a database that has none.
"""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.sql_db import close_db
from odoo.tests import HttpCase, tagged
from odoo.tools import config

REPO = Path(__file__).resolve().parents[1]


@tagged("standard", "post_install", "-at_install")
class OwnDatabaseCase(HttpCase):
    """A case on another database than the other tests, made for this process.

    The name begins with the one of the tests' own database, so that `make test` drops
    it with that.
    """

    suffix = None

    @classmethod
    def make_database(cls, name):
        """Make the database ``name``. Hook."""
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"{os.environ['PGDATABASE']}-{cls.suffix}-{worker}"
        cls.make_database(name)
        previous = {key: config[key] for key in ("db_name", "dbfilter")}
        cls.addClassCleanup(config.options.update, previous)
        config["db_name"], config["dbfilter"] = name, f"^{name}$"
        # Loaded before the case starts, as pytest-odoo does it: a database that is
        # loaded while tests run would run its modules' tests too.
        config["test_enable"] = False
        Registry(name)
        config["test_enable"] = True
        cls.addClassCleanup(close_db, name)
        cls.addClassCleanup(Registry.delete, name)
        super().setUpClass()
        # pytest-odoo points every database to the files of the tests' own one.
        cls.startClassPatcher(patch.object(config, "filestore", cls.filestore))

    @staticmethod
    def filestore(name):
        """Where the attachments of a database are."""
        return str(Path(config["data_dir"]) / "filestore" / name)


class DemoCase(OwnDatabaseCase):
    """A case on a database with the demo data of our addons."""

    suffix = "demo"

    @classmethod
    def make_database(cls, name):
        subprocess.run(
            [sys.executable, "-m", "tools.sandbox", "db"],
            cwd=REPO,
            env={**os.environ, "DB": name, "DEMO": "1"},
            check=True,
        )
