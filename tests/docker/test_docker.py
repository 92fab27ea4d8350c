"""The deployment in docker/, as far as it can be proven without a container engine.

Files are checked by the tools that know them; the start-up script runs as it is,
against the PostgreSQL of the tests, with a small addon in the place of ours.
"""

import ast
import configparser
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import crossplane
import psycopg2
import pytest
from crossplane.analyzer import DIRECTIVES
from psycopg2 import sql
from ruamel.yaml import YAML

from odoo.tools import config

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
ADDONS = ("dealer_service", "dealer_complaint", "dealer_followup")
PASSWORDS = {
    "POSTGRES_PASSWORD": "first",
    "DEALER_DB_PASSWORD": "second",
    "DEALER_ADMIN_PASSWORD": "third",
}


def tool(name):
    """Return the path of a program that requirements.txt installs beside Python."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    assert found, f"{name} is missing: pip install -r requirements.txt"
    return found


def check(*command):
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


# ----------------------------------------------------------------------------
# COMPOSE
# ----------------------------------------------------------------------------


class Missing(Exception):
    """Compose would stop here with this message."""


def interpolate(text, variables):
    """Replace ``${NAME}``, ``${NAME:-else}`` and ``${NAME:?message}`` as compose does.

    >>> interpolate("${A:-x}${B}", {"B": "y"})
    'xy'
    >>> interpolate("${A:?set A}", {"A": ""})
    Traceback (most recent call last):
    tests.docker.test_docker.Missing: A: set A
    """

    def replace(match):
        name, operator, rest = match["name"], match["operator"], match["rest"]
        if variables.get(name):
            return variables[name]
        if operator == ":?":
            raise Missing(f"{name}: {rest}")
        return rest or ""

    pattern = r"\$\{(?P<name>\w+)(?:(?P<operator>:[-?])(?P<rest>[^}]*))?\}"
    return re.sub(pattern, replace, text)


def compose(name="compose.yaml", **variables):
    """Return a compose file as a dictionary, interpolated with *variables*."""
    text = (DOCKER / name).read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return YAML(typ="safe").load(interpolate("\n".join(lines), variables))


@pytest.mark.parametrize("name", ["compose.yaml", "compose.tls.yaml"])
def test_compose_file_fits_the_schema(name):
    schema = ("--builtin-schema", "vendor.compose-spec")
    check(tool("check-jsonschema"), *schema, str(DOCKER / name))


@pytest.mark.parametrize("missing", sorted(PASSWORDS))
def test_compose_refuses_to_start_without_a_password(missing):
    given = {**PASSWORDS, missing: ""}
    with pytest.raises(Missing, match=f"^{missing}: set {missing} in .env"):
        compose(**given)


def test_no_password_is_written_down():
    for line in (DOCKER / ".env.example").read_text().splitlines():
        name, _equals, value = line.partition("=")
        if "PASSWORD" in name:
            assert not value, line
    for service in compose(**PASSWORDS)["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert value in PASSWORDS.values(), name
    settings = configparser.ConfigParser()
    settings.read(DOCKER / "odoo.conf")
    secrets = [value for key, value in settings["options"].items() if "passw" in key]
    assert secrets == [""]


def test_every_documented_setting_is_used():
    used = "".join(
        path.read_text()
        for path in (DOCKER / "compose.yaml", DOCKER / "compose.tls.yaml")
    )
    for name in re.findall(r"(?m)^#?([A-Z_]+)=", (DOCKER / ".env.example").read_text()):
        assert f"${{{name}" in used, f"{name} of .env.example is read by nothing"


def test_compose_is_whole():
    """Each name and each file that a service points at is there."""
    project = compose(**PASSWORDS)
    services = project["services"]
    assert {"db", "prepare", "web", "cron", "proxy"} <= set(services)
    for name, service in services.items():
        for other, condition in service.get("depends_on", {}).items():
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in services[other], (name, other)
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DOCKER / source).exists(), source
            else:
                assert source in project["volumes"], source
        assert set(service["networks"]) <= set(project["networks"])
        assert name == "prepare" or service["restart"] == "unless-stopped"
        assert name == "proxy" or "ports" not in service, "only the proxy is published"
        assert name == "prepare" or "healthcheck" in service, name
    for name in ("web", "cron"):
        waits_for = services[name]["depends_on"]["prepare"]["condition"]
        assert waits_for == "service_completed_successfully"
        assert "DEALER_ADMIN_PASSWORD" not in services[name]["environment"]
    assert services["proxy"]["ports"] == ["127.0.0.1:8069:80"]
    # Web and cron share the files; a cron container is told apart by its name.
    assert services["web"]["volumes"] == services["cron"]["volumes"]
    assert services["cron"]["environment"]["PGAPPNAME"].startswith("dealer-cron")


def test_tls_takes_the_place_of_the_plain_server():
    plain = compose(**PASSWORDS)["services"]["proxy"]["volumes"]
    tls = compose("compose.tls.yaml", DEALER_TLS_DIRECTORY="/tls")["services"]["proxy"]
    targets = {volume.split(":")[1] for volume in plain}
    assert "/etc/nginx/servers" in targets
    assert "./nginx/servers-tls:/etc/nginx/servers:ro" in tls["volumes"]
    with pytest.raises(Missing, match="DEALER_TLS_DIRECTORY"):
        compose("compose.tls.yaml")


# ----------------------------------------------------------------------------
# IMAGE
# ----------------------------------------------------------------------------


def test_dockerfile_passes_its_linter():
    check(tool("hadolint"), str(DOCKER / "Dockerfile"))


def test_scripts_pass_shellcheck():
    scripts = sorted(map(str, DOCKER.rglob("*.sh")))
    assert len(scripts) == 2
    check(tool("shellcheck"), *scripts)
    for script in scripts:
        assert os.access(script, os.X_OK), f"{script} is not executable"


def test_image_gets_what_it_needs():
    dockerfile = (DOCKER / "Dockerfile").read_text()
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    copied = []
    for line in re.findall(r"(?m)^COPY (.+)$", dockerfile):
        *sources, target = line.split()
        # Below the volume of the base image, yesterday's addons would win.
        assert not target.startswith("/mnt/extra-addons")
        copied += sources
    for source in copied:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, f"{source} is left out of the build context"
    assert set(ADDONS) <= set(copied)


def test_image_installs_what_the_addons_import_and_nothing_else():
    dockerfile = (DOCKER / "Dockerfile").read_text()
    command = re.search(r"sed '([^']+)' /tmp/requirements.txt", dockerfile)[1]
    text = subprocess.run(
        ["sed", command, str(ROOT / "requirements.txt")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pinned = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", text))
    needed = set()
    for addon in ADDONS:
        manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
        needed |= set(manifest.get("external_dependencies", {}).get("python", ()))
    assert needed <= set(pinned)
    assert not {"pytest", "psycopg2-binary"} & set(pinned), "tests are not for servers"


def test_configuration_is_known_to_odoo():
    parser = configparser.ConfigParser()
    parser.read(DOCKER / "odoo.conf")
    options = dict(parser["options"])
    unknown = set(options) - set(config.options_index)
    assert not unknown
    assert options["list_db"] == "False" and options["admin_passwd"] == ""
    assert options["proxy_mode"] == "True"
    assert int(options["limit_memory_soft"]) < int(options["limit_memory_hard"])


# ----------------------------------------------------------------------------
# PROXY
# ----------------------------------------------------------------------------


@pytest.fixture
def proxy(tmp_path):
    """The nginx files in a folder where every path they name exists."""
    folder = tmp_path / "nginx"
    shutil.copytree(DOCKER / "nginx", folder)
    (folder / "mime.types").write_text("types {\n}\n")
    (folder / "cache").mkdir()
    for path in folder.rglob("*.conf"):
        text = path.read_text()
        for old, new in {
            "/etc/nginx/": f"{folder}/",
            "/var/cache/nginx/": f"{folder}/cache/",
            "/tmp/nginx.pid": f"{folder}/nginx.pid",
            "server web:": "server 127.0.0.1:",
        }.items():
            text = text.replace(old, new)
        if path.name == "nginx.conf":
            kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            places = "".join(f"{k}_temp_path {folder}/cache/{k};\n" for k in kinds)
            text = text.replace("http {\n", "http {\n" + places, 1)
        path.write_text(text)
    return folder


def walk(directives, parent=""):
    """Yield each directive with the name of the block it stands in."""
    for directive in directives:
        yield directive, parent
        yield from walk(directive.get("block", ()), directive["directive"])


def locations(proxy):
    """Return {location: {directive: [arguments]}} of what all servers share."""
    parsed = crossplane.parse(str(proxy / "nginx.conf"))
    assert parsed["status"] == "ok", parsed["errors"]
    for file in parsed["config"]:
        for directive, parent in walk(file["parsed"]):
            # The lines of a map are values and results, no directives.
            known = parent == "map" or directive["directive"] in DIRECTIVES
            assert known, (file["file"], directive["line"], directive["directive"])
    shared = next(f for f in parsed["config"] if f["file"] == str(proxy / "odoo.conf"))
    result = {}
    for directive in shared["parsed"]:
        if directive["directive"] == "location":
            inner = result.setdefault(directive["args"][-1], {})
            for line in directive["block"]:
                inner.setdefault(line["directive"], []).append(line["args"])
    return result


@pytest.mark.parametrize("servers", ["servers", "servers-tls"])
def test_proxy_configuration_is_valid(proxy, servers):
    """By crossplane, which knows every directive and its place, and nginx if here."""
    main = proxy / "nginx.conf"
    main.write_text(main.read_text().replace("servers/*", f"{servers}/*"))
    assert locations(proxy)
    nginx = shutil.which("nginx")
    if nginx and servers == "servers":
        result = subprocess.run(
            [nginx, "-t", "-p", str(proxy), "-c", str(main)],
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr


def test_proxy_sends_each_path_to_its_port(proxy):
    main = (DOCKER / "nginx/nginx.conf").read_text()
    assert re.search(r"upstream odoo_web \{\s+server web:8069", main)
    assert re.search(r"upstream odoo_websocket \{\s+server web:8072", main)
    by_path = locations(proxy)
    assert by_path["/"]["proxy_pass"] == [["http://odoo_web"]]
    websocket = by_path["/websocket"]
    assert websocket["proxy_pass"] == [["http://odoo_websocket"]]
    headers = dict(websocket["proxy_set_header"])
    assert headers["Upgrade"] == "$http_upgrade"
    # Odoo treats a websocket whose Origin is not Host (with its port) as a stranger's.
    assert headers["Host"] == headers["X-Forwarded-Host"] == "$http_host"
    assert headers["X-Forwarded-Proto"] == "$forwarded_scheme"
    assert by_path["/web/database"]["return"] == [["404"]]


def test_lounge_screen_is_cached_and_anonymous(proxy):
    lounge = locations(proxy)["^/dealer/lounge/"]
    assert lounge["proxy_cache"] == [["lounge"]]
    assert lounge["proxy_cache_valid"] == [["200", "10s"]]
    assert dict(lounge["proxy_set_header"])["Cookie"] == ""
    assert ["Set-Cookie"] in lounge["proxy_hide_header"]


def test_static_pattern_matches_static_files_only(proxy):
    (pattern,) = (path for path in locations(proxy) if "static" in path)
    for path in (
        "/web/static/img/favicon.ico",
        "/web/assets/1a2b3c4/web.assets_frontend.min.css",
        "/dealer_service/static/src/car.svg",
    ):
        assert re.match(pattern, path), path
    for path in ("/web/login", "/web/content/12", "/web/image/7", "/my/a/static/x"):
        assert not re.match(pattern, path), path


# ----------------------------------------------------------------------------
# DATABASE ROLE
# ----------------------------------------------------------------------------


@contextmanager
def server(database="postgres"):
    """Yield a cursor on the PostgreSQL of the tests, each statement on its own."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def test_role_script_makes_a_role_that_is_no_superuser():
    role = f"test_role_{os.getpid()}"
    with server() as cursor:
        cursor.execute("SELECT current_user")
        environment = {
            **os.environ,
            "POSTGRES_USER": cursor.fetchone()[0],
            "DEALER_DB_USER": role,
            "DEALER_DB_PASSWORD": 'it\'s a "secret" $1',
        }
        script = str(DOCKER / "postgres/10-odoo-role.sh")
        try:
            subprocess.run([script], env=environment, check=True)
            cursor.execute(
                "SELECT rolsuper, rolcreatedb, rolcreaterole, rolcanlogin "
                "FROM pg_roles WHERE rolname = %s",
                [role],
            )
            assert cursor.fetchone() == (False, True, False, True)
        finally:
            cursor.execute(
                sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role))
            )


# ----------------------------------------------------------------------------
# START-UP
# ----------------------------------------------------------------------------

MIGRATION = """
def migrate(cr, version):
    cr.execute(
        "INSERT INTO ir_config_parameter (key, value) VALUES ('probe.from', %s) "
        "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        [version],
    )
"""
# The hook lets a test kill the installation in its middle.
HOOK = """
import os
import pathlib
import time


def pause(env):
    if marker := os.environ.get("PROBE_MARKER"):
        pathlib.Path(marker).touch()
        time.sleep(120)
"""


class Deployment:
    """A folder that stands for the image, and one database of its own."""

    def __init__(self, folder, database):
        self.folder = folder
        self.database = database
        self.addon = folder / "addons/dealer_probe"
        self.addon.mkdir(parents=True)
        (self.addon / "__init__.py").write_text(HOOK)
        self.set_version("19.0.1.0.0")
        addons_path = [*config["addons_path"], folder / "addons"]
        (folder / "odoo.conf").write_text(
            "[options]\n"
            f"addons_path = {','.join(map(str, addons_path))}\n"
            f"data_dir = {folder / 'data'}\n"
            "list_db = False\nadmin_passwd =\nhttp_interface = 127.0.0.1\n"
        )
        programs = folder / "bin"
        programs.mkdir()
        self.program(
            programs / "odoo",
            f"#!{sys.executable}\nfrom odoo.cli.command import main\n\nmain()\n",
        )
        self.program(programs / "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DEALER_")},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PGDATABASE": database,
            "ODOO_RC": str(folder / "odoo.conf"),
            "DEALER_ADDONS": "dealer_probe",
            "DEALER_ADMIN_LOGIN": "boss",
            "DEALER_ADMIN_PASSWORD": "only for this test",
            "PYTHONWARNINGS": "ignore",
        }

    @staticmethod
    def program(path, text):
        path.write_text(text)
        path.chmod(0o755)

    def set_version(self, version):
        manifest = {
            "name": "Probe",
            "version": version,
            "author": "Dealer Suite contributors",
            "license": "LGPL-3",
            "depends": ["base"],
            "post_init_hook": "pause",
        }
        (self.addon / "__manifest__.py").write_text(repr(manifest))

    def start(self, *arguments, **environment):
        """Start the entry point in a process group of its own."""
        return subprocess.Popen(
            [str(DOCKER / "entrypoint.sh"), *arguments],
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments, **environment):
        """Run the entry point to its end; return (exit status, output)."""
        process = self.start(*arguments, **environment)
        output, _none = process.communicate(timeout=180)
        return process.returncode, output

    def query(self, statement):
        with server(self.database) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def exists(self):
        with server() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [self.database]
            )
            return bool(cursor.fetchone())

    def drop(self):
        with server() as cursor:
            cursor.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(self.database)
                )
            )


def end(process):
    """Kill what is left of a started role."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.fixture
def empty(tmp_path):
    deployment = Deployment(tmp_path / "image", f"test_{os.getpid()}-gw900")
    deployment.drop()
    yield deployment
    deployment.drop()


@pytest.fixture(scope="module")
def two_at_once(tmp_path_factory):
    """Two start-ups in the same moment: the deployment, and what each one said."""
    deployment = Deployment(
        tmp_path_factory.mktemp("image") / "image", f"test_{os.getpid()}-gw901"
    )
    deployment.drop()
    both = [deployment.start("prepare") for _number in range(2)]
    try:
        outputs = [process.communicate(timeout=180)[0] for process in both]
        yield (
            deployment,
            [(p.returncode, out) for p, out in zip(both, outputs, strict=True)],
        )
    finally:
        for process in both:
            end(process)
        deployment.drop()


@pytest.fixture
def prepared(two_at_once):
    return two_at_once[0]


def test_two_at_the_same_moment_create_one_database(two_at_once):
    _deployment, (one, two) = two_at_once
    assert [one[0], two[0]] == [0, 0], one[1] + two[1]
    created = [("creating database" in output) for _status, output in (one, two)]
    assert sorted(created) == [False, True]
    waited = one[1] if created[1] else two[1]
    assert "another process prepares" in waited
    assert "is ready, nothing to do" in waited


def test_first_set_up_is_chinese_with_english(prepared):
    active = prepared.query("SELECT code FROM res_lang WHERE active ORDER BY code")
    assert active == [("en_US",), ("zh_CN",)]
    assert prepared.query(
        """
        SELECT u.login, p.lang, p.tz, cu.name, co.code
          FROM res_users u
          JOIN res_partner p ON p.id = u.partner_id
          JOIN res_company c ON c.id = u.company_id
          JOIN res_currency cu ON cu.id = c.currency_id
          JOIN res_partner cp ON cp.id = c.partner_id
          JOIN res_country co ON co.id = cp.country_id
         WHERE u.id = 2
        """
    ) == [("boss", "zh_CN", "Asia/Shanghai", "CNY", "CN")]


def test_nothing_to_do_is_quick_and_needs_no_password(prepared):
    begin = time.monotonic()
    status, output = prepared.run("prepare", DEALER_ADMIN_PASSWORD="")
    assert status == 0, output
    assert "is ready, nothing to do" in output
    assert "Registry loaded" not in output
    assert time.monotonic() - begin < 10
    assert prepared.run("prepare", "--wait", "0")[0] == 0


def test_addresses_are_kept_as_given(prepared):
    for given in ("https://one.example.com/", "https://two.example.com"):
        status, output = prepared.run("prepare", DEALER_BASE_URL=given)
        assert status == 0, output
        stored = dict(
            prepared.query(
                "SELECT key, value FROM ir_config_parameter WHERE key LIKE 'web.base%'"
            )
        )
        assert stored["web.base.url"] == given.rstrip("/")
        assert stored["web.base.url.freeze"] == "True"


def test_upgrade_when_the_version_on_disk_is_newer(prepared):
    ((before,),) = prepared.query(
        "SELECT latest_version FROM ir_module_module WHERE name = 'dealer_probe'"
    )
    after = before[:-1] + str(int(before[-1]) + 1)
    prepared.set_version(after)
    scripts = prepared.addon / "migrations" / after
    scripts.mkdir(parents=True)
    (scripts / "post-migration.py").write_text(MIGRATION)

    status, output = prepared.run("prepare", "--wait", "0")
    assert status == 1
    assert "older than on disk: dealer_probe" in output

    status, output = prepared.run("prepare")
    assert status == 0, output
    assert prepared.query(
        "SELECT value FROM ir_config_parameter WHERE key = 'probe.from'"
    ) == [(before,)]
    assert prepared.run("prepare", "--wait", "0")[0] == 0
    # The password of the administrator is set once, never again.
    assert "creating" not in output


@pytest.mark.parametrize("role", ["prepare", "web", "cron"])
def test_older_addons_refuse_a_newer_database(prepared, role):
    manifest = prepared.addon / "__manifest__.py"
    kept = manifest.read_text()
    prepared.set_version("19.0.0.9.0")
    try:
        status, output = prepared.run(role)
    finally:
        manifest.write_text(kept)
    assert status == 1
    assert "upgraded by newer addons than these: dealer_probe 19.0.1." in output


def test_no_database_without_the_password_of_its_administrator(empty):
    status, output = empty.run("prepare", DEALER_ADMIN_PASSWORD="")
    assert status == 1
    assert "DEALER_ADMIN_PASSWORD is not set" in output
    assert not empty.exists()


def test_a_secret_may_come_as_a_file(empty, tmp_path):
    status, output = empty.run("prepare", DEALER_ADMIN_PASSWORD_FILE="/nowhere/secret")
    assert status == 1
    assert "DEALER_ADMIN_PASSWORD_FILE names /nowhere/secret" in output
    secret = tmp_path / "secret"
    secret.write_text("from a file\n")
    status, output = empty.run(
        "sh",
        "-c",
        'echo "<$DEALER_ADMIN_PASSWORD>"',
        DEALER_ADMIN_PASSWORD_FILE=str(secret),
    )
    assert (status, output) == (0, "<from a file>\n")


@pytest.mark.parametrize("role", ["web", "cron"])
def test_a_node_waits_for_its_database_and_says_so(empty, role):
    status, output = empty.run(role, DEALER_WAIT="0")
    assert status == 1
    assert "there is no database yet" in output
    assert not empty.exists()


def test_missing_addon_and_absent_server_are_told_in_a_sentence(empty):
    status, output = empty.run("prepare", DEALER_ADDONS="dealer_absent")
    assert status == 1
    assert "Addons not found: dealer_absent" in output
    status, output = empty.run(
        "prepare", PGHOST="127.0.0.1", PGPORT="1", DEALER_CONNECT_TIMEOUT="0"
    )
    assert status == 1
    assert "PostgreSQL did not answer within 0 s" in output


def test_a_start_that_was_killed_is_finished_by_the_next(empty, tmp_path):
    marker = tmp_path / "in the middle"
    process = empty.start("prepare", PROBE_MARKER=str(marker))
    try:
        until(marker.exists, 120, "the installation did not begin")
        os.killpg(process.pid, signal.SIGKILL)
    finally:
        end(process)
    assert empty.run("prepare", "--wait", "0")[0] == 1
    status, output = empty.run("prepare")
    assert status == 0, output
    assert empty.query("SELECT login FROM res_users WHERE id = 2") == [("boss",)]
    assert empty.query(
        "SELECT state FROM ir_module_module WHERE name = 'dealer_probe'"
    ) == [("installed",)]


def until(condition, seconds, message):
    """Return as soon as *condition* holds, or fail after *seconds*."""
    end_of_patience = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end_of_patience, message
        time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_web_and_cron_serve_and_are_found_healthy(prepared):
    port, websocket_port = free_port(), free_port()
    names = {
        "DEALER_HTTP_PORT": str(port),
        "DEALER_WEBSOCKET_PORT": str(websocket_port),
        "DEALER_CRON_NAME": f"cron-of-{os.getpid()}",
    }

    def is_healthy(role):
        command = [sys.executable, str(DOCKER / "healthcheck.py"), role]
        environment = {**prepared.environment, **names}
        return (
            subprocess.run(command, env=environment, capture_output=True).returncode
            == 0
        )

    assert not is_healthy("web") and not is_healthy("cron")
    web = prepared.start(
        "web",
        f"--http-port={port}",
        f"--gevent-port={websocket_port}",
        DEALER_WORKERS="1",
    )
    cron = prepared.start("cron", PGAPPNAME=f"{names['DEALER_CRON_NAME']}-{{pid}}")
    try:
        until(lambda: is_healthy("web"), 60, "web did not become healthy")
        until(lambda: is_healthy("cron"), 60, "cron did not become healthy")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login") as response:
            assert response.status == 200
        for process in (web, cron):
            os.kill(process.pid, signal.SIGTERM)
        for process in (web, cron):
            process.communicate(timeout=30)
            assert process.returncode == 0
    finally:
        end(web)
        end(cron)
    assert not is_healthy("web") and not is_healthy("cron")
