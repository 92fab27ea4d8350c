"""Every public method, with the defaults of every view: it makes what it makes without.

What a method makes is read from the database: the rows of every table that it filled.
"""

import inspect
import logging
import re
from datetime import timedelta
from types import FunctionType

from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .every_state import EveryStateCase

_logger = logging.getLogger(__name__)

ADDONS = ("dealer_service", "dealer_complaint", "dealer_followup")
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
#: What differs from one run to the next: moments, files in which one stands, secrets.
MOMENT = re.compile(
    r"_?(date|at|time)(_|$)|seconds$|token|uuid|message_id"
    r"|checksum|store_fname|file_size"
)
SECRET = re.compile(r"token=[\w-]+|\b[0-9a-f]{32}\b")
#: Called by the mail gateway and the customer's pages with data of their own.
NOT_BY_A_VIEW = {
    "execute_import",
    "message_new",
    "message_parse",
    "message_route",
    "message_update",
    "rating_apply",
    "reckon",
}
#: Methods of records which only a longer story makes.
WITHOUT_A_RECORD = {
    "dealer.retention.report.action_open_car",
    "dealer.retention.report.action_view_cars",
    "fleet.vehicle.model.category.action_copy_for_shop",
    "fleet.vehicle.tag.action_copy_for_shop",
}


@tagged("post_install", "-at_install")
class TestCallerDefaults(EveryStateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shop = cls.env["res.company"].create({"name": "Another shop"})
        cls.hostile = {
            "default_name": "Not mine",
            "default_company_id": shop.id,
            "default_type": "nonsense",
            "default_state": "nonsense",
            "default_user_id": cls.env.ref("base.user_admin").id,
            "default_partner_id": shop.partner_id.id,
            "default_active": False,
        }
        cls.env.flush_all()
        tables = {
            model._table
            for model in cls.env.values()
            if model._auto and not model._abstract
        }
        rows = cls.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL("SELECT %s, max(id) FROM %s", table, SQL.identifier(table))
                for table in sorted(tables)
            )
        )
        cls.last_ids = {table: last or 0 for table, last in rows}

    # ------------------------------------------------------------------
    # WHAT IS TRIED
    # ------------------------------------------------------------------

    def own_methods(self, model):
        """Names of the public methods that our addons define on a model."""
        return sorted(
            {
                name
                for cls in type(model).mro()
                if cls.__module__.startswith(
                    tuple(f"odoo.addons.{addon}." for addon in ADDONS)
                )
                for name, value in vars(cls).items()
                if isinstance(value, FunctionType)
                and (not model._abstract or getattr(value, "_api_model", False))
                and not name.startswith("_")
                and not getattr(value, "_api_private", False)
                and not hasattr(models.BaseModel, name)
            }
            - NOT_BY_A_VIEW
        )

    def arguments(self, record, name):
        """What a method is called with: always without, and with what it can take."""
        soon = fields.Datetime.to_string(fields.Datetime.now() + timedelta(days=1))
        item = self.records["dealer.multipoint.item"]["own"]
        known = {
            "date": soon[:10],
            "day": soon[:10],
            "date_appointment": soon,
            "overbook": True,
            "minute": 600,
            "by": "bay",
            "kind": "call",
            "app": "service",
            "key": "visits",
            "rate": 1,
            "consent_by": "王建国",
            "signed_by": "王建国",
            "method": "in_person",
            "signature": PIXEL,
            "user": self.officer.id,
            "target": record.search([], limit=1).id if record else False,
            "reason": "parts",
            "visit_id": self.records["dealer.reception"]["booked"].id,
            "note": "Ordered",
            "rows": [{"item_id": item.id, "colour": "amber"}],
        }
        parameters = list(inspect.signature(getattr(type(record), name)).parameters)
        yield {
            parameter: known[parameter]
            for parameter in parameters[1:]
            if parameter in known
        }
        needed = [
            p.name
            for p in inspect.signature(getattr(record, name)).parameters.values()
            if p.default is p.empty and p.kind == p.POSITIONAL_OR_KEYWORD
        ]
        if set(parameters[1:]) & set(known) and not needed:
            yield {}

    def targets(self, model):
        """The records of a model by name; a dialog is filled in."""
        if model._name in self.records:
            return self.records[model._name].items()
        if model._abstract:
            return [("model", model)]
        if model._transient:
            return [("dialog", self.fill_in(model))]
        return [("any", model.search([], limit=1))]

    def fill_in(self, model):
        """A dialog with something in each field that it needs."""
        values = {}
        for name, field in model._fields.items():
            known = self.records.get(field.comodel_name, {})
            if not field.store or field.default or field.related:
                continue
            if not (field.required or (known and not field.compute)):
                continue
            if field.comodel_name == "res.company":
                values[name] = self.company.id
            elif field.type == "many2one":
                comodel = self.env[field.comodel_name]
                found = next(iter(known.values()), comodel.search([], limit=1))
                values[name] = found.id
            elif field.type == "many2many" and known:
                values[name] = next(iter(known.values())).ids
            elif field.type == "selection":
                values[name] = field.get_values(self.env)[0]
            elif field.type in ("char", "text"):
                values[name] = "x"
            elif field.type in ("integer", "float", "many2one_reference"):
                values[name] = 1
            elif field.type == "datetime":
                values[name] = fields.Datetime.now()
            elif field.type == "date":
                values[name] = self.today
        return model.create(values)

    # ------------------------------------------------------------------
    # WHAT COMES OF IT
    # ------------------------------------------------------------------

    def outcome(self, record, name, arguments, context):
        """What a method answers and which rows it makes; all of it is undone."""
        answer = "done"
        with self.env.cr.savepoint() as savepoint:
            before = self.filled_tables()
            try:
                getattr(record.with_context(**context), name)(**arguments)
                self.env.flush_all()
            except (UserError, RedirectWarning, ValueError) as refusal:
                answer = f"{type(refusal).__name__}: {refusal.args[0]}"
            rows = self.new_rows(before) if answer == "done" else {}
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        return re.sub(r"\d+", "#", answer), rows

    def filled_tables(self):
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables"
                    " WHERE n_tup_ins > 0"
                )
            )
        )

    def new_rows(self, before):
        """The new rows by table, without what no two runs have in common."""
        found = {}
        for table, count in self.filled_tables().items():
            if count > before.get(table, 0) and table in self.last_ids:
                rows = self.env.execute_query(
                    SQL(
                        "SELECT to_jsonb(t) FROM %s t WHERE id > %s",
                        SQL.identifier(table),
                        self.last_ids[table],
                    )
                )
                if rows:
                    found[table] = [row for [row] in rows]
        return {
            table: sorted(str(self.lasting(table, row)) for row in rows)
            for table, rows in found.items()
        }

    def lasting(self, table, row):
        result = {}
        model = next(m for m in self.env.values() if m._table == table and m._auto)
        for name, value in sorted(row.items()):
            if name == "id" or MOMENT.search(name):
                value = value is not None
            elif isinstance(value, int) and self.is_new(model, name, row):
                value = "new"
            elif isinstance(value, str | dict | list):
                value = re.sub(r"\d+", "#", SECRET.sub("token", str(value)))
            result[name] = value
        return result

    def is_new(self, model, name, row):
        """Whether a column points at a row that was made as well."""
        field = model._fields.get(name)
        if field and field.type == "many2one":
            comodel = field.comodel_name
        elif name == "res_id":
            comodel = row.get("res_model") or row.get("model")
        else:
            return False
        table = self.env[comodel]._table if comodel else None
        return row[name] > self.last_ids.get(table, row[name])

    @mute_logger("odoo.sql_db")
    def test_what_a_method_makes_does_not_depend_on_the_view(self):
        tried, made, without = 0, 0, set()
        for model in list(self.env.values()):
            names = self.own_methods(model)
            if not names:
                continue
            for label, record in self.targets(model):
                if not record and not model._abstract:
                    without |= {f"{model._name}.{name}" for name in names}
                    continue
                context = {**self.hostile, **self.own_values(record)}
                for name in names:
                    for arguments in self.arguments(record, name):
                        with self.subTest(model=model._name, of=label, method=name):
                            tried += 1
                            plain = self.outcome(record, name, arguments, {})
                            if plain[1]:
                                made += 1
                                hostile = self.outcome(record, name, arguments, context)
                                self.assertEqual(hostile, plain)
        _logger.info("%s calls tried, %s of them made something", tried, made)
        self.assertLessEqual(without, WITHOUT_A_RECORD)
        self.assertGreater(made, 150, "the records no longer bring the methods to work")

    def own_values(self, record):
        """The defaults of a board, grouped by each field it can be grouped by."""
        record = record[:1].sudo()
        return {
            f"default_{name}": record[name].id
            if field.type == "many2one"
            else record[name]
            for name, field in record._fields.items()
            if record
            and field.store
            and field.type in ("selection", "many2one", "boolean", "char")
        }
