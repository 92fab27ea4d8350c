"""Keys are the same on all our screens: Alt with a letter, see `docs/screens.md`."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

from .docs.pages import page, rows, section
from .test_conventions import ADDONS

MAIN, LEAVE = "q", "x"
#: What a browser does with Alt and these letters, before it asks a page.
OF_THE_BROWSER = set("def")
#: What the bars of Odoo's forms do with Alt: save, discard, back, pages, menu.
OF_ODOO = set("sjbnpchm")
#: The skip of a dialog that has no bar to save.
IN_A_DIALOG = {"action_skip"}


@tagged("standard", "post_install", "-at_install")
class TestKeys(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.env["ir.model.data"].search(
            [("module", "in", ADDONS), ("model", "=", "ir.ui.view")]
        )
        views = cls.env["ir.ui.view"].browse(data.mapped("res_id"))
        cls.forms = [
            (view.xml_id, etree.fromstring(view.arch))
            for view in views
            if view.type == "form"
        ]

    def buttons(self, place):
        for name, form in self.forms:
            for button in form.iterfind(f"{place}/button"):
                yield name, button

    def test_the_main_button_of_a_dialog_and_its_way_out_have_keys(self):
        for name, button in self.buttons(".//footer"):
            with self.subTest(view=name, button=button.get("string")):
                if button.get("special") == "cancel":
                    self.assertEqual(button.get("data-hotkey"), LEAVE)
                elif "btn-primary" in button.get("class", ""):
                    self.assertIn(button.get("data-hotkey"), (MAIN, "w"))

    def test_the_next_step_of_a_form_has_a_key(self):
        for name, button in self.buttons("./header"):
            if "btn-primary" in button.get("class", ""):
                with self.subTest(view=name, button=button.get("string")):
                    self.assertTrue(button.get("data-hotkey"))

    def test_no_key_of_ours_is_taken_by_the_browser_or_by_odoo(self):
        for place in (".//footer", "./header", ".//sheet//*"):
            for name, button in self.buttons(place):
                key = button.get("data-hotkey")
                if key and button.get("name") not in IN_A_DIALOG:
                    with self.subTest(view=name, button=button.get("string")):
                        self.assertNotIn(key, OF_THE_BROWSER | OF_ODOO)

    def test_the_page_names_the_keys_of_the_homes(self):
        told = {cells[0] for cells in rows(section(page("docs/screens.md"), "Keys"))}
        home = self.env["dealer.home"]
        for app in home._home_apps():
            for way in home._home_ways(app):
                with self.subTest(way=way["key"]):
                    self.assertIn(f"Alt + {way['hotkey'].upper()}", told)
