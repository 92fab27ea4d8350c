"""The guide "Coming from the old system", read as the one who follows it reads it."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs" / "operations"
GUIDE = DOCS / "coming-from-the-old-system.md"


class Guide:
    """Its files in their order, its columns, its steps."""

    def __init__(self):
        self.text = GUIDE.read_text(encoding="utf-8")

    def section(self, title):
        return self.text.split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]

    def table(self, title):
        """The rows of the first table of a section, without its head."""
        lines = [line for line in self.section(title).split("\n") if line[:1] == "|"]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        return rows[2:]

    def files(self):
        """``{number: (path of the menu, columns)}``, in the order of the guide."""
        return {
            int(number): (tuple(menu.split(" → ")), tuple(columns.split(", ")))
            for number, _file, menu, columns, _key in self.table("What comes along")
        }

    def visit_columns(self):
        """What may stand above a column of the file of past visits."""
        rows = self.table("The file of past visits")
        return {name for names, _words in rows for name in names.split(", ")}

    def steps(self):
        """What is pressed, in this order."""
        found = re.findall(r"^\d\. \*\*(.+?)\.?\*\*", self.section("The way"), re.M)
        return [name.rstrip(".") for name in found]

    def says(self, *words):
        """Whether all of these words stand in it, however its lines are broken."""
        text = " ".join(self.text.split())
        return all(word in text for word in words)
