"""The rules of tests/conftest.py: no silent skip, no warning in the log."""

import subprocess
import sys

import pytest

from tools.sandbox import common

from ..proofs import PROOFS, is_proof

CASES = {
    "test_plain": ("", "passed"),
    "test_undeclared_skip": ("pytest.skip('it is raining')", "failed"),
    "test_declared_skip": (
        "pytest.skip('shared/data is not beside this clone')",
        "skipped",
    ),
    "test_package_there": ("pytest.skip('Chrome executable not found')", "failed"),
    "test_package_missing": ("pytest.skip('wkhtmltopdf is not installed')", "skipped"),
    "test_warning": ("logging.getLogger('odoo').warning('odd')", "failed"),
    "test_information": ("logging.getLogger('odoo').info('fine')", "passed"),
    "test_expected_warning": (
        "case = unittest.TestCase()\n"
        "    with case.assertLogs('odoo'):\n"
        "        logging.getLogger('odoo').warning('expected')",
        "passed",
    ),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What pytest says of each case, under our rules and without Odoo."""
    folder = tmp_path_factory.mktemp("rules")
    source = "import logging, unittest\nimport pytest\n"
    for name, (body, _outcome) in CASES.items():
        source += f"\ndef {name}():\n    {body or 'pass'}\n"
    (folder / "test_cases.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-p", "no:odoo", "-p", "tests.conftest"]
    command += ["-p", "no:cacheprovider", "-v", "-c", "/dev/null", "--rootdir", folder]
    done = subprocess.run(
        [*command, folder / "test_cases.py"],
        cwd=common.REPO,
        env={
            "PATH": "",
            "PYTHONPATH": str(common.REPO),
            "DEALER_MISSING": "wkhtmltopdf",
        },
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", CASES)
def test_rule(outcomes, name):
    wanted = CASES[name][1]
    lines = [line for line in outcomes.splitlines() if f"::{name} " in line]
    words = {
        word
        for line in lines
        for word in ("PASSED", "FAILED", "SKIPPED", "ERROR")
        if f" {word}" in line
    }
    if wanted == "failed":
        assert words & {"FAILED", "ERROR"}, outcomes
    else:
        assert words == {wanted.upper()}, outcomes


def test_the_reasons_are_shown(outcomes):
    assert "Unexpected skip" in outcomes
    assert "it is raining" in outcomes
    assert "WARNING odoo: odd" in outcomes


@pytest.mark.parametrize("beginning", PROOFS)
def test_a_proof_is_a_file_of_tests(beginning):
    files = (common.REPO / "tests").glob(f"{beginning}*")
    assert list(files)


def test_proofs_are_left_to_their_own_command():
    assert is_proof("releases/test_upgrade.py")
    assert not is_proof("dealer_service/visit/test_delivery.py")
