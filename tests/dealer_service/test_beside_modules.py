"""Beside modules of Odoo that the suite does not depend on: with_*.py, really run.

A module that was installed in the database of the other tests would change them. So
the database is copied, the modules installed in the copy, the cases run there by a
pytest of their own, and the copy dropped. Each case is a test of this file too, under
its own name.
"""

import sys

from odoo.tests import tagged

from ..cases_elsewhere import CasesElsewhere, each_case_a_test
from ..database_copy import ROOT

#: The files of the cases of each module are named after it.
MODULES = ("sale_stock", "base_automation")


@tagged("standard", "post_install", "-at_install")
@each_case_a_test
class TestBesideModules(CasesElsewhere):
    suffix = "beside"
    files = [
        str(file.relative_to(ROOT))
        for module in MODULES
        for file in sorted(ROOT.glob(f"tests/**/with_{module}.py"))
    ]

    @classmethod
    def install(cls):
        odoo = (sys.executable, "-m", "odoo", "module", "install")
        cls.run_tool(*odoo, "-d", cls.database, *MODULES)

    def test_every_case_was_run_and_none_besides(self):
        self.check_that_every_case_was_run()
