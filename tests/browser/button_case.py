"""Every button of every card, row and form is pressed, in every state, by who has it.

The views say which buttons there are; nothing is listed here. A refusal in a sentence
is fine and counted. An error of the server or of a script fails.
"""

import json
import logging

from lxml import etree

from odoo import api
from odoo.tests.common import ChromeBrowserException
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval
from odoo.tools.view_validation import get_expression_field_names

from ..every_state import ROLES, EveryStateCase
from .button_hands import HANDS
from .devtools import DevToolsCase

_logger = logging.getLogger(__name__)
#: Refusals are for people; everything else is an error of ours. Who sees a button may
#: press it: an AccessError is one, too.
REFUSALS = {
    f"odoo.exceptions.{name}"
    for name in ("UserError", "ValidationError", "RedirectWarning")
}


class ButtonsCase(EveryStateCase, DevToolsCase):
    """``self.press_all`` presses the buttons of some models."""

    touch_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # rows of the group have buttons of their own
        cls.env["res.company"].create({"name": "Second Shop"})
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env["res.users"].search([]).tour_enabled = False
        self.pressed, self.drawn, self.opened, self.nodes = set(), set(), set(), {}
        self.refused, self.failures = [], []
        # made beforehand: a page does not wait for as long as that may take
        scripts = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
        scripts.js()
        scripts.css()

    @mute_logger("odoo.http")
    def press_all(self, *models, not_pressed=()):
        """Press every button of some models.

        :param not_pressed: model, kind of view and name of the buttons that are not
            there for any of the records, with the reason
        """
        for role in ROLES:
            work = list(self.work_of(self.users[role], models))
            if work:
                with self.open_page("/odoo", login=role) as page:
                    for view, label, record in work:
                        self.press_view(page, role, view, label, record)
        _logger.info(
            "%s buttons pressed, %s refused", len(self.pressed), len(self.refused)
        )
        left_out = self.left_out(models)
        self.failures += [
            f"never pressed: {key}" for key in left_out - set(not_pressed)
        ]
        self.failures += [
            f"pressed after all: {key}" for key in set(not_pressed) - left_out
        ]
        self.assertFalse(self.failures, "\n".join(self.failures))

    def left_out(self, models):
        """Our buttons in the views that were never there to be pressed."""
        pressed = {(*view[:2], name) for view, _label, name, _number in self.pressed}
        return {
            (*view[:2], name)
            for user in self.users.values()
            for view, _domain in self.views_of(user, models)
            for name in self.buttons_of(user, *view)
        } - pressed

    # ------------------------------------------------------------------
    # WHAT THE VIEWS SHOW
    # ------------------------------------------------------------------

    def work_of(self, user, models):
        """The views of a role with the records in them, one for the same buttons.

        Each role opens each form. One with more rights opens again only what has more
        buttons for it; which menus open is tried in test_every_menu.
        """
        shown = set()
        for view, domain in self.views_of(user, models):
            for label, record in self.records[view[0]].items():
                mine = record.with_user(user)
                if not mine.search_count([*domain, ("id", "=", record.id)]):
                    continue
                buttons = self.shown_buttons(mine, *view[1:])
                is_new = view[1] == "form" and view not in shown
                if is_new or (buttons and (view, buttons) not in self.opened):
                    shown.add(view)
                    self.opened.add((view, buttons))
                    yield view, label, record

    def views_of(self, user, models):
        """The views that the menus of a user open, and the forms behind them.

        :return: pairs of (model, kind, id of the view) and the domain of the action
        """
        env = api.Environment(self.cr, user.id, {"lang": "en_US"})
        menus = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
        for model in models:
            if env[model].has_access("read"):
                for view in self.forms_of(env, model):
                    yield view, []
        actions = filter(None, menus.sudo().mapped("action"))
        for action in actions:
            if action._name == "ir.actions.act_window" and action.res_model in models:
                domain = safe_eval(
                    action.domain or "[]",
                    {"uid": user.id, "allowed_company_ids": user.company_ids.ids},
                )
                for view_id, kind in action.views:
                    if kind in ("kanban", "list", "form"):
                        yield self.view(env[action.res_model], kind, view_id), domain

    def forms_of(self, env, model):
        """The forms in which the records of a model are opened."""
        records = self.records.get(model, {}).values()
        numbers = {record.with_env(env).get_formview_id() for record in records}
        return {self.view(env[model], "form", number) for number in numbers or {False}}

    def view(self, model, kind, view_id=False):
        """Model, kind and number of a view; one that is the default has its own."""
        return model._name, kind, model.get_view(view_id, kind)["id"]

    def buttons_of(self, user, model, kind, view_id):
        """Our buttons in a view, and in the lists of lines in it."""
        return {name for name, *_where in self.button_nodes(user, model, kind, view_id)}

    def button_nodes(self, user, model, kind, view_id):
        """The name of each button, the fields it is a line of, and what hides it."""
        key = user.id, model, kind, view_id
        if key not in self.nodes:
            arch = self.env[model].with_user(user).get_view(view_id, kind)["arch"]
            self.nodes[key] = list(self.read_nodes(self.env[model], arch))
        return self.nodes[key]

    def read_nodes(self, model, arch):
        for node in etree.fromstring(arch).xpath("//*[self::button or self::a]"):
            above = [node, *node.iterancestors()]
            path = [part.get("name") for part in above if part.tag == "field"][::-1]
            hidden = [part.get("invisible", "0") for part in above]
            if (
                node.get("type") not in ("object", "action")
                or {"1", "True"} & {*hidden}
                # lists of lines show no header
                or (path and node.getparent().tag == "header")
            ):
                continue
            owner = model
            for name in path:
                owner = owner[name]
            if self.is_ours(owner, node.get("name")):
                # what is above a list of lines hides it for all records alike
                depth = [part.tag for part in above].index("field") if path else None
                yield node.get("name"), ".".join(path), hidden[:depth]

    def shown_buttons(self, record, kind, view_id):
        """The buttons that a view shows of a record and its lines."""
        return frozenset(
            name
            for name, path, hidden in self.button_nodes(
                record.env.user, record._name, kind, view_id
            )
            for owner in (record.mapped(path) if path else record)
            if not any(self.is_true(owner, condition) for condition in hidden)
        )

    def is_true(self, record, condition):
        """What the page makes of a condition; of one about more than the record, no."""
        names = get_expression_field_names(condition)
        if not names <= {*record._fields}:
            return False
        values = {name: record[name] for name in names}
        for name, value in values.items():
            if record._fields[name].relational:
                many = record._fields[name].type != "many2one"
                values[name] = value.ids if many else value.id
        return safe_eval(condition, {**values, "uid": record.env.uid, "context": {}})

    def is_ours(self, model, name):
        """Of our addons; the tests of the papers have what is downloaded."""
        if not name.isdigit():
            return any(
                name in vars(cls) and cls.__module__.startswith("odoo.addons.dealer_")
                for cls in type(model).__mro__
            )
        action = self.env["ir.actions.actions"].browse(int(name))
        return (
            action.get_external_id()[action.id].startswith("dealer_")
            and action.type != "ir.actions.report"
        )

    # ------------------------------------------------------------------
    # WHAT A HAND DOES
    # ------------------------------------------------------------------

    def press_view(self, page, role, view, label, record):
        """Each button there; what comes of it is drawn for the first record only."""
        opened = self.show(page, view, record)
        self.judge(f"{role}: {view} {label}", opened)
        if opened["errors"] or opened.get("oops"):
            return
        ours = self.buttons_of(self.users[role], *view)
        is_same = True
        for button in page.js("hands.buttons()"):
            name = button["name"]
            key = view, label, name, button["number"]
            by = role if button["isAction"] else ""
            button["isBrief"] = (view, name, by) in self.drawn
            is_done = button["isBrief"] if button["isAction"] else key in self.pressed
            if is_done or name not in ours:
                continue
            if not is_same:
                self.show(page, view, record)
            done = self.press(page, button)
            if not done and is_same:
                # the one before unticked the row, or hid it
                self.show(page, view, record)
                done = self.press(page, button)
            is_same = bool(done and done["isSame"])
            if done:
                self.drawn.add((view, name, by))
                self.pressed.add(key)
                self.judge(f"{role}: {view} {label}: {name}", done)

    def show(self, page, view, record):
        """The view with one record; a board is grouped by its state."""
        self.take_hands(page)
        model, kind, view_id = view
        is_grouped = kind != "form" and "state" in record._fields
        action = {
            "type": "ir.actions.act_window",
            "name": "Every Button",
            "res_model": model,
            "views": [[view_id, kind]],
            "domain": [["id", "=", record.id]],
            "context": {"group_by": ["state"]} if is_grouped else {},
        }
        if kind == "form":
            action["res_id"] = record.id
        opened = page.js(f"hands.open({json.dumps(action)})")
        if kind == "list" and not opened.get("oops"):
            page.js("hands.choose()")
        return opened

    def take_hands(self, page):
        """On a page that has just been opened, by a button too."""
        if not page.js("Boolean(window.hands)"):
            # what a customer sees has no way back
            page.js("location.pathname.startsWith('/odoo') || location.assign('/odoo')")
            page.wait_for(".o_main_navbar")
            page.wait("odoo.isReady")
            page.js(f"(() => {{ {HANDS} return hands.rest(); }})()")

    def press(self, page, button):
        """What came of it; all of it is undone in the database."""
        self.cr.execute("SAVEPOINT press")
        try:
            return page.js(f"hands.press({json.dumps(button)})")
        except ChromeBrowserException as error:
            if "navigated" not in str(error):
                raise
            # a page of its own was opened instead of this one
            return {"errors": [], "isSame": False}
        finally:
            self.cr.execute("ROLLBACK TO SAVEPOINT press")
            self.env.invalidate_all(flush=False)
            # bundles that were made on the way are gone as well
            self.env.registry.clear_cache("assets")

    def judge(self, what, done):
        for name, message, trace in done["errors"]:
            if name in REFUSALS:
                self.refused.append(what)
                _logger.info("%s refused: %s", what, message)
            else:
                self.failures.append(f"{what}: {name} {message}\n{trace}")
        if done.get("oops") and not done["errors"]:
            self.failures.append(f"{what}: {done['oops']}")
