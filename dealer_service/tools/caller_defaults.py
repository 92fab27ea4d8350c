"""A method never hands the defaults of the view it was called from to what it makes.

The web client sends ``default_<field>`` with every call: the column of a board that is
grouped by state, the dialog or the list that a button stands in. They are meant for the
form of the next new record. Left in the context, everything a method creates on its way
takes them: the inspection sheet of a visit would be born "booked".

``default_*`` of actions that methods return are not touched: they are for a form.
"""

import functools
from collections.abc import Mapping
from types import FunctionType

from odoo import models
from odoo.tools import clean_context


def without_caller_defaults(method):
    """Decorator: the method runs without the ``default_*`` of its caller."""

    @functools.wraps(method)
    def run(self, *args, **kwargs):
        if _has_defaults(self):
            self = self.with_context(clean_context(self.env.context))  # noqa: PLW0642
        return method(self, *args, **kwargs)

    return run


def takes_caller_defaults(method):
    """Decorator: the defaults are meant for what the method makes, as with an import,
    which is the form of each of its rows."""
    method.takes_caller_defaults = True
    return method


def shut_out_caller_defaults(addon):
    """Run every public method of the addon's models without its caller's defaults.

    Not those that the ORM defines: they give a form its defaults. ``create`` takes what
    is meant for its own records as values, so that it checks them like values.

    :param str addon: technical name of an addon, once its models are imported
    """
    for cls in models.MetaModel._module_to_models__[addon]:
        for name, method in list(vars(cls).items()):
            if name.startswith("_") or not isinstance(method, FunctionType):
                continue
            if getattr(method, "takes_caller_defaults", False):
                continue
            if name == "create":
                setattr(cls, name, _with_defaults_as_values(method))
            elif name == "write" or not hasattr(models.BaseModel, name):
                setattr(cls, name, without_caller_defaults(method))


def _with_defaults_as_values(create):
    """The ``create`` that gets the defaults of its context as values."""

    @functools.wraps(create)
    def run(self, vals_list):
        if not _has_defaults(self):
            return create(self, vals_list)
        one = isinstance(vals_list, Mapping)
        vals_list = [
            _add_context_defaults(self, vals)
            for vals in ([vals_list] if one else vals_list)
        ]
        records = self.with_context(clean_context(self.env.context))
        return create(records, vals_list[0] if one else vals_list)

    return run


def _has_defaults(records):
    return any(key.startswith("default_") for key in records.env.context)


def _add_context_defaults(records, vals):
    """``vals``, completed by what the context has for fields of this model."""
    names = [
        name
        for name, field in records._fields.items()
        if f"default_{name}" in records.env.context
        and name not in vals
        # what is inherited from a record that exists is that record's
        and not (field.inherited and field.related.partition(".")[0] in vals)
    ]
    defaults = records.default_get(names) if names else {}
    return {**{n: v for n, v in defaults.items() if n in records._fields}, **vals}
