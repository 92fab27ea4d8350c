"""What is written into fields, looked at before anything is made of it.

A day in the year 1, a number that no column holds, a text with a NUL: each ends in an
error of the server somewhere further on, in a time zone or in the database. They are
refused in words where they are handed in: by ``create``, ``write`` and ``onchange`` of
every model (``models/base.py``), before any of ours looks at them.
"""

import functools
import re
from collections.abc import Mapping

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .arguments import (
    AMOUNT,
    DAY,
    LABEL,
    LINES,
    LINK,
    MOMENT,
    NAME,
    PAGE,
    SPANS,
    WHOLE,
    WORDS,
    in_words,
    one_of,
)

#: What Odoo may work out that counts, and is no text.
_FIGURES = ("boolean", "float", "integer", "many2one", "monetary", "selection")
#: What a value has to be, by the type of its field; of other types, what Odoo takes.
KINDS = {
    "char": WORDS,
    "date": DAY,
    "datetime": MOMENT,
    "float": AMOUNT,
    "html": PAGE,
    "integer": WHOLE,
    "many2many": LINES,
    "many2one": LINK,
    "many2one_reference": WHOLE,
    "monetary": AMOUNT,
    "one2many": LINES,
    "reference": lambda value: _reference(value),
    "text": WORDS,
}
_WORD = re.compile(r"\w+")


def refuse_impossible_values(addon):
    """Have the ``create`` and ``write`` of an addon look at their values first.

    Of those that one call runs through, the first one does, and Odoo's own at the end:
    what lies between them comes from us.

    :param str addon: technical name of an addon, once its models are imported
    """
    for cls in models.MetaModel._module_to_models__[addon]:
        for name, looking_first in (("create", _create), ("write", _write)):
            if name in vars(cls):
                setattr(cls, name, looking_first(vars(cls)[name], cls))


def _create(create, cls):
    @functools.wraps(create)
    def run(self, vals_list):
        if _first_of_ours(type(self), "create") is cls:
            several = isinstance(vals_list, (list, tuple))
            check_values(self, vals_list if several else [vals_list])
        return create(self, vals_list)

    return run


def _write(write, cls):
    @functools.wraps(write)
    def run(self, vals):
        if _first_of_ours(type(self), "write") is cls:
            check_values(self, [vals])
        return write(self, vals)

    return run


def _first_of_ours(model, name):
    """The class of ours whose method ``name`` a call on ``model`` meets first."""
    key = f"_dealer_first_{name}"
    # kept on the class of the registry, until an addon is installed that extends it
    mro, first = vars(model).get(key, (None, None))
    if mro is not model.__mro__:
        first = next(
            cls
            for cls in model.__mro__
            if name in vars(cls) and cls.__module__.startswith("odoo.addons.dealer_")
        )
        setattr(model, key, (model.__mro__, first))
    return first


def check_values(records, vals_list):
    """Look at values for fields of ours.

    :raise ValidationError: for one that no field of its type can have
    """
    kinds = records._kinds_of_values()
    for vals in vals_list:
        if not isinstance(vals, Mapping):
            raise ValidationError(
                records.env._(
                    "%(record)s: %(value)s are not values by the names of fields.",
                    record=_name_of(records),
                    value=repr(vals)[:100],
                )
            )
        for name, value in vals.items():
            kind = kinds.get(name)
            if kind is None or value is None or value is False:
                continue
            try:
                kind(value)
            except (AttributeError, TypeError, ValueError, OverflowError) as error:
                label = records._fields[name]._description_string(records.env)
                raise ValidationError(
                    records.env._(
                        "“%(field)s” of %(record)s: %(value)s is not %(kind)s.",
                        field=label,
                        record=_name_of(records),
                        value=repr(value)[:100],
                        kind=in_words(records.env, kind),
                    )
                ) from error


def check_links(records, values):
    """Look at the records that a form names, in fields of ours and in their lines.

    :param values: what a client hands in for one record, or for a new one
    :raise UserError: for a field that there is not
    :raise AccessError: for a record that the user may not see
    """
    if records.env.su:
        return
    for name, value in values.items():
        field = records._fields.get(name)
        if field is None:
            raise UserError(
                records.env._(
                    "%(record)s has no field “%(field)s”.",
                    record=_name_of(records),
                    field=name[:100],
                )
            )
        if not value or not field.relational or not is_ours(field):
            continue
        ids, lines = _named(field, value)
        named = records.env[field.comodel_name].browse(ids)
        # what stands there already is seen by its name, whatever it is
        if new := named - records.sudo()[name].with_env(records.env):
            new.check_access("read")
        for line_id, vals in lines:
            check_links(named.browse(line_id).with_prefetch(ids), vals)


def _named(field, value):
    """The ids in a value of a relation, and ``(ids, values)`` of what is written there.

    :param value: as the client sends it, looked at by :func:`check_values`
    """
    if isinstance(value, models.BaseModel):
        return value.ids, []
    if field.type == "many2one":
        if isinstance(value, Mapping):
            ids = _numbers([value.get("id")])
            return ids, [(ids, value)]
        return _numbers(value if isinstance(value, (list, tuple)) else [value])[:1], []
    ids, lines = [], []
    for command in value:
        match command:
            case [Command.CREATE, _new, vals]:
                lines.append(([], vals))
            case [Command.UPDATE, number, vals]:
                lines.append((_numbers([number]), vals))
                ids += _numbers([number])
            case [Command.SET, _zero, numbers]:
                ids += _numbers(numbers)
            case [Command.LINK, number, *_rest]:
                ids += _numbers([number])
            case int():
                ids.append(command)
    return ids, lines


def _numbers(values):
    """Those of some ids that are of records; a line that is new has a text."""
    return [value for value in values if type(value) is int and value > 0]


def is_reckoned(field):
    """Whether a field of ours is stored and follows from others, and from nothing else.

    :param field: a field, or ``None``
    """
    return bool(field and is_ours(field) and _follows(field))


def is_reckoned_by_odoo(field):
    """Whether a figure of Odoo's own is stored and follows from others.

    Texts are none, and how far an invoice is paid is not: Odoo's own button blocks it.

    :param field: a field, or ``None``
    """
    return bool(
        field
        and not is_ours(field)
        and field.type in _FIGURES
        and field.name != "payment_state"
        and _follows(field)
    )


def _follows(field):
    return field.store and field.compute and field.readonly and not field.inverse


def is_ours(field):
    """Whether a field is of a model of ours, or one of ours on another's model."""
    return field.model_name.startswith("dealer.") or any(
        module.startswith("dealer_") for module in field._modules
    )


def kinds_of(model):
    """What the values of those fields of a model that are ours have to be.

    :return: a checking function of ``tools/arguments.py`` by name of the field
    """
    indexed = _indexed_names(model)
    kinds = {
        name: _kind_of(field, name in indexed)
        for name, field in model._fields.items()
        if is_ours(field)
    }
    return {name: kind for name, kind in kinds.items() if kind}


def is_of_suite(model):
    """Whether a model, as its class in the registry, is ours or extended by us."""
    return any(
        base.__module__.startswith("odoo.addons.dealer_")
        and getattr(base, "_name", None) == model._name
        for base in model.__mro__
    )


def _reference(value):
    """A record of some model, as ``model,id``."""
    if not isinstance(value, models.BaseModel):
        model, _comma, number = value.partition(",")
        if not model or not number.isdecimal():
            raise ValueError(value)
    return value


def _indexed_names(model):
    """Fields that stand in an index: a long text does not fit into one."""
    names = {
        name
        for name, field in model._fields.items()
        if field.index and field.index != "trigram"
    }
    for table_object in model._table_objects.values():
        if isinstance(table_object, models.Index):
            names.update(_WORD.findall(table_object.get_definition(model.pool)))
    return names


def _kind_of(field, is_indexed):
    if field.type == "selection" and isinstance(field.selection, list):
        return one_of(field.selection)
    if field.name == "name" and field.required and field.type == "char":
        return NAME
    if is_indexed and field.type in ("char", "text"):
        return LABEL
    if field.type in ("integer", "float"):
        for unit, span in SPANS.items():
            if unit in field.name.split("_"):
                return span
    return KINDS.get(field.type)


def _name_of(records):
    """The record; of several, or of one to come, what they are."""
    if len(records) == 1 and records.id:
        return records.display_name
    return records.env["ir.model"]._get(records._name).name
