"""Databases are named when they are complete; logs and contents are read right."""

import os
from pathlib import Path

import pytest

from tools.sandbox import database, odoo_source, postgres, serve
from tools.sandbox.common import Step

PREFIX = f"{os.environ.get('PGDATABASE', 'test_0')}-"  # dropped with the test's own


@pytest.fixture
def sandbox(programs):
    """The sandbox of these tests: Odoo, and the server that they run on."""
    return database.Sandbox(odoo_source.get(), postgres.Postgres(programs, {}))


def test_an_interrupted_database_has_no_name(sandbox):
    name = f"{PREFIX}half"

    def interrupted(new, _step):
        sandbox.copy("template1", new)
        raise KeyboardInterrupt

    def complete(new, _step):
        sandbox.copy("template1", new)
        (sandbox.filestore(new) / "ab").mkdir(parents=True)

    with Step("half") as step, pytest.raises(KeyboardInterrupt):
        sandbox.build(name, step, interrupted)
    assert name not in sandbox.postgres.databases()

    with Step("half") as step:
        sandbox.build(name, step, complete)
    assert name in sandbox.postgres.databases()
    assert f"{name}_new" not in sandbox.postgres.databases()
    assert (sandbox.filestore(name) / "ab").is_dir()

    sandbox.drop(name)
    assert name not in sandbox.postgres.databases()
    assert not sandbox.filestore(name).exists()


def test_a_name_with_a_quote_cannot_leave_its_statement(sandbox):
    with pytest.raises(Exception, match="not a name"):
        sandbox.prepare('x"; DROP DATABASE y; --', with_demo=False)


def test_contents_are_what_gets_into_a_database(tmp_path, monkeypatch):
    monkeypatch.setattr(database.common, "REPO", tmp_path)
    for name in ("__manifest__.py", "static/src/a.js", "tests/test_a.py", "i18n/a.po"):
        path = tmp_path / "addon" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    names = database.contents(["addon"])[::2]
    assert names == [b"addon/__manifest__.py", b"addon/i18n/a.po"]


def test_warnings_are_found_and_information_is_not():
    text = (
        "2026-01-01 00:00:00,000 12 INFO db odoo.modules: WARNING in a text\n"
        "2026-01-01 00:00:00,000 12 WARNING db odoo.models: a field is odd\n"
        "2026-01-01 00:00:00,000 12 ERROR db odoo.sql_db: bad query\n"
    )
    assert [line.split()[3] for line in database.warnings(text).splitlines()] == [
        "WARNING",
        "ERROR",
    ]


def test_progress_is_read_from_the_log():
    text = "INFO x Loading module base (1/2)\nINFO x Loading module web (2/2)\n"
    assert database.loading(text) == "2 of 2 modules, web"
    assert database.loading("") == "start"


def test_the_company_is_in_china(sandbox):
    name = os.environ["PGDATABASE"]
    (row,) = sandbox.postgres.query(
        name,
        "SELECT cu.name, co.code, c.chart_template, cal.tz FROM res_company c "
        "JOIN res_currency cu ON cu.id = c.currency_id "
        "JOIN res_partner p ON p.id = c.partner_id "
        "JOIN res_country co ON co.id = p.country_id "
        "JOIN resource_calendar cal ON cal.id = c.resource_calendar_id",
    )
    assert row == ["CNY", "CN", "cn", "Asia/Shanghai"]
    (row,) = sandbox.postgres.query(
        name,
        "SELECT p.lang, p.tz FROM res_users u "
        "JOIN res_partner p ON p.id = u.partner_id WHERE u.login = 'admin'",
    )
    assert row == ["zh_CN", "Asia/Shanghai"]
    languages = "SELECT code FROM res_lang WHERE active ORDER BY code"
    assert sandbox.postgres.query(name, languages) == [["en_US"], ["zh_CN"]]


def test_logins_line_up_in_chinese_too():
    class Answers:
        """A server that knows two users."""

        def query(self, _name, _sql):
            return [["advisor", "王小明", "服务顾问"], ["boss", "Li", ""]]

    class Stand:
        """A sandbox on that server."""

        postgres = Answers()

    lines = serve.logins(Stand(), "any").splitlines()
    columns = {
        serve.width(line[: line.index(word)])
        for line, word in zip(lines[1:3], ("advisor", "boss"), strict=True)
    }
    assert len(columns) == 1
    assert lines[1].split() == ["服务顾问", "王小明", "advisor", "advisor"]
    assert lines[-1].split() == ["administrator", "-", "admin", "admin"]


def test_the_clone_is_named_after_its_place():
    assert database.CLONE == database.common.digest(str(Path(database.common.REPO)))[:6]
