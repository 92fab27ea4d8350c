"""An Odoo as people have it: English, in Germany, with forty other modules, no China.

The database is made anew, by the commands of the README. The cases of
``in_ordinary_odoo.py`` are run there.
"""

import sys

from odoo.tests import tagged

from ..cases_elsewhere import CasesElsewhere, each_case_a_test

#: With those they bring: what a dealership has beside us, and what extends our models.
BESIDE = """
    account_fleet base_automation calendar crm event hr_fleet hr_holidays maintenance
    mass_mailing mrp point_of_sale project purchase repair sale_crm sale_loyalty
    sale_margin sale_project sale_stock sms stock_fleet website_sale
""".split()
OURS = ("dealer_service", "dealer_complaint", "dealer_followup")


@tagged("standard", "post_install", "-at_install")
@each_case_a_test
class TestOrdinaryOdoo(CasesElsewhere):
    suffix = "ordinary"
    files = ["tests/scenarios/in_ordinary_odoo.py"]

    @classmethod
    def fill(cls, source):
        odoo = (sys.executable, "-m", "odoo")
        cls.run_tool(*odoo, "db", "init", cls.database, "--country", "DE")
        install = ("module", "install", "-d", cls.database)
        cls.run_tool(*odoo, *install, *BESIDE)
        cls.run_tool(*odoo, *install, *OURS)

    def query(self, sql):
        done = self.start("psql", "-XAtq", "-d", self.database, "-c", sql)
        self.assertFalse(done.returncode, done.stderr)
        return done.stdout.split()

    def test_every_case_was_run_and_none_besides(self):
        self.check_that_every_case_was_run()

    def test_so_many_modules_are_beside_us(self):
        [count] = self.query(
            "SELECT count(*) FROM ir_module_module WHERE state = 'installed'"
            " AND name NOT LIKE 'dealer%' AND name NOT LIKE 'base%'"
        )
        self.assertGreater(int(count), 40)

    def test_zzz_demo_data_comes_without_chinese(self):
        """The last: it makes another shop of it."""
        tool = (sys.executable, "tools/inside_odoo.py", "demo", self.database)
        self.run_tool(*tool, *OURS)
        states = self.query("SELECT DISTINCT state FROM dealer_reception")
        self.assertIn("delivered", states)
        self.assertEqual(
            self.query("SELECT code FROM res_lang WHERE active"), ["en_US"]
        )
        self.assertEqual(
            self.query("SELECT DISTINCT lang FROM res_partner WHERE lang IS NOT NULL"),
            ["en_US"],
        )
        self.assertEqual(
            self.query("SELECT dealer_tz FROM res_company ORDER BY id LIMIT 1"),
            ["Asia/Shanghai"],
        )
