"""An Odoo as people have it: English, in Germany, with forty other modules, no China.

The database is made anew, by the commands of the README. The cases of
``in_ordinary_odoo.py`` are run there.
"""

import sys

from odoo.tests import tagged

from ..cases_elsewhere import CasesElsewhere, each_case_a_test
from ..database_copy import DatabaseCopyCase

#: With those they bring: what a dealership has beside us, and what extends our models.
BESIDE = """
    account_fleet base_automation calendar crm event hr_fleet hr_holidays maintenance
    mass_mailing mrp point_of_sale project purchase repair sale_crm sale_loyalty
    sale_margin sale_project sale_stock sms stock_fleet website_sale
""".split()
OURS = ("dealer_service", "dealer_complaint", "dealer_followup")


def make_database(database, *modules):
    """An English database of a company in Germany, with our addons on top."""
    odoo = (sys.executable, "-m", "odoo")
    DatabaseCopyCase.run_tool(*odoo, "db", "init", database, "--country", "DE")
    install = (*odoo, "module", "install", "-d", database)
    if modules:
        DatabaseCopyCase.run_tool(*install, *modules)
    DatabaseCopyCase.run_tool(*install, *OURS)


def ask_database(database, sql):
    """The first column of a query, as text."""
    done = DatabaseCopyCase.start("psql", "-XAtq", "-d", database, "-c", sql)
    assert not done.returncode, done.stderr
    return done.stdout.split()


@tagged("standard", "post_install", "-at_install")
@each_case_a_test
class TestOrdinaryOdoo(CasesElsewhere):
    suffix = "ordinary"
    files = ["tests/scenarios/in_ordinary_odoo.py"]

    @classmethod
    def fill(cls, source):
        make_database(cls.database, *BESIDE)

    def test_every_case_was_run_and_none_besides(self):
        self.check_that_every_case_was_run()

    def test_so_many_modules_are_beside_us(self):
        [count] = ask_database(
            self.database,
            "SELECT count(*) FROM ir_module_module WHERE state = 'installed'"
            " AND name NOT LIKE 'dealer%' AND name NOT LIKE 'base%'",
        )
        self.assertGreater(int(count), 40)


@tagged("standard", "post_install", "-at_install")
class TestDemoWithoutChinese(DatabaseCopyCase):
    suffix = "english-demo"

    @classmethod
    def fill(cls, source):
        make_database(cls.database)

    def test_demo_data_speaks_the_language_of_the_database(self):
        tool = (sys.executable, "tools/inside_odoo.py", "demo", self.database)
        self.run_tool(*tool, *OURS)
        for sql, expected in (
            ("SELECT code FROM res_lang WHERE active", "en_US"),
            ("SELECT DISTINCT lang FROM res_partner WHERE lang IS NOT NULL", "en_US"),
            ("SELECT dealer_tz FROM res_company WHERE id = 1", "Asia/Shanghai"),
            (
                "SELECT state FROM dealer_reception WHERE state = 'delivered' LIMIT 1",
                "delivered",
            ),
        ):
            with self.subTest(sql):
                self.assertEqual(ask_database(self.database, sql), [expected])
