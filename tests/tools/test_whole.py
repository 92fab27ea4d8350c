"""Nothing half-made is ever taken for whole."""

import signal
import subprocess
import sys
import time

import pytest

from tools.sandbox import common

KILLED_IN_THE_MIDDLE = """
import sys, time
from pathlib import Path
from tools.sandbox import common
def fill(target):
    (target / "first half").touch()
    print("half", flush=True)
    time.sleep(60)
common.make_whole(Path(sys.argv[1]), "key", fill, movable=sys.argv[2] == "movable")
"""


def fill(target):
    (target / "all of it").touch()


@pytest.mark.parametrize("kind", ["movable", "in its place"])
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_what_was_killed_in_the_middle_is_made_anew(tmp_path, kind, sign):
    folder = tmp_path / "thing"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, folder, kind],
        cwd=common.REPO,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "half\n"
    process.send_signal(sign)
    process.communicate()
    assert not common.is_whole(folder, "key")

    common.make_whole(folder, "key", fill, movable=kind == "movable")
    assert common.is_whole(folder, "key")
    assert sorted(p.name for p in folder.iterdir()) == [common.STAMP, "all of it"]
    assert [p.name for p in tmp_path.iterdir()] == ["thing"]


def test_other_inputs_make_another_thing(tmp_path):
    common.make_whole(tmp_path / "thing", "key", fill)
    assert not common.is_whole(tmp_path / "thing", "other key")


def test_a_half_removed_thing_is_not_whole(tmp_path, monkeypatch):
    folder = tmp_path / "thing"
    common.make_whole(folder, "key", fill)
    monkeypatch.setattr(common.shutil, "rmtree", lambda *_a, **_k: None)
    common.remove(folder)
    assert (folder / "all of it").exists()
    assert not common.is_whole(folder, "key")


def test_one_waits_for_the_lock_of_the_other(cache, capsys):
    hold = "import time; from tools.sandbox import common\n"
    hold += "with common.lock('x'): print('held', flush=True); time.sleep(1)"
    process = subprocess.Popen(
        [sys.executable, "-c", hold], cwd=common.REPO, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    start = time.monotonic()
    with common.lock("x", "waiting for the other"):
        assert time.monotonic() - start > 0.5
    assert "waiting for the other" in capsys.readouterr().err
    process.communicate()
