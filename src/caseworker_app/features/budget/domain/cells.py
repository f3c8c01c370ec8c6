"""A budget as cells of a sheet: which line a cell belongs to, and what typing into cells does to the lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.features.budget.domain.sheet import PERSON, BudgetSheet, NewLine, as_new
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.money import format_euros, parse_cents

_PERSONS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?", re.ASCII)
NEGATIVE = "Un montant de budget est positif\u00a0: c’est le poste qui dit s’il se retranche."


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """What makes a line of one month and a line of another the same row of the sheet.

    `rank` tells apart, from 0, lines that say the same in one month (two crédits without a word).
    """

    category: str
    label: str = ""
    member_id: str = ""
    paid_by_third_party: bool = False
    debt_id: str = ""
    rank: int = 0

    @property
    def code(self) -> str:
        """The key as text, to name the row."""
        third = "1" if self.paid_by_third_party else ""
        parts = (self.category, self.label, self.member_id, third, self.debt_id, str(self.rank))
        return "\u001f".join(parts)

    def line(self, amount_cents: int) -> NewLine:
        """Return the line this key names, with an amount."""
        return NewLine(
            self.category,
            amount_cents,
            self.label or None,
            self.member_id or None,
            self.paid_by_third_party,
            self.debt_id or None,
        )


@dataclass(frozen=True, slots=True)
class AmountChange:
    """A cell as the person saw it and as they want it, in cents; None: no line in that month."""

    month: date
    line: LineKey
    before: int | None
    after: int | None


def keyed(lines: Iterable[NewLine]) -> dict[LineKey, NewLine]:
    """Return the lines of a month by their keys, in order."""
    seen: Counter[LineKey] = Counter()
    found: dict[LineKey, NewLine] = {}
    for line in lines:
        first = LineKey(
            line.category,
            line.label or "",
            line.member_id or "",
            line.paid_by_third_party,
            line.debt_id or "",
        )
        found[with_rank(first, seen[first])] = line
        seen[first] += 1
    return found


def lines_of(sheet: BudgetSheet | None) -> tuple[NewLine, ...]:
    """Return the lines of a month as they would be typed; none where there is no month."""
    return () if sheet is None else tuple(as_new(line) for line in sheet.lines)


def with_rank(key: LineKey, rank: int) -> LineKey:
    """Return the key of another of the lines that say the same."""
    return LineKey(key.category, key.label, key.member_id, key.paid_by_third_party, key.debt_id, rank)


def changed_lines(
    lines: Sequence[NewLine], changes: Iterable[AmountChange], order: Sequence[str]
) -> tuple[NewLine, ...] | None:
    """Return a month's lines after changes of its cells; a new line goes after those of its category.

    `order`: the codes of the categories, in the order of the sheet. None when a cell no longer holds what the
    person saw.
    """
    found = keyed(lines)
    for change in changes:
        present = found.get(change.line)
        if (None if present is None else present.amount_cents) != change.before:
            return None
        if change.after is None:
            found.pop(change.line, None)
        elif present is not None:
            found[change.line] = change.line.line(change.after)
        else:
            found = _with_new(found, change.line, change.after, order)
    return tuple(found.values())


def read_cell(text: str, *, deducted: bool = False) -> int | None:
    """Read what is typed or pasted into a cell, as cents; None for an empty one.

    « 1 234,50 € » and what `kernel.money` reads. A line that is deducted may be typed with its minus sign.
    Raises InvalidEntry.
    """
    if not text.strip():
        return None
    cents = parse_cents(text)
    if cents < 0 and not deducted:
        raise InvalidEntry(NEGATIVE, "amount")
    return abs(cents)


def read_persons(text: str) -> int:
    """Read how many people live on a budget, « 3 » or « 2,5 », in hundredths. Raises InvalidEntry."""
    found = _PERSONS.fullmatch(text.strip())
    if found is None:
        raise InvalidEntry("Écrivez un nombre de personnes, comme 3 ou 2,5.", "persons")
    return int(found[1]) * PERSON + int((found[2] or "").ljust(2, "0"))


def write_cell(cents: int | None) -> str:
    """Write an amount as it is typed and as Excel reads it: « 1234,50 », empty for none."""
    return "" if cents is None else format_euros(cents)[:-2].replace("\u202f", "").replace("\u2212", "-")


def _with_new(
    found: dict[LineKey, NewLine], key: LineKey, amount_cents: int, order: Sequence[str]
) -> dict[LineKey, NewLine]:
    place = {code: number for number, code in enumerate(order)}
    own = place.get(key.category, len(place))
    before = 0
    for number, each in enumerate(found, 1):
        if place.get(each.category, len(place)) <= own:
            before = number
    entries = list(found.items())
    return dict([*entries[:before], (key, key.line(amount_cents)), *entries[before:]])
