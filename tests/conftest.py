"""Rules for every test: no silent skip, and nothing worse than information in the log.

A test that expects a warning says so with `assertLogs` or Odoo's `mute_logger`: both
take the record away before it is seen here.
"""

import logging
import os
import re
from pathlib import Path

import pytest

from .proofs import is_proof

TESTS = Path(__file__).parent
# Reasons for which a test may be skipped, and the missing package that makes it so;
# None: the reason itself says what is missing, and needs no package.
ALLOWED_SKIPS = {
    r"shared/data is not beside this clone": None,
    r"release .* is not in the history of this clone": None,
    r"this PostgreSQL offers neither pg_trgm nor unaccent": None,
    r"chromium is not installed": "chromium",
    r"Chrome executable not found": "chromium",
    r"wkhtmltopdf is not installed": "wkhtmltopdf",
    r"poppler-utils is not installed": "poppler-utils",
    r"fonts-noto-cjk is not installed": "fonts-noto-cjk",
    r"libmagic1 is not installed": "libmagic1",
    r"zbar-tools is not installed": "zbar-tools",
}
# Log records that no change of ours can prevent: (logger, text), each with its reason.
ALLOWED_LOGS = ()
MISSING = os.environ.get("DEALER_MISSING", "").split()


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(TESTS):
            if is_proof(item.path.relative_to(TESTS).as_posix()):
                item.add_marker("proof")


def is_allowed_skip(reason):
    """Whether a skip is declared, and its cause is really there."""
    return any(
        re.search(pattern, reason) and (package is None or package in MISSING)
        for pattern, package in ALLOWED_SKIPS.items()
    )


def skip_to_failure(report):
    """Turn a skip that nobody declared into a failure."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    if not is_allowed_skip(str(reason)):
        report.outcome = "failed"
        report.longrepr = (
            f"Unexpected skip: {reason}\nA skip needs its reason in ALLOWED_SKIPS of "
            "tests/conftest.py; most often something is missing on the machine."
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    skip_to_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    skip_to_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A world that classes of tests share ends before a test of another kind."""
    try:
        return (yield)
    finally:
        if leave := getattr(item.cls, "leave_world", None):
            leave(nextitem and nextitem.cls)


class Watch(logging.Handler):
    """Keeps what the log says that is worse than information."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        text = record.getMessage()
        for logger, pattern in ALLOWED_LOGS:
            if record.name == logger and re.search(pattern, text):
                return
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self.lines.append(f"{record.levelname} {record.name}: {text}")

    def take(self):
        """The lines since the last call."""
        lines, self.lines = self.lines, []
        return lines


@pytest.fixture(scope="session")
def odoo_log():
    """The watch on the log, from the loading of the database on."""
    watch = Watch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    refuse(watch.take(), "after the last test")


@pytest.fixture(autouse=True)
def clean_log(odoo_log, request):
    """Fail a test during which the log said something worse than information."""
    yield
    refuse(odoo_log.take(), f"during {request.node.name}")


def refuse(lines, when):
    """Fail with what the log said."""
    if lines:
        text = "\n".join(lines)
        pytest.fail(f"The log has a warning {when}:\n{text}", pytrace=False)
