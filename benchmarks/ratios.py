"""Measure two ways of doing a thing in the same run, and print them side by side."""

import gc
import statistics
import time

from lxml import etree


def measure(env, action, *, rounds=7, warm=1, setup=None):
    """Median seconds and the number of queries of ``action(prepared)``.

    One round before the measurement warms the caches of the registry. Each round begins
    as a request does: the cache of the records is empty, and no environments are left
    over from the round before, each of which every ``sudo()`` would be compared with.

    :param callable action: called with what ``setup`` returned
    :param int warm: rounds before the measurement
    :param callable setup: run before each round, not measured
    """
    seconds = []
    queries = 0
    for number in range(rounds + warm):
        prepared = setup() if setup else None
        env.flush_all()
        env.invalidate_all()
        gc.collect()
        before, start = env.cr.sql_log_count, time.perf_counter()
        action(prepared)
        env.flush_all()
        if number >= warm:
            seconds.append(time.perf_counter() - start)
            queries = env.cr.sql_log_count - before
    return statistics.median(seconds), queries


def compare(env, ours, peer, *, rounds=7, setup=None):
    """:func:`measure` two actions in turns, so that a busy minute slows both.

    :return: (seconds, queries) of ours, (seconds, queries) of the peer
    """
    turns = [
        [
            measure(env, action, rounds=1, warm=not turn, setup=setup)
            for action in (ours, peer)
        ]
        for turn in range(rounds)
    ]
    return tuple(
        (statistics.median(seconds for seconds, _queries in results), results[-1][1])
        for results in zip(*turns, strict=True)
    )


def table(title, rows):
    """Print ``rows`` of (what, ours, theirs), each a pair of seconds and queries."""
    print(f"\n{title}")
    print(f"{'':34} {'ours':>16} {'peer':>16} {'query ratio':>13} {'time ratio':>11}")
    for what, (ours, our_queries), (theirs, their_queries) in rows:
        print(
            f"{what:34} {ours * 1000:8.1f} ms {our_queries:3d}q"
            f" {theirs * 1000:8.1f} ms {their_queries:3d}q"
            f" {our_queries / their_queries:12.2f}x {ours / theirs:10.2f}x"
        )


def pages(env, model, view_type):
    """What the web client asks for when it opens a view: its fields, as it reads them.

    :return: the specification of ``web_search_read``
    """
    view = env[model].get_views([(False, view_type)])
    arch = etree.fromstring(view["views"][view_type]["arch"])
    specification = {}
    for node in arch.iterfind(".//field"):
        if node.xpath("ancestor::field"):
            continue
        field = env[model]._fields[node.get("name")]
        relational = field.type in ("many2one", "many2many", "one2many")
        specification[field.name] = (
            {"fields": {"display_name": {}}} if relational else {}
        )
    return specification
