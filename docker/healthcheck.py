#!/usr/bin/env python3
"""Tell whether the role of this container works: exit status 0 or 1, one line.

    healthcheck.py web     HTTP answers, and the websocket process accepts connections
    healthcheck.py cron    a worker is connected and listens for triggers, and no
                           scheduled job is overdue by more than CRON_GRACE seconds

Standard library and psycopg2 only: it runs every few seconds.
"""

import json
import os
import socket
import sys
import urllib.request

#: Seconds a scheduled job may be late before the cron role counts as stuck.
CRON_GRACE = int(os.environ.get("DEALER_CRON_GRACE") or 1800)
TIMEOUT = 5


def check_web():
    port = int(os.environ.get("DEALER_HTTP_PORT") or 8069)
    websocket_port = int(os.environ.get("DEALER_WEBSOCKET_PORT") or 8072)
    address = f"http://127.0.0.1:{port}/web/health?db_server_status=1"
    with urllib.request.urlopen(address, timeout=TIMEOUT) as response:
        status = json.load(response)
    if status.get("status") != "pass":
        raise RuntimeError(f"/web/health says {status}")
    socket.create_connection(("127.0.0.1", websocket_port), timeout=TIMEOUT).close()
    return "web and websocket answer"


def check_cron():
    import psycopg2  # noqa: PLC0415 - the web check must not need it

    # PGHOST, PGUSER and the like are read by libpq itself.
    connection = psycopg2.connect(
        dbname=os.environ["PGDATABASE"],
        application_name="dealer-health",
        connect_timeout=TIMEOUT,
    )
    connection.set_session(readonly=True, autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE %s",
            [(os.environ.get("DEALER_CRON_NAME") or "dealer-cron") + "%"],
        )
        if not cursor.fetchone()[0]:
            raise RuntimeError("no cron worker is connected to PostgreSQL")
        cursor.execute(
            """
            SELECT cron_name, extract(epoch FROM now() AT TIME ZONE 'UTC' - nextcall)
              FROM ir_cron
             WHERE active AND nextcall < now() AT TIME ZONE 'UTC' - %s * interval '1 s'
          ORDER BY nextcall
             LIMIT 1
            """,
            [CRON_GRACE],
        )
        overdue = cursor.fetchone()
    connection.close()
    if overdue:
        raise RuntimeError(f"{overdue[0]!r} is overdue by {overdue[1]:.0f} s")
    return "cron workers are connected, no job is overdue"


def main():
    role = sys.argv[1] if len(sys.argv) > 1 else "web"
    try:
        print({"web": check_web, "cron": check_cron}[role]())
    except Exception as error:  # any failure at all means: not healthy
        print(f"{role}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
