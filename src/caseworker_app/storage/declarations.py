"""What a table declares once, beside its columns, so that merging, erasing, searching and sharing need no
list of rooms.

A store writes `declare("goal", field("title", Text, search=SearchKind.TEXT), …, household="household_id",
…)`. Every declared table receives an `id` (UUIDv7, 32 hexadecimal digits) and a `version` (the id of the
changeset that last wrote the row). `storage`, `sync` and `dossier` read the declarations; a test fails for
a table that lacks one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, cast

from sqlalchemy import Column, Index, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData()


class Merge(Enum):
    """How two edits of one field, made apart, come together (`sync`)."""

    LATER_WINS = "later_wins"  # the other value stays readable in the history
    KEEP_BOTH = "keep_both"  # long texts: both are shown with their authors until someone chooses
    APPEND_ONLY = "append_only"  # never edited: two rows are two facts


class OnHouseholdMerge(Enum):
    """What becomes of the rows of a household merged into another."""

    MOVE = "move"  # they follow into the household that stays
    COMBINE = "combine"  # the household's own row: field by field, shown to the person
    NOTHING = "nothing"  # the table belongs to no household


class OnSpaceMove(Enum):
    """What becomes of rows when their household changes space."""

    FOLLOW = "follow"
    STAY = "stay"


class OnErasure(Enum):
    """What a household's erasure does to the rows."""

    DELETE = "delete"
    KEEP = "keep"


class OnAnonymisation(Enum):
    """What anonymising a household for statistics does to the rows."""

    CLEAR = "clear"  # the row still counts, with what its fields may tell (`Counted`)
    DELETE = "delete"
    KEEP = "keep"


class Counted(Enum):
    """What of a field still counts once its household is anonymised.

    Where nothing is declared: no text, no pointer out of the household but to workers, dates of the month, amounts
    rounded; numbers and yes or no as they are.
    """

    CODE = "code"  # of a closed list, or the label of one: kept
    AGE_BAND = "age_band"  # of a birth date, five years
    DEPARTMENT = "department"  # of a postal code
    NOTHING = "nothing"  # not even a yes or no


class SearchKind(Enum):
    """Where a field goes in the search index."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    REFERENCE = "reference"
    TEXT = "text"  # long texts: an entry of their own, so that a word is found in its place


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """What one field declares.

    Its merge, its place in the search index, whether it is *interne*, whether it names a person, the table
    whose rows it points to, and what of it anonymising keeps (`counted`). When two rows become one: `cautious` is
    the value that wins wherever they differ, and an `own` field stays that of the row that stays (a reference, a
    position, a name its room makes from others). `third_person`: names somebody outside the household, whom a copy
    of the file handed to the household does not tell (« droits des tiers », RGPD art. 15.4).
    """

    merge: Merge
    search: SearchKind | None
    internal: bool
    identifying: bool
    references: str | None = None
    cautious: bool | None = None
    own: bool = False
    third_person: bool = False
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class TableDeclaration:
    """What one table declares; `household` is the column holding the household's id, None for tables
    without one.

    `lasting`: its rows tell what has left the house, so that undo never takes them back. `same_when`: the
    fields by which a row of a household merged into another is one that is already there (empty: never).
    `restricts`: while this field of a row is empty, nothing of its household may be written or go out
    (`storage.restriction`), but in tables that are `kept_open`.
    `goes_with_last`: a row of a table without household is erased with the last row that points to it (a home
    somebody rented).
    """

    table: Table
    household: str | None
    on_household_merge: OnHouseholdMerge
    on_space_move: OnSpaceMove
    on_erasure: OnErasure
    on_anonymisation: OnAnonymisation
    lasting: bool = False
    same_when: tuple[str, ...] = ()
    restricts: str | None = None
    kept_open: bool = False
    goes_with_last: bool = False

    def fields(self) -> dict[str, FieldDeclaration]:
        """Return the declaration of every field of the table."""
        return {str(c.name): cast(FieldDeclaration, c.info["field"]) for c in self.table.columns}

    def searched(self, *kinds: SearchKind) -> list[tuple[str, SearchKind]]:
        """List the fields that go into the search index under one of these kinds, in column order."""
        return [(n, f.search) for n, f in self.fields().items() if f.search is not None and f.search in kinds]


class Moment(TypeDecorator[datetime]):
    """A date and hour on the office's wall (no time zone: a visit at 14 h stays at 14 h), kept as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Write `2026-11-24T14:00`."""
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Read the text back."""
        return None if value is None else datetime.fromisoformat(value)


_declared: dict[str, TableDeclaration] = {}
_local: dict[str, str] = {}


def field(  # noqa: PLR0913  (each argument says one thing of the column, by its name)
    name: str,
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    *,
    merge: Merge = Merge.LATER_WINS,
    search: SearchKind | None = None,
    internal: bool = False,
    identifying: bool = False,
    required: bool = False,
    references: str | None = None,
    cautious: bool | None = None,
    own: bool = False,
    third_person: bool = False,
    counted: Counted | None = None,
) -> Column[Any]:
    """Make one column with its declaration.

    `identifying`: names a person; `internal`: *interne*, never leaves; `references`: the table it points
    to, which nothing enforces between changesets (a parent may arrive late) but which undo and `verify`
    look at. `cautious` and `own` say what becomes of it when two rows become one (`FieldDeclaration`).
    """
    declaration = FieldDeclaration(
        merge, search, internal, identifying, references, cautious, own, third_person, counted
    )
    return Column(name, kind, nullable=not required, info={"field": declaration})


def declare(  # noqa: PLR0913  (the same, of the table)
    name: str,
    *fields: Column[Any],
    household: str | None,
    on_household_merge: OnHouseholdMerge | None = None,
    on_space_move: OnSpaceMove | None = None,
    on_erasure: OnErasure | None = None,
    on_anonymisation: OnAnonymisation = OnAnonymisation.DELETE,
    lasting: bool = False,
    indexes: tuple[str | tuple[str, ...], ...] = (),
    same_when: tuple[str, ...] = (),
    restricts: str | None = None,
    kept_open: bool = False,
    goes_with_last: bool = False,
    household_optional: bool = False,
) -> Table:
    """Declare a table of a room.

    With `household="household_id"` the column is added and indexed, and rows by default move with a merge,
    follow their household's space and are deleted by its erasure, and by its anonymisation unless they are
    declared to count; with None they stay out of all four. `household_optional`: a row may belong to none (a team
    meeting), and then stays out of all four too.
    `indexes` names columns, or groups of them.
    """
    own = household is not None
    columns = [_system("id", primary_key=True), _system("version")]
    if household == "household_id":
        columns.append(_system("household_id", references="household", nullable=household_optional))
    table = Table(name, metadata, *columns, *fields)
    for wanted in (*(("household_id",) if household == "household_id" else ()), *indexes):
        of = (wanted,) if isinstance(wanted, str) else wanted
        Index(f"ix_{name}_{'_'.join(of)}", *(table.c[column] for column in of))
    _declared[name] = TableDeclaration(
        table,
        household,
        on_household_merge or (OnHouseholdMerge.MOVE if own else OnHouseholdMerge.NOTHING),
        on_space_move or (OnSpaceMove.FOLLOW if own else OnSpaceMove.STAY),
        on_erasure or (OnErasure.DELETE if own else OnErasure.KEEP),
        on_anonymisation if own else OnAnonymisation.KEEP,
        lasting,
        same_when,
        restricts,
        kept_open,
        goes_with_last,
    )
    return table


def local(table: Table, reason: str) -> Table:
    """Declare that a table stays on this device, outside changesets, and why."""
    _local[table.name] = reason
    return table


def declared_tables() -> dict[str, TableDeclaration]:
    """Return every declared table by name, in order of declaration."""
    return dict(_declared)


def declaration_of(name: str) -> TableDeclaration:
    """Return the declaration of one table. Raises KeyError for a table that declares nothing."""
    return _declared[name]


def local_tables() -> dict[str, str]:
    """Return the tables that stay on this device, with the reason of each."""
    return dict(_local)


def references_to(name: str) -> list[tuple[str, str]]:
    """List the (table, field) pairs that point to rows of table `name`."""
    return [
        (declared.table.name, field_name)
        for declared in _declared.values()
        for field_name, declaration in declared.fields().items()
        if declaration.references == name
    ]


def _system(
    name: str, *, primary_key: bool = False, references: str | None = None, nullable: bool = False
) -> Column[Any]:
    declaration = FieldDeclaration(
        Merge.LATER_WINS, None, internal=False, identifying=False, references=references
    )
    return Column(name, Text, primary_key=primary_key, nullable=nullable, info={"field": declaration})
