"""The server: a given one wins; the embedded one lives as long as somebody needs it."""

import os
import signal
import subprocess
import sys

import pytest

from tools.sandbox import common, postgres
from tools.sandbox.common import Refusal

HOLD_THE_SERVER = """
import sys
from pathlib import Path
from tools.sandbox import postgres
with postgres.Embedded(Path(sys.argv[1])).in_use():
    print("held", flush=True)
    sys.stdin.read()
"""


def another_user(programs):
    """Another sandbox that uses the embedded server."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_SERVER, programs],
        cwd=common.REPO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_embedded_server_is_stopped_by_the_last_user_only(open_cache, programs):
    server = postgres.Embedded(programs)
    with server.in_use():
        assert server.query("postgres", "SELECT current_user") == [[postgres.ROLE]]
        other = another_user(programs)
    assert server.runs()
    other.communicate()
    assert not server.runs()


def test_a_killed_user_does_not_keep_the_server(open_cache, programs):
    server = postgres.Embedded(programs)
    other = another_user(programs)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert server.runs()
    with server.in_use():
        pass
    assert not server.runs()


def test_a_kept_server_stays_until_it_is_told(open_cache, programs):
    server = postgres.Embedded(programs)
    with server.in_use():
        server.keep(True)
    assert server.runs()
    server.keep(False)
    assert server.stop_if_unused()
    assert not server.runs()


def test_data_survives_a_restart_and_a_crash(open_cache, programs):
    server = postgres.Embedded(programs)
    with server.in_use():
        server.query("postgres", "CREATE TABLE kept AS SELECT 7 AS number")
        # Committed, perhaps not yet on the disk: a crash must not lose it.
        pid = int((server.data / "cluster/postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
    with server.in_use():
        assert server.query("postgres", "SELECT number FROM kept") == [["7"]]


def test_the_role_postgres_is_refused(open_cache, programs, monkeypatch):
    server = postgres.Embedded(programs)
    with server.in_use():
        server.query("postgres", "CREATE ROLE postgres LOGIN SUPERUSER")
        monkeypatch.setenv("PGHOST", str(server.sockets))
        monkeypatch.setenv("PGUSER", "postgres")
        with pytest.raises(Refusal, match="PGUSER"):
            postgres.given(programs)


def test_a_given_server_wins_and_nothing_embedded_is_started(
    open_cache, programs, monkeypatch
):
    monkeypatch.setattr(postgres.python_env, "postgres", lambda: programs)
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "1")
    with pytest.raises(Refusal, match="PG\\* variables name does not answer"):
        with postgres.server():
            pass
    assert not (open_cache / "postgres").exists()


def test_our_own_exported_variables_do_not_count_as_given(cache, monkeypatch):
    monkeypatch.setenv("PGHOST", str(postgres.sockets()))
    assert not postgres.is_given()
    assert postgres.place() == "data"
    monkeypatch.setenv("PGHOST", "elsewhere")
    assert postgres.is_given()


def test_each_server_has_its_own_files(cache, monkeypatch):
    places = set()
    for host, port in (("one", "5432"), ("one", "5433"), ("two", "5432")):
        monkeypatch.setenv("PGHOST", host)
        monkeypatch.setenv("PGPORT", port)
        places.add(postgres.place())
    assert len(places) == 3
    assert "data" not in places


def test_a_long_cache_path_gets_a_short_socket(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ("long" * 30)))
    assert len(str(postgres.sockets())) < 90


@pytest.mark.parametrize("is_root", [True, False])
def test_root_is_told_when_postgres_cannot_enter_the_cache(
    cache, programs, monkeypatch, is_root
):
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0 if is_root else 1000)
    server = postgres.Embedded(programs)
    server.home.mkdir(parents=True)
    server.home.chmod(0o700)
    if is_root:
        with pytest.raises(Refusal, match="refuses to run as root"):
            server.check_reachable()
    else:
        server.check_reachable()
