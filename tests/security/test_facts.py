"""What no screen lets anybody type is typed by no other client either.

``readonly`` is a matter of the screen: Odoo takes such a field from every remote call.
The fields are those of the registry, the screens those of the database: what is added
is tried.
"""

import re

from odoo import models
from odoo.exceptions import UserError

from .methods import QUIET
from .values import ValuesCase

#: Written by hand although no form shows them, and why that is no harm.
HARMLESS = {
    "dealer.activity.active": "archived from the menu, like any list",
    "dealer.activity.budget.activity_id": "lines move with whoever may write both",
    "dealer.call.adapter.active": "archived from the menu, like any list",
    "dealer.call.exchange.active": "archived from the menu, like any list",
    "dealer.care.rule.active": "archived from the menu, like any list",
    "dealer.care.rule.lang": "of Odoo's templates; code in it is refused",
    "dealer.complaint.action.complaint_id": "corrected by an officer with both",
    "dealer.gate.device.active": "archived from the menu, like any list",
    "dealer.job.sequence": "the order of a list",
    "dealer.reception.concern.sequence": "the order of a list",
    "dealer.multipoint.item.active": "archived from the menu, like any list",
    "dealer.multipoint.item.sequence": "the order of a list",
    "dealer.multipoint.template.active": "archived from the menu, like any list",
    "dealer.multipoint.template.sequence": "the order of a list",
    "dealer.reception.active": "archived from the menu, by a second person",
    "dealer.vehicle.ownership.date_from": "corrected by a manager: decision 0017",
    "dealer.vehicle.ownership.date_to": "corrected by a manager: decision 0017",
    "dealer.vehicle.ownership.partner_id": "corrected by a manager: decision 0017",
    "dealer.vehicle.ownership.vehicle_id": "corrected by a manager: decision 0017",
    "fleet.vehicle.is_customer_vehicle": "a demonstration car is sold to a customer",
}
#: How a value is refused at birth: by all models alike, by the activity, by the job.
RECORDED = "cannot be entered by hand|must be a draft|Sold work comes from"


class TestFacts(ValuesCase):
    def facts(self):
        """Each stored field of ours that is typed nowhere, and follows from nothing."""
        typed = self.typed()
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                is_row = field.type == "one2many" or field.name in models.MAGIC_COLUMNS
                if is_row or not field.store or not self.is_ours(field):
                    continue
                if field.compute and field.readonly and not field.inverse:
                    continue  # see test_reckoned.py
                if field.readonly or (name, field.name) not in typed:
                    yield model, field

    def typed(self):
        """``(model, field)`` of what a form, or an edited list, lets one type."""
        views = self.env["ir.ui.view"].search(
            [("type", "in", ("form", "list")), ("mode", "=", "primary")]
        )
        return {
            found
            for view in views.filtered(lambda view: view.model in self.env)
            for found in self.nodes(view._get_combined_arch(), view.model)
        }

    def nodes(self, arch, model):
        is_edited = arch.tag == "form" or arch.get("editable") or arch.get("multi_edit")
        for node in arch.iterchildren("*"):
            yield from self.below(node, model, is_edited)

    def below(self, node, model, is_edited):
        if node.tag in ("form", "list", "kanban"):
            yield from self.nodes(node, model)
            return
        if node.tag == "field":
            name = node.get("name")
            fixed = node.get("readonly") or node.get("invisible")
            is_dragged = node.get("widget") == "handle"
            if is_dragged or is_edited and fixed not in ("1", "True", "true"):
                yield model, name
                # the second end of a span of time
                end = re.search(r"end_date_field': '(\w+)'", node.get("options", ""))
                yield model, end and end[1]
            field = self.env[model]._fields.get(name)
            model = field.comodel_name if field is not None else None
        if model in self.env:
            for child in node.iterchildren("*"):
                yield from self.below(child, model, is_edited)

    @QUIET
    def test_nobody_types_what_no_screen_lets_him(self):
        samples = self.every("own") | {"res.company": self.company}
        tried, found = 0, set()
        for model, field in self.facts():
            record = samples.get(model._name, model)[:1].sudo()
            record = record or model.sudo().search([], limit=1)
            value = self.other_value(record, field)
            for role, user in self.people["own"].items():
                mine = record.with_env(self.env_of(user))
                if not (
                    record
                    and mine.has_access("write")
                    and mine._has_field_access(field, "write")
                ):
                    continue
                tried += 1
                error = self.error_of(
                    lambda vals, mine=mine: self.put(mine, vals), {field.name: value}
                )
                if error and str(field) not in HARMLESS:
                    found.add(f"{field} {role}: {error!r}")
        self.assertFalse(found, "\n".join(sorted(found)))
        self.assertGreater(tried, 400)

    def put(self, mine, vals):
        """:raise UserError: where it makes no difference"""
        [name] = vals
        before = mine.sudo()[name]
        mine.write(vals)
        self.env.flush_all()
        mine.invalidate_recordset()
        if mine.sudo()[name] == before:
            raise UserError("It stays as it is.")

    @QUIET
    def test_nobody_enters_a_record_with_what_is_recorded(self):
        tried = 0
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or not hasattr(model, "_recorded_fields"):
                continue
            for role, user in self.people["own"].items():
                mine = model.with_env(self.env_of(user))
                if not mine.has_access("create"):
                    continue
                for fact in sorted(mine._recorded_fields() - mine._chosen_fields()):
                    field = model._fields[fact]
                    if fact == "state" or field.type == "one2many":
                        continue
                    value = self.other_value(model.sudo().new(), field)
                    if not value:
                        continue
                    tried += 1
                    with (
                        self.subTest(model=name, fact=fact, role=role),
                        self.assertRaisesRegex(UserError, RECORDED),
                    ):
                        mine.create({fact: value})
        self.assertGreater(tried, 150)
