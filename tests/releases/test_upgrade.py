"""A shop has worked with the last release and changed what it shipped: the upgrade.

The release comes from the history (tools/releases.txt), its database with the demo
dealership at work is made once and kept beside the templates (tools/sandbox).
"""

import json
import os
import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest

from tools.sandbox import common, database, odoo_source, postgres, release

from .test_shipped_rows import records

HERE = Path(__file__).parent
#: Columns that tell of the work of a shop, or follow from other rows. So do links.
OF_THE_DATABASE = {"complete_name", "last_count", "last_run"}
#: Columns that say when and by whom, that are random, or that only count.
RESTLESS = {
    "create_date",
    "create_uid",
    "write_date",
    "write_uid",
    "access_token",
    "color",
    "lastcall",
    "nextcall",
    "next_run_date",
    "session_code",
}


def shell(database, script, environment, **variables):
    """Run a script in Odoo's shell; what its last line tells."""
    command = ["python", "-m", "odoo", "shell", "-d", database, "--no-http"]
    done = subprocess.run(
        [*command, "--log-level", "error"],
        stdin=(HERE / script).open(),
        env={**environment, **variables},
        cwd=common.REPO,
        capture_output=True,
        text=True,
    )
    marked = [line for line in done.stdout.splitlines() if line.startswith("DONE ")]
    assert marked, done.stdout[-3000:] + done.stderr[-3000:]
    return json.loads(marked[-1].removeprefix("DONE "))


def rows_of(name, names):
    """What a database holds: {table: {id: row}}, and where the named rows are."""
    with closing(psycopg2.connect(dbname=name)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT table_name FROM information_schema.tables
                    WHERE table_type = 'BASE TABLE' AND table_schema = 'public'
                      AND EXISTS (SELECT 1 FROM information_schema.columns own
                                   WHERE own.table_name = tables.table_name
                                     AND own.column_name = 'id')"""
            )
            tables = {}
            for [table] in cursor.fetchall():
                if not table.startswith(KEPT_TABLES):
                    continue
                cursor.execute(f'SELECT to_jsonb(r.*) FROM "{table}" r')
                tables[table] = {row["id"]: row for [row] in cursor.fetchall()}
            cursor.execute(
                """SELECT module || '.' || name, replace(model, '.', '_'), res_id
                     FROM ir_model_data
                    WHERE module || '.' || name IN %s""",
                [tuple(names)],
            )
            shipped = {name: (table, key) for name, table, key in cursor.fetchall()}
    return SimpleNamespace(
        tables=tables,
        shipped={n: at for n, at in shipped.items() if at[1] in tables[at[0]]},
    )


#: Tables of work and of shipped rows; the others are Odoo's own, and not written.
KEPT_TABLES = (
    "dealer_",
    "fleet_",
    "sale_",
    "account_move",
    "survey_",
    "mail_activity",
    "mail_template",
    "base_import_mapping",
    "crm_team",
    "digest_digest",
    "ir_cron",
    "ir_sequence",
    "product_product",
    "res_partner",
    "sms_template",
)


@pytest.fixture(scope="module")
def shop():
    """An edited database of the release, upgraded: what it was and what it is."""
    *_older, (tag, commit) = release.listed().items()
    if not release.is_there(commit):
        pytest.skip(f"release {tag} is not in the history of this clone")
    programs = Path(shutil.which("pg_dump")).parent
    sandbox = database.Sandbox(odoo_source.get(), postgres.Postgres(programs, {}))
    released = release.Released(sandbox, commit)
    source = released.database()
    name = f"{os.environ['PGDATABASE']}-upgrade"
    sandbox.drop(name)
    sandbox.copy(source, name)
    try:
        names = [name for name, _record in records(released.tree)]
        deletable = {n for n, record in records() if record.get("forcecreate")}
        done = shell(
            name,
            "in_release.py",
            released.environment,
            SHIPPED=json.dumps({n: n in deletable for n in names}),
        )
        all_names = {*names, *(name for name, _record in records())}
        before = rows_of(name, all_names)
        upgrade = subprocess.run(
            ["python", "-m", "odoo", "-d", name, "-u", ",".join(common.SUITE)]
            + ["--stop-after-init", "--no-http", "--log-level", "warn"],
            env=sandbox.environment,
            cwd=common.REPO,
            capture_output=True,
            text=True,
        )
        assert not upgrade.returncode, upgrade.stderr[-3000:]
        yield SimpleNamespace(
            done=done,
            before=before,
            after=rows_of(name, all_names),
            fresh=rows_of(os.environ["PGDATABASE"], all_names),
            words=words_of(name),
            fresh_words=words_of(os.environ["PGDATABASE"]),
            log=database.warnings(upgrade.stderr),
            views=shell(name, "in_upgraded.py", sandbox.environment),
        )
    finally:
        sandbox.drop(name)


def differences(one, other):
    """The columns that both rows have and that say something else."""
    return {
        column: (value, other[column])
        for column, value in one.items()
        if column in other
        and column not in RESTLESS
        and value != other[column]
        and not is_now_translated(value, other[column])
    }


def is_now_translated(value, other):
    """The same text, in a column that has become one of every language."""
    return (
        isinstance(value, str)
        and isinstance(other, dict)
        and set(other.values()) == {value}
    )


def row(state, name):
    table, key = state.shipped[name]
    return state.tables[table][key]


def test_nothing_is_warned_of(shop):
    assert shop.log == ""


def test_nothing_deleted_comes_back(shop):
    """Of every kind of row that may be deleted, one or more were."""
    deleted = set(shop.done["deleted"])
    kinds = {shop.fresh.shipped[name][0] for name in deleted}
    assert len(kinds) > 12
    assert not deleted & set(shop.after.shipped)


@pytest.mark.parametrize("how", ["rewritten", "archived"])
def test_nothing_edited_is_lost(shop, how):
    assert len(shop.done[how]) > 10
    changed = {
        name: differences(row(shop.before, name), row(shop.after, name))
        for name in shop.done[how]
    }
    assert not {name: change for name, change in changed.items() if change}


def test_translations_of_the_shop_are_kept(shop):
    assert len(shop.done["translated"]) > 10
    for name in shop.done["translated"]:
        assert "我们的叫法" in json.dumps(row(shop.after, name), ensure_ascii=False)


def test_rows_left_as_they_were_shipped_are_mended(shop):
    """They read as in a new database; Chinese words that were there are kept."""
    edited = {name for names in shop.done.values() for name in names}
    known = shop.before.shipped.keys() & shop.after.shipped.keys()
    left = known & shop.fresh.shipped.keys() - edited
    mended, stale = set(), {}
    for name in left:
        now, fresh = row(shop.after, name), row(shop.fresh, name)
        if differences(row(shop.before, name), now):
            mended.add(name)
        wrong = {
            column: pair
            for column, pair in differences(in_english(now), in_english(fresh)).items()
            if column not in OF_THE_DATABASE and not column.endswith("id")
        }
        if wrong:
            stale[name] = wrong
    assert mended
    assert not stale


#: Where the words of screens stand: table and column.
WORDS = (
    ("ir_model_fields", "field_description"),
    ("ir_model_fields", "help"),
    ("ir_model_fields_selection", "name"),
    ("ir_ui_menu", "name"),
    ("ir_ui_view", "arch_db"),
    ("ir_act_window", "name"),
    ("ir_act_window", "help"),
)


HAN = re.compile(r"[\u4e00-\u9fff]+")


def words_of(name):
    """The Chinese words of our screens in a database, by XML id and column."""
    words = {}
    with closing(psycopg2.connect(dbname=name)) as connection:
        with connection.cursor() as cursor:
            for table, column in WORDS:
                cursor.execute(
                    f"""SELECT shipped.module || '.' || shipped.name,
                               record."{column}"->>'zh_CN'
                          FROM ir_model_data shipped
                          JOIN "{table}" record ON record.id = shipped.res_id
                         WHERE shipped.module IN %s AND NOT noupdate
                           AND shipped.model = (SELECT m.model FROM ir_model m
                                         WHERE replace(m.model, '.', '_') = %s
                                            OR m.model = %s)
                           AND record."{column}"->>'zh_CN' IS NOT NULL""",
                    [
                        tuple(common.SUITE),
                        table,
                        "ir.actions.act_window" if table == "ir_act_window" else "",
                    ],
                )
                for xmlid, text in cursor.fetchall():
                    words[xmlid, column] = text
    return words


def test_screens_are_called_as_in_a_new_database(shop):
    """Odoo keeps the old Chinese of a label whose words the release has changed."""
    known = shop.words.keys() & shop.fresh_words.keys()
    assert len(known) > 2000
    # what a person has called otherwise stays
    own = [key for key in known if "我们的叫法" in shop.words[key]]
    assert own == [("dealer_service.dealer_home_menu", "name")]
    old = {}
    for key in known - set(own):
        now, fresh = (
            set(HAN.findall(words[key])) for words in (shop.words, shop.fresh_words)
        )
        if now != fresh:
            old[key] = now - fresh, fresh - now
    assert not old


def in_english(values):
    """A row with its source texts in the place of all translations."""
    return {
        column: value.get("en_US") if isinstance(value, dict) else value
        for column, value in values.items()
    }


def test_new_rows_are_there(shop):
    """A row that a release ships for the first time comes by its migration."""
    missing = shop.fresh.shipped.keys() - shop.after.shipped.keys()
    assert missing == set(shop.done["deleted"]) & shop.fresh.shipped.keys()


def test_work_goes_on_as_it_was(shop):
    """Visits in every state, complaints with their clocks, calls that are due."""
    states = {
        visit["state"] for visit in shop.before.tables["dealer_reception"].values()
    }
    assert len(states) >= 8
    changed = {}
    shipped = set(shop.before.shipped.values())
    for table, rows in shop.before.tables.items():
        for key, before in rows.items():
            now = shop.after.tables.get(table, {}).get(key)
            if (table, key) in shipped:
                continue
            change = "gone" if now is None else differences(before, now)
            if change:
                changed[table, key] = change
    assert not changed


def test_views_open_for_every_role(shop):
    assert shop.views["roles"] > 5 and shop.views["opened"] > 50
    assert not shop.views["failed"]
