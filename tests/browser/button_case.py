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

from ..every_state import ROLES, EveryStateCase
from .devtools import DevToolsCase

_logger = logging.getLogger(__name__)
#: Refusals are for people; everything else is an error of ours. Who sees a button may
#: press it: an AccessError is one, too.
REFUSALS = {
    f"odoo.exceptions.{name}"
    for name in ("UserError", "ValidationError", "RedirectWarning")
}
#: What the page needs to press a button as a hand does, and to tell what came of it.
HANDS = """
    const env = odoo.__WOWL_DEBUG__.root.env;
    const { rpc, rpcBus } = odoo.loader.modules.get("@web/core/network/rpc");
    const { makeContext } = odoo.loader.modules.get("@web/core/context");
    const hands = (window.hands = { pending: 0, asked: 0, errors: [] });
    const { doActionButton } = env.services.action;
    // what the client asks of the server, without drawing what comes of it
    env.services.action.doActionButton = function (params, options) {
        if (!hands.isBrief || params.type !== "object") {
            return doActionButton.call(this, params, options);
        }
        const more = params.args ? JSON.parse(params.args.replace(/'/g, '"')) : [];
        const context = makeContext([params.context, params.buttonContext]);
        return rpc(`/web/dataset/call_button/${params.resModel}/${params.name}`, {
            args: [params.resId ? [params.resId] : params.resIds, ...more],
            kwargs: { context },
            method: params.name,
            model: params.resModel,
        });
    };
    rpcBus.addEventListener("RPC:REQUEST", () => { hands.pending++; hands.asked++; });
    rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
        hands.pending = Math.max(0, hands.pending - 1);
        if (detail.error) {
            const { data, exceptionName, message } = detail.error;
            const shown = data?.context?.exception_class || exceptionName || "";
            const words = data?.message || message || "";
            hands.errors.push([shown, words, data?.debug || ""]);
        }
    });
    // another window would be another test
    window.open = () => window;
    hands.rest = async () => {
        const end = Date.now() + 30000;
        for (let calm = 0; calm < 3 && Date.now() < end; ) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            await new Promise(requestAnimationFrame);
            calm = hands.pending ? 0 : calm + 1;
        }
    };
    hands.open = async (action) => {
        env.services.dialog.closeAll();
        await env.services.action.doAction(action, { clearBreadcrumbs: true });
        await hands.rest();
        hands.place = env.services.action.currentController.jsId;
        hands.tabs = document.querySelectorAll(".o_notebook_headers .nav-link").length;
    };
    hands.find = () => {
        const seen = {};
        return [...document.querySelectorAll(
            ".o_action_manager :is(button, a):is([type=object], [type=action])[name]"
        )].filter((el) => el.offsetParent && !el.disabled).map((el) => {
            const name = el.getAttribute("name");
            seen[name] = (seen[name] ?? -1) + 1;
            const isAction = el.getAttribute("type") === "action";
            return { name, number: seen[name], isAction, el };
        });
    };
    // the row of a list that is grouped: its group is opened, its box is ticked
    hands.choose = async () => {
        document.querySelector(".o_group_header:not(.o_group_open)")?.click();
        await hands.rest();
        document.querySelector(".o_data_row .o_list_record_selector input")?.click();
        await hands.rest();
    };
    hands.show = async (tab) => {
        document.querySelectorAll(".o_notebook_headers .nav-link")[tab]?.click();
        await hands.rest();
    };
    hands.buttons = async () => {
        const found = [];
        for (let tab = 0; tab < (hands.tabs || 1); tab++) {
            await hands.show(tab);
            for (const { name, number, isAction } of hands.find()) {
                if (!found.some((b) => b.name === name && b.number === number)) {
                    found.push({ name, number, tab, isAction });
                }
            }
        }
        return found;
    };
    hands.press = async ({ name, number, tab, isBrief }) => {
        hands.isBrief = isBrief;
        await hands.show(tab);
        const button = hands.find().find((b) => b.name === name && b.number === number);
        if (!button) {
            return null;
        }
        hands.errors = [];
        hands.asked = 0;
        button.el.click();
        await hands.rest();
        if (!hands.asked) {
            // "Are you sure?" has no form
            const sure = ".modal-dialog:not(:has(.o_form_view)) footer .btn-primary";
            document.querySelector(sure)?.click();
            await hands.rest();
        }
        const errors = hands.errors;
        const oops = document.querySelector(".o_error_dialog")?.innerText;
        const stays = env.services.action.currentController?.jsId === hands.place;
        const opened = document.querySelectorAll(".o_dialog").length;
        env.services.dialog.closeAll();
        const isSame = Boolean(stays && (isBrief || opened || errors.length));
        return { errors, oops, isSame };
    };
"""


class ButtonsCase(EveryStateCase, DevToolsCase):
    """``self.press_all`` presses the buttons of some models."""

    touch_enabled = False

    def setUp(self):
        super().setUp()
        self.env["res.users"].search([]).tour_enabled = False
        self.pressed, self.drawn, self.opened = set(), set(), set()
        self.refused, self.failures = [], []
        # made beforehand: a page does not wait for as long as that may take
        scripts = self.env["ir.qweb"]._get_asset_bundle("web.assets_web")
        scripts.js()
        scripts.css()

    @mute_logger("odoo.http")
    def press_all(self, *models):
        for role in ROLES:
            work = list(self.work_of(self.users[role], models))
            if work:
                with self.open_page("/odoo", login=role) as page:
                    for view, label, record in work:
                        self.press_view(page, role, view, label, record)
        _logger.info(
            "%s buttons pressed, %s refused", len(self.pressed), len(self.refused)
        )
        self.assertFalse(self.failures, "\n".join(self.failures))
        self.assertFalse(self.left_out(models), "buttons that nobody pressed")

    def left_out(self, models):
        """Our buttons in the views that were never there to be pressed."""
        pressed = {(*view[:2], name) for view, _label, name, _number in self.pressed}
        return {
            (model, kind, name)
            for user in self.users.values()
            for model, kind, view_id in self.views_of(user, models)
            for name in self.buttons_of(user, model, kind, view_id)
            if self.is_ours(model, name) and not self.is_paper(name)
        } - pressed

    def is_ours(self, model, name):
        if name.isdigit():
            action = self.env["ir.actions.actions"].browse(int(name))
            return action.get_external_id()[action.id].startswith("dealer_")
        classes = type(self.env[model]).__mro__
        return any(
            name in vars(cls) and cls.__module__.startswith("odoo.addons.dealer_")
            for cls in classes
        )

    # ------------------------------------------------------------------
    # WHAT THE VIEWS SHOW
    # ------------------------------------------------------------------

    def work_of(self, user, models):
        """The views of a role with every record in them, once for the same buttons.

        A role with more rights opens again only what has more buttons for it.
        """
        for model, kind, view_id in sorted(self.views_of(user, models), key=str):
            buttons = self.buttons_of(user, model, kind, view_id)
            for label, record in self.records[model].items():
                seen = {(model, kind, view_id, label, button) for button in buttons}
                if seen - self.opened and record.with_user(user).has_access("read"):
                    self.opened |= seen
                    yield (model, kind, view_id), label, record

    def views_of(self, user, models):
        """The views that the menus of a user open, and the forms behind them."""
        env = api.Environment(self.cr, user.id, {"lang": "en_US"})
        menus = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
        actions = menus.sudo().mapped("action")
        found = {
            (model, "form", False) for model in models if env[model].has_access("read")
        }
        for action in actions:
            if action and action._name == "ir.actions.act_window":
                if action.res_model in models:
                    found |= {
                        (action.res_model, kind, view_id)
                        for view_id, kind in action.views
                        if kind in ("kanban", "list", "form")
                    }
        return found

    def buttons_of(self, user, model, kind, view_id):
        arch = self.env[model].with_user(user).get_view(view_id, kind)["arch"]
        return {
            node.get("name")
            for node in etree.fromstring(arch).iter("button", "a")
            if node.get("type") in ("object", "action")
        }

    # ------------------------------------------------------------------
    # WHAT A HAND DOES
    # ------------------------------------------------------------------

    def press_view(self, page, role, view, label, record):
        """Each button there; what comes of it is drawn for the first record only."""
        self.show(page, view, record)
        is_same = True
        for button in page.js("hands.buttons()"):
            name = button["name"]
            key = view, label, name, button["number"]
            by = role if button["isAction"] else ""
            button["isBrief"] = (view, name, by) in self.drawn
            is_done = button["isBrief"] if button["isAction"] else key in self.pressed
            if is_done or self.is_paper(name):
                continue
            if not is_same:
                self.show(page, view, record)
            done = self.press(page, button)
            is_same = bool(done and done["isSame"])
            if done:
                self.drawn.add((view, name, by))
                self.judge(f"{role}: {view} {label}: {name}", key, done)

    def is_paper(self, name):
        """A download: the tests of the papers have it, drawn and read."""
        if "." in name:
            return self.env.ref(name)._name == "ir.actions.report"
        return name.isdigit() and (
            self.env["ir.actions.actions"].browse(int(name)).type == "ir.actions.report"
        )

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
        page.js(f"hands.open({json.dumps(action)})")
        if kind == "list":
            page.js("hands.choose()")

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

    def judge(self, what, key, done):
        for name, message, trace in done["errors"]:
            if name in REFUSALS:
                self.refused.append(what)
                _logger.info("%s refused: %s", what, message)
            else:
                self.failures.append(f"{what}: {name} {message}\n{trace}")
        if done.get("oops") and not done["errors"]:
            self.failures.append(f"{what}: {done['oops']}")
        self.pressed.add(key)
