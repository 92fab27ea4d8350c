"""A record that does not exist, about which a text can be shown all the same."""

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools.rendering_tools import parse_inline_template, render_inline_template


class Example:
    """Stands for a record in a text, where there is none or none that may be read.

    It answers with what is ``known`` of it, else with something of the kind of the
    field: its label for words, tomorrow for a date. What no record of the model has,
    it does not have either, so that a text that is broken is seen to be.
    """

    def __init__(self, model, known):
        """
        :param model: empty recordset of the model, in the language of the text
        :param dict known: by name of a model, what its fields and methods say
        """
        self._model = model
        self._known = known

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        model = self._model
        if name == "env":
            return model.env
        field = model._fields.get(name)
        method = not field and callable(getattr(type(model), name, None))
        if not (field or method):
            raise AttributeError(f"{model._name} has no {name}")
        answer = self._answer(name, field)
        return (lambda *_args, **_options: answer) if method else answer

    def __getitem__(self, name):
        return getattr(self, name)

    def __str__(self):
        return self._model._description

    def _answer(self, name, field):
        for known in (self._known.get(self._model._name, {}), self._known[None]):
            if name in known:
                return known[name]
        if not field:
            return "…"
        if field.relational:
            target = self._model.env[field.comodel_name]
            return Example(target, self._known) if field.type == "many2one" else target
        if field.type in ("date", "datetime"):
            kind = fields.Date if field.type == "date" else fields.Datetime
            now = kind.today() if field.type == "date" else kind.now()
            return now + timedelta(days=1)
        if field.type in ("integer", "float", "monetary"):
            return 0 if name == "id" else 680
        if field.type == "boolean":
            return True
        if field.type == "selection":
            return next(iter(field.get_values(self._model.env)), "")
        return f"[{field._description_string(self._model.env)}]"

    # ------------------------------------------------------------------
    # TEXTS
    # ------------------------------------------------------------------

    def _inline(self, words):
        """Words with braces, as ``mail.render.mixin`` fills them in."""
        return self._filled(render_inline_template, parse_inline_template(words))

    def _letter(self, body):
        """The body of a mail, as ``mail.render.mixin`` fills it in."""
        engine = self._model.env["ir.qweb"]
        tree = html.fragment_fromstring(body, create_parent="div")
        return self._filled(engine._render, tree)[len("<div>") : -len("</div>")]

    def _filled(self, render, source):
        variables = self._model.env["mail.render.mixin"]._render_eval_context()
        try:
            return render(source, {**variables, "object": self})
        except Exception as error:
            # whatever a text may hold: what is wrong is told in its place
            raise UserError(str(error)) from error
