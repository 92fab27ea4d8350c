"""What looks at JavaScript, styles and pages: eslint, prettier and axe, as pinned.

Node and npm come with the environment of the linters; npm checks what it installs
against the sums of `package-lock.json`.
"""

import os
import shutil
from pathlib import Path

from . import common, python_env
from .common import Step

PACKAGES = common.REPO / "tools/javascript"
PINNED = ("package.json", "package-lock.json")
ESLINT = "eslint/bin/eslint.js"
PRETTIER = "prettier/bin/prettier.cjs"
AXE = "axe-core/axe.min.js"


def command(tool: str) -> list[Path]:
    """How to call `tool`, which is installed first when it is not there."""
    return [python_env.lint().parent / "node", file(tool)]


def file(tool: str) -> Path:
    """Where `tool` is, which is installed first when it is not there."""
    programs = python_env.lint().parent
    key = common.digest(
        str(programs), *((PACKAGES / name).read_text() for name in PINNED)
    )
    folder = common.cache_home() / f"javascript-{key}"
    if not common.is_whole(folder, key):
        with common.lock(folder.name, "Another sandbox installs it: waiting."):
            if not common.is_whole(folder, key):
                common.need_space(folder.parent, 0.2)
                with Step("JavaScript linters"):
                    common.make_whole(folder, key, lambda t: install(programs, t))
    return folder / "node_modules" / tool


def install(programs: Path, target: Path) -> None:
    """Let npm install the pinned packages, and run nothing of theirs."""
    for name in PINNED:
        shutil.copy(PACKAGES / name, target)
    common.run(
        [programs / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        + ["--no-update-notifier", "--fetch-retries", "1"],
        "a JavaScript linter",
        common.cache_home() / "logs/javascript.log",
        cwd=target,
        # npm is a script that looks for its Node on the path
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
    )
