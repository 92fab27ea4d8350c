"""What holds for every file and model of the suite."""

import re
import subprocess
from pathlib import Path

import polib
from lxml import etree

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).parent.parent
ADDONS = ("dealer_service", "dealer_complaint", "dealer_followup")
MAX_LINES = 500
#: A screenful of rows that are set up once: a panel beside them would be the longer.
SETUP_TABLES = {
    "dealer.customer.manner",
    "dealer.followup.result",
    "dealer.repair.warranty",
    "dealer.retention",
    "dealer.statutory.warranty",
    "dealer.vehicle.system",
    "dealer.warning.lamp",
    "mail.activity.plan",  # one for each kind of activity, in Odoo's own view
    "survey.survey",  # a few questionnaires, in Odoo's own view
}
#: What a person can be called by: each is a link that dials.
PHONES = {"phone", "contact_phone"}
#: Called for care: the call sheet dials, after it has asked for consent and hours.
DIALLED_BY_SHEET = {
    "dealer.activity.invitee",
    "dealer.consent",
    "dealer.followup",
    "dealer.followup.attempt",
}
#: Models of Odoo that our addons extend; their rights are Odoo's and, where we open
#: them to our roles, tested with the feature.
FORBIDDEN_XML = {
    r"<tree[ >/]": "write <list>",
    r"\battrs=": "write invisible=, readonly=, required=",
    r"kanban-box": "the template of a kanban card is called card",
    r"t-raw=": "write t-out",
    r"widget=\"signature\"|portal.signature_form": "dealer_signature: it is drawn",
    r'position="replace"': "it breaks what others inherit",
    r"<group [^>]*expand=": "a search group takes no attributes in 19",
}
FORBIDDEN_PYTHON = {
    r"\b_sql_constraints\b": "Odoo 19 ignores it: models.Constraint",
    r"\bname_get\(": "_compute_display_name",
    r"\bself\._cr\b|\bself\._uid\b|\bself\._context\b": "self.env.…",
    r"\bosv\.expression\b": "odoo.fields.Domain",
    r"\bcr\.commit\(\)": "_commit_progress, or leave it to the caller",
    r"\b(TODO|FIXME|XXX)\b": "finish it, or file an issue",
}


def tracked(*patterns):
    """The files of the repository, as git knows them."""
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in files if name and (ROOT / name).is_file()]


@tagged("standard", "post_install", "-at_install")
class TestConventions(TransactionCase):
    def our_models(self, *, kinds=("regular", "transient", "report")):
        """Models that one of our addons brings."""
        for name, model in self.env.registry.items():
            module = model._original_module
            if module not in ADDONS or model._abstract:
                continue
            kind = (
                "report"
                if not model._auto
                else "transient"
                if model._transient
                else "regular"
            )
            if kind in kinds:
                yield self.env[name]

    def test_the_three_addons_are_installed(self):
        states = self.env["ir.module.module"].search([("name", "in", ADDONS)])
        self.assertEqual(
            {module.name: module.state for module in states},
            dict.fromkeys(ADDONS, "installed"),
        )

    def test_every_model_has_access_rows_for_a_group(self):
        for model in self.our_models():
            rows = self.env["ir.model.access"].search([("model_id", "=", model._name)])
            self.assertTrue(rows, f"{model._name} has no access rows")
            self.assertTrue(
                all(row.group_id for row in rows), f"{model._name} is open to everyone"
            )

    def test_every_model_of_a_company_has_a_company_rule(self):
        for model in self.our_models(kinds=("regular", "report")):
            if "company_id" not in model._fields:
                continue
            rules = self.env["ir.rule"].search(
                [("model_id", "=", model._name), ("groups", "=", False)]
            )
            self.assertTrue(
                any("company_ids" in (rule.domain_force or "") for rule in rules),
                f"{model._name} has no company rule",
            )

    def test_every_view_of_every_action_loads(self):
        actions = self.env["ir.actions.act_window"].search([])
        for action in actions.filtered(
            lambda action: action.get_external_id()[action.id].split(".")[0] in ADDONS
        ):
            views = [(False, mode) for mode in action.view_mode.split(",")]
            with self.subTest(action=action.name):
                self.env[action.res_model].get_views([*views, (False, "search")])
                self.assertFalse(
                    set(action.view_mode.split(",")) & {"tree"}, action.view_mode
                )

    def test_every_list_action_tells_what_to_do_first(self):
        actions = self.env["ir.actions.act_window"].search([])
        for action in actions:
            xmlid = action.get_external_id()[action.id]
            if xmlid.split(".")[0] not in ADDONS or action.target == "new":
                continue
            if not self.env["ir.ui.menu"].search_count(
                [("action", "=", f"ir.actions.act_window,{action.id}")]
            ):
                continue
            if action.res_model == "res.config.settings":
                continue
            self.assertTrue(action.help, f"{xmlid} has no text for an empty list")
            self.assertTrue(action.path, f"{xmlid} has no path")

    def list_actions(self):
        """(XML id, action, its views) of our lists which a menu opens."""
        menus = self.env["ir.ui.menu"].with_context(**{"ir.ui.menu.full_list": True})
        found = menus.search([("action", "like", "ir.actions.act_window,%")])
        for action in {menu.action for menu in found}:
            xmlid = action.get_external_id()[action.id]
            modes = action.view_mode.split(",")
            if (
                xmlid.split(".")[0] not in ADDONS
                or action.target == "new"
                or modes == ["form"]
            ):
                continue
            views = [(action.search_view_id.id or False, "search"), *action.views]
            arches = self.env[action.res_model].get_views(views)["views"]
            yield (
                xmlid,
                modes,
                {kind: etree.fromstring(view["arch"]) for kind, view in arches.items()},
                action,
            )

    def test_every_list_can_be_narrowed_down_and_grouped(self):
        for xmlid, modes, arches, action in self.list_actions():
            with self.subTest(action=xmlid):
                self.assertIn("o_view_nocontent_smiling_face", action.help or "")
                filters = arches["search"].findall(".//filter")
                by_group = [f for f in filters if "group_by" in f.get("context", "")]
                self.assertTrue(by_group, f"{xmlid} has nothing to group by")
                self.assertGreater(
                    len(filters), len(by_group), f"{xmlid} has no filter"
                )
                if modes[0] == "list" and action.res_model not in SETUP_TABLES:
                    self.assertTrue(
                        arches["search"].findall(".//searchpanel/field"),
                        f"{xmlid} has no search panel",
                    )

    def test_phone_numbers_dial(self):
        for xmlid, _modes, arches, action in self.list_actions():
            if not action.res_model.startswith("dealer."):
                continue  # Odoo's own views do it themselves
            if action.res_model in DIALLED_BY_SHEET:
                continue
            for kind in set(arches) - {"search"}:
                for node in arches[kind].iter("field"):
                    hidden = (
                        node.get("column_invisible") or node.get("invisible") == "1"
                    )
                    if node.get("name") in PHONES and not hidden:
                        self.assertEqual(
                            node.get("widget"),
                            "phone",
                            f"{xmlid}: {node.get('name')} in {kind}",
                        )

    def test_styles_compile(self):
        """One wrong line of SCSS takes the style of the whole client away."""
        for name in ("web.assets_backend", "web.assets_frontend"):
            bundle = self.env["ir.qweb"]._get_asset_bundle(name, css=True, js=False)
            bundle.preprocess_css()
            self.assertFalse(bundle.css_errors, name)

    def test_inverse_fields_are_indexed(self):
        for model in self.our_models(kinds=("regular",)):
            for field in model._fields.values():
                if field.type == "one2many" and field.comodel_name in self.env:
                    inverse = self.env[field.comodel_name]._fields.get(
                        field.inverse_name or ""
                    )
                    if inverse is not None and inverse.store and field.store:
                        self.assertTrue(
                            inverse.index or inverse.type == "many2one_reference",
                            f"{inverse} is not indexed",
                        )


@tagged("standard", "post_install", "-at_install")
class TestFiles(TransactionCase):
    def assert_free_of(self, files, forbidden):
        for path in files:
            text = path.read_text(encoding="utf-8")
            for pattern, advice in forbidden.items():
                found = re.search(pattern, text)
                where = path.relative_to(ROOT)
                self.assertFalse(found, f"{where}: “{found and found[0]}”: {advice}")

    def addon_files(self, *suffixes):
        return tracked(*(f"{addon}/**{s}" for addon in ADDONS for s in suffixes))

    def test_xml_has_no_old_habits(self):
        self.assert_free_of(self.addon_files(".xml"), FORBIDDEN_XML)

    def test_python_has_no_old_habits(self):
        self.assert_free_of(self.addon_files(".py"), FORBIDDEN_PYTHON)

    def test_every_search_filter_has_a_name(self):
        for path in self.addon_files(".xml"):
            tree = etree.parse(path)
            for node in tree.iterfind(".//search//filter"):
                self.assertTrue(
                    node.get("name"), f"{path.relative_to(ROOT)}:{node.sourceline}"
                )

    def test_no_file_does_two_jobs(self):
        for path in self.addon_files(".py"):
            lines = path.read_text(encoding="utf-8").count("\n")
            self.assertLessEqual(lines, MAX_LINES, path.relative_to(ROOT))

    def test_sudo_says_why(self):
        for path in self.addon_files(".py"):
            lines = path.read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines):
                if ".sudo()" in line and not line.strip().startswith("#"):
                    near = lines[max(0, number - 3) : number + 1]
                    self.assertTrue(
                        any("#" in text for text in near),
                        f"{path.relative_to(ROOT)}:{number + 1}: sudo() without a why",
                    )

    def test_chinese_is_complete(self):
        for addon in ADDONS:
            po = polib.pofile(str(ROOT / addon / "i18n" / "zh_CN.po"))
            missing = [entry.msgid for entry in po if not entry.translated()]
            self.assertFalse(missing, f"{addon}: {missing[:5]}")
            fuzzy = [entry.msgid for entry in po.fuzzy_entries()]
            self.assertFalse(fuzzy, addon)

    def test_placeholders_survive_the_translation(self):
        pattern = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{.*?\}\}")
        for addon in ADDONS:
            po = polib.pofile(str(ROOT / addon / "i18n" / "zh_CN.po"))
            for entry in po:
                self.assertEqual(
                    sorted(pattern.findall(entry.msgid)),
                    sorted(pattern.findall(entry.msgstr)),
                    entry.msgid,
                )

    def test_every_addon_tells_what_it_is(self):
        for addon in ADDONS:
            for name in (
                "README.md",
                "CHANGELOG.md",
                "static/description/icon.png",
                "static/description/index.html",
                f"i18n/{addon}.pot",
                "i18n/zh_CN.po",
            ):
                self.assertTrue((ROOT / addon / name).is_file(), f"{addon}/{name}")

    def test_lower_addons_do_not_know_higher_ones(self):
        for lower, higher in (
            ("dealer_service", ("dealer_complaint", "dealer_followup")),
            ("dealer_complaint", ("dealer_followup",)),
        ):
            for path in tracked(f"{lower}/**.py", f"{lower}/**.xml", f"{lower}/**.js"):
                text = path.read_text(encoding="utf-8")
                for name in higher:
                    self.assertNotIn(
                        name, text, f"{path.relative_to(ROOT)} names {name}"
                    )

    def test_lower_addons_call_nothing_of_higher_ones(self):
        """Where an addon is installed alone, what it calls is there."""
        made, called = {}, {}
        for addon in ADDONS:
            text = "".join(path.read_text() for path in tracked(f"{addon}/**.py"))
            made[addon] = set(re.findall(r"def (_dealer_\w+)\(", text))
            called[addon] = set(re.findall(r"\.(_dealer_\w+)\(", text))
        for number, addon in enumerate(ADDONS, 1):
            below = set().union(*(made[name] for name in ADDONS[:number]))
            above = set().union(*(made[name] for name in ADDONS[number:]))
            self.assertFalse(called[addon] & above - below, addon)


def test_roles_are_named_in_one_place():
    """A role is a constant of tools/groups.py, not a string in a method."""
    role = re.compile(r'"dealer_\w+\.group_\w+"')
    places = [
        path.relative_to(ROOT)
        for addon in ADDONS
        for path in sorted((ROOT / addon).glob("**/*.py"))
        if role.search(path.read_text()) and path.name != "groups.py"
    ]
    assert not places


def test_windows_are_opened_in_one_place():
    """An action that opens a screen is made by tools/actions.py."""
    places = [
        path.relative_to(ROOT)
        for addon in ADDONS
        for path in sorted((ROOT / addon).glob("**/*.py"))
        if '"type": "ir.actions.act_window",' in path.read_text()
    ]
    assert places == [Path("dealer_service/tools/actions.py")]
