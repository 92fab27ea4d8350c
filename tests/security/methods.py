"""The public methods of the suite, and a way to try one as somebody."""

import inspect
import json
from types import SimpleNamespace

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tools import SQL, mute_logger
from odoo.tools.json import json_default

from ..signature import SIGNATURE
from .common import KINDS, SecurityCase

#: Classes of these modules are ours.
OURS = "odoo.addons.dealer_"
#: Models of Odoo that hold what is ours, or that we have opened to our roles.
EXTENDED = (
    "res.partner",
    "res.company",
    "fleet.vehicle",
    "sale.order",
    "sale.order.line",
    "account.move",
    "product.template",
    "product.product",
    "rating.rating",
    "survey.user_input",
)
#: Methods of every record, which only lead to ours: see ``test_records.py``.
ORM = {
    "create",
    "write",
    "unlink",
    "copy_data",
    "default_get",
    "load",
    "get_formview_id",
    "cache_invalidation_fields",
    "onchange",
}
#: Which record of the world somebody hands in, by name of the parameter.
RECORDS = {
    "activity_id": "activity",
    "bay_id": "bay",
    "item_id": "item",
    "resource_id": "bay",
    "rule_id": "rule",
    "target": "shared_complaint",
    "technician_id": "mechanic",
}
#: Which person.
PEOPLE = {"advisor_id": "advisor", "user": "officer"}
#: What else somebody who means well hands in.
ARGUMENTS = {
    "access_uid": None,
    "app": "service",
    "by": "bay",
    "consent_by": "王建国",
    "consent_date": None,
    "custom_values": {},
    "date": "2026-03-02",
    "date_appointment": "2027-03-01 02:00:00",
    "date_planned_start": "2027-03-01 02:00:00",
    "day": "2026-03-02",
    "declined": {},
    "domain": [],
    "feedback": "fine",
    "grade": "major",
    "key": "booked_today",
    "kind": "call",
    "level": "complaint",
    "message": "From: a@example.com\nTo: b@example.com\nSubject: x\n\nx",
    "method": "phone",
    "mine": False,
    "minute": 540,
    "msg_dict": {"from": "a@example.com", "subject": "x", "body": "x"},
    "note": "note",
    "overbook": False,
    "persons": 1,
    "photo": SIGNATURE,
    "rate": 3,
    "reason": "customer",
    "rows": [],
    "save_original": False,
    "signature": SIGNATURE,
    "signed_by": "王建国",
    "until": "2027-03-01 02:00:00",
    "update_vals": None,
    "video": False,
}
#: What somebody hands in who means no good, or whose program is wrong.
NONSENSE = (
    None,
    True,
    -1,
    0,
    1.5,
    2**63,
    999_999_999,
    "",
    "x\0y",
    "0001-01-01",
    "9999-12-31 23:59:59",
    "x" * 3000,
    [],
    [[1]],
    ["x"],
    {},
    {"x": [1]},
)

#: What a role must not get to know, by side; the other shop's comes on top.
HIDDEN = {
    "technician": {
        "own": {"price", "complaint", "care", "token", "link"},
        "colleague": set(KINDS) - {"person", "check", "talk"},
    },
    "advisor": {"own": {"complaint", "care"}, "colleague": {"complaint", "care"}},
    "manager": {"own": {"complaint", "care"}, "colleague": {"complaint", "care"}},
    "handler": {
        "own": {"price", "care", "token"},
        "colleague": {"price", "complaint", "care", "token", "link"},
    },
    "officer": dict.fromkeys(("own", "colleague"), {"price", "care", "token"}),
    "complaint_manager": dict.fromkeys(("own", "colleague"), {"price", "token"}),
    "caller": dict.fromkeys(("own", "colleague"), {"price", "token"}),
    "care_manager": dict.fromkeys(("own", "colleague"), {"price", "token"}),
    "cashier": dict.fromkeys(
        ("own", "colleague"), {"complaint", "care", "talk", "link"}
    ),
    "employee": dict.fromkeys(("own", "colleague"), set(KINDS) - {"person"}),
}
#: Roles that have nothing to do with what is a colleague's.
OWN_ONLY = ("technician", "handler", "employee", "portal", "stranger", "public")
QUIET = mute_logger(
    "odoo.sql_db",
    "odoo.models",
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.dealer_followup.models.rule.dealer_care_rule_run",
)


class MethodsCase(SecurityCase):
    """``callers``: one user of each role of the own shop, customers, and nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contexts, cls.readable = {}, {}
        cls.take_digests()
        cls.callers = {
            **cls.people["own"],
            "portal": cls.portal_user,
            "stranger": cls.portal_stranger,
            "public": cls.public_user,
        }

    def may_read(self, role, record):
        """Whether the role reads the record of the world, which stays as it is."""
        key = (role, record)
        if key not in self.readable:
            mine = record.with_env(self.env_of(self.callers[role]))
            self.readable[key] = mine.has_access("read")
        return self.readable[key]

    @staticmethod
    def is_ours(field):
        return field.model_name.startswith("dealer.") or any(
            module.startswith("dealer_") for module in field._modules
        )

    def stored_fields(self):
        """Each field of ours with a column, and its model."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                if field.store and field.name != "id" and self.is_ours(field):
                    yield model, field

    @classmethod
    def make_chief(cls):
        """Somebody who manages everything in the own shop."""
        return cls.make_person(
            "chief",
            "dealer_service.group_dealer_service_manager,"
            "dealer_complaint.group_dealer_complaint_manager,"
            "dealer_followup.group_dealer_followup_manager",
        )

    @classmethod
    def our_methods(cls):
        """``(model, method)`` of every public method that a class of ours defines.

        A method that Odoo's own models get from a mixin is tried on our models.
        """
        found = []
        for model, registry_class in sorted(cls.env.registry.items()):
            is_ours = model.startswith("dealer.")
            names = {
                name
                for base in registry_class.mro()
                if base.__module__.startswith(OURS)
                and (is_ours or getattr(base, "_name", None) == model)
                for name, value in vars(base).items()
                if inspect.isfunction(value) and not name.startswith("_")
            }
            for name in sorted(names):
                try:
                    get_public_method(cls.env[model], name)
                except UserError:
                    continue
                found.append((model, name))
        return found

    @classmethod
    def arguments(cls, model, name, side="own"):
        """Sensible arguments for a method, by name."""
        values = {}
        for key in cls.parameters(model, name):
            if key in RECORDS:
                values[key] = getattr(cls.sides[side], RECORDS[key]).id
            elif key in PEOPLE:
                values[key] = cls.people[side][PEOPLE[key]].id
            else:
                values[key] = ARGUMENTS.get(key)
        return values

    @classmethod
    def parameters(cls, model, name):
        signature = inspect.signature(getattr(cls.env.registry[model], name))
        return [
            key
            for key, parameter in list(signature.parameters.items())[1:]
            if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        ]

    @classmethod
    def is_model_method(cls, model, name):
        method = getattr(cls.env.registry[model], name)
        return getattr(method, "_api_model", False)

    def env_of(self, user):
        """The environment of a user's request."""
        if user not in self.contexts:
            self.contexts[user] = {
                "lang": "en_US",
                "tz": user.tz,
                "allowed_company_ids": user.company_ids.ids,
            }
        return self.env(user=user, su=False, context=self.contexts[user])

    def attempt(self, user, model, name, ids=(), kwargs=None):
        """Call a method as ``/web/dataset/call_kw`` and ``/json/2`` do, and undo it.

        :return: see :meth:`attempt_all`
        """
        args = [] if self.is_model_method(model, name) else [list(ids)]
        return self.attempt_all(
            user, lambda env: call_kw(env[model], name, args, kwargs or {})
        )

    def attempt_all(self, user, calls):
        """Do what a remote caller does, and undo it.

        :param calls: what is done in the environment of the caller's request
        :return: ``answer`` (JSON, or None), ``refusal`` (a refusal in words), ``error``
            (anything else that came out), ``spoilt`` (sides and tables that changed),
            ``wrote`` (tables of the world written to before a refusal)
        """
        outcome = SimpleNamespace(
            answer=None, refusal=None, error=None, spoilt=(), wrote=()
        )
        env = self.env_of(user)
        # a request begins with nothing in its cache
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint()
        try:
            result = calls(env)
            self.env.cr.flush()
            outcome.answer = json.dumps(
                result, ensure_ascii=False, default=json_default
            )
            outcome.spoilt = self.spoilt()
        except UserError as refusal:
            outcome.refusal = refusal
            outcome.wrote = self.touched()
        except IntegrityError as error:
            # the web server says it in words (odoo.service.model.retrying)
            outcome.refusal = error
        except Exception as error:  # what came out is what is tested
            outcome.error = error
        finally:
            savepoint.rollback()
            savepoint.close(rollback=True)
        return outcome

    @classmethod
    def written(cls):
        """How many rows this transaction has written to each of our tables by now."""
        tables = [f'"{table}"' for table in {table for _side, table in cls.rows}]
        return dict(
            cls.env.execute_query(
                SQL(
                    """SELECT relname,
                        pg_stat_get_xact_tuples_inserted(oid)
                        + pg_stat_get_xact_tuples_updated(oid)
                        + pg_stat_get_xact_tuples_deleted(oid)
                    FROM pg_class WHERE oid = ANY(%s::regclass[])""",
                    tables,
                )
            )
        )

    @classmethod
    def touched(cls):
        """Our tables written to since it was asked last, undone or not."""
        before, cls.known = cls.known, cls.written()
        return {table for table, n in cls.known.items() if n != before[table]}

    @classmethod
    def spoilt(cls):
        """Sides and tables whose rows are no longer what they were."""
        tables = cls.touched()
        return {
            (side, table)
            for (side, table), digest in cls.digests.items()
            if table in tables and digest != cls.digest(side, table)
        }

    @classmethod
    def take_digests(cls):
        cls.rows = {
            (side, records._table): tuple(records.ids)
            for side in cls.sides
            for records in cls.every(side).values()
            if records
        }
        cls.env.flush_all()
        cls.digests = {key: cls.digest(*key) for key in cls.rows}
        cls.known = cls.written()

    @classmethod
    def digest(cls, side, table):
        return cls.env.execute_query(
            SQL(
                "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM %s t"
                " WHERE id IN %s",
                SQL.identifier(table),
                cls.rows[side, table],
            )
        )[0][0]

    def seen_wrongly(self, role, answer):
        hidden = HIDDEN.get(role) or dict.fromkeys(("own", "colleague"), KINDS)
        found = self.leaks(
            answer,
            ["other"],
            KINDS if role not in HIDDEN else set(KINDS) - {"person"},
        )
        for side, kinds in hidden.items():
            found += self.leaks(answer, [side], kinds)
        return found

    def spoilt_wrongly(self, role, spoilt):
        closed = {"other"} | ({"colleague"} if role in OWN_ONLY else set())
        # customers and their cars are the group's
        return {
            (side, table)
            for side, table in spoilt
            if side in closed and table not in ("res_partner", "fleet_vehicle")
        }
