"""The start-up script as it is, against a PostgreSQL, with a small addon for ours."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from .deployment import DOCKER, Deployment, end, until

MIGRATION = """
def migrate(cr, version):
    cr.execute(
        "INSERT INTO ir_config_parameter (key, value) VALUES ('probe.from', %s) "
        "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        [version],
    )
"""


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


def test_names_are_indexed_without_their_accents(prepared):
    offered = prepared.query(
        "SELECT count(*) FROM pg_available_extensions"
        " WHERE name IN ('pg_trgm', 'unaccent')"
    )
    if offered != [(2,)]:
        pytest.skip("this PostgreSQL offers neither pg_trgm nor unaccent")
    # the words of Odoo's own look, see odoo.modules.db.has_unaccent
    assert prepared.query(
        "SELECT provolatile FROM pg_proc WHERE proname = 'unaccent'"
        " AND pronamespace = current_schema::regnamespace AND pronargs = 1"
    ) == [("i",)]
    plan = prepared.query(
        """
        CREATE INDEX IF NOT EXISTS probe ON res_partner
         USING gin (unaccent(name) gin_trgm_ops);
        SET enable_seqscan = off;
        EXPLAIN SELECT id FROM res_partner
                 WHERE unaccent(name) ILIKE unaccent('%Citroën%')
        """
    )
    assert "Bitmap Index Scan on probe" in str(plan)


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
