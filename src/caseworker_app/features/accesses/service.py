"""Reading the log of accesses, for those whose right it is; nothing here writes, and nobody can change a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseworker_app.features.accesses.domain import PAGE, AccessPage, AccessQuery, ShownAccess, shown, since
from caseworker_app.features.households import service as households
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Right, Who, Worker
from caseworker_app.storage.access_log import AccessLine, read_accesses
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import find_households

# Households looked at for the words of a filter.
_HOUSEHOLDS = 50


def accesses(connection: Connection, who: Who, query: AccessQuery, day: date) -> AccessPage:
    """Return the lines that fit a query, newest first, as it is asked on `day`. Raises NotAllowed."""
    who.require(Right.READ_ACCESSES)
    words, ids = query.household_words.strip(), []
    if words:
        ids = [hit.household_id for hit in find_households(connection, words, _HOUSEHOLDS, 0)]
    if words and not ids:
        return AccessPage(())
    lines = read_accesses(
        connection,
        worker_id=query.worker_id,
        household_ids=ids,
        kind=query.kind,
        since=since(query.span, day),
        before=query.before,
        limit=PAGE + 1,
    )
    return AccessPage(_in_words(connection, who, lines[:PAGE]), more=len(lines) > PAGE)


def accesses_of_household(
    connection: Connection, who: Who, household_id: str, formerly: Sequence[str] = ()
) -> AccessPage:
    """Return the last lines about a household, and about those (`formerly`) that were merged into it.

    Raises NotAllowed.
    """
    who.require(Right.READ_ACCESSES)
    lines = read_accesses(connection, household_ids=(household_id, *formerly), limit=PAGE + 1)
    return AccessPage(_in_words(connection, who, lines[:PAGE]), more=len(lines) > PAGE)


def people_in_log(connection: Connection, who: Who) -> list[Worker]:
    """Return those one may ask about, those who left included. Raises NotAllowed."""
    who.require(Right.READ_ACCESSES)
    return team.list_workers(connection, who)


def _in_words(connection: Connection, who: Who, lines: Sequence[AccessLine]) -> tuple[ShownAccess, ...]:
    workers = {worker.id: worker.name for worker in team.list_workers(connection, who)}
    ids = list(dict.fromkeys(line.household_id for line in lines if line.household_id))
    known = households.summaries(connection, who, ids)
    return tuple(shown(line, workers, known) for line in lines)
