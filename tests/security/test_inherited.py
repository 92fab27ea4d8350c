"""What Odoo's own methods tell of our records, to every role.

Whatever reads through the ORM – lists, exports, groups, names, suggestions – is asked
by everybody about everything; a mark in the answer that the role must not know is a
leak. A field or a model that is added is read from then on.
"""

import json
from collections import Counter

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tools import split_every
from odoo.tools.json import json_default

from .common import SIDES
from .methods import EXTENDED, QUIET, MethodsCase

RELATIONAL = ("many2one", "one2many", "many2many")


#: Odoo's catalogue of goods and prices is every employee's; what technicians see of it
#: is tried in ``test_fields.py``.
CATALOGUE = ("product.product", "product.template")
#: What a role is told on purpose, by field and method that read it alone.
TOLD = {
    # who receives or phones a customer knows what the customer still waits for
    ("dealer.reception", "open_complaint_note"): ("advisor", "manager", "handler"),
    # whoever is to work on a car knows what its technician is busy with
    ("dealer.job", "running_job_id"): ("technician",),
    # Odoo lets every employee read what customers say of the own shop
    ("rating.rating", "feedback"): ("employee", "cashier"),
}


class TestInherited(MethodsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for side, world in cls.sides.items():
            with cls.in_shop(world.company, cls.people[side]):
                cls.make_complaint(
                    partner_id=world.customer.id,
                    vehicle_id=world.visits["working"].vehicle_id.id,
                    company_id=world.company.id,
                    subject=cls.mark(side, "complaint"),
                )
        cls.told = {
            key: [cls.callers[role] for role in roles] for key, roles in TOLD.items()
        }

    @QUIET
    def test_reading_tells_nobody_what_he_must_not_know(self):
        tried, faults = Counter(), []
        for model in self.models():
            for role, user in self.callers.items():
                # a request begins with nothing in its cache
                self.env.invalidate_all()
                mine = model.with_env(self.env_of(user))
                for name, ids, kwargs in self.readers(mine):
                    answer = self.ask(tried, mine, name, ids, kwargs)
                    if isinstance(answer, Exception):
                        fault = repr(answer)
                    elif seen := self.seen_wrongly(role, answer or ""):
                        fault = f"tells {seen}"
                    else:
                        continue
                    faults.append(f"{model._name}.{name} by {role}: {fault}")
        print(f"\ninherited: {dict(tried)}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried["refused"], 1000)
        self.assertGreater(tried["done"], 1000)

    def models(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = name.startswith("dealer.") and not model._abstract
            if ours or (name in EXTENDED and name not in CATALOGUE):
                yield model

    def ask(self, tried, mine, name, ids, kwargs):
        """The answer in JSON, the error that came out, or None for a refusal."""
        is_of_model = self.is_model_method(mine._name, name)
        savepoint = self.cr.savepoint(flush=False)
        try:
            answer = call_kw(mine, name, [] if is_of_model else [ids], kwargs)
            tried["done"] += 1
            return json.dumps(answer, ensure_ascii=False, default=json_default)
        except UserError:
            tried["refused"] += 1
            return None
        except Exception as error:  # what came out is what is tested
            return error
        finally:
            savepoint.close(rollback=True)

    # ------------------------------------------------------------------
    # THE METHODS THAT READ
    # ------------------------------------------------------------------

    def readers(self, mine):
        """``(method, ids, arguments)`` of what reads records of this model."""
        yield "name_search", (), {"name": "zq", "limit": None}
        yield "web_name_search", (), {"name": "", "specification": {}}
        fields = {
            name: field
            for name, field in mine._fields.items()
            if mine._has_field_access(field, "read")
            and self.is_tried(field)
            and mine.env.user not in self.told.get((mine._name, name), ())
        }
        yield "fields_get", (), {}
        yield "search_read", (), {"fields": list(fields)}
        if mine.has_access("read"):
            found = mine.with_context(active_test=False).search([]).ids
            yield from self.one_by_one(found, fields)
            yield from self.lists(fields)
            yield from self.groups(fields)
            yield from self.records(found, fields)
        for side in SIDES:
            ids = self.every(side).get(mine._name, mine).ids
            if ids and not mine.browse(ids).has_access("read"):
                yield from self.records(ids, fields)

    def is_tried(self, field):
        """What Odoo works out on its own records is Odoo's."""
        return field.store or any(name.startswith("dealer_") for name in field._modules)

    def one_by_one(self, ids, fields):
        """A field that refuses hides no other."""
        for name in fields:
            yield "read", ids, {"fields": [name]}

    def lists(self, fields):
        specification = {
            name: {"fields": {"display_name": {}}} if field.type in RELATIONAL else {}
            for name, field in fields.items()
        }
        yield (
            "web_search_read",
            (),
            {"domain": [], "specification": specification},
        )

    def groups(self, fields):
        stored = [
            name
            for name, field in fields.items()
            if field.store
            and field.column_type
            and field.type not in ("properties", "json")
            and name != "analytic_distribution"
        ]
        by = {"date": ":month", "datetime": ":month"}
        sets = [[name + by.get(fields[name].type, "")] for name in stored]
        # PostgreSQL takes fewer than 32 at once
        for some in split_every(31, sets):
            kwargs = {"domain": [], "grouping_sets": list(some)}
            yield "formatted_read_grouping_sets", (), kwargs
        yield (
            "formatted_read_group",
            (),
            {"domain": [], "aggregates": [f"{name}:array_agg" for name in stored]},
        )

    def records(self, ids, fields):
        yield "read", ids, {"fields": list(fields)}
        yield "web_read", ids, {"specification": {name: {} for name in fields}}
        yield "export_data", ids, {"fields_to_export": list(fields)}
        yield "copy_data", ids, {}
        yield "get_metadata", ids, {}
        yield "get_formview_action", ids[:1], {}
