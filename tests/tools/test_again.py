"""The same tests again and again: each run is a line, and none is run twice."""

import sys

import pytest

from tools.sandbox import again
from tools.sandbox.common import Refusal

GREEN = [sys.executable, "-c", "print('=== 3 passed in 0.01s ===')"]
RED = [sys.executable, "-c", "print('=== 1 failed in 0.01s ==='); raise SystemExit(1)"]
STOPPED = [sys.executable, "-c", "raise SystemExit(2)"]


@pytest.fixture
def two_runs(cache, monkeypatch):
    monkeypatch.setenv("RUNS", "2")
    monkeypatch.setenv("BUSY", "1")
    monkeypatch.delenv("ARGS", raising=False)
    return again.record(again.commit(), "")


def test_each_run_is_a_line_that_tells_how_it_went(two_runs):
    assert again.again(GREEN) == 0
    one, two = again.lines(two_runs)
    assert one.endswith("1 cores busy, green: 3 passed in 0.01s")
    assert "3 passed" in two_runs.with_suffix(".1.log").read_text()
    assert not two_runs.with_suffix("").exists()


def test_it_goes_on_where_it_stopped(two_runs, monkeypatch):
    again.again(GREEN)
    monkeypatch.setenv("RUNS", "3")
    assert again.again(RED) == 1
    assert [" green: " in line for line in again.lines(two_runs)] == [True, True, False]
    monkeypatch.setenv("RUNS", "2")
    assert again.again(STOPPED) == 1
    assert len(again.lines(two_runs)) == 3


def test_a_run_without_a_summary_is_red(two_runs):
    assert again.again(STOPPED) == 1
    assert "red: no summary" in again.lines(two_runs)[0]


def test_other_tests_are_counted_by_themselves(cache):
    assert again.record("a" * 40, "") != again.record("a" * 40, "tests/browser")


@pytest.mark.parametrize("runs", ["0", "-1", "many"])
def test_a_number_of_runs_that_is_none_is_refused(cache, monkeypatch, runs):
    monkeypatch.setenv("RUNS", runs)
    with pytest.raises(Refusal, match="RUNS"):
        again.again(GREEN)
