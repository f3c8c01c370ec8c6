"""Reading the rows of a page of the list: a query a subject for all of its households."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from caseworker_app.features.diary import service as diary
from caseworker_app.features.directory.domain.columns import OF_THE_HOME, ColumnKey
from caseworker_app.features.directory.domain.listed import HomeLine, Lines, ListedHousehold, listed
from caseworker_app.features.directory.service.matched import masks_of, matched_beside
from caseworker_app.features.directory.store import listing
from caseworker_app.features.households import service as households
from caseworker_app.features.measures import service as measures
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.search import Hit


def rows_of(
    connection: Connection,
    who: Who,
    ids: Sequence[str],
    day: date,
    *,
    columns: Collection[ColumnKey] = (),
    found: Mapping[str, Hit] = MappingProxyType({}),
    words: list[str] | None = None,
) -> list[ListedHousehold]:
    """Return the rows of some households, in the order asked; what only some `columns` show is read for these.

    `found`: how a search found them, by `words`. Raises NotAllowed.
    """
    summaries = households.summaries(connection, who, ids)
    lines = Lines(
        measures.measures_of_households(connection, who, list(ids), day),
        diary.last_contacts(connection, who, ids),
        {kind.code: kind.short_label for kind in measures.list_kinds(day)},
        {worker.id: worker.name for worker in team.list_workers(connection, who)},
        _homes(connection, ids, day, columns),
    )
    rows = []
    masks = masks_of(connection, who, (s for i, s in summaries.items() if i in found))
    for household_id, summary in summaries.items():
        hit = found.get(household_id)
        beside = (
            None if hit is None else matched_beside(hit, summary.name, words or [], masks.get(household_id))
        )
        rows.append(listed(summary, lines, day, beside))
    return rows


def _homes(
    connection: Connection, ids: Sequence[str], day: date, columns: Collection[ColumnKey]
) -> dict[str, HomeLine]:
    if OF_THE_HOME.isdisjoint(columns):
        return {}
    phones = listing.safe_phones(connection, ids) if ColumnKey.PHONE in columns else {}
    homes = {
        household_id: HomeLine(landlord, _dwelling(*dwelling), owed, phones.get(household_id))
        for household_id, landlord, *dwelling, owed in listing.home_rows(connection, ids, day)
    }
    return {**{household_id: HomeLine(phone=phone) for household_id, phone in phones.items()}, **homes}


def _dwelling(typology: str | None, street: str | None, city: str | None) -> str | None:
    return ", ".join(part for part in (typology, street or city) if part) or None
