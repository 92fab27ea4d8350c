"""One clear sentence for each failure, and no process ended that is not ours."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tools.sandbox import common
from tools.sandbox.common import Refusal

RUN_WITH_A_CHILD = """
import sys
from pathlib import Path
from tools.sandbox import common
child = "sleep 60 & echo $! > %s; wait" % sys.argv[1]
common.run(["sh", "-c", child], "a child", Path(sys.argv[2]))
"""


def is_alive(pid):
    """Whether a process runs; one that ended and awaits its parent does not."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition, seconds=10):
    """Wait until `condition()` holds, and return what it says."""
    end = time.monotonic() + seconds
    while not (answer := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_end_from_outside_ends_our_programs_and_no_other(tmp_path, sign):
    bystander = subprocess.Popen(["sleep", "60"])
    note = tmp_path / "pid"
    program = RUN_WITH_A_CHILD
    if sign == signal.SIGTERM:
        program = (
            "import signal; from tools.sandbox.__main__ import interrupt\n"
            f"signal.signal(signal.SIGTERM, interrupt)\n{program}"
        )
    ours = subprocess.Popen(
        [sys.executable, "-c", program, note, tmp_path / "log"],
        cwd=common.REPO,
        stderr=subprocess.DEVNULL,
    )
    child = int(wait_for(lambda: note.exists() and note.read_text().strip()))
    assert is_alive(child)
    ours.send_signal(sign)
    ours.wait(30)
    assert wait_for(lambda: not is_alive(child))
    assert is_alive(bystander.pid)
    bystander.kill()
    bystander.wait()


def test_a_full_disk_is_one_sentence_with_the_way_out(cache, tmp_path):
    full = ["sh", "-c", "printf x | dd of=/dev/full"]
    with pytest.raises(Refusal, match="The disk is full: free some space") as refusal:
        common.run(
            full, "a library", tmp_path / "log", env={**os.environ, "LC_ALL": "C"}
        )
    assert "\n" not in str(refusal.value)


def test_too_little_space_is_told_before_the_work(tmp_path):
    with pytest.raises(Refusal, match="The disk is full: .* XDG_CACHE_HOME"):
        common.need_space(tmp_path / "cache", 1e9)


def test_another_failure_names_its_log_and_its_cause(tmp_path):
    program = "import sys; sys.exit('ValueError: the cause')"
    log = tmp_path / "log"
    with pytest.raises(
        Refusal, match="Something failed: ValueError: the cause"
    ) as refusal:
        common.run([sys.executable, "-c", program], "Something", log)
    assert str(log) in str(refusal.value)


def test_steps_tell_their_end(capsys):
    with common.Step("first"):
        pass
    with pytest.raises(ValueError), common.Step("second"):
        raise ValueError
    with pytest.raises(KeyboardInterrupt), common.Step("third"):
        raise KeyboardInterrupt
    told = capsys.readouterr().err
    assert "* first: done" in told
    assert "* second: failed" in told
    assert "* third: interrupted" in told


def test_the_time_of_the_first_run_part_by_part(monkeypatch):
    monkeypatch.setattr(common.Step, "parts", {})
    parts = (common.DEMO, 2), (common.DOWNLOAD, 10), ("", 5), (common.DOWNLOAD, 2)
    for part, seconds in parts:
        with common.Step("a step", part) as step:
            step.start -= seconds
    assert common.spent() == "download 12.0 s, demo 2.0 s"


def test_the_cache_is_outside_the_clone(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert str(common.cache_home()) == "/somewhere/dealer-sandbox"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert common.REPO not in common.cache_home().parents
