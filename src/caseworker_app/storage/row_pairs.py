"""Two rows that are one thing: which fields agree, which one fills the other, and what is not kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.joining import Outcome
from caseworker_app.storage.declarations import (
    FieldDeclaration,
    Merge,
    SearchKind,
    TableDeclaration,
    declaration_of,
)

SYSTEM_FIELDS = frozenset({"id", "version"})


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field that two rows tell differently, with both values as stored."""

    table_name: str
    kept_row: str
    absorbed_row: str
    field: str
    kept: Any
    absorbed: Any
    outcome: Outcome

    @property
    def key(self) -> tuple[str, str]:
        """What a choice names: the row that goes, and the field."""
        return self.absorbed_row, self.field


def compare_rows(
    declared: TableDeclaration, kept: Mapping[str, Any], absorbed: Mapping[str, Any]
) -> list[FieldPair]:
    """List the fields that two rows tell differently; those the row that stays keeps as its own are left
    out.
    """
    found = []
    for name, field in declared.fields().items():
        if field.own or name in SYSTEM_FIELDS or name == declared.household:
            continue
        outcome = _outcome(field, kept[name], absorbed[name])
        if outcome is not None:
            pair = (kept["id"], absorbed["id"], name, kept[name], absorbed[name])
            found.append(FieldPair(declared.table.name, *pair, outcome))
    return found


def joined_fields(
    pairs: Collection[FieldPair], marks: tuple[str, str], taken: Collection[tuple[str, str]] = ()
) -> tuple[dict[str, Any], list[FieldPair]]:
    """Return the fields to write into the row that stays, and the pairs of which one value is not kept.

    `marks`: what stands above each of two texts; `taken`: the keys of the fields whose value of the row
    that goes is preferred.
    """
    written: dict[str, Any] = {}
    left_out = []
    for pair in pairs:
        if pair.outcome is Outcome.BOTH:
            written[pair.field] = both_texts(pair.kept, pair.absorbed, marks)
        elif pair.outcome is Outcome.FILLED:
            written[pair.field] = pair.absorbed
        else:
            left_out.append(pair)
            if _prefers_absorbed(pair, taken):
                written[pair.field] = pair.absorbed
    return written, left_out


def value_left_out(pair: FieldPair, taken: Collection[tuple[str, str]] = ()) -> Any:
    """Return which of the two values is not kept, of a pair where only one is."""
    return pair.kept if _prefers_absorbed(pair, taken) else pair.absorbed


def both_texts(kept: str, absorbed: str, marks: tuple[str, str]) -> str:
    """Return two texts one below the other, each under its mark; what bears its mark already keeps it."""
    first = kept if marks[0] in kept.splitlines() else f"{marks[0]}\n{kept}"
    return f"{first}\n\n{marks[1]}\n{absorbed}"


def same_key(declared: TableDeclaration, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what rows that are one thing share, by the fields their table names (`same_when`)."""
    fields = declared.fields()
    return tuple(_alike(fields[name], row[name]) for name in declared.same_when)


def _outcome(field: FieldDeclaration, kept: Any, absorbed: Any) -> Outcome | None:
    if kept == absorbed or absorbed in (None, ""):
        return None
    if kept in (None, ""):
        return Outcome.FILLED
    if field.cautious is not None:
        return Outcome.CAUTIOUS
    return Outcome.BOTH if field.merge is Merge.KEEP_BOTH else Outcome.CHOOSE


def _prefers_absorbed(pair: FieldPair, taken: Collection[tuple[str, str]]) -> bool:
    if pair.outcome is Outcome.CAUTIOUS:
        return bool(pair.absorbed) is declaration_of(pair.table_name).fields()[pair.field].cautious
    return pair.key in taken


def _alike(field: FieldDeclaration, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    # « 14, rue des Tisserands » is « 14 rue des tisserands »; elsewhere a full stop may tell two things
    # apart.
    return fold(value) if field.search is SearchKind.ADDRESS else " ".join(value.casefold().split())
