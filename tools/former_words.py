"""What former releases called the things that are called otherwise now.

    former_words.py FRESH_PO OUT FORMER_PO...

An upgrade gives a label its new Chinese words where the old ones are still there:
Odoo keeps each translation that it finds.
"""

import json
import sys
from pathlib import Path

import polib

#: Kinds of terms that stand in the database; those of the code are read from the file.
STORED = ("model:", "model_terms:")


def words(po) -> dict[str, set[str]]:
    """The translations by where they stand."""
    found: dict[str, set[str]] = {}
    for entry in po:
        for place, _line in entry.occurrences:
            if place.startswith(STORED) and entry.msgstr and not entry.obsolete:
                found.setdefault(place, set()).add(entry.msgstr)
    return found


def former(fresh, olds) -> dict[str, list[str]]:
    """Words of `olds` that `fresh` has no more, of places that are still there."""
    now = words(fresh)
    gone: dict[str, set[str]] = {}
    for old in olds:
        for place, said in words(old).items():
            if place in now and said - now[place]:
                gone.setdefault(place, set()).update(said - now[place])
    return {place: sorted(said) for place, said in sorted(gone.items())}


def main(fresh: str, out: str, *olds: str) -> None:
    """Write the file; see the module."""
    found = former(polib.pofile(fresh), map(polib.pofile, olds))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    Path(out).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
