"""In which order the parts of our models meet: written down, and not by the alphabet.

The table is `hook_order.txt`. After a change on purpose, write it anew with
`HOOK_ORDER=write make test ARGS=tests/test_hook_order.py` and read the difference.
"""

import ast
import inspect
import os
import re
import shutil
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import TransactionCase, tagged

from .test_conventions import ADDONS, ROOT

TABLE = Path(__file__).parent / "hook_order.txt"
#: What all models share: it comes last in each.
OF_ALL = "odoo.addons.dealer_service.models.common.base"
#: So many parts of one addon may define one of these for one model.
AT_MOST = 2
#: What several parts of a model define, each for itself.
HOOKS = re.compile(
    r"create|write|unlink|load|action_\w+|rating_apply|_set_state"
    r"|_(after|before|on)_\w+|_(check_direct|enter_|leave_)\w*"
    r"|_(recorded_fields|guards|completions|intake|consequences)"
)
#: Rows that a part adds to one of these tables: named like it, in capitals.
TABLES = re.compile(
    r"_(RECORDED_FIELDS|GUARDS|COMPLETIONS|INTAKE|CONSEQUENCES|(ENTER|LEAVE)_STEPS)"
)


def calls_super(tree, name):
    """Whether the method hands on to the next definition of the same name."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "super"
        for node in ast.walk(tree)
    )


def local_imports(path, folder):
    """The modules below ``folder`` that a file imports, in its order."""
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        target = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
        if folder not in (target, *target.parents):
            continue
        if target.is_dir():
            yield from (target / alias.name for alias in node.names)
        else:
            yield target


def written_order(folder):
    """The modules below a folder in the order in which `__init__.py` names them."""

    def walk(place):
        for target in dict.fromkeys(local_imports(place / "__init__.py", place)):
            if target.is_dir():
                yield from walk(target)
            else:
                yield dotted(target, folder)

    return list(walk(folder))


def loaded_order(folder):
    """The modules below a folder in the order in which Python loads them.

    A module that another one imports is loaded before that one.
    """
    order = []

    def load(target):
        path = target.with_suffix(".py")
        if dotted(target, folder) in order or not path.exists():
            return
        for other in local_imports(path, folder):
            load(other)
        order.append(dotted(target, folder))

    for name in written_order(folder):
        load(folder.joinpath(*name.split(".")))
    return order


def dotted(target, folder):
    return ".".join(target.relative_to(folder).with_suffix("").parts)


def model_of(node):
    """The model that a class brings or extends."""
    said = {
        line.targets[0].id: line.value
        for line in node.body
        if isinstance(line, ast.Assign) and line.targets[0].id in ("_name", "_inherit")
    }
    named = said.get("_name", said.get("_inherit"))
    return named.value if isinstance(named, ast.Constant) else None


def parts_of(folder):
    """What each module of a folder adds to which model.

    :return: dict: (model, method) → modules, the one that acts first at the top
    """
    parts = {}
    for name in loaded_order(folder):
        path = folder.joinpath(*name.split(".")).with_suffix(".py")
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.ClassDef):
                continue
            model = model_of(node)
            for hook in hooks_in(node):
                parts.setdefault((model, hook), []).insert(0, name)
    return parts


def hooks_in(node):
    """The hooks that a class defines, and the tables to which it adds rows."""
    for line in node.body:
        if isinstance(line, ast.FunctionDef) and HOOKS.fullmatch(line.name):
            yield line.name
        elif isinstance(line, ast.Assign) and TABLES.fullmatch(line.targets[0].id):
            yield line.targets[0].id.lower()


@tagged("standard", "post_install", "-at_install")
class TestHookOrder(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chains = dict(cls.find_chains())

    @classmethod
    def find_chains(cls):
        """(model, method) → the classes that define it, the outermost first."""
        for name, model in sorted(cls.env.registry.items()):
            chains = {}
            for part in model.mro():
                for method, function in vars(part).items():
                    if (
                        HOOKS.fullmatch(method) and inspect.isroutine(function)
                    ) or TABLES.fullmatch(method):
                        chains.setdefault(method.lower(), []).append(part)
            for method, chain in sorted(chains.items()):
                if any(cls.is_ours(part) for part in chain):
                    yield (name, method), chain

    @staticmethod
    def is_ours(part):
        return part.__module__.startswith(tuple(f"odoo.addons.{a}." for a in ADDONS))

    @staticmethod
    def hands_on(part, method):
        if method not in vars(part):
            return True  # rows: the mixin adds them to those below
        source = inspect.getsource(inspect.unwrap(vars(part)[method]))
        return calls_super(ast.parse(textwrap.dedent(source)), method)

    def rows(self):
        """Of each method that several parts of ours define: which, and in what order.

        A part that hands on to the next one is followed by `>`.
        """
        for (model, method), chain in self.chains.items():
            ours = [
                part
                for part in chain
                if self.is_ours(part) and part.__module__ != OF_ALL
            ]
            if len(ours) < 2:
                continue
            yield f"{model} {method}"
            for part in ours:
                place = part.__module__.removeprefix("odoo.addons.")
                mark = " >" if self.hands_on(part, method) else ""
                yield f"    {place.replace('.models.', '/')}{mark}"

    def test_the_order_is_the_one_that_is_written_down(self):
        table = "".join(f"{row}\n" for row in self.rows())
        if os.environ.get("HOOK_ORDER") == "write":
            TABLE.write_text(table)
        self.assertEqual(
            table.splitlines(),
            TABLE.read_text().splitlines(),
            "The order of the parts has changed; see the top of this file.",
        )

    def test_no_part_is_silently_left_out(self):
        for (model, method), chain in self.chains.items():
            for number, part in enumerate(chain):
                if not self.is_ours(part) or self.hands_on(part, method):
                    continue
                hidden = [
                    below.__module__
                    for below in chain[number + 1 :]
                    if self.hands_on(below, method)
                ]
                self.assertFalse(
                    hidden,
                    f"{part.__module__} does not call super().{method} of {model}:"
                    " what extends it there is never called.",
                )

    def test_an_addon_meets_itself_at_most_twice(self):
        """What follows from what is a row of a table, not one more override."""
        crowded = {}
        for addon in ADDONS:
            for hook, parts in parts_of(ROOT / addon / "models").items():
                if len(parts) > AT_MOST:
                    crowded[(addon, *hook)] = parts
        self.assertEqual(crowded, {})

    def test_the_import_sorter_keeps_off_the_load_order(self):
        settings = (ROOT / "pyproject.toml").read_text()
        self.assertRegex(settings, r'"dealer_\*/models/\*\*/__init__.py" = .*"I001"')

    def test_every_part_is_loaded_where_it_is_named(self):
        """No module brings another one forward that extends the same model."""
        for addon in ADDONS:
            folder = ROOT / addon / "models"
            written = written_order(folder)
            loaded = [name for name in loaded_order(folder) if name in set(written)]
            moved = {n for n, m in zip(written, loaded, strict=True) if n != m}
            for (model, method), parts in parts_of(folder).items():
                named = sorted(parts, key=written.index, reverse=True)
                if moved.intersection(parts):
                    with self.subTest(addon=addon, model=model, method=method):
                        self.assertEqual(parts, named)

    def test_other_file_names_make_no_other_order(self):
        """The same files and folders, named so that the alphabet runs backwards."""
        for addon in ADDONS:
            folder = ROOT / addon / "models"
            with self.subTest(addon=addon), TemporaryDirectory() as scratch:
                copy = Path(scratch) / "models"
                shutil.copytree(
                    folder, copy, ignore=shutil.ignore_patterns("*.pyc", "__pycache__")
                )
                renamed = self.rename_backwards(copy)
                self.assertNotEqual(loaded_order(copy), loaded_order(folder))
                self.assertEqual(
                    parts_of(copy),
                    {
                        hook: [
                            ".".join(renamed[word] for word in name.split("."))
                            for name in parts
                        ]
                        for hook, parts in parts_of(folder).items()
                    },
                )

    def rename_backwards(self, copy):
        """Gives every file and folder below ``copy`` a name of its own.

        :return: dict: the old name → the new one
        """
        named = [p for p in copy.rglob("*") if p.is_dir() or p.stem[0] != "_"]
        names = sorted(path.stem for path in named)
        self.assertEqual(len(names), len(set(names)))
        renamed = {
            name: f"part_{number:03}_{name}"
            for number, name in enumerate(reversed(names))
        }
        words = re.compile(r"\b(" + "|".join(names) + r")\b")
        for path in copy.rglob("*.py"):
            lines = [
                words.sub(lambda match: renamed[match[0]], line)
                if line.startswith("from .")
                else line
                for line in path.read_text().splitlines(keepends=True)
            ]
            path.write_text("".join(lines))
        # what is in a folder before the folder itself
        for path in sorted(named, key=lambda path: -len(path.parts)):
            path.rename(path.with_stem(renamed[path.stem]))
        return renamed

    def test_what_is_read_from_the_files_is_what_odoo_runs(self):
        for addon in ADDONS:
            prefix = f"odoo.addons.{addon}.models."
            for (model, method), parts in parts_of(ROOT / addon / "models").items():
                run = [
                    part.__module__.removeprefix(prefix)
                    for part in self.chains[model, method]
                    if part.__module__.startswith(prefix)
                    and getattr(part, "_name", None) == model
                ]
                with self.subTest(addon=addon, model=model, method=method):
                    self.assertEqual(run, parts)
