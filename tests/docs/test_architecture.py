"""docs/architecture.md is true: arrows run one way, wings and states are as told."""

import ast
import re

import pytest

from odoo.tests import TransactionCase, tagged

from .pages import ADDONS, ROOT, page, rows, section

#: So many files of one kind are still taken in at a glance.
MOST_FILES = 25
#: Python imports go from a folder to one of a lower number, or stay inside.
LAYERS = {"tools": 0, "models": 1, "report": 2, "wizards": 2, "controllers": 2}


def ranks(addon):
    """Wing → its place on the line of arrows; wings at the same arrow share one."""
    text = section(page("docs/architecture.md"), addon)
    line = next(line for line in text.splitlines() if "←" in line)
    return {
        wing: rank
        for rank, group in enumerate(line.split("←"))
        for wing in re.findall(r"`(\w+)`", group)
    }


def wings(root, addon):
    """The folders in `models/`."""
    return {init.parent.name for init in (root / addon).glob("models/*/__init__.py")}


def imports(path, root):
    """What a file imports from our addons: ``["dealer_service", "models", …]``."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            inside = [*base, *(node.module.split(".") if node.module else ())]
            names = [[*inside, alias.name] for alias in node.names]
        else:
            continue
        for name in names:
            target = name[2:] if name[:2] == ["odoo", "addons"] else name
            if target[0] in ADDONS:
                yield target


def wrong_imports(root):
    """Imports that go up: between layers, or between the wings of an addon."""
    found = []
    for addon in ADDONS:
        places = {wing: ranks(addon)[wing] for wing in wings(root, addon)}
        for path in sorted((root / addon).glob("*/**/*.py")):
            layer, *rest = path.relative_to(root / addon).parts
            for target in imports(path, root) if layer in LAYERS else ():
                to_layer = target[1] if target[1] in LAYERS else layer
                goes_up = to_layer != layer and LAYERS[to_layer] >= LAYERS[layer]
                # models/__init__.py is beside the wings: it loads one after another
                in_wing = layer == to_layer == "models" and len(rest) > 1
                if target[0] == addon and in_wing:
                    wing, to_wing = rest[0], target[2]
                    goes_up = wing != to_wing and to_wing in places
                    goes_up = goes_up and places[to_wing] >= places.get(wing, -1)
                if goes_up:
                    found.append(f"{path.relative_to(root)}: {'.'.join(target)}")
    return found


def test_imports_run_one_way():
    assert not wrong_imports(ROOT)


@pytest.fixture
def scratch(tmp_path):
    """Three addons with the wings of the page, each with one file."""
    for addon in ADDONS:
        for wing in ranks(addon):
            folder = tmp_path / addon / "models" / wing
            folder.mkdir(parents=True)
            (folder / "__init__.py").write_text("from . import thing\n")
            (folder / "thing.py").write_text("THING = 1\n")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("dealer_service/models/common/thing.py", "from ..boards.thing import THING"),
        ("dealer_service/models/visit/thing.py", "from .. import booking"),
        ("dealer_service/models/orders/thing.py", "from ..walkaround import thing"),
        (
            "dealer_service/models/car/thing.py",
            "def late():\n    import odoo.addons.dealer_service.models.visit.thing",
        ),
        ("dealer_complaint/models/clock/thing.py", "from ..complaint.thing import T"),
        ("dealer_followup/models/rule/thing.py", "from ...models.call import thing"),
        (
            "dealer_followup/models/call/thing.py",
            "from ...wizards.dialog import Dialog",
        ),
        (
            "dealer_complaint/tools/clock.py",
            "import odoo.addons.dealer_service.models.shop.thing",
        ),
    ],
)
def test_an_import_that_goes_up_is_found(scratch, file, line):
    assert not wrong_imports(scratch)
    path = scratch / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + "\n")
    [found] = wrong_imports(scratch)
    assert found.startswith(file)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("dealer_service/models/boards/thing.py", "from ..common.thing import THING"),
        ("dealer_service/models/boards/other.py", "from .thing import THING"),
        (
            "dealer_service/models/visit/thing.py",
            "from ...tools.plate import plate_key",
        ),
        ("dealer_service/wizards/dialog.py", "from ..models.orders.thing import THING"),
        (
            "dealer_followup/models/rule/thing.py",
            "from odoo.addons.dealer_complaint.models.value.thing import THING",
        ),
    ],
)
def test_an_import_that_goes_down_is_fine(scratch, file, line):
    path = scratch / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + "\n")
    assert not wrong_imports(scratch)


@pytest.mark.parametrize("addon", ADDONS)
def test_every_wing_is_told(addon):
    told = [cells[0].strip("`") for cells in told_wings(addon)]
    assert told == list(ranks(addon))
    there = wings(ROOT, addon)
    if there:
        assert there == set(told)
        beside = {path.name for path in (ROOT / addon / "models").glob("*.py")}
        assert beside == {"__init__.py"}


@pytest.mark.parametrize("addon", ADDONS)
def test_no_folder_is_a_hall(addon):
    full = [
        (folder, kind, number)
        for folder in (ROOT / addon).glob("**/")
        for kind in ("*.py", "*.xml", "*.js")
        if (number := len(list(folder.glob(kind)))) > MOST_FILES
    ]
    assert not full


@pytest.mark.parametrize("addon", ADDONS)
def test_views_stand_in_the_same_wings(addon):
    folders = {path.parent.name for path in (ROOT / addon / "views").glob("*/*.xml")}
    assert folders
    assert folders <= set(ranks(addon))


def told_wings(addon):
    return rows(section(page("docs/architecture.md"), addon))


@tagged("standard", "post_install", "-at_install")
class TestLives(TransactionCase):
    def assert_told(self, title, model):
        told = rows(section(page("docs/architecture.md"), title))
        states = model._fields["state"]._description_selection(
            model.with_context(lang="en_US").env
        )
        order = [state for state, _label in states]
        self.assertEqual([cells[0].strip("`") for cells in told], order)
        for (state, label), (_state, called, targets) in zip(states, told, strict=True):
            self.assertEqual(called, label)
            moves = [
                target for target in order if (state, target) in model._transitions
            ]
            self.assertEqual(re.findall(r"`(\w+)`", targets), moves, state)

    def test_the_life_of_a_visit_is_that_of_the_table(self):
        self.assert_told("The life of a visit", self.env["dealer.reception"])

    def test_the_life_of_a_complaint_is_that_of_the_table(self):
        self.assert_told("The life of a complaint", self.env["dealer.complaint"])
