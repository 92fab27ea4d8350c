"""Every public method of the suite, called by everybody about everything.

The methods are found in the registry: one that is added is tried from then on. Each is
called as remote callers do, and undone again.
"""

from collections import Counter

from odoo.exceptions import AccessError, MissingError

from .common import SIDES
from .methods import NONSENSE, ORM, QUIET, MethodsCase

#: No right to anything of the suite.
OUTSIDERS = ("employee", "portal", "stranger", "public")
#: What leads to a screen or a file that everybody may know.
OPEN = {
    ("res.company", "action_lounge_settings"),
    # Odoo's own, which we have silenced: they ask nobody and answer nothing
    ("res.partner", "autocomplete_by_name"),
    ("res.partner", "autocomplete_by_vat"),
    ("res.partner", "enrich_by_domain"),
    ("res.partner", "enrich_by_duns"),
    ("res.partner", "enrich_by_gst"),
}


class TestMethods(MethodsCase):
    def samples(self, model, side):
        """One record of a side, and what is shared with the other shop."""
        world = self.sides[side]
        chosen = {
            "dealer.reception": world.visits["working"] + world.shared_visit,
            "dealer.complaint": world.complaint + world.shared_complaint,
            "fleet.vehicle": world.visits["working"].vehicle_id,
        }
        return chosen.get(model) or self.every(side).get(model, self.env[model])[:1]

    @QUIET
    def test_nobody_gets_or_changes_what_is_not_his(self):
        tried, self.faults = Counter(), []
        for model, name in self.our_methods():
            if name in ORM:
                continue
            if self.is_model_method(model, name):
                for role in self.callers:
                    self.judge(tried, role, model, name)
                continue
            for side in SIDES:
                for record in self.samples(model, side):
                    for role in self.callers_of(side):
                        self.judge(tried, role, model, name, side, record)
        print(f"\nmethods: {dict(tried)}")
        self.assertFalse(self.faults, "\n".join(self.faults))
        self.assertGreater(tried["refused"], 1000)
        self.assertGreater(tried["done"], 300)

    def callers_of(self, side):
        """For many a colleague's record is like the own, or like everybody's."""
        own_or_not = ("technician", "advisor", "handler", "caller", "portal")
        return own_or_not if side == "colleague" else self.callers

    def judge(self, tried, role, model, name, side="own", record=None):
        user = self.callers[role]
        outcome = self.attempt(
            user,
            model,
            name,
            record.ids if record else (),
            self.arguments(model, name, side),
        )
        tried["refused" if outcome.refusal else "done"] += 1
        for fault in self.faults_of(outcome, role, model, name, record):
            self.faults.append(f"{model}.{name} of {side} by {role}: {fault}")

    def faults_of(self, outcome, role, model, name, record):
        if outcome.error:
            yield repr(outcome.error)
        is_closed = record and not self.may_read(role, record)
        if refusal := outcome.refusal:
            if seen := self.seen_wrongly(role, str(refusal)):
                yield f"tells {seen} while it refuses"
            if is_closed and not isinstance(refusal, (AccessError, MissingError)):
                yield f"looks at the record before the rights: {refusal}"
            if is_closed and outcome.wrote:
                yield f"writes {outcome.wrote} before it looks at the rights"
        if outcome.answer is None:
            return
        if is_closed:
            yield "done with a record that may not be read"
        elif not record and role in OUTSIDERS and name != "get_import_templates":
            if (model, name) not in OPEN:
                yield "done for somebody without a role"
        if seen := self.seen_wrongly(role, outcome.answer):
            yield f"tells {seen}"
        if spoilt := self.spoilt_wrongly(role, outcome.spoilt):
            yield f"changes {spoilt}"

    # ------------------------------------------------------------------
    # NONSENSE
    # ------------------------------------------------------------------

    @QUIET
    def test_nonsense_is_refused_in_words(self):
        chief = self.make_chief()
        tried, faults = Counter(), []
        for model, name in self.our_methods():
            if name in ORM:
                continue
            good = self.arguments(model, name)
            ids = self.samples(model, "own").ids
            for key in good:
                for bad in NONSENSE:
                    outcome = self.attempt(
                        chief, model, name, ids[:1], {**good, key: bad}
                    )
                    tried["refused" if outcome.refusal else "done"] += 1
                    if outcome.error:
                        value = repr(bad)[:40]
                        faults.append(
                            f"{model}.{name} {key}={value}: {outcome.error!r}"
                        )
        print(f"\nnonsense: {dict(tried)}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried["refused"], 300)

    @QUIET
    def test_records_that_do_not_exist_are_refused_in_words(self):
        faults = []
        for model, name in self.our_methods():
            if name in ORM or self.is_model_method(model, name):
                continue
            if name == "action_copy_for_shop" and "company_id" not in (
                self.env[model]._fields
            ):
                # has no button there
                continue
            outcome = self.attempt(
                self.manager, model, name, [999_999_999], self.arguments(model, name)
            )
            if outcome.error:
                faults.append(f"{model}.{name}: {outcome.error!r}")
        self.assertFalse(faults, "\n".join(faults))

    @QUIET
    def test_no_record_and_two_are_refused_in_words(self):
        """A button has one record; a program may hand in none, or several."""
        chief = self.make_chief()
        tried, faults = Counter(), []
        for model, name in self.our_methods():
            if name in ORM or self.is_model_method(model, name):
                continue
            if self.env[model]._transient:
                # see test_dialog_methods.py
                continue
            several = self.several(model)
            for ids in ([], several.ids):
                outcome = self.attempt(
                    chief, model, name, ids, self.arguments(model, name)
                )
                tried["refused" if outcome.refusal else "done"] += 1
                if outcome.error:
                    faults.append(f"{model}.{name} of {ids}: {outcome.error!r}")
        print(f"\nnone and several: {dict(tried)}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried["refused"], 100)
        self.assertGreater(tried["done"], 100)

    def several(self, model):
        """Two records of the own shop, in states as different as there are."""
        kept = self.samples(model, "own") | self.samples(model, "colleague")
        rest = self.every("own").get(model, self.env[model])
        return (kept | rest)[:2]

    def test_private_methods_stay_private(self):
        for name in ("_set_state", "_write_by_method", "_portal_ensure_token"):
            outcome = self.attempt(self.manager, "dealer.reception", name, [1])
            self.assertIsInstance(outcome.refusal, AccessError)
