"""Each migration does to rows of its time what it says."""

import importlib.util
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from tools.sandbox import common

from ..common import DealerServiceCase
from ..signature import SIGNATURE


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


class TestStepMoments(DealerServiceCase):
    MOMENTS = ("date_consulted", "date_walk_begun", "date_walk_signed")

    def test_old_visits_have_what_their_record_shows(self):
        """19.0.1.3.0: minutes of consultation and walk-around; none where none is."""
        cr = self.env.cr
        known = self.make_reception(state="arrived", odometer=20_000)
        known.action_greet()
        known.concern_ids = [Command.create({"name": "异响"})]
        known.mark_ids = [Command.create({"zone": "left"})]
        known.inspection_id.action_sign(SIGNATURE, "王建国")
        unknown = self.make_reception(state="arrived")
        unknown.action_greet()
        for visit in known, unknown:
            self.bring_to(visit, "inspected")
        self.env.flush_all()
        start = fields.Datetime.now() - timedelta(hours=1)

        def at(minutes):
            return start + timedelta(minutes=minutes)

        for table, column, minutes in (
            ("dealer_reception", "date_greeted", 2),
            ("dealer_reception_concern", "create_date", 5),
            ("dealer_damage_mark", "create_date", 8),
            ("dealer_inspection", "date_signed", 15),
            ("dealer_reception", "date_inspected", 16),
        ):
            cr.execute(f"UPDATE {table} SET {column} = %s", [at(minutes)])
        cr.execute(
            "UPDATE dealer_reception SET date_consulted = NULL, date_walk_begun = NULL,"
            " date_walk_signed = NULL"
        )
        self.env.invalidate_all()
        moments = script("dealer_service/migrations/19.0.1.3.0/post-step_moments.py")
        # an installation has no visits
        moments.migrate(cr, None)
        self.assertFalse(any(known[name] for name in self.MOMENTS))
        moments.migrate(cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertEqual([known[name] for name in self.MOMENTS], [at(5), at(8), at(15)])
        self.assertFalse(any(unknown[name] for name in self.MOMENTS))
        # what was marked when the walk-around was over is none of it
        cr.execute("UPDATE dealer_damage_mark SET create_date = %s", [at(20)])
        cr.execute("UPDATE dealer_reception SET date_walk_begun = NULL")
        moments.migrate(cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertFalse(known.date_walk_begun)
