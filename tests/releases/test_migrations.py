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

    def test_heirs_of_folded_views_are_handed_over(self):
        """19.0.1.2.0 and, of the others, 19.0.1.1.0: each table of folded views."""
        for addon, version in (
            ("dealer_service", "19.0.1.2.0"),
            ("dealer_complaint", "19.0.1.1.0"),
            ("dealer_followup", "19.0.1.1.0"),
        ):
            migration = script(f"{addon}/migrations/{version}/pre-migration.py")
            for into, suffixes in migration.FOLDED.items():
                for suffix in suffixes:
                    with self.subTest(addon=addon, view=f"{into}_{suffix}"):
                        self.check_folding(addon, migration, into, suffix)

    def check_folding(self, addon, migration, into, suffix):
        kept = self.env.ref(f"{addon}.{into}")
        vals = {"model": kept.model, "type": kept.type, "arch": "<data/>"}
        View = self.env["ir.ui.view"]
        gone = View.create({"name": "gone", "inherit_id": kept.id, **vals})
        heir = View.create({"name": "ours", "inherit_id": gone.id, **vals})
        self.env["ir.model.data"].create(
            {
                "module": addon,
                "name": f"{into}_{suffix}",
                "model": "ir.ui.view",
                "res_id": gone.id,
            }
        )
        self.env.flush_all()
        migration.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertFalse(gone.exists())
        self.assertFalse(self.env.ref(f"{addon}.{into}_{suffix}", False))
        self.assertEqual(heir.inherit_id, kept)
        self.assertTrue(kept.exists())
