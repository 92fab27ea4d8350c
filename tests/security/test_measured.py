"""Nobody looks better by what he does alone: decision 0018, tried on everything.

Whoever is measured tries every way of a client on what measures him: each field is
written, each method called, each record beside it made, each dialog filled in and
confirmed. Then the facts are counted, by SQL that knows no mark and no correction.
"""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.service.model import call_kw

from ..followup_common import cn
from .methods import ORM, QUIET
from .values import ValuesCase

#: Limits that were not kept, of every clock that nobody has called off.
MISSED = """SELECT count(*) FROM dealer_sla_timer WHERE state != 'cancelled'
    AND COALESCE(date_stop, %(now)s) > date_deadline"""
#: Promised times that were not kept: the car was not ready.
BROKEN = """SELECT count(*) FROM dealer_reception WHERE state != 'cancelled'
    AND COALESCE(date_ready, %(now)s) > date_promised_first"""
CALLS = """SELECT count(*) FROM dealer_followup_attempt"""


class TestMeasured(ValuesCase):
    # ------------------------------------------------------------------
    # WHAT A CLIENT CAN DO
    # ------------------------------------------------------------------

    def acts(self, user, record, times):
        """``(what, calls)``: everything that is done to a record and beside it.

        :param list times: the moments that would look good
        """
        model = record._name
        for field in record._fields.values():
            if field.store and field.name not in ("id", "company_id"):
                for value in self.tries(record.sudo(), field, times):
                    yield (
                        f"write {field.name}={value}",
                        self.writing(record, {field.name: value}),
                    )
        for name, method in self.our_methods():
            if name == model and method not in ORM:
                for given in self.givens(model, method, times):
                    yield f"{method}({given})", self.calling(record, method, given)
        yield "unlink", self.calling(record, "unlink", {})
        for name in sorted(self.env.registry):
            beside = self.env[name]
            if beside._abstract or not name.startswith("dealer."):
                continue
            for link in beside._fields.values():
                is_link = link.comodel_name == model and link.store
                if is_link and link.type in ("many2one", "many2many"):
                    if beside.with_user(user).has_access("create"):
                        yield from self.beside(beside, link, record, times)

    def tries(self, record, field, times):
        if field.type == "datetime":
            return [*times, False]
        if field.type == "one2many":
            return [
                [Command.clear()],
                [Command.delete(i) for i in record[field.name].ids],
            ]
        return [self.other_value(record, field), False]

    def givens(self, model, method, times):
        """Sensible arguments, with each of the moments."""
        good = self.arguments(model, method)
        moments = [key for key in good if key.startswith("date") or key == "until"]
        for moment in times if moments else times[:1]:
            yield {**good, **dict.fromkeys(moments, moment)}

    def writing(self, record, vals):
        return lambda env: env[record._name].browse(record.ids).write(vals)

    def calling(self, record, method, given):
        is_of_model = self.is_model_method(record._name, method)
        args = [] if is_of_model else [record.ids]
        return lambda env: call_kw(env[record._name], method, args, given)

    def beside(self, model, link, record, times):
        """A new row of another model about the record; a dialog is confirmed, too."""
        methods = [
            method
            for name, method in self.our_methods()
            if name == model._name and model._transient and method not in ORM
        ]
        kind = model._fields.get("kind") or model._fields.get("method")
        for what in kind.get_values(self.env) if kind is not None else [None]:
            for moment in times:
                vals = self.filled(model, link, record, moment)
                if what:
                    vals[kind.name] = what
                for method in methods or [None]:
                    yield (
                        f"{model._name} {what} {moment} {method}",
                        self.making(model, vals, method),
                    )

    def making(self, model, vals, method):
        def run(env):
            made = env[model._name].create(vals)
            if method:
                given = self.arguments(model._name, method)
                call_kw(env[model._name], method, [made.ids], given)

        return run

    def filled(self, model, link, record, moment):
        """Everything that a client may send, about this record and at this moment."""
        is_many = link.type == "many2many"
        vals = {link.name: [Command.set(record.ids)] if is_many else record.id}
        for field in model._fields.values():
            if field.name in vals or not field.store or field.compute:
                continue
            if field.type == "datetime":
                vals[field.name] = moment
            elif field.type in ("char", "text"):
                vals[field.name] = "x"
            elif field.comodel_name == record._name and field.type == "many2one":
                vals[field.name] = self.elsewhere[record._name].id
            elif field.name == "result_id":
                vals[field.name] = self.result("reached").id
            elif field.required and field.name not in model.default_get([field.name]):
                vals[field.name] = self.other_value(model.new(), field)
        return vals

    # ------------------------------------------------------------------
    # WHAT IS COUNTED
    # ------------------------------------------------------------------

    def figure(self, query):
        self.env.flush_all()
        self.env.cr.execute(query, {"now": fields.Datetime.now()})
        return self.env.cr.fetchone()[0]

    def judge(self, role, record, query, times, better):
        """Whether any act of a person on a record makes a figure ``better``."""
        user = self.people["own"][role]
        before = self.figure(query)
        faults, tried = [], 0
        for what, calls in self.acts(user, record, times):

            def count(env, calls=calls):
                calls(env)
                env.flush_all()
                return self.figure(query)

            outcome = self.attempt_all(user, count)
            tried += 1
            if outcome.answer and better(int(outcome.answer), before):
                faults.append(f"{record._name} by {role}, {what}: {outcome.answer}")
        print(f"\nmeasured: {role}: {tried}")
        self.assertFalse(faults, "\n".join(faults))
        return tried

    @staticmethod
    def fewer(after, before):
        return after < before

    @staticmethod
    def more(after, before):
        return after > before

    # ------------------------------------------------------------------
    # WHO IS MEASURED
    # ------------------------------------------------------------------

    @QUIET
    def test_a_limit_that_was_missed_stays_missed(self):
        now = fields.Datetime.now().replace(microsecond=0)
        received = now - timedelta(days=5)
        with freeze_time(received):
            complaint = self.make_complaint(
                partner_id=self.sides["own"].customer.id,
                vehicle_id=self.sides["own"].cars[2].id,
                user_id=self.people["own"]["handler"].id,
            )
            strange = self.make_complaint(subject="Of somebody else")
        while self.env["dealer.sla.timer"]._process_due(now):
            pass
        self.elsewhere = {"dealer.complaint": strange}
        self.assertTrue(self.figure(MISSED))
        times = [received + timedelta(minutes=10), now, now + timedelta(days=9)]
        records = [complaint, complaint.timer_ids[:1]]
        self.assertGreater(
            sum(
                self.judge("handler", record, MISSED, times, self.fewer)
                for record in records
            ),
            300,
        )

    @QUIET
    def test_a_promise_that_was_broken_stays_broken(self):
        visit = self.sides["own"].visits["working"]
        now = fields.Datetime.now().replace(microsecond=0)
        late = now - timedelta(hours=2)
        visit._write_by_method({"date_promised": late, "date_promised_first": late})
        self.elsewhere = {"dealer.reception": self.sides["own"].visits["ready"]}
        self.assertTrue(self.figure(BROKEN))
        times = [late - timedelta(hours=1), now]
        self.assertGreater(self.judge("advisor", visit, BROKEN, times, self.fewer), 150)

    @QUIET
    def test_nobody_calls_in_the_night(self):
        task = self.sides["own"].task
        self.elsewhere = {"dealer.followup": self.sides["own"].shared_task}
        with freeze_time(cn(3, 4, 50)):
            times = [cn(2, 10), fields.Datetime.now()]
            self.assertGreater(self.judge("caller", task, CALLS, times, self.more), 60)
