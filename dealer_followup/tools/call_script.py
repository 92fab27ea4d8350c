"""Whether a call script only names facts, or runs code.

Whoever writes scripts may name what is known of the customer, the car and the call.
Odoo's rule is stricter (single fields) and looser (its template editors run anything).
"""

import ast

from lxml import etree, html

#: What a script may name, and the tools it may call.
NAMES = {"object", "user", "ctx"}
TOOLS = {"format_date", "format_datetime", "format_time", "format_amount"}
DIRECTIVES = {"t-out", "t-if", "t-elif", "t-else"}
_FORBIDDEN_FACTS = {"env", "pool"}
_NODES = (
    ast.Expression,
    ast.Load,
    ast.Constant,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.IfExp,
    ast.Compare,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
    ast.keyword,
)


def is_harmless(script):
    """Whether a script (HTML, or ``None``) only names facts.

    >>> is_harmless("<p>Your <t t-out='object.vehicle_id.model_id.name'/></p>")
    True
    >>> is_harmless("<t t-out='format_date(object.anchor_date)'/>")
    True
    >>> is_harmless("<p t-if='object.note'>…</p><p t-else=''>…</p>"), is_harmless("")
    (True, True)
    >>> is_harmless("<t t-out='object.partner_id.unlink()'/>")
    False
    >>> is_harmless("<t t-out='object.env.cr'/>"), is_harmless("<t t-call='x.y'/>")
    (False, False)
    """
    if not (script or "").strip():
        return True
    try:
        root = html.fragment_fromstring(str(script), create_parent="div")
    except etree.ParserError:
        return False
    return all(
        name in DIRECTIVES and (name == "t-else" or names_facts(value))
        for element in root.iter(etree.Element)
        for name, value in element.attrib.items()
        if name.startswith("t-")
    )


def names_facts(expression):
    """Whether an expression names facts and runs nothing.

    >>> [names_facts(text) for text in ("object.a.b", "object.a or 'x'", "user.a > 3")]
    [True, True, True]
    >>> [names_facts(text) for text in
    ...  ("object.a()", "object._b", "request.env", "[x for x in object]", "(", "")]
    [False, False, False, False, False, False]
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return False
    return _is_fact(tree)


def _is_fact(node):
    if isinstance(node, ast.Name):
        return node.id in NAMES
    if isinstance(node, ast.Attribute):
        hidden = node.attr.startswith("_") or node.attr in _FORBIDDEN_FACTS
        return not hidden and _is_fact(node.value)
    if isinstance(node, ast.Call):
        is_tool = isinstance(node.func, ast.Name) and node.func.id in TOOLS
        return is_tool and all(map(_is_fact, [*node.args, *node.keywords]))
    return isinstance(node, _NODES) and all(map(_is_fact, ast.iter_child_nodes(node)))
