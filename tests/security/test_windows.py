"""Who may not take a step is refused at its button, not at the end of its dialog.

Each button of ours is pressed by every role on the own records. Where a dialog opens,
it is filled in and confirmed; when all that its buttons say is that the role has no
right to it, the first button should have said so.
"""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw

from .methods import ORM, QUIET, MethodsCase


class TestWindows(MethodsCase):
    def samples(self):
        """Each record of the own side that a button may stand on."""
        for model, records in self.every("own").items():
            for record in records:
                yield model, record

    @QUIET
    def test_no_dialog_opens_for_a_step_that_is_not_ones_own(self):
        buttons = {}
        for model, name in self.our_methods():
            if name.startswith("action_") and name not in ORM:
                if not self.is_model_method(model, name):
                    buttons.setdefault(model, []).append(name)
        chief, faults, opened = self.make_chief(), [], 0
        for model, record in self.samples():
            for name in buttons.get(model, ()):
                if not self.window(chief, record, name):
                    continue
                for role, user in self.people["own"].items():
                    window = self.window(user, record, name)
                    if not window:
                        continue
                    opened += 1
                    if refusals := self.refusals(user, window):
                        faults.append(f"{model}.{name} by {role}: {refusals}")
        print(f"\nwindows: {opened}")
        self.assertFalse(faults, "\n".join(sorted(set(faults))))
        self.assertGreater(opened, 50)

    def window(self, user, record, name):
        """The dialog that a button opens when it is pressed without a word."""
        answers = []

        def press(env):
            answers.append(call_kw(env[record._name], name, [record.ids], {}))

        self.attempt_all(user, press)
        answer = answers and answers[0]
        if isinstance(answer, dict) and answer.get("target") == "new":
            model = self.env.get(answer.get("res_model"))
            if model is not None and model._transient and not answer.get("res_id"):
                return answer
        return None

    def refusals(self, user, window):
        """What every button of the dialog answers, if all that is that it is nobody's
        of this role."""
        model = window["res_model"]
        methods = [
            name
            for owner, name in self.our_methods()
            if owner == model and name.startswith("action_")
        ]
        found = []
        for name in methods:

            def confirm(env, name=name):
                context = {**env.context, **window.get("context", {})}
                dialogs = env[model].with_context(context)
                dialog = dialogs.create(self.filled(dialogs))
                return call_kw(dialogs, name, [dialog.ids], {})

            outcome = self.attempt_all(user, confirm)
            if not isinstance(outcome.refusal, AccessError):
                return []
            found.append(f"{name}: {outcome.refusal}")
        return found

    def filled(self, dialogs):
        """What a person fills in: whatever is asked for and not given yet."""
        given = dialogs.default_get(list(dialogs._fields))
        vals = {}
        for field in dialogs._fields.values():
            if given.get(field.name) or not field.store or field.related:
                continue
            if field.type in ("char", "text"):
                vals[field.name] = "x"
            elif field.type == "selection" and field.required:
                vals[field.name] = field.get_values(self.env)[0]
            elif field.type == "many2one" and (
                field.required or field.name == "user_id"
            ):
                world = self.every("own").get(field.comodel_name)
                if field.comodel_name == "res.users":
                    world = self.people["colleague"]["handler"]
                elif not world:
                    world = self.env[field.comodel_name].search([], limit=1)
                vals[field.name] = world[-1:].id
            elif field.type == "many2many" and field.required:
                world = self.every("own").get(field.comodel_name)
                if world:
                    vals[field.name] = [Command.set(world[:1].ids)]
            elif field.type == "datetime" and field.required:
                vals[field.name] = "2027-03-01 02:00:00"
        return vals
