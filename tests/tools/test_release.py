"""A release is found again, and a change since then raises the version."""

import subprocess

import pytest

from tools.sandbox import common, release

MANIFEST = '{"name": "Service", "version": "%s"}'


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A repository with one addon, released at once; git commands run in it."""
    monkeypatch.setattr(common, "REPO", tmp_path)
    monkeypatch.setattr(release, "LIST", tmp_path / "releases.txt")

    def git(*arguments):
        name = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        done = subprocess.run(
            ["git", *name, *arguments],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    write(tmp_path, "__manifest__.py", MANIFEST % "19.0.1.9.0")
    write(tmp_path, "data/rows.xml", "<odoo/>")
    write(tmp_path, "static/src/board.js", "")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    commit = git("rev-parse", "HEAD")
    release.LIST.write_text(f"# tag, commit\n2026.11 {commit}\n")
    return tmp_path


def write(clone, name, text):
    path = clone / "dealer_service" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_nothing_has_changed(clone):
    assert release.unraised() == []


def test_a_changed_row_raises_the_version(clone):
    write(clone, "data/rows.xml", "<odoo><data/></odoo>")
    [found] = release.unraised()
    assert "dealer_service has changed since release 2026.11" in found
    write(clone, "__manifest__.py", MANIFEST % "19.0.1.8.0")
    assert len(release.unraised()) == 1
    write(clone, "__manifest__.py", MANIFEST % "19.0.1.10.0")
    assert release.unraised() == []


def test_what_no_database_holds_raises_nothing(clone):
    write(clone, "static/src/board.js", "// faster")
    assert release.unraised() == []


def test_a_shallow_clone_says_that_it_was_not_compared(clone, capsys):
    release.LIST.write_text("2026.11 " + "0" * 40 + "\n")
    write(clone, "data/rows.xml", "<odoo><data/></odoo>")
    assert release.unraised() == []
    assert "Not compared with release 2026.11" in capsys.readouterr().err
