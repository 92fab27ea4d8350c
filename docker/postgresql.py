"""The database of a dealership before Odoo knows it: PostgreSQL alone.

Connections, the lock that lets one process work, the notes on a database, its modules.
``prepare_database.py`` decides what to do with it.
"""

import hashlib
import logging
import time
from contextlib import closing, contextmanager

import psycopg2
import psycopg2.errors
from psycopg2 import sql

# First of all Odoo: it prepares the time zone and the imports of the process.
import odoo.init  # noqa: F401
from odoo.tools import config

_logger = logging.getLogger("dealer.prepare")

#: Comment on a database that is being created; gone once its first set-up is done.
UNFINISHED = "dealer: first set-up not finished"


class NotReady(Exception):
    """The database cannot be used; the message is a sentence for the operator."""


def connect(database):
    """Open an autocommit connection as Odoo would: environment, then odoo.conf."""
    parameters = {
        key: config[f"db_{key}"]
        for key in ("host", "port", "user", "password", "sslmode")
        if config[f"db_{key}"]
    }
    connection = psycopg2.connect(
        dbname=database, application_name="dealer-prepare", **parameters
    )
    connection.autocommit = True
    return connection


def wait_for_server(timeout):
    """Return when PostgreSQL accepts connections, or raise after *timeout* seconds."""
    end = time.monotonic() + timeout
    while True:
        try:
            connect("postgres").close()
            return
        except psycopg2.OperationalError as error:
            if time.monotonic() >= end:
                raise NotReady(
                    f"PostgreSQL did not answer within {timeout:g} s: "
                    f"{str(error).strip().splitlines()[0]}"
                ) from error
        time.sleep(1)


def lock_key(database):
    """Return the advisory lock number of *database*, a signed 64-bit integer.

    >>> lock_key("dealer") == lock_key("dealer") != lock_key("other")
    True
    >>> -(2**63) <= lock_key("dealer") < 2**63
    True
    """
    digest = hashlib.sha256(f"dealer.prepare:{database}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


#: What makes each extension of a new database.
#:
#: Odoo indexes names without their accents only by a function that PostgreSQL takes for
#: immutable. That of the extension is not, as its dictionary may change, and it belongs
#: to the superuser: Odoo's role cannot alter it. So the extension has a schema of its
#: own, and Odoo finds ours, which names the dictionary.
EXTENSIONS = {
    "pg_trgm": "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "unaccent": """
        CREATE SCHEMA IF NOT EXISTS extension;
        CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA extension;
        CREATE OR REPLACE FUNCTION public.unaccent(text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
        AS $$ SELECT extension.unaccent('extension.unaccent'::regdictionary, $1) $$
    """,
}


@contextmanager
def only_one(database):
    """Hold the lock of *database* for the block; wait while another one holds it.

    The lock belongs to the connection: PostgreSQL gives it back when this process dies.
    """
    with closing(connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock_key(database)])
        if not cursor.fetchone()[0]:
            _logger.info("another process prepares %s: waiting for it", database)
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock_key(database)])
        yield


def database_exists(database):
    with closing(connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return bool(cursor.fetchone())


def create_database(database):
    """Create the empty database, and note on it that its set-up is not finished."""
    _logger.info("creating database %s", database)
    with closing(connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE DATABASE {} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
            ).format(sql.Identifier(database))
        )
    set_comment(database, UNFINISHED)
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        for name, statements in EXTENSIONS.items():
            try:
                cursor.execute(statements)
            except psycopg2.Error as error:
                _logger.warning(
                    "no extension %s; Odoo works without it: %s",
                    name,
                    str(error).strip().splitlines()[0],
                )


def set_comment(database, text):
    with closing(connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("COMMENT ON DATABASE {} IS %s").format(sql.Identifier(database)),
            [text],
        )


def get_comment(database):
    with closing(connect("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = %s",
            [database],
        )
        row = cursor.fetchone()
        return row and row[0]


def read_modules(database):
    """Return {module: (state, version in the database)}; empty before Odoo came."""
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        try:
            cursor.execute("SELECT name, state, latest_version FROM ir_module_module")
        except psycopg2.errors.UndefinedTable:
            return {}
        return {name: (state, version) for name, state, version in cursor.fetchall()}
