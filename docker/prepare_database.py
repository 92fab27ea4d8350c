#!/usr/bin/env python3
"""Bring one database to the state the addons on disk expect, once and safely.

Run before anything serves. It creates the database when there is none, installs the
addons, upgrades them when their version on disk is newer than the one in the database,
and does nothing (in about a second) when there is nothing to do. Two of them may start
at the same moment: a PostgreSQL advisory lock lets one work and the other wait. What a
killed one left half done is finished by the next call.

``--wait SECONDS`` changes nothing and returns as soon as the database is ready: what a
web or cron node does while another container prepares.

Settings come from the environment:

    PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE   the database (libpq's and Odoo's names)
    ODOO_RC                  Odoo's configuration file: addons_path, data_dir
    DEALER_ADMIN_PASSWORD    password of "admin", needed only to create the database
    DEALER_ADMIN_LOGIN       default: admin
    DEALER_ADDONS            default: dealer_service,dealer_complaint,dealer_followup
    DEALER_LANGUAGES         default: zh_CN,en_US (the first is the default one)
    DEALER_COUNTRY           default: CN (chooses the currency and chart of accounts)
    DEALER_TIMEZONE          default: Asia/Shanghai
    DEALER_BASE_URL          address that links in messages carry, fixed when given
    DEALER_REPORT_URL        address at which the PDF engine reaches Odoo, when given
    DEALER_CONNECT_TIMEOUT   seconds to wait for the PostgreSQL server, default 60

Exit status: 0 ready, 1 not ready (one sentence on stderr says why).
"""

import argparse
import logging
import os
import sys
import time
from contextlib import closing, contextmanager

from postgresql import (
    UNFINISHED,
    NotReady,
    connect,
    create_database,
    database_exists,
    get_comment,
    only_one,
    read_modules,
    set_comment,
    wait_for_server,
)

from odoo import api
from odoo.modules.module import Manifest, initialize_sys_path
from odoo.modules.registry import Registry
from odoo.tools import config, parse_version

_logger = logging.getLogger("dealer.prepare")

#: Seconds between two looks of a waiting node.
POLL = 2


def setting(name, default=""):
    """Return the environment variable *name*; an empty one counts as missing."""
    return os.environ.get(name) or default


def setting_list(name, default):
    """Return a comma-separated environment variable as a list."""
    return [item.strip() for item in setting(name, default).split(",") if item.strip()]


# ----------------------------------------------------------------------------
# WHAT IS MISSING
# ----------------------------------------------------------------------------


class Situation:
    """What a database lacks, told from its module table and the manifests on disk."""

    def __init__(self, database, addons):
        self.exists = database_exists(database)
        modules = read_modules(database) if self.exists else {}
        self.is_new = not modules or get_comment(database) == UNFINISHED
        self.interrupted = sorted(
            name for name, (state, _v) in modules.items() if state.startswith("to ")
        )
        self.missing = [
            name
            for name in addons
            if modules.get(name, ("uninstalled", None))[0]
            not in ("installed", "to upgrade")
        ]
        self.outdated, self.ahead = [], []
        for name, (state, version) in sorted(modules.items()):
            if state not in ("installed", "to upgrade") or not version:
                continue
            manifest = Manifest.for_addon(name, display_warning=False)
            if manifest is None:
                continue
            on_disk, in_database = (
                parse_version(manifest.version),
                parse_version(version),
            )
            if on_disk > in_database:
                self.outdated.append(name)
            elif on_disk < in_database and name in ("base", *addons):
                self.ahead.append(f"{name} {version} (here: {manifest.version})")

    @property
    def is_ready(self):
        return not (self.is_new or self.interrupted or self.missing or self.outdated)

    def refuse_when_ahead(self):
        if self.ahead:
            raise NotReady(
                "The database was upgraded by newer addons than these: "
                f"{', '.join(self.ahead)}. Start the newer image, or restore the "
                "backup taken before the upgrade."
            )

    def __str__(self):
        if not self.exists:
            return "there is no database yet"
        parts = [
            ("its first set-up is not finished", self.is_new),
            (f"interrupted: {', '.join(self.interrupted)}", self.interrupted),
            (f"not installed: {', '.join(self.missing)}", self.missing),
            (f"older than on disk: {', '.join(self.outdated)}", self.outdated),
        ]
        return "; ".join(text for text, holds in parts if holds) or "ready"


# ----------------------------------------------------------------------------
# WORK
# ----------------------------------------------------------------------------


@contextmanager
def environment(registry):
    """Give a superuser environment; commit when the block ends well."""
    with registry.cursor() as cursor:
        yield api.Environment(cursor, api.SUPERUSER_ID, {})


def require_addons(addons):
    absent = [n for n in addons if not Manifest.for_addon(n, display_warning=False)]
    if absent:
        raise NotReady(
            f"Addons not found: {', '.join(absent)}. Look at addons_path in "
            f"{config['config']}: {', '.join(config['addons_path'])}."
        )


def load_registry(database, **modules):
    """Load Odoo on the database; install and upgrade what is named or interrupted."""
    try:
        return Registry.new(database, update_module=True, **modules)
    except Exception as error:
        _logger.exception("Odoo could not bring %s up to date", database)
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise NotReady(
            f"Odoo could not bring {database} up to date: {reason} The log above has "
            "the details. Mend the cause and start again: what is done is kept."
        ) from error


def first_set_up(registry, languages, password):
    """Languages, company and administrator of a database that has only ``base`` yet.

    Before the addons, because accounting chooses its chart by the country, and because
    no moment should pass in which the administrator has Odoo's own first password.
    """
    with environment(registry) as env:
        for code in languages:
            if not env["res.lang"]._activate_and_install_lang(code):
                raise NotReady(f"Odoo has no language {code} (DEALER_LANGUAGES).")
        code = setting("DEALER_COUNTRY", "CN")
        country = env["res.country"].search([("code", "=", code.upper())])
        if not country:
            raise NotReady(f"Odoo has no country {code} (DEALER_COUNTRY).")
        company = env.ref("base.main_company")
        if company.country_id != country:
            country.currency_id.active = True
            company.write(
                {"country_id": country.id, "currency_id": country.currency_id.id}
            )
        company.partner_id.lang = languages[0]
        env["ir.default"].set("res.partner", "lang", languages[0])
        env.ref("base.user_admin").write(
            {
                "login": setting("DEALER_ADMIN_LOGIN", "admin"),
                "password": password,
                "lang": languages[0],
                "tz": setting("DEALER_TIMEZONE", "Asia/Shanghai"),
            }
        )


def apply_addresses(database):
    """Write the addresses given in the environment, when they differ.

    Plain SQL, because loading Odoo for it would cost every start some seconds; the
    signal makes running nodes drop what they cached.
    """
    wanted = {}
    if base_url := setting("DEALER_BASE_URL"):
        wanted["web.base.url"] = base_url.rstrip("/")
        wanted["web.base.url.freeze"] = "True"
    if report_url := setting("DEALER_REPORT_URL"):
        wanted["report.url"] = report_url.rstrip("/")
    with closing(connect(database)) as connection, connection.cursor() as cursor:
        for key, value in wanted.items():
            cursor.execute(
                """
                INSERT INTO ir_config_parameter (key, value, create_date, write_date)
                     VALUES (%s, %s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
                ON CONFLICT (key) DO UPDATE
                        SET value = EXCLUDED.value, write_date = EXCLUDED.write_date
                      WHERE ir_config_parameter.value IS DISTINCT FROM EXCLUDED.value
                """,
                [key, value],
            )
            if cursor.rowcount:
                _logger.info("%s is now %s", key, value)
                cursor.execute("INSERT INTO orm_signaling_stable DEFAULT VALUES")


def prepare(database, addons):
    """Do what is missing; the caller holds the lock."""
    situation = Situation(database, addons)
    situation.refuse_when_ahead()
    if situation.is_ready:
        _logger.info("%s is ready, nothing to do", database)
        apply_addresses(database)
        return
    _logger.info("%s: %s", database, situation)
    languages = setting_list("DEALER_LANGUAGES", "zh_CN,en_US")
    password = setting("DEALER_ADMIN_PASSWORD")
    if situation.is_new and not password:
        raise NotReady(
            "DEALER_ADMIN_PASSWORD is not set: a new database needs the password of "
            "its administrator, and there is no default."
        )
    if not situation.exists:
        create_database(database)
    if situation.is_new:
        set_comment(database, UNFINISHED)
        first_set_up(load_registry(database), languages, password)
    load_registry(
        database,
        install_modules=situation.missing or addons,
        upgrade_modules=situation.outdated,
    )
    if situation.is_new:
        set_comment(database, None)
    after = Situation(database, addons)
    if not after.is_ready:
        raise NotReady(
            f"{database} is still not ready: {after}. The log above says why."
        )
    apply_addresses(database)
    _logger.info("%s is ready", database)


def wait_until_ready(database, addons, timeout):
    """Return when the database is ready, or raise after *timeout* seconds."""
    end = time.monotonic() + timeout
    told = None
    while True:
        situation = Situation(database, addons)
        situation.refuse_when_ahead()
        if situation.is_ready:
            return
        if time.monotonic() >= end:
            raise NotReady(
                f"{database} was not ready within {timeout:g} s: {situation}. "
                "Run the start-up script with the role 'prepare'."
            )
        if str(situation) != told:
            told = str(situation)
            _logger.info("waiting for %s: %s", database, told)
        time.sleep(POLL)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wait", type=float, metavar="SECONDS")
    options = parser.parse_args(arguments)
    try:
        if not setting("PGDATABASE"):
            raise NotReady("PGDATABASE is not set: it names the database.")
        database = setting("PGDATABASE")
        # One process works here, without server, cron or this command line.
        config.parse_config(
            ["--no-http", "--max-cron-threads=0", "--workers=0"], setup_logging=True
        )
        logging.getLogger("dealer.prepare").setLevel(logging.INFO)
        initialize_sys_path()
        addons = setting_list(
            "DEALER_ADDONS", "dealer_service,dealer_complaint,dealer_followup"
        )
        require_addons(addons)
        wait_for_server(float(setting("DEALER_CONNECT_TIMEOUT", "60")))
        if options.wait is not None:
            wait_until_ready(database, addons, options.wait)
        else:
            with only_one(database):
                prepare(database, addons)
    except NotReady as error:
        print(f"dealer: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
