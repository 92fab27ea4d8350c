"""Make an exported translation file stable: merge_po.py FRESH PLACE

Rewrites FRESH with the terms of the export in a fixed order, the header without the
hour of the export, and for a .po the translations of PLACE, where there is one.
"""

import sys
from pathlib import Path

import polib

# What Odoo's export leaves empty in the header of a translation.
HEADER = {
    "Language": "zh_CN",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# Odoo writes these anew at each export; they would make every run a change.
HOURS = ("POT-Creation-Date", "PO-Revision-Date")


def merge(fresh: Path, place: Path) -> None:
    """Rewrite `fresh` as described above."""
    new = polib.pofile(str(fresh), wrapwidth=78)
    old = polib.pofile(str(place)) if place.is_file() else polib.POFile()
    known = {(entry.msgid, entry.msgctxt): entry for entry in old if not entry.obsolete}
    for entry in new:
        before = known.get((entry.msgid, entry.msgctxt))
        if fresh.suffix == ".po" and known:
            # The file is what people edit, so it wins over what the database loaded:
            # Odoo gives a label with new words the translation of the old ones.
            entry.msgstr = before.msgstr if before else ""
            entry.flags = before.flags if before else []
        entry.occurrences.sort()
    new.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    for name in HOURS:
        new.metadata.pop(name, None)
    if fresh.suffix == ".po":
        new.metadata.update(HEADER)
    new.save(str(fresh))


if __name__ == "__main__":
    merge(Path(sys.argv[1]), Path(sys.argv[2]))
