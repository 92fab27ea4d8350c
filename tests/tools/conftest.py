"""What the tests of the sandbox share: a cache of their own, and the real programs."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tools.sandbox import common


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache: nothing of the real one is read or touched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return common.cache_home()


@pytest.fixture
def open_cache(monkeypatch):
    """An empty cache that PostgreSQL's user may enter when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="dealer-", dir="/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)
    yield common.cache_home()
    shutil.rmtree(folder)


@pytest.fixture
def programs():
    """PostgreSQL's programs, which `make test` puts on the PATH."""
    return Path(shutil.which("initdb")).parent


@pytest.fixture
def sandbox_command():
    """Start a command of the sandbox as a person does, and end it with the test."""
    started = []

    def start(*arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.sandbox", *arguments],
            cwd=common.REPO,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
