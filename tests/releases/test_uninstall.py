"""Uninstalled, the addons leave Odoo as it was before they came."""

import shutil
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from tools.sandbox import common, database, odoo_source, postgres

from ..browser.click_case import START
from ..database_copy import copy_database, drop_copy, run_tool
from ..demo import OwnDatabaseCase

#: What Odoo's screens, rights and jobs are made of.
TABLES = (
    "digest_digest",
    "ir_act_report_xml",
    "ir_act_server",
    "ir_act_window",
    "ir_act_window_view",
    "ir_cron",
    "ir_model_access",
    "ir_rule",
    "ir_ui_menu",
    "ir_ui_view",
    "mail_template",
    "res_groups",
    "res_groups_implied_rel",
    "sale_order_template",
)
RESTLESS = {"create_date", "write_date", "write_uid", "lastcall", "nextcall"}


def rows_of(name):
    """Every row of the tables of a database, by table."""
    found = {}
    with closing(psycopg2.connect(dbname=name)) as connection:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f'SELECT to_jsonb(r.*) FROM "{table}" r')
                found[table] = [
                    {k: v for k, v in row.items() if k not in RESTLESS}
                    for [row] in cursor.fetchall()
                ]
    return found


class TestUninstalled(OwnDatabaseCase):
    suffix = "uninstalled"
    allow_end_on_form = True

    @classmethod
    def make_database(cls, name):
        cls.addClassCleanup(drop_copy, name)
        copy_database(name)
        odoo = (sys.executable, "-m", "odoo", "module", "uninstall")
        run_tool(*odoo, "-d", name, *common.SUITE)
        cls.database = name

    def test_screens_rights_and_jobs_are_those_of_before(self):
        """The database that ours were installed in is still there to compare with."""
        programs = Path(shutil.which("pg_dump")).parent
        server = postgres.Postgres(programs, {})
        core = database.Sandbox(odoo_source.get(), server).core()
        before, after = rows_of(core), rows_of(self.database)
        for table in TABLES:
            with self.subTest(table):
                self.assertEqual(
                    [row for row in before[table] if row not in after[table]],
                    [],
                )
                self.assertEqual(
                    [row for row in after[table] if row not in before[table]],
                    [],
                )

    def test_every_menu_of_fleet_opens(self):
        self.browser_js(
            "/odoo",
            START % "fleet.menu_root",
            "odoo.isReady === true",
            login="admin",
            timeout=300,
            success_signal="clickbot test succeeded",
        )
