"""Actions that open a screen, as buttons return them."""


def open_form(record, name=None, *, view=None, target="current", context=None):
    """Open a record in its form; of a model without a record a new one.

    :param name: the title; without one it is that of the record
    :param view: XML id of another form than the usual one
    """
    form = record.env.ref(view).id if view else False
    action = {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "view_mode": "form",
        "views": [(form, "form")],
        "target": target,
        "context": context or {},
    }
    return {**action, "name": name} if name else action


def open_dialog(record, name, *, view=None, **known):
    """Open a form over the screen.

    :param known: values of a new record, by field name
    :raise AccessError: for somebody who could not finish what the form begins
    """
    record.check_access("write" if record else "create")
    context = {f"default_{field}": value for field, value in known.items()}
    return open_form(record, name, view=view, target="new", context=context)


def open_list(model, name, domain):
    """Open a list of records to read, none to be added."""
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model._name,
        "view_mode": "list,form",
        "domain": domain,
        "context": {"create": False},
    }


def undoable(record, text, method, following):
    """Say what was done, with a button that takes it back; then go on.

    :param str method: the public method of ``record`` that takes it back
    :param dict following: the action that comes next
    """
    return {
        "type": "ir.actions.client",
        "tag": "dealer_service.undoable",
        "params": {
            "text": text,
            "model": record._name,
            "id": record.id,
            "method": method,
            "next": following,
        },
    }
