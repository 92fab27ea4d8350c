"""What of a text is program: whoever edits its words may move it, not write it."""

import re

from lxml import etree, html

from odoo.tools.rendering_tools import parse_inline_template

#: The end of a short link, and parts of it side by side where a provider wants that.
LINK_TOKEN = "object._link_token()"
_PART_OF_TOKEN = re.compile(re.escape(LINK_TOKEN) + r"\[\d{0,2}:\d{0,2}\]")
#: Have no place in a letter.
_TAGS = frozenset(
    "applet base button embed form frame frameset iframe input link meta object script "
    "select textarea".split()
)


def braces(words):
    """The expressions in braces of a text.

    >>> sorted(braces("{{ object.name }}: {{ object.code ||| none }}"))
    ['object.code', 'object.name']
    """
    return {
        expression.strip()
        for _words, expression, _default in parse_inline_template(words or "")
        if (expression or "").strip()
    }


def new_braces(words, known):
    """The expressions of a text that are not ``known``.

    >>> new_braces("{{ object.name }} {{ env.user }}", {"object.name"})
    ['env.user']
    >>> new_braces("{{ object._link_token()[:6] }}", {"object._link_token()"})
    []
    """
    found = braces(words) - known
    if LINK_TOKEN in known:
        found = {one for one in found if not _PART_OF_TOKEN.fullmatch(one)}
    return sorted(found)


def directives(body):
    """The directives of a letter: for each element that has some, all of them.

    >>> sorted(directives('<p>Hi <t t-out="object.name"/><b class="x">!</b></p>'))
    [(('t-out', 'object.name'),)]
    """
    return {found for _node, found in _nodes(body) if found}


def fault(body, known):
    """What in a letter is program that is not ``known``; empty when nothing is.

    >>> fault('<p onclick="x()">Hi</p>', set()), fault('<p>Hi</p><hr/>', set())
    ('onclick', '')
    >>> fault('<t t-out="env.user"/>', {(("t-out", "object.name"),)})
    't-out="env.user"'
    >>> fault('<a href="java script:x()">Hi</a>', set())
    'href'
    """
    for node, found in _nodes(body):
        if not isinstance(node.tag, str):
            if node.tag is etree.Comment:
                continue
            return "<?"
        if node.tag.lower() in _TAGS:
            return f"<{node.tag}>"
        if found and found not in known:
            return " ".join(f'{name}="{value}"' for name, value in found)
        for name, value in node.attrib.items():
            plain = "".join(value.split()).lower()
            if name.lower().startswith("on") or "script:" in plain:
                return name
    return ""


def _nodes(body):
    """Each element of a letter, with its directives."""
    tree = html.fragment_fromstring(body or "", create_parent="div")
    for node in tree.iterdescendants():
        found = [
            (name, value)
            for name, value in (node.attrib.items() if node.attrib else ())
            if name.lower().startswith("t-")
        ]
        yield node, tuple(sorted(found))
