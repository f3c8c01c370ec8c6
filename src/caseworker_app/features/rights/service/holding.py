"""Reading all that is held about a household: every declared table, what rows were before, who read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from caseworker_app.features.accesses.domain import KIND_LABELS, detail_words
from caseworker_app.features.dossier.domain.field_words import field_words, is_hidden
from caseworker_app.features.dossier.domain.value_words import VALUES
from caseworker_app.features.dossier.domain.wording import TABLES
from caseworker_app.features.dossier.service.history import former_ids
from caseworker_app.features.dossier.service.names import Names
from caseworker_app.features.handover.domain.review_material import hidden_places
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import HouseholdFile, HouseholdMember
from caseworker_app.features.rights.domain.held import (
    OTHER_PART,
    PARTS,
    TOLD_WHOLE,
    Held,
    HeldField,
    HeldPart,
    HeldRow,
    Person,
    part_of,
)
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import ROLE_LABELS, Right, Who
from caseworker_app.kernel.dates import format_date
from caseworker_app.kernel.french import capital
from caseworker_app.storage.access_log import AccessKind, read_accesses
from caseworker_app.storage.changesets import Change, ChangeKind
from caseworker_app.storage.connection import Connection
from caseworker_app.storage.declarations import FieldDeclaration, declaration_of
from caseworker_app.storage.history import household_history
from caseworker_app.storage.household_rows import Row, is_text, pointed_to, rows_of_household, written_at
from caseworker_app.storage.rows_by_id import rows_by_id

BEFORE = "Valeurs antérieures"
# More than any household has: what is held is told whole.
_ALL = 1_000_000
_CONTENT = ("transmitted_review", "content")
_DIGITS = 9


def all_held(
    connection: Connection, who: Who, household_id: str, day: date, member_id: str | None = None
) -> Held:
    """Return all that is held of a household, in words, as it is told to one member or (None) to the household.

    Raises NotFound, NotAllowed.
    """
    who.require(Right.READ_FILES)
    people = households.open_household(connection, who, household_id)
    rows = rows_of_household(connection, household_id)
    for table in TOLD_WHOLE:
        if found := list(rows_by_id(connection, table, pointed_to(rows, table)).values()):
            rows[table] = found
    formerly = former_ids(connection, who, household_id)
    telling = _Telling(connection, household_id, day, {household_id, *formerly})
    before = tuple(telling.before(household_history(connection, household_id, _ALL, formerly=formerly)))
    parts = [*_parts(telling.rows(rows)), HeldPart(BEFORE, before)]
    members = tuple(map(person_of, people.everyone))
    streets = [row["street"] for row in rows.get("dwelling", ()) if row.get("street")]
    return Held(
        household_id,
        people.household.reference,
        people.household.name,
        people.household.protected,
        people.household.opened_on,
        day,
        members,
        tuple(part for part in parts if part.rows),
        tuple(_accesses(connection, who, (household_id, *formerly))),
        next((each for each in members if each.id == member_id), None),
        frozenset(_contacts(people, member_id)),
        (*(a.street for a in people.addresses if a.street), *streets),
        (
            *hidden_places(people.household, people.addresses, people.every_contact, streets),
            *_hidden(people, parts),
        ),
    )


def _hidden(people: HouseholdFile, parts: Iterable[HeldPart]) -> Iterator[str]:
    """Yield where a protected household lives or lived, wherever that is told again: streets, and ends of phones."""
    if not people.household.protected:
        return
    for part in parts:
        for row in part.rows:
            for told in row.fields:
                if told.is_place:
                    digits = re.sub(r"\D", "", told.text)
                    yield digits[-_DIGITS:] if row.table == "contact" and digits else told.text


def person_of(member: HouseholdMember) -> Person:
    """Return a member as one who may ask, with the words of their names."""
    names = (member.first_name, member.last_name, member.birth_name)
    words = tuple(word for name in names if name for word in name.split())
    return Person(member.id, member.full_name(), words, member.left_on)


def _contacts(people: HouseholdFile, member_id: str | None) -> Iterator[str]:
    """Yield the last nine digits of phones, and e-mails, of whom the copy is for."""
    for contact in people.every_contact:
        if member_id is None or contact.member_id in (None, member_id):
            value = contact.value
            yield value.casefold() if "@" in value else value[-_DIGITS:]


def _parts(rows: Iterable[HeldRow]) -> list[HeldPart]:
    by_part: dict[str, list[HeldRow]] = {title: [] for title in (*PARTS, OTHER_PART)}
    order = {table: place for tables in PARTS.values() for place, table in enumerate(tables)}
    for row in rows:
        by_part[part_of(row.table)].append(row)
    return [
        HeldPart(title, tuple(sorted(held, key=lambda row: order.get(row.table, len(order)))))
        for title, held in by_part.items()
    ]


def _accesses(connection: Connection, who: Who, ids: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield day, what was done and the role of who did it: the person may know that, not the name (CJUE C-579/21)."""
    roles = {worker.id: ROLE_LABELS[worker.role] for worker in team.list_workers(connection, who)}
    for line in read_accesses(connection, household_ids=ids, limit=_ALL):
        kind = AccessKind(line.kind)
        words = KIND_LABELS[kind] + (f"\u00a0: {detail_words(kind, line.detail)}" if line.detail else "")
        made = datetime.fromisoformat(line.made_at).astimezone().date()
        yield format_date(made), words, roles.get(line.worker_id, "personne de l’association")


class _Telling:
    """Tells rows and changes in words."""

    def __init__(self, connection: Connection, household_id: str, day: date, own: set[str]) -> None:
        self._connection, self._day, self._own = connection, day, own
        self._names = Names(connection, household_id)

    def rows(self, rows: dict[str, list[Row]]) -> Iterator[HeldRow]:
        """Yield every row with what it says."""
        versions = {row["version"] for held in rows.values() for row in held}
        written = {key: _day_of(at) for key, at in written_at(self._connection, versions).items()}
        for table, held in rows.items():
            for row in held:
                title = _titled(TABLES.get(table, table), _dated(row))
                yield self._row(table, row["id"], row, title, written.get(row["version"]))

    def before(self, events: Iterable[Any]) -> Iterator[HeldRow]:
        """Yield what changed rows said before, and what removed ones said, newest first."""
        for event in events:
            day = _day_of(event.made_at)
            for number, change in enumerate(event.changes):
                if change.kind is ChangeKind.INSERT or change.erased:
                    continue
                yield from self._change(change, f"{event.changeset_id}.{number}", day)

    def _change(self, change: Change, key: str, day: date) -> Iterator[HeldRow]:
        values, _ = change.values()
        what = "supprimé" if change.kind is ChangeKind.DELETE else "modifié"
        title = f"{_capital(TABLES.get(change.table_name, change.table_name))}, {what} le {format_date(day)}"
        whole = rows_by_id(self._connection, change.table_name, [change.row_id]).get(change.row_id, {})
        row = self._row(change.table_name, key, values, title, day, {**whole, **values, "id": change.row_id})
        if row.fields:
            yield row

    def _row(
        self, table: str, key: str, values: Row, title: str, written_on: date | None, whole: Row | None = None
    ) -> HeldRow:
        declared = declaration_of(table).fields()
        told: list[HeldField] = []
        third: set[str] = set()
        others: set[str] = set()
        named: list[tuple[str, str]] = []
        for name, value in values.items():
            if value in (None, "") or name not in declared or _is_bookkeeping(table, name):
                continue
            place = f"{table}.{name}:{key}"
            told.append(HeldField(place, self._label(table, name), *self._text(table, name, value)))
            target = declared[name].references
            if declared[name].third_person:
                third.add(place)
            if target == "household" and value not in self._own:
                others.add(place)
            if target == "household_member":
                named.append((place, value))
        about = frozenset(_members(table, whole or values, declared))
        return HeldRow(
            title, table, tuple(told), about, written_on, frozenset(third), frozenset(others), tuple(named)
        )

    @staticmethod
    def _label(table: str, name: str) -> str:
        return "contenu" if (table, name) == _CONTENT else _capital(field_words(table, name))

    def _text(self, table: str, name: str, value: Any) -> tuple[str, bool]:
        """Return a value in words, and whether somebody typed them."""
        if (table, name) == _CONTENT:
            return "\n".join(_leaves(json.loads(value))), True
        told = declaration_of(table).fields()[name]
        words = self._names.value(table, name, value, self._day)
        coded = (table, name) in VALUES or ("", name) in VALUES
        typed = is_text(table, name) and not coded
        return words, typed and told.references not in ("worker", "space", "household_member")


def _is_bookkeeping(table: str, name: str) -> bool:
    return is_hidden(table, name) and (table, name) != _CONTENT


def _members(table: str, row: Row, declared: dict[str, FieldDeclaration]) -> Iterator[str]:
    if table == "household_member":
        yield row["id"]
    for name, told in declared.items():
        if told.references == "household_member" and row.get(name):
            yield row[name]


def _leaves(value: Any) -> Iterator[str]:
    """Yield every text of a document kept as JSON."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)


_DATES = (
    "started_at",
    "starts_at",
    "evaluated_on",
    "month",
    "given_on",
    "made_on",
    "happened_on",
    "starts_on",
    "opened_on",
)


def _dated(row: Row) -> str:
    """Return the day that tells a row from its like, where it has one."""
    value = next((str(row[name]) for name in _DATES if row.get(name)), "")
    return format_date(date.fromisoformat(value[:10])) if value else ""


def _titled(kind: str, day: str) -> str:
    return f"{_capital(kind)} du {day}" if day else _capital(kind)


def _capital(text: str) -> str:
    return capital(text)


def _day_of(made_at: str) -> date:
    return datetime.fromisoformat(made_at).astimezone().date()
