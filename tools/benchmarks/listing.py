"""The rows of the list narrowed and sorted: from a chip or a heading pressed to the first page read, in every way."""

from __future__ import annotations

import time
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.domain.columns import ColumnKey
from caseworker_app.features.directory.domain.filters import ListFilter, ListQuery, Sort
from caseworker_app.kernel.clock import today
from tools.benchmarks.table import Line, limit_line, p50, p95

TIMES, PAGE = 12, 64
LIMIT_MS = 150
# Workers, towns and landlords are all alike: so many of them are tried.
MOST_VALUES = 4


def listing(office: Office) -> list[Line]:
    """Return a row for each order, and one for each filter, set to the value that takes longest.

    The time of this thread on the processor: what the list costs, whatever else the machine does. The floor: the
    driver alone reading every id by name.
    """
    day = today(office.file.clock)
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        offered = directory.filter_choices(connection, office.who, day)

        def show(query: ListQuery) -> object:
            found = directory.find_listing(connection, office.who, query, day)
            return directory.page_of(connection, office.who, found, (), offset=0, limit=PAGE), found.total

        def taken(query: ListQuery) -> list[float]:
            return [_milliseconds(lambda: show(query)) for _ in range(TIMES + 1)][1:]

        floor = p50(_milliseconds(lambda: raw.execute(_IDS).fetchall()) for _ in range(TIMES))
        rows = [
            limit_line(f"list sorted by {key.value}: p95", p95(taken(_sorted(key))), LIMIT_MS, floor=floor)
            for key in ColumnKey
        ]
        for kind in offered.kinds():
            values = [choice.value for choice in offered.of[kind]]
            ways = [ListQuery((ListFilter(kind, (value,)),)) for value in values[:MOST_VALUES]]
            slowest = max(p95(taken(query)) for query in ways)
            rows.append(limit_line(f"list filtered by {kind.value}: p95", slowest, LIMIT_MS, floor=floor))
    return rows


def _sorted(key: ColumnKey) -> ListQuery:
    # The other way than an index gives.
    return ListQuery(sort=Sort(key, descending=True))


def _milliseconds(work: Any) -> float:
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


_IDS = "SELECT id FROM household ORDER BY sort_name"
