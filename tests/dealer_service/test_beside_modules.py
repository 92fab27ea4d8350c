"""Beside modules of Odoo that the suite does not depend on: with_*.py, really run.

A module that was installed in the database of the other tests would change them. So
the database is copied, the modules installed in the copy, the cases run there by a
pytest of their own, and the copy dropped. Each case is a test of this file too, under
its own name.
"""

import sys

from odoo.tests import tagged

from ..cases_elsewhere import CasesElsewhere, each_case_a_test
from ..database_copy import ROOT, DatabaseCopyCase

#: The files of the cases of each module are named after it.
MODULES = ("sale_stock", "base_automation", "crm", "hr_skills_survey", "loyalty")


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


@tagged("standard", "post_install", "-at_install")
class TestDemoBesideTheWarehouse(DatabaseCopyCase):
    suffix = "warehouse-demo"

    @classmethod
    def fill(cls, source):
        super().fill(source)
        odoo = (sys.executable, "-m", "odoo", "module", "install")
        cls.run_tool(*odoo, "-d", cls.database, "sale_stock")

    def test_parts_of_the_demo_are_handed_out(self):
        demo = (sys.executable, "tools/inside_odoo.py", "demo", self.database)
        self.run_tool(*demo, "dealer_service", "dealer_complaint", "dealer_followup")
        done = self.start(
            "psql",
            "-XAtq",
            "-d",
            self.database,
            "-c",
            """SELECT count(DISTINCT r.id) > 10, bool_and(m.state = 'done')
            FROM dealer_reception r JOIN sale_order_line l ON l.reception_id = r.id
            JOIN stock_move m ON m.sale_line_id = l.id
            WHERE r.state = 'delivered'""",
        )
        self.assertEqual(done.stdout.strip(), "t|t")
