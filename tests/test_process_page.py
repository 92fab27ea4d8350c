"""`docs/processes.md` says what follows from what, as the tables say it.

After a change of a table, write it anew with
`PROCESS_PAGE=write make test ARGS=tests/test_process_page.py`.
"""

import inspect
import os

from odoo.tests import TransactionCase, tagged

from .test_conventions import ROOT

PAGE = ROOT / "docs" / "processes.md"
HEAD = """# What follows from what

Printed from the tables of the models (decision 0004) by `tests/test_process_page.py`,
which fails when a table says something else. The order of the rows is the order in
which they act; rows of a higher addon follow those of a lower one, unless it says
otherwise. The methods stand with what they are about and say the rest.
"""
PROCESSES = {
    "dealer.reception": "A visit",
    "dealer.complaint": "A complaint",
    "dealer.followup": "A follow-up",
    "dealer.job": "A job in the workshop",
    "dealer.improvement": "An improvement",
    "dealer.new.car.delivery": "A new car's delivery",
}


def said(model, method):
    """The name of a method, and the first sentence of what it says about itself."""
    words = inspect.getdoc(getattr(type(model), method)) or ""
    first = " ".join(words.split("\n\n")[0].split())
    if not first or first.startswith(":"):
        return f"`{method}`"
    return f"`{method}`: {first}"


def numbered(model, methods):
    return [f"{number}. {said(model, name)}" for number, name in enumerate(methods, 1)]


def by_row(model, rows):
    """One line for each row: what it is about, and what is called."""
    return [
        f"{number}. {', '.join(f'`{key}`' for key in keys)} → {said(model, method)}"
        for number, (keys, method) in enumerate(rows, 1)
    ]


def shortened(model, rows):
    """Rows whose fields are all but a few named by those few."""
    every = set(model._fields)
    for keys, method in rows:
        left = sorted(every.difference(keys))
        is_all = len(left) < len(every) / 2
        yield (
            [f"all but {', '.join(left)}"] if is_all else sorted(keys),
            method,
        )


def by_state(model, rows):
    """One list for each state, in the order of the states."""
    states = model._fields["state"].get_values(model.env)
    states += sorted({key for keys, _method in rows for key in keys} - set(states))
    for state in states:
        methods = [method for keys, method in rows if state in keys]
        if methods:
            yield f"* **{state}**: {', '.join(f'`{method}`' for method in methods)}"


def chapter(model, title):
    yield f"## {title}"
    for heading, lines in (
        ("Before it is entered", numbered(model, model._completions())),
        ("Once it is entered", numbered(model, model._intake())),
        (
            "Asked before somebody writes",
            by_row(model, shortened(model, model._guards())),
        ),
        (
            "Once a value has changed",
            by_row(model, shortened(model, model._consequences())),
        ),
        ("Before it goes to a state", list(by_state(model, model._leave_steps()))),
        ("Once it is in a state", list(by_state(model, model._enter_steps()))),
    ):
        if lines:
            yield from ("", f"### {heading}", "", *lines)
    yield ""


@tagged("standard", "post_install", "-at_install")
class TestProcessPage(TransactionCase):
    def test_the_page_says_what_the_tables_say(self):
        lines = [HEAD]
        for name, title in PROCESSES.items():
            lines += chapter(self.env[name], title)
        page = "\n".join(lines)
        if os.environ.get("PROCESS_PAGE") == "write":
            PAGE.write_text(page)
        self.assertEqual(page.splitlines(), PAGE.read_text().splitlines())
