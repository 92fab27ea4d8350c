"""Each migration does to rows of its time what it says."""

import importlib.util

from odoo.tests import TransactionCase, tagged

from tools.sandbox import common


def script(name):
    """The module of a migration, loaded as Odoo does."""
    spec = importlib.util.spec_from_file_location("migration", common.REPO / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@tagged("standard", "post_install", "-at_install")
class TestMigrations(TransactionCase):
    def test_make_up_days_of_the_complaint_addon_move(self):
        """19.0.1.1.0: table, sequence and whatever Odoo knows the model by."""
        cr = self.env.cr
        # the days that the installation has entered
        self.env["dealer.workday"].search([]).unlink()
        day = self.env["dealer.workday"].create(
            {
                "date": "2026-02-14",
                "hour_from": 8.5,
                "hour_to": 17,
                "company_id": self.env.company.id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        cr.execute(
            """SELECT name FROM ir_model_data WHERE module = 'dealer_service'
                  AND name ~ '^(model_)?dealer_workday(_rule_company|_view_list|$)'"""
        )
        names = [name for [name] in cr.fetchall()]
        self.assertTrue(names)
        for old, new in (
            ("dealer_workday", "dealer_sla_workday"),
            ("dealer_workday_id_seq", "dealer_sla_workday_id_seq"),
        ):
            kind = "SEQUENCE" if old.endswith("seq") else "TABLE"
            cr.execute(f"ALTER {kind} {old} RENAME TO {new}")
        cr.execute("ALTER INDEX dealer_workday_pkey RENAME TO dealer_sla_workday_pkey")
        for table in ("ir_model", "ir_model_fields", "ir_ui_view"):
            cr.execute(
                f"UPDATE {table} SET model = 'dealer.sla.workday'"
                " WHERE model = 'dealer.workday'"
            )
        cr.execute(
            """UPDATE ir_model_data
                  SET module = 'dealer_complaint',
                      name = replace(name, 'dealer_workday', 'dealer_sla_workday')
                WHERE module = 'dealer_service' AND name IN %s""",
            [tuple(names)],
        )

        workdays = script("dealer_service/migrations/19.0.1.1.0/pre-workdays.py")
        workdays.migrate(cr, "19.0.1.0.0")

        cr.execute("SELECT hour_from FROM dealer_workday WHERE id = %s", [day.id])
        self.assertEqual(cr.fetchone(), (8.5,))
        cr.execute("SELECT nextval('dealer_workday_id_seq') > %s", [day.id])
        self.assertEqual(cr.fetchone(), (True,))
        cr.execute(
            "SELECT count(*) FROM ir_model_data"
            " WHERE module = 'dealer_service' AND name IN %s",
            [tuple(names)],
        )
        self.assertEqual(cr.fetchone(), (len(names),))
        cr.execute("SELECT 1 FROM ir_model WHERE model = 'dealer.sla.workday'")
        self.assertFalse(cr.fetchall())
        # again, and at an installation, it finds nothing to do
        workdays.migrate(cr, "19.0.1.0.0")
        workdays.migrate(cr, None)
