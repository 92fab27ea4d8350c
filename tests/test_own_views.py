"""One view is one record, in the wing of its topic."""

import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location

from lxml import etree

from odoo.sql_db import close_db, db_connect
from odoo.tests import TransactionCase, tagged

from .database_copy import DatabaseCopyCase
from .test_conventions import ADDONS, ROOT, tracked

#: Lines of a file with a form, and files of a wing, that a reader takes in.
LONGEST_FORM = 600
FULLEST_FOLDER = 25
#: The migration of each addon that folded the views.
MIGRATIONS = {
    "dealer_service": "19.0.1.2.0",
    "dealer_complaint": "19.0.1.1.0",
    "dealer_followup": "19.0.1.1.0",
}
#: A view of each addon that went, and the element it put into the form it extended.
WENT = {
    "dealer_service.dealer_reception_view_form_money": "//page[@name='estimate']",
    "dealer_complaint.dealer_complaint_view_form_remedies": "//page[@name='remedies']",
    "dealer_followup.dealer_followup_view_form_survey": "//group[@name='satisfaction']",
}


def migration(addon):
    """The script that folded the views of an addon."""
    path = ROOT / addon / "migrations" / MIGRATIONS[addon] / "pre-migration.py"
    spec = spec_from_file_location(f"{addon}_folded", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@tagged("standard", "post_install", "-at_install")
class TestOwnViews(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.env["ir.model.data"].search(
            [("module", "in", ADDONS), ("model", "=", "ir.ui.view")]
        )
        cls.addon = {row.res_id: row.module for row in data}
        cls.views = cls.env["ir.ui.view"].browse(cls.addon)

    def test_no_view_extends_one_of_its_own_addon(self):
        for view in self.views:
            self.assertNotEqual(
                self.addon.get(view.inherit_id.id), self.addon[view.id], view.xml_id
            )

    def test_what_is_next_stands_first_in_a_header(self):
        """A phone shows the first button; the others are behind it."""
        for view in self.views.filtered(lambda v: v.type == "form"):
            is_blue = [
                bool(
                    {"btn-primary", "btn-success"}
                    & set(button.get("class", "").split())
                )
                for button in etree.fromstring(view.arch_db).findall("header/button")
            ]
            with self.subTest(view.xml_id):
                self.assertEqual(is_blue, sorted(is_blue, reverse=True))

    def test_an_addon_extends_a_view_of_others_once(self):
        extended = Counter(
            (self.addon[view.id], view.inherit_id.xml_id)
            for view in self.views
            if view.inherit_id and view.type != "qweb"
        )
        self.assertEqual([view for view, times in extended.items() if times > 1], [])

    def test_a_file_with_a_form_is_read_in_one_go(self):
        for path in tracked(*(f"{addon}/views/**.xml" for addon in ADDONS)):
            text = path.read_text(encoding="utf-8")
            if "<form" in text:
                lines = text.count("\n")
                self.assertLessEqual(lines, LONGEST_FORM, path.relative_to(ROOT))

    def test_a_view_stands_in_the_wing_of_its_topic(self):
        """Beside the wings there are the menus alone, and no wing is overcrowded."""
        folders = Counter()
        for path in tracked(*(f"{addon}/views/**" for addon in ADDONS)):
            if path.parent.name == "views":
                self.assertEqual(path.name, f"{path.parts[-3]}_menus.xml")
            folders[path.parent] += 1
        for folder, files in folders.items():
            self.assertLessEqual(files, FULLEST_FOLDER, folder.relative_to(ROOT))


@tagged("standard", "post_install", "-at_install")
class TestFoldedViews(TransactionCase):
    def test_whoever_inherited_a_folded_view_inherits_what_it_was_folded_into(self):
        for addon in ADDONS:
            script = migration(addon)
            for into, suffixes in script.FOLDED.items():
                for suffix in suffixes:
                    with self.subTest(addon=addon, view=f"{into}_{suffix}"):
                        self.check_handed_over(addon, script, into, suffix)

    def check_handed_over(self, addon, script, into, suffix):
        kept = self.env.ref(f"{addon}.{into}")
        gone = self.extend(kept)
        foreign = self.extend(gone)
        self.env["ir.model.data"].create(
            {
                "module": addon,
                "name": f"{into}_{suffix}",
                "model": "ir.ui.view",
                "res_id": gone.id,
            }
        )
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertFalse(gone.exists())
        self.assertFalse(
            self.env.ref(f"{addon}.{into}_{suffix}", raise_if_not_found=False)
        )
        self.assertEqual(foreign.inherit_id, kept)

    def extend(self, view):
        return self.env["ir.ui.view"].create(
            {
                "name": "of somebody",
                "model": view.model,
                "inherit_id": view.id,
                "arch": "<data/>",
            }
        )

    def test_the_changelog_names_each_view_that_went(self):
        for addon in ADDONS:
            changelog = (ROOT / addon / "CHANGELOG.md").read_text(encoding="utf-8")
            for into, suffixes in migration(addon).FOLDED.items():
                for suffix in suffixes:
                    self.assertIn(f"`{into}_{suffix}`", changelog)


@tagged("standard", "post_install", "-at_install")
class TestUpgrade(DatabaseCopyCase):
    """From the release before, with views of others that inherit those that go."""

    suffix = "upgrade"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(close_db, cls.database)
        with db_connect(cls.database).cursor() as cr:
            cr.execute(
                "UPDATE ir_module_module SET latest_version = '19.0.1.0.0'"
                " WHERE name IN %s",
                [ADDONS],
            )
            for name, place in WENT.items():
                cls.extend_as_before(cr, name, place)
        cls.run_tool(
            *(sys.executable, "-m", "odoo", "-d", cls.database),
            *("-u", "dealer_service", "--stop-after-init", "--no-http"),
        )

    @classmethod
    def extend_as_before(cls, cr, name, place):
        """The view that went, as it was in the database, and one that inherits it."""
        addon, _dot, name = name.partition(".")
        into = name.rpartition("_")[0]
        cr.execute(
            "SELECT res_id, v.model FROM ir_model_data d"
            "  JOIN ir_ui_view v ON v.id = d.res_id"
            " WHERE module = %s AND d.name = %s AND d.model = 'ir.ui.view'",
            [addon, into],
        )
        view, model = cr.fetchone()
        for title, arch in (
            (name, '<xpath expr="//sheet" position="inside"><p>Old</p></xpath>'),
            ("foreign", f'<xpath expr="{place}" position="inside"><p>Mine</p></xpath>'),
        ):
            cr.execute(
                """INSERT INTO ir_ui_view
                       (name, model, inherit_id, type, mode, priority, active, arch_db)
                   VALUES (%s, %s, %s, 'form', 'extension', 16, true,
                           jsonb_build_object('en_US', %s))
                RETURNING id""",
                [title, model, view, arch],
            )
            view = cr.fetchone()[0]
            if title == name:
                cr.execute(
                    "INSERT INTO ir_model_data (module, name, model, res_id, noupdate)"
                    " VALUES (%s, %s, 'ir.ui.view', %s, false)",
                    [addon, name, view],
                )

    def test_the_views_of_somebody_else_stand_in_the_folded_forms(self):
        with db_connect(self.database).cursor() as cr:
            cr.execute(
                """SELECT d.module || '.' || d.name
                     FROM ir_ui_view v
                     JOIN ir_model_data d
                       ON d.model = 'ir.ui.view' AND d.res_id = v.inherit_id
                    WHERE v.name = 'foreign' AND v.active
                 ORDER BY v.id"""
            )
            inherited = [name for (name,) in cr.fetchall()]
        self.assertEqual(inherited, [name.rpartition("_")[0] for name in WENT])

    def test_the_views_that_went_are_gone(self):
        with db_connect(self.database).cursor() as cr:
            names = [name.partition(".")[2] for name in WENT]
            cr.execute("SELECT 1 FROM ir_ui_view WHERE name = ANY(%s)", [names])
            self.assertFalse(cr.fetchall())
            cr.execute("SELECT 1 FROM ir_model_data WHERE name = ANY(%s)", [names])
            self.assertFalse(cr.fetchall())
