"""The database server: the one that PG* variables name, else an embedded one.

The embedded one is shared by all sandboxes of the cache. Each holds a shared lock on
`users` while it needs the server; the last one to go stops it, unless `make env` asked
to keep it. A killed sandbox loses its lock with its life, so nothing is counted wrong.
"""

import contextlib
import fcntl
import os
import pwd
import subprocess
import tempfile
import time
from pathlib import Path

from . import common, python_env
from .common import Refusal, Step

ROLE = "dealer"
PORT = "5432"  # only a part of the socket's name: nothing listens on the network
PATIENCE = 10  # seconds for a server that was killed to be gone
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "512MB",
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_workers_per_gather": "0",
    # A stopped or killed server loses nothing by this, only a machine that loses its
    # power does; and all of it can be made again.
    "fsync": "off",
    "full_page_writes": "off",
}


class Postgres:
    """A server that answers, and how to reach it."""

    def __init__(self, programs: Path, variables: dict[str, str]):
        self.programs = programs
        self.variables = variables

    @property
    def environment(self) -> dict[str, str]:
        """The environment for a program that uses this server."""
        path = f"{self.programs}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**os.environ, **self.variables, "PATH": path}

    def call(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        """Run one of PostgreSQL's own programs against the server."""
        return subprocess.run(
            [self.programs / program, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def query(self, database: str, sql: str) -> list[list[str]]:
        """The rows of `sql`, as text."""
        answer = self.call(
            "psql", "-XAtqF\t", "-v", "ON_ERROR_STOP=1", database, "-c", sql
        )
        if answer.returncode:
            raise Refusal(f"PostgreSQL refused {sql!r}: {answer.stderr.strip()}")
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def databases(self) -> list[str]:
        """Names of all databases of the server."""
        return [
            row[0] for row in self.query("postgres", "SELECT datname FROM pg_database")
        ]


def is_given() -> bool:
    """Whether the environment names a server, which then wins over the embedded one."""
    names = ("PGHOST", "PGHOSTADDR", "PGSERVICE")
    given_names = [name for name in names if os.environ.get(name)]
    # A shell that took our own `make env` names the embedded one.
    return bool(given_names) and os.environ.get("PGHOST") != str(sockets())


def place() -> str:
    """The name of the folder for the files that belong to this server's databases."""
    if not is_given():
        return "data"
    names = ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGPORT")
    return f"data-{common.digest(*(os.environ.get(name, '') for name in names))}"


@contextlib.contextmanager
def server():
    """The server for as long as the block needs it."""
    programs = python_env.postgres()
    if is_given():
        yield given(programs)
        return
    embedded = Embedded(programs)
    with embedded.in_use():
        yield embedded


def given(programs: Path) -> Postgres:
    """The server of the PG* variables, refused when it cannot serve Odoo."""
    found = Postgres(programs, {})
    answer = found.call("psql", "-XAtq", "postgres", "-c", "SELECT current_user")
    if answer.returncode:
        raise Refusal(
            "The PostgreSQL server that the PG* variables name does not answer: "
            f"{answer.stderr.strip()}"
        )
    if answer.stdout.strip() == "postgres":
        raise Refusal(
            "Odoo refuses the database role 'postgres': create another role that may "
            "create databases and name it with PGUSER."
        )
    return found


def sockets() -> Path:
    """The folder of the embedded server's socket; the system allows 107 letters."""
    folder = common.cache_home() / "postgres/run"
    if len(str(folder)) <= 80:
        return folder
    short = f"{common.NAME}-{os.getuid()}-{common.digest(str(folder))}"
    return Path(tempfile.gettempdir()) / short


class Embedded(Postgres):
    """The server of the wheel, on a socket that only this user can reach."""

    def __init__(self, programs: Path):
        self.home = common.cache_home() / "postgres"
        self.data = self.home / "data-18"
        self.sockets = sockets()
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        super().__init__(
            programs, {"PGHOST": str(self.sockets), "PGPORT": PORT, "PGUSER": ROLE}
        )

    # -- sharing ---------------------------------------------------------------

    @contextlib.contextmanager
    def in_use(self):
        """Start the server unless it runs; the last user to leave stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "users").open("w") as users:
            with common.lock("postgres"):
                fcntl.flock(users, fcntl.LOCK_SH)
                self.start()
            try:
                yield
            finally:
                with common.lock("postgres"):
                    fcntl.flock(users, fcntl.LOCK_UN)
                    self.stop_if_unused()

    def keep(self, wanted: bool) -> None:
        """Let the server run on when nobody uses it, or no longer."""
        if wanted:
            (self.home / "keep").touch()
        else:
            (self.home / "keep").unlink(missing_ok=True)

    def stop_if_unused(self) -> bool:
        """Stop the server when no sandbox uses it and none asked to keep it."""
        if (self.home / "keep").exists():
            return False
        with (self.home / "users").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            if self.runs():
                self.control("stop", "-m", "fast", "-w")
        return True

    # -- the server itself -----------------------------------------------------

    def runs(self) -> bool:
        """Whether the server answers on its socket."""
        return self.call("pg_isready", "-q").returncode == 0

    def start(self) -> None:
        """Make the cluster the first time, and start the server."""
        if self.runs():
            return
        self.check_reachable()
        key = "18"
        if not common.is_whole(self.data, key):
            common.need_space(self.home, 2)
            with Step("PostgreSQL: new cluster", common.INSTALL):
                common.make_whole(self.data, key, self.initialize)
        self.own(self.sockets)
        self.own(self.home / "log")
        settings = {**SETTINGS, "unix_socket_directories": str(self.sockets)}
        options = " ".join(f"-c {k}={v or chr(39) * 2}" for k, v in settings.items())
        server_log = self.home / "log/server.log"
        with Step("PostgreSQL: start", common.START):
            for _attempt in range(PATIENCE):
                answer = self.control(
                    "start", "-w", "-l", str(server_log), "-o", options
                )
                if not answer.returncode:
                    return
                text = log_end(server_log) + answer.stderr
                if "Is another postmaster" not in text:
                    break
                time.sleep(1)  # a killed server is not quite gone yet
            sentence = common.explain(text, "PostgreSQL")
            raise Refusal(sentence or f"PostgreSQL did not start:\n{text}")

    def initialize(self, target: Path) -> None:
        """Make the cluster in `target`: UTF-8, and a role that Odoo accepts."""
        self.own(target)
        answer = self.as_account(
            "initdb",
            "-D",
            str(target / "cluster"),
            "-U",
            ROLE,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        if answer.returncode:
            text = answer.stdout + answer.stderr
            sentence = common.explain(text, "PostgreSQL")
            raise Refusal(sentence or f"PostgreSQL could not make its cluster:\n{text}")

    def control(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run pg_ctl on the cluster."""
        return self.as_account("pg_ctl", "-D", str(self.data / "cluster"), *arguments)

    def as_account(self, program: str, *arguments: str):
        """Run `program` as the user that the server runs as: never root."""
        who = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid}
            who["extra_groups"] = []
        with tempfile.TemporaryFile("w+") as out:
            # A file, no pipe: the server inherits it and would keep a pipe open.
            code = subprocess.run(
                [self.programs / program, *arguments],
                env={**self.environment, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                **who,
            ).returncode
            out.seek(0)
            return subprocess.CompletedProcess(program, code, "", out.read())

    def own(self, folder: Path) -> None:
        """Give `folder` to the user that the server runs as, and to nobody else."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        folder.chmod(0o700)

    def check_reachable(self) -> None:
        """PostgreSQL does not run as root: its user must reach its folder."""
        if not self.account:
            return
        for folder in [self.home, *self.home.parents]:
            if not folder.stat().st_mode & 0o001:
                raise Refusal(
                    f"PostgreSQL refuses to run as root and its user cannot enter "
                    f"{folder}: set XDG_CACHE_HOME to a folder that others may enter, "
                    "or run as an ordinary user."
                )


def log_end(path: Path) -> str:
    """The last lines of a log, which root may read though another wrote it."""
    with contextlib.suppress(OSError):
        return "\n".join(path.read_text(errors="replace").splitlines()[-10:])
    return ""
