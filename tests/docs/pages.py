"""Pages of the documentation, read as their parts."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ("dealer_service", "dealer_complaint", "dealer_followup")

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages():
    """Paths of all pages: what git knows of text, and the pages of the store."""
    kinds = ("*.md", "*/static/description/index.html")
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *kinds],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def page(name):
    """The text of a page, by its path in the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(text, title):
    """What stands under a heading, up to the next one of its level or above."""
    [start] = re.finditer(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text):
    """The rows of all tables of a text, heads and rulers left out.

    :return: lists of cells
    """
    found, head = [], None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            head = None
        elif head is None:
            head = cells
        elif not re.fullmatch(r"[-:|\s]+", line):
            found.append(cells)
    return found


def prose(text):
    """The text without its fenced blocks."""
    return FENCE.sub("", text)


def blocks(text, language=None):
    """Contents of the fenced blocks of a text, of one language or of all."""
    return [
        content
        for name, content in FENCE.findall(text)
        if language is None or name == language
    ]
