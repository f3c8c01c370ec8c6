"""Rows that become one, in words: what they tell differently, and what was not kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from caseworker_app.features.dossier.domain.field_words import field_words
from caseworker_app.features.dossier.domain.merging import Coming, FieldComparison
from caseworker_app.features.dossier.domain.wording import TABLES
from caseworker_app.features.dossier.service.names import Names
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.household_merge import JoinedRows
from caseworker_app.storage.row_pairs import FieldPair, value_left_out


def compared_fields(
    connection: Connection, household_id: str, joined: Iterable[JoinedRows], day: date
) -> tuple[FieldComparison, ...]:
    """Return each field that rows tell differently, both values in words."""
    joined = list(joined)
    names, subjects = Names(connection, household_id), subjects_of(connection, household_id, joined, day)
    return tuple(
        FieldComparison(
            pair.key,
            subjects[pair.absorbed_row],
            field_words(pair.table_name, pair.field),
            names.value(pair.table_name, pair.field, pair.kept, day),
            names.value(pair.table_name, pair.field, pair.absorbed, day),
            pair.outcome,
        )
        for rows in joined
        for pair in rows.fields
    )


def subjects_of(
    connection: Connection, household_id: str, joined: Iterable[JoinedRows], day: date
) -> dict[str, str]:
    """Return what each row that goes is called, by its id."""
    names = Names(connection, household_id)
    return {rows.absorbed_row: names.thing(rows.table_name, rows.kept_row, day) for rows in joined}


def told_aside(
    pair: FieldPair, subjects: Mapping[str, str], names: Names, taken: Collection[tuple[str, str]], day: date
) -> str:
    """Return a value that was not kept: « personne « Ana Zelmat », prénom : Anna »."""
    value = names.value(pair.table_name, pair.field, value_left_out(pair, taken), day)
    return f"{subjects[pair.absorbed_row]}, {field_words(pair.table_name, pair.field)}\u00a0: {value}"


def coming_of(counts: Mapping[str, int]) -> tuple[Coming, ...]:
    """Return how many rows of each table, in words, the most numerous first."""
    told = [Coming(TABLES[name], count) for name, count in counts.items() if count]
    return tuple(sorted(told, key=lambda each: (-each.count, each.words)))
