"""A link of a page leads to a page that is there, and to a heading of it."""

import re

import pytest

from .pages import ROOT, page, pages, prose

LINK = re.compile(r"\]\((?!\w+://)([^)#\s]*)(?:#([^)\s]+))?\)")


def anchors(text):
    """The names of the headings in an address, as GitHub makes them."""
    for heading in re.findall(r"^#+ (.*)$", prose(text), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", [name for name in pages() if name.endswith(".md")])
def test_links_lead_somewhere(name):
    lost = []
    for target, anchor in LINK.findall(prose(page(name))):
        path = (ROOT / name).parent / target if target else ROOT / name
        if not path.exists():
            lost.append(target)
        elif anchor and anchor not in anchors(path.read_text(encoding="utf-8")):
            lost.append(f"{target}#{anchor}")
    assert not lost
