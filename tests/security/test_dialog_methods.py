"""Every dialog of the suite, opened, filled in and confirmed by everybody.

The dialogs, their fields and their methods are found in the registry. Each is tried
about the records of the own side, of a colleague and of the other shop, as a remote
caller does: ``default_get``, ``onchange``, ``create`` with what is read of it, and each
method after it.
"""

from collections import Counter
from functools import partial

from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import call_kw

from ..signature import SIGNATURE
from .common import SIDES
from .methods import ORM, QUIET, MethodsCase
from .test_impossible_values import IMPOSSIBLE

#: What is meant, where the first record of a side is not.
SUBJECTS = {
    "dealer.reception": lambda world: world.visits["working"],
    "dealer.complaint": lambda world: world.complaint,
    "dealer.followup": lambda world: world.survey_task,
    "fleet.vehicle": lambda world: world.visits["working"].vehicle_id,
    "res.users": lambda world: world.complaint.user_id,
    "dealer.factory.export": lambda world: world.claim.env.ref(
        "dealer_service.dealer_factory_export_lines"
    ),
}
#: Where the number of a record stands in a field of its own.
NUMBERS = {
    ("dealer.reason.wizard", "cancel_agreement"): lambda world: world.agreed_order,
    ("dealer.reason.wizard", "not_supplied"): lambda world: (
        world.agreed_order.order_line[:1]
    ),
    ("dealer.reason.wizard", "correct_settlement"): lambda world: world.visits["ready"],
    ("dealer.reason.wizard", "share_supplement"): lambda world: world.order,
    ("dealer.reason.wizard", "undo_arrival"): lambda world: world.visits["working"],
    ("dealer.reason.wizard", "undo_delivery"): lambda world: world.visits["working"],
    ("dealer.reason.wizard", "claim_sent_back"): lambda world: world.claim,
    ("dealer.reason.wizard", "claim_appeal"): lambda world: world.claim,
    ("dealer.reason.wizard", "claim_give_up"): lambda world: world.claim,
    ("dealer.reason.wizard", "scrap_old_part"): lambda world: world.old_part[:1],
}
#: What every employee may name: it belongs to nobody's work.
EVERYBODYS = ("dealer.factory.export", "res.company", "res.users", "res.partner")
#: What no field of a dialog is, by whether it names records.
NO_RECORD = (None, True, 1.5, -1, 999_999_999, "x", [[1]], [[6, 0, ["x"]]], {"x": [1]})
NO_VALUE = (None, True, -1, "", [], {"x": [1]})


class TestDialogMethods(MethodsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dialogs = sorted(
            name
            for name, model in cls.env.registry.items()
            if model._transient and model._original_module.startswith("dealer_")
        )

    # ------------------------------------------------------------------
    # WHAT IS HANDED IN
    # ------------------------------------------------------------------

    def subject(self, model, side):
        """A record of a side that a dialog may be about."""
        if model in SUBJECTS:
            return SUBJECTS[model](self.sides[side])
        return self.every(side).get(model, self.env[model])[:1]

    def forms(self, name, side):
        """``(values, subjects)`` for a dialog about the records of a side, one for each
        thing that the dialog does."""
        model = self.env[name]
        kind = model._fields.get("kind") or model._fields.get("method")
        for what in kind.get_values(self.env) if kind else [None]:
            values, subjects = {kind.name: what} if kind else {}, []
            for field in model._fields.values():
                if not self.is_typed(field) or field.name in values:
                    continue
                value, record = self.something(field, side)
                if number := NUMBERS.get((name, what)):
                    if field.name == "res_id":
                        record = number(self.sides[side])
                        value = record.id
                if value is not None:
                    values[field.name] = value
                if record and record._name not in EVERYBODYS:
                    subjects.append(record)
            yield values, subjects

    def is_typed(self, field):
        return (
            field.store
            and not field.related
            and field.name not in ("id", *MAGIC_COLUMNS)
        )

    def something(self, field, side):
        """A value for a field, and the record that it names."""
        if field.relational:
            record = self.subject(field.comodel_name, side)
            if not record or field.type == "one2many":
                return None, None
            if field.type == "many2many":
                return [Command.set(record.ids)], record
            return record.id, record
        if not field.required and field.type != "binary":
            return None, None
        if field.type == "selection":
            return field.get_values(self.env)[0], None
        value = {"char": "x", "text": "x", "binary": SIGNATURE}.get(field.type)
        return value, None

    def context(self, user, values, subjects):
        """As the client opens the dialog from the first of the records."""
        about = {
            key: value
            for record in subjects[:1]
            for key, value in (
                ("active_model", record._name),
                ("active_id", record.id),
                ("active_ids", record.ids),
            )
        }
        given = {f"default_{name}": value for name, value in values.items()}
        return {**self.env_of(user).context, **given, **about}

    def specification(self, model):
        """All that the form of a dialog may show."""
        return {
            name: {"fields": self.shown(field)} if field.relational else {}
            for name, field in model._fields.items()
            if model._has_field_access(field, "read")
        }

    def shown(self, field):
        lines = self.env[field.comodel_name]
        if field.type != "one2many":
            return {"display_name": {}}
        return {name: {} for name, line in lines._fields.items() if not line.relational}

    # ------------------------------------------------------------------
    # WHAT IS DONE
    # ------------------------------------------------------------------

    def ways(self, user, name, values, subjects):
        """``(what, calls)``: each way into a dialog, and each way out of it."""
        context = self.context(user, values, subjects)
        mine = self.env[name].with_env(self.env_of(user))
        fields = self.specification(mine)

        def call(env, method, *args, ids=None):
            args = [ids, *args] if ids is not None else args
            return call_kw(env[name], method, args, {"context": context})

        def onchange(given, changed):
            return lambda env: call(env, "onchange", given, changed, fields, ids=[])

        def confirm(method):
            def run(env):
                plain = dict(env.context)
                dialog = call_kw(env[name], "create", [values], {"context": plain})
                seen = env[name].browse(dialog).read(list(fields))
                if not method:
                    return seen
                given = self.arguments(name, method)
                return [seen, call_kw(env[name], method, [[dialog]], given)]

            return run

        yield "create", confirm(None)
        yield "onchange by defaults", onchange({}, [])
        if not mine.has_access("create"):
            return
        yield "default_get", lambda env: call(env, "default_get", list(fields))
        yield "onchange", onchange(dict(values), list(values))
        for key in values:
            if self.env[name]._fields[key].relational:
                yield f"onchange {key}", onchange({key: values[key]}, [key])
        for method in self.methods[name]:
            yield method, confirm(method)

    @QUIET
    def test_a_dialog_about_what_is_not_ones_own_says_and_does_nothing(self):
        tried, faults = Counter(), []
        self.methods = {name: [] for name in self.dialogs}
        for name, method in self.our_methods():
            if name in self.methods and method not in ORM:
                self.methods[name].append(method)
        for name in self.dialogs:
            for side in SIDES:
                for values, subjects in self.forms(name, side):
                    for role, user in self.callers_of(name, side):
                        for what, calls in self.ways(user, name, values, subjects):
                            outcome = self.attempt_all(user, calls)
                            tried["refused" if outcome.refusal else "done"] += 1
                            for fault in self.faults_of(outcome, role, what, subjects):
                                faults.append(
                                    f"{name} {what} of {side} by {role}: {fault}"
                                )
        print(f"\ndialogs: {dict(tried)}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried["refused"], 1000)
        self.assertGreater(tried["done"], 800)

    def callers_of(self, name, side):
        """Who may not open a dialog is refused alike whatever it is about."""
        for role, user in self.callers.items():
            mine = self.env[name].with_env(self.env_of(user))
            if side == "own" or mine.has_access("create"):
                yield role, user

    def faults_of(self, outcome, role, what, subjects):
        if outcome.error:
            yield repr(outcome.error)
        closed = [record for record in subjects if not self.may_read(role, record)]
        if refusal := outcome.refusal:
            if seen := self.seen_wrongly(role, str(refusal)):
                yield f"tells {seen} while it refuses"
            if closed and not isinstance(refusal, (AccessError, MissingError)):
                yield f"looks at the record before the rights: {refusal}"
            if closed and outcome.wrote:
                yield f"writes {outcome.wrote} before it looks at the rights"
        if outcome.answer is None:
            return
        if closed and "onchange" not in what and what != "default_get":
            yield f"done about {closed} that may not be read"
        if seen := self.seen_wrongly(role, outcome.answer):
            yield f"tells {seen}"
        if spoilt := self.spoilt_wrongly(role, outcome.spoilt):
            yield f"changes {spoilt}"

    # ------------------------------------------------------------------
    # NONE AND TWO
    # ------------------------------------------------------------------

    @QUIET
    def test_no_dialog_and_two_are_refused_in_words(self):
        chief = self.make_chief()
        tried, faults = Counter(), []
        for name, method in self.our_methods():
            if name not in self.dialogs or method in ORM:
                continue
            if self.is_model_method(name, method):
                continue
            values, _subjects = next(self.forms(name, "own"))
            for count in (0, 2):
                outcome = self.attempt_all(
                    chief, partial(self.call, name, method, [values] * count)
                )
                tried["refused" if outcome.refusal else "done"] += 1
                if outcome.error:
                    faults.append(f"{name}.{method} of {count}: {outcome.error!r}")
        print(f"\nnone and two dialogs: {dict(tried)}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried["refused"], 50)

    def call(self, name, method, vals_list, env):
        """A method of the dialogs with these values."""
        dialogs = env[name].create(vals_list)
        args = self.arguments(name, method)
        return call_kw(env[name], method, [dialogs.ids], args)

    # ------------------------------------------------------------------
    # NONSENSE
    # ------------------------------------------------------------------

    @QUIET
    def test_nonsense_in_a_dialog_is_refused_in_words(self):
        chief = self.make_chief()
        tried, faults = Counter(), []
        for name in self.dialogs:
            model = self.env[name].with_env(self.env_of(chief))
            fields = self.specification(model)
            values, _subjects = next(self.forms(name, "own"))
            for key, field in model._fields.items():
                if not self.is_typed(field):
                    continue
                general = NO_RECORD if field.relational else NO_VALUE
                for bad in (*general, *IMPOSSIBLE.get(field.type, ())):
                    given = {**values, key: bad}
                    args = [[], given, [key], fields]
                    outcome = self.attempt_all(
                        chief,
                        lambda env, name=name, args=args: call_kw(
                            env[name], "onchange", args, {}
                        ),
                    )
                    tried["refused" if outcome.refusal else "done"] += 1
                    if outcome.error:
                        faults.append(
                            f"{name} {key}={repr(bad)[:40]}: {outcome.error!r}"
                        )
        print(f"\nnonsense in dialogs: {dict(tried)}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried["refused"], 300)
