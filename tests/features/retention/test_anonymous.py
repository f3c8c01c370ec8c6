"""What is left of an anonymised household: it counts, it can be read, and it names nobody."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from datetime import date
from enum import Enum
from importlib import import_module
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Integer

import caseworker_app.features as subjects
from caseworker_app.bootstrap.stores import ROOMS_WITH_TABLES
from caseworker_app.features.households.domain.archive import ANONYMOUS
from caseworker_app.features.retention import service
from caseworker_app.storage.anonymisation import born_about, counting_tables
from caseworker_app.storage.declarations import Counted, Moment, declared_tables
from caseworker_app.storage.integrity import verify
from caseworker_app.storage.rows import Mapper
from caseworker_app.storage.search import find_households
from tests.features.retention.conftest import Ground

# Labels of dated lists, kept with their codes so that old figures read as they did.
LISTED = {
    ("support_measure", "kind_code"), ("support_measure", "kind_label"), ("support_measure", "exit_reason_code"),
    ("support_measure", "exit_reason_label"), ("goal", "domain"), ("autonomy_level", "domain"),
    ("autonomy_evaluation", "grid_version"), ("debt", "nature"), ("referral", "kind_code"),
    ("referral", "refusal_code"), ("referral_diagnosis", "kind_code"), ("referral_diagnosis", "no_measure_code"),
    ("watch", "end_code"),
}  # fmt: skip
COUNTING = {
    "household", "household_member", "address", "support_measure", "measure_renewal", "goal",
    "autonomy_evaluation", "autonomy_level", "debt", "diary_entry", "referral", "referral_attempt",
    "referral_diagnosis", "watch", "watch_contact",
}  # fmt: skip


def mappers() -> Iterator[Mapper[Any]]:
    for room in ROOMS_WITH_TABLES:
        name = f"{subjects.__name__}.{room}.store"
        module = import_module(name)
        inner = [m.name for m in pkgutil.iter_modules(getattr(module, "__path__", ()), f"{name}.")]
        for each in (module, *map(import_module, inner)):
            yield from (value for value in vars(each).values() if isinstance(value, Mapper))


def test_what_counts_is_said_here_and_nothing_else_stays() -> None:
    """A table to come goes with an anonymisation unless it is added here, its columns thought about one by one."""
    assert {str(d.table.name) for d in counting_tables()} == COUNTING


def test_every_code_kept_is_of_a_closed_list(ground: Ground) -> None:
    enums: dict[tuple[str, str], type[Enum]] = ground.sower._enums
    for name in COUNTING:
        for column, told in declared_tables()[name].fields().items():
            if told.counted is Counted.CODE:
                assert (name, column) in enums or (name, column) in LISTED, (name, column)


def test_what_is_left_can_be_read_counts_and_holds_no_free_text(ground: Ground) -> None:
    file, who = ground.file, ground.who
    with file.reading() as connection:
        before = {m.table.name: len(m.all(connection)) for m in mappers() if m.table.name in COUNTING}
        known = _ids(connection)
    service.anonymise_at_request(file, who, ground.going.household_id, ground.drafts)
    with file.reading() as connection:
        after = {m.table.name: len(m.all(connection)) for m in mappers() if m.table.name in COUNTING}
        assert after == before
        fresh = [row for row in _rows(connection) if row[1]["id"] not in known]
        assert {table for table, _ in fresh} == {*COUNTING, "erasure_record"}
        for table, row in fresh:
            if table != "erasure_record":
                _check(table, row)
        assert find_households(connection, ANONYMOUS) == []
        assert verify(connection).sound


def _check(table: str, row: dict[str, Any]) -> None:
    declared = declared_tables()[table]
    for name, told in declared.fields().items():
        value, column = row[name], declared.table.c[name]
        if value is None or name in ("id", "version") or told.references is not None:
            continue
        if isinstance(column.type, Date | Moment):
            assert value[8:10] == "01", (table, name)
        elif isinstance(column.type, Integer):
            assert not name.endswith("_cents") or value % 5000 == 0
        elif not isinstance(column.type, Boolean) and told.counted is None:
            assert value == "" or table == "household", (table, name, value)
    if table == "household":
        assert (row["name"], row["protected"], row["note"]) == (ANONYMOUS, 0, None)
        assert row["reference"].startswith("ANONYME-")


def _rows(connection: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    raw = connection.connection.driver_connection
    for name in declared_tables():
        rows = raw.execute(f'SELECT * FROM "{name}"')
        names = [column[0] for column in rows.description]
        for row in rows.fetchall():
            yield name, dict(zip(names, row, strict=True))


def _ids(connection: Any) -> set[str]:
    return {row["id"] for _, row in _rows(connection)}


@given(st.dates(date(1900, 1, 1), date(2026, 11, 24)))
def test_a_birth_is_known_to_five_years_and_the_oldest_are_one_band(birth: date) -> None:
    day = date(2026, 11, 24)
    told = date.fromisoformat(born_about(birth.isoformat(), day))
    assert (told.month, told.day, told.year % 5) == (1, 1, 0)
    if day.year - birth.year <= 85:
        assert told.year <= birth.year < told.year + 5
    else:
        assert told.year == 1940
