"""What a query reads, as PostgreSQL counts it: no plan is asked for by name."""

from collections import Counter
from unittest.mock import patch

from odoo.tools import SQL


def rows_read(env, action):
    """How many rows of each table the queries of an action read, those they throw away
    included.

    :param callable action: is carried out; each of its SELECTs is carried out again
    :return: dict by the name of the table
    """
    asked = []
    execute = type(env.cr).execute

    def heard(cursor, query, params=None, *args, **kwargs):
        asked.append((query, params))
        return execute(cursor, query, params, *args, **kwargs)

    env.flush_all()
    env.invalidate_all()
    with patch.object(type(env.cr), "execute", heard):
        action()
    counts = Counter()
    for query, params in asked:
        text = query.code if isinstance(query, SQL) else query
        if text.lstrip().startswith("SELECT"):
            explain = SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", _whole(query, params))
            [[[whole]]] = env.execute_query(explain)
            counts.update(_read_by(whole["Plan"]))
    return counts


def _whole(query, params):
    return query if isinstance(query, SQL) else SQL(query, *(params or ()))


def _read_by(plan):
    """The same of one plan."""
    counts = Counter()
    nodes = [plan]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", ())
        if name := node.get("Relation Name"):
            found = sum(
                node.get(part, 0)
                for part in (
                    "Actual Rows",
                    "Rows Removed by Filter",
                    "Rows Removed by Index Recheck",
                )
            )
            counts[name] += found * node["Actual Loops"]
    return counts


def multiply(record, count, by="1 day", **columns):
    """Copies of a row into the past, written by SQL.

    :param int count: how many; with few rows a planner reads them as they lie
    :param str by: every moment and day of the row lies so much earlier in each copy
    :param columns: of each copy, expressions of ``number``: what is unique, and links
    """
    env = record.env
    env.flush_all()
    days = [
        name
        for name, field in record._fields.items()
        if field.store and field.type in ("date", "datetime") and name != "write_date"
    ]
    moved = {name: f"row.{name} - number * interval '{by}'" for name in days} | columns
    env.cr.execute(
        SQL(
            """INSERT INTO %(table)s
            SELECT copy.*
            FROM %(table)s AS row, generate_series(1, %(count)s) AS number,
                LATERAL jsonb_populate_record(row, jsonb_build_object(
                    'id', nextval(pg_get_serial_sequence(%(name)s, 'id')), %(moved)s
                )) AS copy
            WHERE row.id = %(id)s""",
            table=SQL.identifier(record._table),
            name=record._table,
            moved=SQL(", ").join(
                SQL("%s, %s", name, SQL(expression))
                for name, expression in moved.items()
            ),
            count=count,
            id=record.id,
        )
    )
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(record._table)))
    env.invalidate_all()
