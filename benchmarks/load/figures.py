"""The figures of a run, as the tables of benchmarks/README.md."""

import math
from collections import Counter, defaultdict

PERCENTILES = (50, 90, 95, 99)
OK = "ok"


def percentile(values: list[float], share: float) -> float:
    """The least value that `share` percent of the values do not exceed.

    >>> percentile([10, 20, 30, 40], 50)
    20
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def markdown(heads: list[str], rows: list[list]) -> str:
    """A table as the README has them."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def pages(requests: list[list]) -> str:
    """How long each page took, in milliseconds, and how often it failed.

    :param requests: page, milliseconds and outcome of each request
    """
    times, failed = defaultdict(list), Counter()
    for page, milliseconds, outcome in requests:
        times[page].append(milliseconds)
        failed[page] += outcome != OK
    rows = [
        [page, len(values)]
        + [round(percentile(values, share)) for share in PERCENTILES]
        + [round(max(values)), failed[page]]
        for page, values in sorted(times.items())
    ]
    if requests:
        everything = [milliseconds for _page, milliseconds, _outcome in requests]
        rows.append(
            ["all", len(everything)]
            + [round(percentile(everything, share)) for share in PERCENTILES]
            + [round(max(everything)), sum(failed.values())]
        )
    heads = ["page", "requests", *(f"{share} %" for share in PERCENTILES)]
    return markdown([*heads, "longest (ms)", "failed"], rows)


def workers(kinds: dict, requests: Counter, memory: dict) -> str:
    """What each process of the server served and took.

    :param kinds: kind of each process, by its number
    :param requests: how many each has answered
    :param memory: (first, highest proportional, highest resident) bytes of each
    """
    rows = []
    for process, kind in sorted(kinds.items(), key=lambda item: (item[1], item[0])):
        served = requests.get(process, 0)
        taken = memory.get(process)
        megabytes = [round(size / 1e6) for size in taken] if taken else ["–"] * 3
        rows.append([kind, served, *megabytes])
    heads = ["process", "requests", "first MB", "highest MB", "… with what is shared"]
    return markdown(heads, rows)


def outcomes(summary: list[tuple]) -> str:
    """How many writes of each kind were confirmed, refused, or left unanswered."""
    return markdown(["written", "confirmed", "refused", "unanswered"], summary)
