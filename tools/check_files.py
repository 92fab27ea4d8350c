"""Checks of single files for `make lint`: check_files.py FILE...

XML: well formed, indented by 4 spaces for each level, no tabs, no blanks at line ends.
.po: no term without a translation, none marked as doubtful, same placeholders.
Python: no file over 400 lines, no method defined twice in a class.
Styles: colours come from the variables of Bootstrap and Odoo, which know the dark mode;
those that we have to choose ourselves have a name, in a file called colours.
"""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import polib
from lxml import etree

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\$\{[^}]*\}|\{\w*\}")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(\s*[\d.]+")
NAME = re.compile(r"\s*--[\w-]+:")
LONGEST = 400
SHOWN = 20  # of what is wrong with one file


def check_xml(path: Path) -> list[str]:
    """What is wrong with the layout of an XML file."""
    source = path.read_text()
    try:
        tree = etree.fromstring(source.encode())
    except etree.XMLSyntaxError as error:
        return [str(error)]
    found = [
        f"line {number}: {what}"
        for number, line in enumerate(source.splitlines(), 1)
        for what, pattern in (("a tab", r"\t"), ("a blank at its end", r"\s$"))
        if re.search(pattern, line)
    ]
    if not source.endswith("\n"):
        found.append("the last line does not end")
    for element in tree.iter(etree.Element):
        found += check_indent(element)
    return found


def check_indent(element) -> list[str]:
    """Whether an element that begins a line stands where its depth puts it.

    Text is left alone, and the inside of a field of type html is stored as it stands.
    """
    before = element.getprevious()
    parent = element.getparent()
    if parent is None or any(e.get("type") == "html" for e in element.iterancestors()):
        return []
    gap = before.tail if before is not None else parent.text
    if not gap or gap.strip() or "\n" not in gap:
        return []
    depth = len(list(element.iterancestors()))
    indent = len(gap.rsplit("\n", 1)[1])
    if indent == depth * 4:
        return []
    return [
        f"line {element.sourceline}: <{element.tag}> is indented by {indent}, "
        f"not {depth * 4}"
    ]


def check_po(path: Path) -> list[str]:
    """What is wrong with a translation file."""
    found = []
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            found.append(f"obsolete: {entry.msgid!r}")
        elif not entry.msgstr:
            found.append(f"not translated: {entry.msgid!r}")
        elif "fuzzy" in entry.flags:
            found.append(f"marked as doubtful: {entry.msgid!r}")
        elif placeholders(entry.msgid) != placeholders(entry.msgstr):
            found.append(f"other placeholders than in the source: {entry.msgid!r}")
    return found


def placeholders(text: str) -> Counter:
    """The placeholders of a term, each as often as it occurs."""
    return Counter(PLACEHOLDER.findall(text))


def check_python(path: Path) -> list[str]:
    """A long file has two jobs; a method that is defined twice hides the first one."""
    source = path.read_text()
    lines = len(source.splitlines())
    found = [f"{lines} lines, more than {LONGEST}"] if lines > LONGEST else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            names = Counter(
                part.name
                for part in node.body
                if isinstance(part, ast.FunctionDef) and not part.decorator_list
            )
            found += [
                f"{node.name}.{name} is defined {number} times"
                for name, number in names.items()
                if number > 1
            ]
    return found


def check_style(path: Path) -> list[str]:
    """Colours that are written out, and not where they get their name."""
    if path.stem == "colours":
        return []
    return [
        f"line {number}: the colour {colour} is written out; use a variable"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        # a page of its own has one file of styles: its colours get their names there
        if not (path.suffix == ".css" and NAME.match(line))
        for colour in COLOUR.findall(line)
    ]


CHECKS = {
    ".xml": check_xml,
    ".po": check_po,
    ".py": check_python,
    ".css": check_style,
    ".scss": check_style,
}


def main(names: list[str]) -> int:
    """Print what is wrong with the files; 1 when something is."""
    failed = 0
    for name in names:
        found = CHECKS[Path(name).suffix](Path(name))
        for what in found[:SHOWN]:
            print(f"{name}: {what}")
        if len(found) > SHOWN:
            print(f"{name}: and {len(found) - SHOWN} more")
        failed = failed or bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
