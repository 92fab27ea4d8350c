"""One word for one thing: the translations say what the glossary says."""

import re

import polib
import pytest

from .pages import ADDONS, ROOT, page

#: Between words of the same row.
BETWEEN = re.compile(r"[,;:/、，；]\s*|\s+/\s+")
#: What is said about a word.
ASIDE = re.compile(r"[(（][^)）]*[)）]")
#: English words that mean something else there than in the glossary.
OTHER_SENSE = {
    # the app, not the person
    ("dealer_service", "Cashier"),
    # of the shop, not a state
    ("dealer_service", "Closed"),
    # of a person, a check, a case, a clock or an activity, not a state of the visit
    ("dealer_service", "New"),
    ("dealer_service", "Rejected"),
    ("dealer_service", "Result"),
    # what a colleague is asked to do
    ("dealer_service", "Activity"),
    ("dealer_complaint", "Activity"),
    ("dealer_complaint", "Late"),
    ("dealer_complaint", "On Time"),
    ("dealer_complaint", "Result"),
    ("dealer_complaint", "Settled"),
    ("dealer_complaint", "broken"),
    ("dealer_complaint", "kept"),
    ("dealer_followup", "In Progress"),
    ("dealer_followup", "New"),
    # an address, not who brings the car
    ("dealer_service", "Contact"),
    ("dealer_complaint", "Contact"),
    ("dealer_followup", "Contact"),
    # of a value at risk, not of the price
    ("dealer_complaint", "Estimate"),
    # by a call, not at the door
    ("dealer_followup", "Greeting"),
}
#: Head of the table of the words that are not said.
NOT_SAID = ["not", "but"]


def tables():
    """Head and rows of each table of the glossary."""
    head, rows = None, []
    for line in (*page("docs/glossary.md").splitlines(), ""):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            if head:
                yield head, rows
            head, rows = None, []
        elif not head:
            head = cells
        elif not cells[0].startswith("--"):
            rows.append(cells)


def words(cell):
    cell = ASIDE.sub("", cell).replace("`", "")
    return {word.strip() for word in BETWEEN.split(cell) if word.strip()}


def said():
    """By English word: the Chinese words of the rows that explain it alone."""
    found = {}
    for head, rows in tables():
        if "简体中文" in head:
            for row in rows:
                english = words(row[head.index("EN")])
                if len(english) == 1:
                    chinese = words(row[head.index("简体中文")])
                    found.setdefault(english.pop().lower(), set()).update(chinese)
    return found


def not_said():
    """The word that is not said, and the one that is."""
    return [tuple(row) for head, rows in tables() if head == NOT_SAID for row in rows]


def translations():
    """Where, term and translation of every entry of the three addons."""
    for addon in ADDONS:
        for entry in polib.pofile(str(ROOT / addon / "i18n" / "zh_CN.po")):
            yield addon, entry.msgid, entry.msgstr


def test_a_word_of_the_glossary_is_translated_as_it_says():
    expected = said()
    found = []
    for addon, msgid, msgstr in translations():
        chinese = expected.get(msgid.lower())
        if not chinese or (addon, msgid) in OTHER_SENSE:
            continue
        if not any(word in msgstr for word in chinese):
            found.append(f"{addon}: {msgid} → {msgstr}, not {sorted(chinese)}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("word", "instead"), not_said())
def test_a_word_that_is_not_said_is_nowhere(word, instead):
    found = [
        f"{addon}: {msgid} → {msgstr}"
        for addon, msgid, msgstr in translations()
        if word in msgstr
    ]
    found += [
        str(path.relative_to(ROOT))
        for addon in ADDONS
        for pattern in (
            "**/*.xml",
            "**/*.py",
            "**/*.js",
            "**/*.csv",
            "**/*.md",
            "**/*.html",
        )
        for path in (ROOT / addon).glob(pattern)
        if word in path.read_text()
    ]
    found += [name for name in ("README.zh_CN.md",) if word in page(name)]
    assert not found, f"{word}, not {instead}:\n" + "\n".join(found)


def test_the_tables_of_the_glossary_are_read():
    assert ("加项", "增项") in not_said()
    assert said()["supplement"] == {"增项"}
    assert len(said()) > 60


def test_another_sense_is_still_translated_otherwise():
    terms = {(addon, msgid) for addon, msgid, _msgstr in translations()}
    assert OTHER_SENSE <= terms
