"""Whoever follows the guide: menus, the import, the buttons of a form."""

import io

import openpyxl
from lxml import etree

from odoo.tools.safe_eval import safe_eval

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The choices of the import as its screen opens.
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": "",
    "encoding": "",
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}


class Walk:
    """A person at the screens; reads the guide in English, works in Chinese."""

    def __init__(self, case, user):
        self.case, self.user = case, user
        self.env = case.env(user=user, context={"lang": "zh_CN", "tz": "Asia/Shanghai"})
        self.english = case.env(user=user, context={"lang": "en_US"})

    # ------------------------------------------------------------------
    # SCREENS
    # ------------------------------------------------------------------

    def open(self, path):
        """The screen behind a path of menus.

        :return: the model and the context of its list
        """
        menus = self.english["ir.ui.menu"]
        menu = menus.browse()
        for name in path:
            found = menus.search([("parent_id", "=", menu.id), ("name", "=", name)])
            found = found.filtered(lambda one: one.id in menus._visible_menu_ids())
            self.case.assertEqual(len(found), 1, f"{path}: {name}")
            menu = found
        action = menu.sudo().action
        self.case.assertEqual(action._name, "ir.actions.act_window", path)
        context = {"uid": self.user.id, "active_id": False}
        return action, safe_eval(action.context or "{}", context)

    def offers_import(self, action):
        """Whether the ⚙ of the list offers the import."""
        model = self.english[action.res_model]
        if not model.has_access("create"):
            return False
        kinds = {kind: view for view, kind in action.views}
        if "list" not in kinds:
            return False
        arch = etree.fromstring(model.get_view(kinds["list"], "list")["arch"])
        words = [arch.get(name, "1") for name in ("import", "create")]
        return all(word not in ("0", "false", "False") for word in words)

    def button(self, record, words):
        """What the button with these words does."""
        arch = etree.fromstring(record.with_env(self.english).get_view()["arch"])
        for node in arch.iter("button"):
            label = "".join([node.get("string") or "", *node.itertext()]).strip()
            fields = [field.get("string") for field in node.iter("field")]
            if words in (label, *fields) and node.get("type") == "object":
                if not self._is_hidden(record, node):
                    return getattr(record.with_env(self.env), node.get("name"))()
        raise AssertionError(f"no button {words!r} in state {record.state}")

    @staticmethod
    def _is_hidden(record, node):
        """Whether the form does not show this button, and what it stands in."""
        values = {name: record[name] for name in record._fields}
        nodes = [node, *node.iterancestors()]
        rules = [one.get("invisible") for one in nodes if one.get("invisible")]
        return any(safe_eval(rule, dict(values)) for rule in rules)

    # ------------------------------------------------------------------
    # IMPORT
    # ------------------------------------------------------------------

    def paths(self, model):
        """What the list of columns offers, by its words in English."""
        found = {}
        tree = self.english["base_import.import"].get_fields_tree(model)
        for field in tree:
            found.setdefault(field["string"], field["name"])
            for inner in field["fields"]:
                words = f"{field['string']}/{inner['string']}"
                found.setdefault(words, f"{field['name']}/{inner['name']}")
        return found

    def load(self, model, context, name, data, columns=None):
        """Load a file: test it, and import it when nothing is refused.

        :param columns: headings of the file by the words of our columns; without them
            what the import proposes is right
        :return: what was said of its rows
        """
        wizard = self.env["base_import.import"].create(
            {
                "res_model": model,
                "file": data,
                "file_name": name,
                "file_type": CSV if name.endswith(".csv") else XLSX,
            }
        )
        # each call of the screen brings what it was opened with
        wizard = wizard.with_context(**context)
        preview = wizard.parse_preview(dict(OPTIONS))
        if "error" in preview:
            return [{"type": "error", "message": preview["error"]}]
        headings = preview["headers"]
        if columns is None:
            paths = {n: "/".join(path) for n, path in preview["matches"].items()}
            fields = [paths.get(number, False) for number in range(len(headings))]
        else:
            self.case.assertEqual(set(columns.values()) - set(headings), set(), name)
            paths = self.paths(model)
            chosen = {heading: paths[words] for words, heading in columns.items()}
            fields = [chosen.get(heading, False) for heading in headings]
        options = {**OPTIONS, **preview["options"]}
        told = wizard.execute_import(fields, headings, dict(options), dryrun=True)
        if any(one["type"] == "error" for one in told["messages"]):
            return told["messages"]
        # the next request knows nothing of what was tried
        self.env.invalidate_all(flush=False)
        told = wizard.execute_import(fields, headings, dict(options))
        self.case.assertEqual(told["messages"], [], name)
        self.env.flush_all()
        self.env.invalidate_all()
        return []

    # ------------------------------------------------------------------
    # FILES THAT COME OUT
    # ------------------------------------------------------------------

    def download(self, action):
        """The cells of the file behind an address: headings and rows."""
        number = int(action["url"].split("/")[3].split("?")[0])
        data = self.env["ir.attachment"].browse(number).raw
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        headings, *rows = [
            [cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        return headings, rows
