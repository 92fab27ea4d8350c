"""Releases: the addons as they were, taken from the history of the clone.

Which commit a release is stands in tools/releases.txt. Its files are in the cache, in
releases/<commit>. Its database, release_<hash>, has the demo data, a shop at work; it
is made once.
"""

import ast
import functools
import subprocess
from pathlib import Path

from . import common
from .common import Step
from .database import Sandbox

LIST = common.REPO / "tools/releases.txt"


def listed() -> dict[str, str]:
    """The commit of each release by its tag, the oldest first."""
    lines = LIST.read_text().splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def git(*arguments: str) -> subprocess.CompletedProcess:
    """What git says in this clone, also when it refuses."""
    return subprocess.run(["git", *arguments], cwd=common.REPO, capture_output=True)


def is_there(commit: str) -> bool:
    """Whether the history of this clone goes back to the commit."""
    return not git("cat-file", "-e", f"{commit}^{{commit}}").returncode


def version(commit: str, addon: str) -> str | None:
    """The version of an addon in a release; None: it had no such addon."""
    shown = git("show", f"{commit}:{addon}/__manifest__.py")
    if shown.returncode:
        return None
    return ast.literal_eval(shown.stdout.decode())["version"]


class Released(Sandbox):
    """The sandbox with the addons of a release in the place of this clone's."""

    def __init__(self, sandbox: Sandbox, commit: str):
        super().__init__(sandbox.odoo, sandbox.postgres)
        self.commit = commit
        self.addons = [name for name in common.SUITE if version(commit, name)]

    @property
    def tree(self) -> Path:
        """The files of the release, outside the clone."""
        return common.cache_home() / "releases" / self.commit

    @property
    def addons_path(self) -> str:
        return ",".join(map(str, (*self.odoo.addons_path, self.tree)))

    def take_out(self) -> None:
        """Take the addons of the release out of the history."""
        if not common.is_whole(self.tree, self.commit):
            common.make_whole(self.tree, self.commit, self._extract)

    def _extract(self, folder: Path) -> None:
        archive = folder / "release.tar"
        archive.write_bytes(git("archive", self.commit, *self.addons).stdout)
        subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
        archive.unlink()

    def database(self) -> str:
        """The database of a shop that has worked with the release."""
        name = f"release_{common.digest(self.core_key(), self.commit)}"
        with common.lock(name, "Another sandbox builds the old release: waiting."):
            self.take_out()
            if name not in self.postgres.databases():
                fill = functools.partial(self._fill, self.core())
                with Step("Database: the addons as they were released") as step:
                    self.build(name, step, fill)
        return name

    def _fill(self, core: str, new: str, step: Step) -> None:
        self.copy(core, new)
        self.inside(step, "install", new, *self.addons)
        self.inside(step, "demo", new, *self.addons)
        # from here on it is work, which an upgrade does not renew as demo data
        self.postgres.query(new, "UPDATE ir_module_module SET demo = false")


# -- version numbers -------------------------------------------------------------------


def changed(commit: str, addon: str) -> bool:
    """Whether a database of the release needs an upgrade to the addon as it is now.

    Papers for people do not end up in it, and what browsers load is read from disk.
    """
    besides = [f":!{addon}/static", f":!{addon}/*.md"]
    return bool(git("diff", "--quiet", commit, "--", addon, *besides).returncode)


def unraised() -> list[str]:
    """Addons that have changed since the last release under the same version.

    The version is what tells a database that it is to be upgraded: Odoo's migrations
    and the start of the container go by it.
    """
    *_older, (tag, commit) = listed().items()
    if not is_there(commit):
        common.say(f"! Not compared with release {tag}: {commit} is not in this clone.")
        return []
    return [
        f"{addon} has changed since release {tag} and still is {released}: raise the "
        f"version in {addon}/__manifest__.py and {addon}/CHANGELOG.md."
        for addon in common.addons()
        if (released := version(commit, addon))
        and not parsed(current(addon)) > parsed(released)
        and changed(commit, addon)
    ]


def current(addon: str) -> str:
    """The version of an addon in this clone."""
    manifest = (common.REPO / addon / "__manifest__.py").read_text()
    return ast.literal_eval(manifest)["version"]


def parsed(number: str) -> list[int]:
    """
    >>> parsed("19.0.1.10.0") > parsed("19.0.1.9.0")
    True
    """
    return [int(part) for part in number.split(".")]
