"""Searching and opening a file, against the same statements run by the driver alone; and how both grow."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from caseworker_app.bootstrap.office import Office
from caseworker_app.features.diary.domain.searching import MOST_FOUND
from caseworker_app.features.directory import service as directory
from caseworker_app.features.directory.service import WritingsSought
from caseworker_app.features.dossier import service as dossier
from caseworker_app.kernel.clock import today
from caseworker_app.storage.search import find_households, query_words
from tools.benchmarks.asked import households_opened, words_typed, words_written
from tools.benchmarks.table import Line, limit_line, milliseconds, p50, p95, ratio_line, side_by_side

TIMES = 300
# A list typed for is felt to follow the keys up to here.
WRITINGS_MS = 100
FOUND = directory.FOUND_SHOWN


def searching(office: Office) -> list[Line]:
    """Return the rows of the query of a search: who is found, in order; then with what is shown of the first ones."""
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        asked = words_typed(raw, TIMES)

        def query(number: int) -> object:
            return find_households(connection, asked[number % TIMES], FOUND, 0)

        def told(number: int) -> object:
            return find_households(connection, asked[number % TIMES], FOUND, directory.FOUND_AT_ONCE)

        def floor(number: int) -> object:
            return _same_words(raw, asked[number % TIMES])

        mine, theirs = side_by_side(query, floor, TIMES)
        whole, beside = side_by_side(told, floor, TIMES)
    return [
        ratio_line("search (names, phones, addresses, diary words): query p50", p50(mine), p50(theirs), 5),
        ratio_line("search: query p95", p95(mine), p95(theirs), 5),
        ratio_line("search: with the fields found, of those shown, p50", p50(whole), p50(beside), None),
        ratio_line("search: with the fields found, of those shown, p95", p95(whole), p95(beside), None),
    ]


def searching_writings(office: Office) -> list[Line]:
    """Return the rows of the search in one's writings: words of the diary, whole and begun, shown with their context.

    The floor: the driver alone looking the words up in the same index, the newest first, as many as are shown.
    """
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        asked = words_written(raw, TIMES)

        def ours(number: int) -> object:
            return directory.search_writings(connection, office.who, WritingsSought(asked[number % TIMES]))

        def floor(number: int) -> object:
            words = query_words(asked[number % TIMES])
            begun = " ".join(f"{word}*" if len(word) > 2 else word for word in words)
            return raw.execute(_NEWEST_TEXTS, (begun, MOST_FOUND)).fetchall()

        mine, theirs = ([_on_the_processor(work, n) for n in range(TIMES)] for work in (ours, floor))
    return [
        ratio_line("search in one's writings, words in context: p50 (CPU)", p50(mine), p50(theirs), None),
        limit_line("search in one's writings: p95 (CPU)", p95(mine), WRITINGS_MS, floor=p95(theirs)),
    ]


def _on_the_processor(work: Callable[[int], object], number: int) -> float:
    """Return the milliseconds of this thread on the processor: what it costs, whatever else the machine does."""
    start = time.thread_time()
    work(number)
    return (time.thread_time() - start) * 1000


def opening(office: Office) -> list[Line]:
    """Return the rows of the queries that open a household's file."""
    day = today(office.file.clock)
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        chosen = households_opened(raw)

        def ours(number: int) -> object:
            return dossier.open_dossier(connection, office.who, chosen[number % 100], day)

        mine, theirs = side_by_side(ours, lambda number: _same_rows(raw, chosen[number % 100]), TIMES)
    return [
        ratio_line("open a household's file: queries p50", p50(mine), p50(theirs), 5),
        ratio_line("open a household's file: queries p95", p95(mine), p95(theirs), 5),
    ]


def growing(small: Office, large: Office, sizes: str) -> list[Line]:
    """Return the rows of growth: first page of the list, first results of a search, opening a file."""
    few, many = _paces(small), _paces(large)
    return [ratio_line(f"growth {sizes}: {what}", many[what], few[what], 2) for what in few]


def _paces(office: Office) -> dict[str, float]:
    """Return the median time of each reading a person waits for, in milliseconds."""
    day, who = today(office.file.clock), office.who
    with office.file.reading() as connection:
        raw: Any = connection.connection.driver_connection
        asked, chosen = words_typed(raw, 100), households_opened(raw)
        works = {
            "list, first page": lambda i: directory.page_of_list(connection, who, day, offset=0, limit=64),
            "search, first results": lambda i: directory.list_found(
                connection, who, asked[i], day, at_once=directory.FOUND_AT_ONCE
            ),
            "open": lambda i: dossier.open_dossier(connection, who, chosen[i], day),
        }
        return {
            what: p50(milliseconds(lambda i=i, work=work: work(i)) for i in range(100))
            for what, work in works.items()
        }


def _same_words(raw: Any, typed: str) -> object:
    """Look the words up by the driver alone: who is called so first, then whose diary says so, as many as are shown."""
    expression = " ".join(f"{word}*" if len(word) > 2 else word for word in query_words(typed))
    found = raw.execute(_IDENTITIES, (expression, FOUND)).fetchall()
    return found if len(found) == FOUND else raw.execute(_TEXTS, (expression, FOUND)).fetchall()


def _same_rows(raw: Any, household: str) -> object:
    return [raw.execute(query, (household,)).fetchall() for query in _ROWS]


_NEWEST_TEXTS = """
    SELECT e.household_id, e.table_name, e.row_id FROM search_body s JOIN search_entry e ON e.number = s.rowid
    WHERE search_body MATCH ? ORDER BY s.rowid DESC LIMIT ?
"""
_IDENTITIES = """
    SELECT e.household_id FROM search_identity s JOIN search_entry e ON e.number = s.rowid
    WHERE search_identity MATCH ? LIMIT ?
"""
_TEXTS = """
    SELECT e.household_id, e.row_id FROM search_body s JOIN search_entry e ON e.number = s.rowid
    WHERE search_body MATCH ? ORDER BY s.rowid DESC LIMIT ?
"""
_BY_HOUSEHOLD = (
    "household_member", "address", "contact", "lease", "repayment_plan", "occupant_duty", "support_measure",
    "measure_renewal", "goal", "goal_step", "autonomy_evaluation", "autonomy_level", "budget_month", "budget_line",
    "debt", "promise", "appointment", "consent",
)  # fmt: skip
_ROWS = (
    "SELECT * FROM household WHERE id = ?",
    *(f'SELECT * FROM "{table}" WHERE household_id = ?' for table in _BY_HOUSEHOLD),
    "SELECT * FROM diary_entry WHERE household_id = ? ORDER BY started_at DESC LIMIT 50",
    "SELECT * FROM dwelling WHERE id IN (SELECT dwelling_id FROM lease WHERE household_id = ?)",
)
