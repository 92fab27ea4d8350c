"""“New” opens, for everybody who may press it: an empty record is worked out, too."""

from lxml import etree

from odoo import api
from odoo.tests import Form, tagged

from ..every_state import ROLES, EveryStateCase


@tagged("standard", "post_install", "-at_install")
class TestEveryNewForm(EveryStateCase):
    def test_every_form_opens_for_a_new_record(self):
        opened = set()
        for role in ROLES:
            env = api.Environment(self.cr, self.users[role].id, {"lang": "en_US"})
            menus = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
            actions = filter(None, menus.sudo().mapped("action"))
            models = {
                action.res_model
                for action in actions
                if action._name == "ir.actions.act_window"
            }
            for name in sorted(models):
                model = env[name]
                if not name.startswith("dealer.") or not model.has_access("create"):
                    continue
                form = etree.fromstring(model.get_view(view_type="form")["arch"])
                if form.get("create") in ("0", "false", "False"):
                    continue  # the process makes them
                with self.subTest(role=role, model=name):
                    Form(model)
                opened.add(name)
        self.assertIn("dealer.sms.approval", opened)
        self.assertGreater(len(opened), 40)
