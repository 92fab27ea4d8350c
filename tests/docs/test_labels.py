"""What the READMEs of the addons print in italics is on the screen."""

import re

import polib
import pytest

from .pages import ADDONS, ROOT, page

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
