"""How many rows are written, table by table, as PostgreSQL counts them itself."""

from collections import Counter

#: What Odoo itself empties again: within a day what it told open pages, and what woke
#: its jobs.
SHORT_LIVED = ("bus_bus", "ir_cron_trigger")


def rows_written(cr):
    """The rows that each table has gained since the transaction began.

    Everything that a commit would write is written first, messages included.
    """
    cr.flush()
    cr.execute(
        "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0"
    )
    return Counter(dict(cr.fetchall()))


def rows_that_stay(rows):
    """Of counted rows, those that are still there on the day after."""
    return sum(count for table, count in rows.items() if table not in SHORT_LIVED)
