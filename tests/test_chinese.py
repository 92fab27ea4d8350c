"""What a list offers and a screen says is in Chinese for who reads Chinese."""

import re

from lxml import etree

from .followup_common import DealerFollowupCase

#: What is called the same in China.
SAME = {"NPS", "VIN", "VIN：", "12315", "12328", "SUV", "CNG", "LPG"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2}")
#: Attributes of a view that people read.
SHOWN = ("string", "placeholder", "help", "confirm", "title", "sum", "avg")
#: Labels that are read beside a value: a person has a name, a thing has a designation.
OF_PERSONS = ("contact_name", "signed_by", "new_name", "delivery_signed_by")


class TestChinese(DealerFollowupCase):
    def selections(self, lang):
        models = self.env["ir.model"].search([("model", "=like", "dealer.%")])
        for name in models.mapped("model"):
            model = self.env[name].with_context(lang=lang)
            for field, facts in model.fields_get(attributes=["selection"]).items():
                # Odoo's own are Odoo's to translate
                if (model._fields[field]._module or "").startswith("dealer_"):
                    for value, label in facts.get("selection", ()):
                        yield (name, field, value), label

    def test_no_choice_is_left_in_english(self):
        english = dict(self.selections("en_US"))
        left = {
            key: label
            for key, label in self.selections("zh_CN")
            if label == english.get(key)
            and label not in SAME
            and label.isascii()
            and not label.isdigit()
            # zones of the earth are called by their codes
            and not key[1].endswith("tz")
            # and languages by their own names
            and key[1] != "lang"
        }
        self.assertFalse(left)

    # -- screens -----------------------------------------------------------

    def screens(self):
        """Every view of ours that stands by itself, as who reads Chinese gets it."""
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.view"), ("module", "=like", "dealer_%")]
        )
        views = self.env["ir.ui.view"].browse(data.mapped("res_id"))
        for view in views.filtered(
            lambda view: (
                view.mode == "primary"
                and (view.model or "").startswith("dealer.")
                and view.type != "qweb"
            )
        ):
            model = self.env[view.model].with_context(lang="zh_CN")
            # as the one who sees everything that is shown to anybody
            arch = model.with_user(self.env.ref("base.user_admin")).get_view(
                view.id, view.type
            )["arch"]
            yield view, model, etree.fromstring(arch)

    def texts(self, node, model):
        """What people read of this node and of those in it."""
        if not isinstance(node.tag, str):
            return
        hidden = {node.get("invisible"), node.get("column_invisible")}
        yield from (node.get(name) for name in SHOWN)
        yield from (node.text, node.tail)
        below = model
        field = node.tag == "field" and model._fields.get(node.get("name"))
        if field and not hidden & {"1", "True"}:
            names = ["string", "help", "relation"]
            facts = model.fields_get([field.name], names).get(field.name, {})
            if not node.get("string"):
                yield facts.get("string")
            yield facts.get("help")
            if field.relational and field.comodel_name in self.env:
                below = self.env[field.comodel_name].with_context(lang="zh_CN")
        for child in node:
            yield from self.texts(child, below)

    def test_no_screen_is_left_in_english(self):
        left = {}
        for view, model, arch in self.screens():
            words = {" ".join((text or "").split()) for text in self.texts(arch, model)}
            english = {
                text
                for text in words - SAME
                if WORD.search(text) and not CHINESE.search(text)
            }
            if english:
                left[view.key or view.xml_id] = english
        self.assertFalse(left)

    def test_every_menu_and_action_has_a_chinese_name(self):
        for model in ("ir.ui.menu", "ir.actions.act_window", "ir.actions.server"):
            data = self.env["ir.model.data"].search(
                [("model", "=", model), ("module", "=like", "dealer_%")]
            )
            records = self.env[model].browse(data.mapped("res_id")).exists()
            for record in records.with_context(lang="zh_CN"):
                with self.subTest(
                    record=record.xml_id if "xml_id" in record else model
                ):
                    self.assertRegex(record.name, CHINESE)

    def test_no_record_is_called_by_a_key_of_the_program(self):
        labels = self.registry["dealer.label.mixin"]
        for name, model in self.env.registry.items():
            if name.startswith("dealer.") and not (model._abstract or model._transient):
                named = model._fields.get(model._rec_name)
                is_ours = model._compute_display_name.__module__.startswith(
                    "odoo.addons.dealer_"
                )
                with self.subTest(model=name):
                    self.assertTrue(named or is_ours, "it has a name")
                    if named and named.type == "selection":
                        self.assertTrue(issubclass(model, labels) or is_ours)
        complaint = self.make_complaint().with_context(lang="zh_CN")
        self.assertEqual(self.timer(complaint).display_name, "首次联系")

    def test_a_person_has_a_name_and_a_thing_a_designation(self):
        for model in self.env.registry.values():
            fields = (
                self.env[model._name]
                .with_context(lang="zh_CN")
                .fields_get(OF_PERSONS, ["string"])
            )
            if model._name.startswith("dealer."):
                for name, facts in fields.items():
                    with self.subTest(model=model._name, field=name):
                        self.assertNotIn("名称", facts["string"])
