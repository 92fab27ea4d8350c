"""`make run` as a person uses it: an address, a page, Ctrl-C."""

import os
import signal
import socket
import time
import urllib.request

import pytest

from tools.sandbox import serve
from tools.sandbox.common import Refusal

DATABASE = (
    f"{os.environ.get('PGDATABASE', 'test_0')}-run"  # dropped with the test's own
)


def free_port():
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens_on(port):
    """Addresses, as the system writes them, on which a port is served."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as rows:
            for row in list(rows)[1:]:
                fields = row.split()
                address, number = fields[1].rsplit(":", 1)
                if fields[3] == "0A" and int(number, 16) == port:
                    found.add(address)
    return found


def read_until(process, wanted):
    """The lines that a process writes, up to the one that holds `wanted`."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if wanted in line:
            return lines
    pytest.fail(f"{wanted!r} never came, but: {lines}\n{process.stderr.read()}")


def test_run_serves_a_page_on_loopback_and_ctrl_c_ends_it(sandbox_command):
    port = free_port()
    for attempt in ("first", "again"):
        start = time.monotonic()
        process = sandbox_command("run", PORT=str(port), DB=DATABASE)
        address = read_until(process, "http://localhost:")[-1].strip()
        seconds = time.monotonic() - start
        assert attempt == "first" or seconds < 15
        assert address == f"http://localhost:{port}"
        logins = read_until(process, "admin")
        assert logins[-1].split()[-2:] == ["admin", "admin"]

        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.addheaders = [("Accept-Language", "zh-CN,zh;q=0.9")]
        page = f"http://127.0.0.1:{port}/web/login"
        with opener.open(page, timeout=60) as answer:
            assert answer.status == 200
            assert "密码" in answer.read().decode()
        assert listens_on(port) == {"0100007F"}

        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 0
        assert not listens_on(port)


def test_a_taken_port_is_one_sentence(sandbox_command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        start = time.monotonic()
        process = sandbox_command("run", PORT=str(port), DB=DATABASE)
        _out, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.strip().startswith(f"Port {port} is taken by another program")
    assert "make run PORT=8070" in told
    assert len(told.strip().splitlines()) == 1
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_what_is_no_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Refusal, match="is not a port"):
        serve.port()
