"""`make lint`: every check that needs no running test; `make format` mends layouts."""

import subprocess

from . import (
    common,
    i18n,
    javascript,
    odoo_source,
    postgres,
    python_env,
    release,
    testing,
)
from .common import Step, say
from .database import Sandbox

CHECKS = common.REPO / "tools/check_files.py"
#: Characters of a commit's first line, and since when (29 November 2026) it is checked.
LONGEST_SUBJECT = 72
SUBJECTS_SINCE = 1795920300
SCRIPTS = ("*.js", "*.mjs")
STYLES = ("*.scss", "*.css")
# Odoo's own checks of its addons, the files that look at ours too.
ODOO_CHECKS = (
    "test_dunderinit",
    "test_index",
    "test_manifests",
    "test_naming",
    "test_onchange_domains",
    "test_orm_import",
    "test_override_signatures",
    "test_pofile",
    "test_test_holes",
)


def tracked(*patterns: str) -> list[str]:
    """Files of the repository, those not yet committed too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--"]
    listed = subprocess.run(
        [*command, *patterns],
        cwd=common.REPO,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        name for name in listed.stdout.splitlines() if (common.REPO / name).is_file()
    ]


def check(label: str, command: list) -> bool:
    """Run one check; what it says is shown only when it finds something."""
    with Step(label):
        done = subprocess.run(
            [str(part) for part in command],
            cwd=common.REPO,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode == 0


def long_subjects() -> list[str]:
    """Commits whose first line is too long to be read in a list.

    Judged by the day of writing, which survives rebasing and shallow clones.
    """
    log = subprocess.run(
        ["git", "log", "--format=%at %h %s"],
        cwd=common.REPO,
        capture_output=True,
        text=True,
        check=True,
    )
    commits = (line.split(" ", 2) for line in log.stdout.splitlines())
    return [
        f"{commit} {subject}"
        for written, commit, subject in commits
        if int(written) >= SUBJECTS_SINCE and len(subject) > LONGEST_SUBJECT
    ]


def lint() -> int:
    """Run all checks, also after one has failed."""
    python = python_env.lint()
    addons = common.addons()
    results = [
        check("ruff: rules", [python, "-m", "ruff", "check", "-q", "."]),
        check("ruff: format", [python, "-m", "ruff", "format", "-q", "--diff", "."]),
        check("files", [python, CHECKS, *tracked("*.xml", "*.po", "*.py", *STYLES)]),
        *scripts_and_styles(),
    ]
    with Step("Commits"):
        too_long = long_subjects()
    if too_long:
        say("\n".join([f"Subjects over {LONGEST_SUBJECT} characters:", *too_long]))
    results.append(not too_long)
    with Step("Versions"):
        unraised = release.unraised()
    if unraised:
        say("\n".join(unraised))
    results.append(not unraised)
    if addons:
        pylint = [python, "-m", "pylint", "--rcfile", ".pylintrc-mandatory", "-j", "2"]
        results.append(check("pylint-odoo", [*pylint, *addons]))
    with postgres.server() as server:
        sandbox = Sandbox(odoo_source.get(), server)
        with Step("Translations"):
            stale = i18n.stale(sandbox)
        if stale:
            say("Not up to date, run make i18n: " + ", ".join(stale))
        results += [not stale, odoo_checks(sandbox)]
    return 0 if all(results) else 1


def scripts_and_styles() -> list[bool]:
    """The rules of JavaScript, and the layout of it and of the styles."""
    eslint = javascript.command(javascript.ESLINT)
    prettier = javascript.command(javascript.PRETTIER)
    scripts = tracked(*SCRIPTS)
    return [
        check("eslint", [*eslint, "--max-warnings", "0", *scripts]),
        check("prettier", [*prettier, "--check", *scripts, *tracked(*STYLES)]),
    ]


def odoo_checks(sandbox: Sandbox) -> bool:
    """Odoo's own lint of addons, on a copy of the template."""
    folders = [path / "test_lint/tests" for path in sandbox.odoo.addons_path]
    files = [
        folder / f"{name}.py"
        for folder in folders
        for name in ODOO_CHECKS
        if (folder / f"{name}.py").is_file()
    ]
    if not files:
        say("! Not run: Odoo's own lint, which this Odoo does not carry.")
        return True
    say("* Odoo's own lint")
    quiet = [
        "-q",
        "--no-header",
        "--tb=short",
        "-o",
        "addopts=",
        "-p",
        "no:cacheprovider",
    ]
    return testing.pytest(sandbox, [*quiet, *map(str, files)], []) == 0


def format_code() -> int:
    """Let ruff and prettier mend what they can: order of imports, layout."""
    prettier = javascript.command(javascript.PRETTIER)
    files = tracked(*SCRIPTS, *STYLES)
    subprocess.call(
        [*prettier, "--log-level", "warn", "--write", *files], cwd=common.REPO
    )
    ruff = [python_env.lint(), "-m", "ruff"]
    fixed = subprocess.call([*ruff, "check", "-q", "--fix", "."], cwd=common.REPO)
    return subprocess.call([*ruff, "format", "."], cwd=common.REPO) or fixed
