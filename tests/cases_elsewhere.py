"""Cases that are run in a database of their own, each a test of the suite as well."""

import ast
import os
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from .database_copy import ROOT, DatabaseCopyCase


def cases(file):
    """The tests written in ``file``: (dotted class as pytest reports it, name)."""
    dotted = file.removesuffix(".py").replace("/", ".")
    for node in ast.parse((ROOT / file).read_text()).body:
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if getattr(part, "name", "").startswith("test_"):
                    yield f"{dotted}.{node.name}", part.name


def outcomes(report):
    """What a JUnit report says of each case: its complaint, or nothing at all."""
    found = {}
    for case in ElementTree.parse(report).iter("testcase"):
        words = [f"{part.tag}\n{part.text}" for part in case if len(part.attrib)]
        name = case.get("classname"), case.get("name")
        # one that fails in a subtest is reported more than once
        found[name] = "\n".join([found.get(name, ""), *words]).strip()
    return found


def each_case_a_test(cls):
    """Gives ``cls`` a test for each case of its files, named after file and case."""
    for file in cls.files:
        for case in cases(file):
            addon, module = Path(file).parts[1], Path(file).stem

            def test(self, case=case):
                self.assertEqual(self.outcomes[case], "")

            test.__name__ = f"test_{addon}_{module}_{case[1].removeprefix('test_')}"
            test.__doc__ = f"{file}: {case[1]}"
            assert not hasattr(cls, test.__name__), test.__name__
            setattr(cls, test.__name__, test)
    return cls


class CasesElsewhere(DatabaseCopyCase):
    """``files``: where the cases are. They are run by a pytest of their own."""

    files = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        report = os.path.join(folder, "report.xml")
        cls.pytest = cls.start(
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            f"--junitxml={report}",
            f"--odoo-database={cls.database}",
            *cls.files,
        )
        cls.outcomes = outcomes(report) if os.path.exists(report) else {}

    @classmethod
    def fill(cls, source):
        super().fill(source)
        cls.install()

    @classmethod
    def install(cls):
        """What the database is to have besides."""

    def check_that_every_case_was_run(self):
        """One that is skipped or inherited would not be among the tests above."""
        expected = {case for file in self.files for case in cases(file)}
        self.assertTrue(expected)
        self.assertEqual(set(self.outcomes), expected, self.pytest.stdout[-3000:])
        self.assertFalse(self.pytest.returncode, self.pytest.stdout[-3000:])
