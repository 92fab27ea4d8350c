"""The deployment in docker/, as far as it can be proven without a container engine.

Each file is checked by the tools that know its kind.
"""

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import crossplane
import pytest
from crossplane.analyzer import DIRECTIVES
from psycopg2 import sql
from ruamel.yaml import YAML

from odoo.tools import config

from .deployment import DOCKER, server

ROOT = DOCKER.parent
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
    # one script imports another
    assert {f"docker/{path.name}" for path in DOCKER.glob("*.py")} <= set(copied)


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
    lounge = locations(proxy)["^/lounge/"]
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
