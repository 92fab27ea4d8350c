"""README.md and README.zh_CN.md are one text in two languages."""

import re

import pytest

from .pages import ROOT, blocks, page, prose, rows

ENGLISH, CHINESE = "README.md", "README.zh_CN.md"


def headings(text):
    return re.findall(r"^(#+) ", prose(text), re.MULTILINE)


def links(text):
    """Where the links and pictures of a text lead, in their order."""
    return re.findall(r"\]\(([^)]*)\)", text)


def pictures(text):
    return re.findall(r"!\[[^\]]*\]\(([^)]*)\)", text)


def commands(text):
    """Fenced blocks in their order, and what stands between backquotes, sorted."""
    return blocks(text), sorted(re.findall(r"`([^`\n]+)`", prose(text)))


def shape(text):
    """How many cells each row of a table has."""
    return [len(cells) for cells in rows(text)]


def items(text):
    return re.findall(r"^(\*|\d+\.) ", prose(text), re.MULTILINE)


@pytest.mark.parametrize("part", [headings, pictures, commands, shape, items])
def test_both_have_the_same(part):
    assert part(page(ENGLISH)) == part(page(CHINESE))


def test_each_links_the_other_and_both_the_same_pages():
    english, chinese = links(page(ENGLISH)), links(page(CHINESE))
    assert english[0] == CHINESE
    assert chinese[0] == ENGLISH
    assert english[1:] == chinese[1:]


@pytest.mark.parametrize("name", [ENGLISH, CHINESE])
def test_what_is_linked_is_there(name):
    lost = [link for link in links(page(name)) if not (ROOT / link).exists()]
    assert not lost


def test_every_picture_of_the_screens_is_shown():
    shown = {ROOT / name for name in pictures(page(ENGLISH))}
    assert shown == set((ROOT / "docs/images").iterdir())


def test_a_chinese_paragraph_is_one_line():
    """A line break between two characters would be shown as a blank."""
    broken = re.findall(r"[一-鿿，。；：、]\n[一-鿿]", prose(page(CHINESE)))
    assert not broken
