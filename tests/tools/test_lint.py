"""The first line of a commit is short enough to be read in a list."""

import subprocess

import pytest

from tools.sandbox import common, lint

LONG = "[FIX] dealer_service: " + "w" * lint.LONGEST_SUBJECT


@pytest.fixture
def commit(tmp_path, monkeypatch):
    """Write an empty commit into a repository of the test."""
    monkeypatch.setattr(common, "REPO", tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)

    def write(subject, seconds):
        name = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        subprocess.run(
            ["git", *name, "commit", "-q", "--allow-empty", "-m", subject, "-m", LONG]
            + ["--date", f"{lint.SUBJECTS_SINCE + seconds} +0000"],
            cwd=tmp_path,
            check=True,
        )

    return write


def test_a_long_subject_is_found(commit):
    commit(LONG, 1)
    [found] = lint.long_subjects()
    assert found.endswith(LONG)


def test_the_longest_subject_that_fits(commit):
    commit(LONG[: lint.LONGEST_SUBJECT], 1)
    assert not lint.long_subjects()


def test_what_was_written_before_is_left_alone(commit):
    commit(LONG, -1)
    commit("[ADD] dealer_service: a bell", 1)
    assert not lint.long_subjects()
