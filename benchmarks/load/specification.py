"""What the web client asks for, read from the views that the server sent it.

The web client asks for the fields of a view and no others, records of a many2one with
their name, rows of a list inside a form with the fields of that list. This is the same
for what a dealership's screens have; contexts of fields are left out.
"""

import ast
import re
from xml.etree import ElementTree

NEVER_SHOWN = ("1", "True")
ROWS = ("one2many", "many2many")
#: Rows of a list inside a form that are read at first.
ROWS_LIMIT = 40
INNER_VIEWS = ("list", "kanban", "form")


def of_view(arch: str, models: dict, model: str) -> dict:
    """The specification of a view for `web_read` and the like.

    :param arch: of the view, as `get_views` gives it
    :param models: the part "models" of the same answer
    """
    return of_node(ElementTree.fromstring(arch), models, model)


def of_node(node, models: dict, model: str) -> dict:
    """The specification of the fields below a node, not of those of inner views."""
    known, wanted = models[model]["fields"], {}
    for field in outer_fields(node):
        name = field.get("name")
        if name not in known:
            continue
        asked = of_field(field, known[name], models)
        if name in wanted:
            merge(wanted[name], asked)
        else:
            wanted[name] = asked
    return wanted


def outer_fields(node):
    """The fields below a node, without those inside another field."""
    for child in node:
        if child.tag == "field":
            yield child
        else:
            yield from outer_fields(child)


def of_field(field, described: dict, models: dict) -> dict:
    """What is asked of one field."""
    kind = described["type"]
    hidden = any(
        field.get(name) in NEVER_SHOWN for name in ("invisible", "column_invisible")
    )
    if kind in ("many2one", "reference"):
        return {"fields": {} if hidden else {"display_name": {}}}
    if kind not in ROWS or hidden:
        return {}
    inner = [child for child in field if child.tag in INNER_VIEWS]
    rows = {}
    for view in inner:
        merge(rows, of_node(view, models, described["relation"]))
    if not inner and field.get("widget"):
        rows = {"display_name": {}}
    limit = inner[0].get("limit") if inner else None
    return {"fields": rows, "limit": int(limit or ROWS_LIMIT)}


def merge(wanted: dict, more: dict) -> None:
    """Ask for what either asks for."""
    for name, asked in more.items():
        if isinstance(asked, dict) and isinstance(wanted.get(name), dict):
            merge(wanted[name], asked)
        else:
            wanted[name] = asked


def literal(text, uid: int, otherwise):
    """A domain or a context as it stands in an action, for the user."""
    if not isinstance(text, str):
        return text or otherwise
    try:
        return ast.literal_eval(re.sub(r"\buid\b", str(uid), text)) or otherwise
    except (ValueError, SyntaxError):
        return otherwise


def default_filters(search: str, context: dict, uid: int) -> list:
    """The domain of the filters that an action switches on, joined by AND."""
    domain = []
    for filter_node in ElementTree.fromstring(search).iter("filter"):
        if context.get(f"search_default_{filter_node.get('name')}"):
            domain += literal(filter_node.get("domain"), uid, [])
    return domain


def progress_bar(arch: str) -> dict | None:
    """What the columns of a board count, if anything."""
    node = ElementTree.fromstring(arch).find("progressbar")
    if node is None:
        return None
    return {
        "field": node.get("field"),
        "colors": ast.literal_eval(node.get("colors")),
        "help": node.get("help") or "",
    }


def order(arch: str) -> str:
    """The order in which a view shows its records, empty for the model's own."""
    return ElementTree.fromstring(arch).get("default_order") or ""


def groups(arch: str) -> list[str]:
    """What a board's columns are."""
    return (ElementTree.fromstring(arch).get("default_group_by") or "").split(",")
