"""What Odoo's own methods tell of our records, to every role.

Whatever reads through the ORM – lists, exports, groups, names, suggestions, copies,
the panel beside a list, the bars over a board – is asked by everybody about everything;
a mark in the answer that the role must not know is a leak. A field or a model that is
added is read from then on.
"""

import json
from collections import Counter

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tools import split_every
from odoo.tools.json import json_default

from odoo.addons.dealer_service.tools.field_values import is_ours

from .common import SIDES
from .methods import EXTENDED, OWN_ONLY, QUIET, MethodsCase

RELATIONAL = ("many2one", "one2many", "many2many")

#: With what each user has saved of his searches.
FILTERS = {"load_filters": True, "toolbar": True}
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
        tried = self.judge_all(self.readers)
        print(f"\ninherited: {dict(tried)}")
        self.assertGreater(tried["refused"], 1000)
        self.assertGreater(tried["done"], 1000)

    @QUIET
    def test_what_stands_beside_records_tells_nobody_either(self):
        tried = self.judge_all(self.beside)
        print(f"\nbeside: {dict(tried)}")
        self.assertGreater(tried["refused"], 100)
        self.assertGreater(tried["done"], 1000)

    def judge_all(self, readers):
        """Ask everybody's questions; how many were answered."""
        tried, faults = Counter(), []
        for model in self.models():
            for role, user in self.callers.items():
                # a request begins with nothing in its cache
                self.env.invalidate_all()
                mine = model.with_env(self.env_of(user))
                for name, ids, kwargs in readers(mine):
                    answer = self.ask(tried, mine, name, ids, kwargs)
                    if isinstance(answer, Exception):
                        fault = repr(answer)
                    elif seen := self.seen_wrongly(role, answer or ""):
                        fault = f"tells {seen}"
                    else:
                        continue
                    faults.append(f"{model._name}.{name} by {role}: {fault}")
        self.assertFalse(faults, "\n".join(faults))
        return tried

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
            if name == "copy":
                # what is read of a copy is what was copied
                answer = mine.browse(answer).read(list(self.fields_of(mine)))
            tried["done"] += 1
            return json.dumps(answer, ensure_ascii=False, default=json_default)
        except (UserError, IntegrityError):
            # the web server says the second in words (odoo.service.model.retrying)
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
        fields = self.fields_of(mine)
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

    def beside(self, mine):
        """The same of what stands beside the records on a screen."""
        if not mine.has_access("read"):
            return
        fields = self.fields_of(mine)
        yield "get_views", (), {"views": [(False, "search")], "options": FILTERS}
        yield from self.panels(fields)
        yield from self.forms(mine, fields)
        if not mine._transient:
            found = mine.with_context(active_test=False).search([], limit=1)
            yield "copy", found.ids, {}

    def fields_of(self, mine):
        """The fields that the user may read, but for those he is told on purpose."""
        return {
            name: field
            for name, field in mine._fields.items()
            if mine._has_field_access(field, "read")
            and self.is_tried(field)
            and mine.env.user not in self.told.get((mine._name, name), ())
        }

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

    def panels(self, fields):
        """The panel beside a list, and the bars over the columns of a board."""
        # what Odoo shows beside its own lists is Odoo's
        stored = [
            field
            for field in fields.values()
            if field.store and is_ours(field) and field.comodel_name not in CATALOGUE
        ]
        by = next((f.name for f in stored if f.type == "many2one"), None)
        state = next((f.name for f in stored if f.type == "selection"), None)
        if by and state:
            bar = {"field": state, "colors": {"": "success"}}
            kwargs = {"domain": [], "group_by": by, "progress_bar": bar}
            yield "read_progress_bar", (), kwargs
        # each of the models that are named once: what is shown of them is theirs
        named = {f.comodel_name: f for f in stored if f.type == "many2one"}
        many = {f.comodel_name: f for f in stored if f.type == "many2many"}
        for field in named.values():
            kwargs = {"field_name": field.name, "enable_counters": True}
            yield "search_panel_select_range", (), kwargs
            yield "search_panel_select_range", (), {**kwargs, "expand": True}
        for field in (*many.values(), *list(named.values())[:1]):
            kwargs = {"field_name": field.name, "enable_counters": True}
            yield "search_panel_select_multi_range", (), kwargs

    def forms(self, mine, fields):
        """A new record that names something of others, as it is typed into a form."""
        if not mine.has_access("create"):
            return
        specification = {
            name: {"fields": {"display_name": {}}} if field.relational else {}
            for name, field in fields.items()
        }
        own_only = [self.callers[role] for role in OWN_ONLY]
        sides = ("colleague", "other") if mine.env.user in own_only else ("other",)
        for side in sides:
            every = self.every(side)
            for name, field in fields.items():
                named = field.type == "many2one" and every.get(field.comodel_name)
                if named:
                    kwargs = {"field_names": [name], "fields_spec": specification}
                    yield "onchange", (), {"values": {name: named.ids[0]}, **kwargs}

    def records(self, ids, fields):
        yield "read", ids, {"fields": list(fields)}
        yield "web_read", ids, {"specification": {name: {} for name in fields}}
        yield "export_data", ids, {"fields_to_export": list(fields)}
        yield "copy_data", ids, {}
        yield "get_metadata", ids, {}
        yield "get_formview_action", ids[:1], {}
