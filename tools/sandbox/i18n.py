"""`make i18n`: the translation files of the addons, from the code as it is.

Odoo exports the terms; what zh_CN.po said of them before is kept, new terms are empty,
and terms that are gone are dropped. The order and the headers are stable, so that a
second run changes nothing.
"""

import os
import tempfile
from pathlib import Path

from . import common, release
from .common import Step
from .database import Sandbox

LANGUAGE = "zh_CN"
MERGE = common.REPO / "tools/merge_po.py"
FORMER = common.REPO / "tools/former_words.py"


def export(sandbox: Sandbox, folder: Path) -> list[tuple[Path, Path]]:
    """Write fresh files into `folder`; pairs of a fresh file and its place."""
    name = f"test_{os.getpid()}-i18n"
    with sandbox.template() as plain:
        sandbox.copy(plain, name)
    try:
        with Step("Export of the terms") as step:
            sandbox.inside(step, "export", name, str(folder), *sandbox.addons)
    finally:
        sandbox.drop(name)
    pairs = []
    for addon in sandbox.addons:
        place = common.REPO / addon / "i18n"
        pairs.append((folder / f"{addon}.pot", place / f"{addon}.pot"))
        pairs.append((folder / f"{addon}.po", place / f"{LANGUAGE}.po"))
    log = common.cache_home() / "logs/merge-po.log"
    for fresh, place in pairs:
        common.run([sandbox.python, MERGE, fresh, place], "The translations", log)
    return pairs + former_words(sandbox, folder)


def former_words(sandbox: Sandbox, folder: Path) -> list[tuple[Path, Path]]:
    """What former releases said otherwise; nothing where the clone has none of them."""
    commits = list(release.listed().values())
    if not all(map(release.is_there, commits)):
        return []
    pairs = []
    log = common.cache_home() / "logs/former-words.log"
    for addon in sandbox.addons:
        fresh = folder / f"{addon}.json"
        olds = []
        for commit in commits:
            shown = release.git("show", f"{commit}:{addon}/i18n/{LANGUAGE}.po")
            if not shown.returncode:
                olds.append(folder / f"{addon}-{commit}.po")
                olds[-1].write_bytes(shown.stdout)
        command = [sandbox.python, FORMER, folder / f"{addon}.po", fresh, *olds]
        common.run(command, "The former words", log)
        pairs.append((fresh, common.REPO / addon / "i18n/former_words.json"))
    return pairs


def stale(sandbox: Sandbox) -> list[str]:
    """The translation files that differ from what an export would write."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            str(place.relative_to(common.REPO))
            for fresh, place in export(sandbox, Path(folder))
            if not place.is_file() or place.read_bytes() != fresh.read_bytes()
        ]


def update(sandbox: Sandbox) -> None:
    """Write the translation files of all addons."""
    with tempfile.TemporaryDirectory() as folder:
        for fresh, place in export(sandbox, Path(folder)):
            place.parent.mkdir(exist_ok=True)
            if not place.is_file() or place.read_bytes() != fresh.read_bytes():
                place.write_bytes(fresh.read_bytes())
                print(place.relative_to(common.REPO))
