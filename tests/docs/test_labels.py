"""What the READMEs of the addons print in italics is on the screen."""

import re

import polib
import pytest

from .pages import ADDONS, ROOT, page, section

#: Names that are no terms of ours to translate: of the addons, and of Odoo's screens.
NAMES = {
    "Dealer Service",
    "Dealer Complaint",
    "Dealer Follow-up",
    "Prices",
}
#: Records that we bring and that carry their name in every language.
RECORDS = {"Unknown Customer", "For the factory, by cause"}
ITALICS = re.compile(r"(?<![*\w])\*([^*\s][^*]*)\*(?!\*)")


@pytest.fixture(scope="module")
def terms():
    return {
        entry.msgid
        for addon in ADDONS
        for entry in polib.pofile(str(ROOT / addon / "i18n" / f"{addon}.pot"))
    }


@pytest.mark.parametrize("addon", ADDONS)
def test_every_name_of_the_screen_is_there(addon, terms):
    labels = {
        " ".join(label.split())
        for words in ITALICS.findall(page(f"{addon}/README.md"))
        for label in words.split(" → ")
    }
    assert labels - terms - NAMES - RECORDS == set()


def test_first_ten_minutes_name_what_is_on_the_screen():
    """README.md leads through screens in Chinese, and README.zh_CN.md in quotes."""
    shown = {
        entry.msgstr
        for addon in ADDONS
        for entry in polib.pofile(str(ROOT / addon / "i18n" / "zh_CN.po"))
    }
    chinese = section(page("README.zh_CN.md"), "最初十分钟")
    quoted = set(re.findall(r"“([^”]+)”", chinese))
    assert len(quoted) > 20
    assert quoted - shown == set()
    english = section(page("README.md"), "The first ten minutes")
    named = set(re.findall(r"[\u4e00-\u9fff，]+", english))
    assert named - quoted == set()
