"""Reviewing what is taken out of a copy of the data: row by row, nothing is printed before each was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.features.rights.domain.held import Held, HeldField, HeldRow
from caseworker_app.features.rights.domain.redaction import Redaction, RedactionReason, by_place
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import plural


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row to look at: its key, its part and title, its values."""

    key: str
    part: str
    title: str
    fields: tuple[HeldField, ...]

    @property
    def excerpt(self) -> str:
        """The beginning of what somebody typed, or of the first value."""
        told = next((each for each in self.fields if each.free), self.fields[0])
        return " ".join(told.text.split())


class Review:
    """What is taken out so far, and which rows were looked at."""

    def __init__(self, held: Held, proposals: tuple[Redaction, ...]) -> None:
        """Begin with everything that is proposed."""
        self.held, self.proposals = held, proposals
        self.rows = tuple(
            ReviewRow(_key(row), part.title, row.title, row.fields)
            for part in held.parts
            for row in part.rows
            if row.fields
        )
        self._chosen: dict[str, list[Redaction]] = by_place(proposals)
        self._back: dict[str, list[Redaction]] = {}
        self._seen: set[str] = set()
        open_ones = {each.place for each in proposals if not each.locked}
        self._asked = {row.key for row in self.rows if any(told.place in open_ones for told in row.fields)}

    @property
    def redactions(self) -> tuple[Redaction, ...]:
        """What is taken out, in reading order."""
        places = [told.place for row in self.rows for told in row.fields]
        return tuple(each for place in places for each in sorted(self._chosen.get(place, ()), key=_start))

    @property
    def waiting(self) -> tuple[ReviewRow, ...]:
        """The rows something is proposed for that nobody looked at yet."""
        return tuple(row for row in self.rows if row.key in self._asked - self._seen)

    @property
    def asked(self) -> tuple[ReviewRow, ...]:
        """The rows something was proposed for, or is taken out of."""
        taken = {place for place, kept in self._chosen.items() if any(not each.locked for each in kept)}
        return tuple(
            row
            for row in self.rows
            if row.key in self._asked or any(told.place in taken for told in row.fields)
        )

    @property
    def words(self) -> str:
        """How far it is: « 3 passages retirés, 2 rubriques à relire »."""
        left = len(self.waiting)
        told = plural(len(self.redactions), "passage retiré", "passages retirés")
        return (
            f"{told}, {plural(left, 'rubrique', 'rubriques')} à relire" if left else f"{told}, tout est relu"
        )

    def of(self, place: str) -> list[Redaction]:
        """Return what is taken out of a value, in order."""
        return sorted(self._chosen.get(place, ()), key=_start)

    def count(self, row: ReviewRow) -> int:
        """Return how many passages are taken out of a row."""
        return sum(len(self._chosen.get(told.place, ())) for told in row.fields)

    def is_seen(self, row: ReviewRow) -> bool:
        """Say whether a row was looked at, or needs not be."""
        return row.key not in self._asked or row.key in self._seen

    def see(self, key: str) -> None:
        """Note that a row was looked at."""
        self._seen.add(key)

    def see_all(self) -> None:
        """Note that somebody says that everything was looked at."""
        self._seen |= self._asked

    def take_out(self, place: str, start: int, end: int, reason: RedactionReason) -> None:
        """Take one more passage out. Raises InvalidEntry for none, or one that is out already."""
        if end <= start:
            raise InvalidEntry("Sélectionnez d’abord dans le texte les mots à retirer.")
        if any(each.start <= start and end <= each.end for each in self.of(place)):
            raise InvalidEntry("Ces mots sont déjà retirés.")
        self._chosen.setdefault(place, []).append(Redaction(place, start, end, reason))

    def put_back(self, redaction: Redaction) -> None:
        """Tell a passage after all, unless nobody may put it back; it stays offered."""
        if not redaction.locked:
            self._chosen[redaction.place] = [each for each in self.of(redaction.place) if each != redaction]
            self._back.setdefault(redaction.place, []).append(redaction)

    def take_again(self, redaction: Redaction) -> None:
        """Take out again a passage that was put back."""
        self._back[redaction.place] = [
            each for each in self._back.get(redaction.place, ()) if each != redaction
        ]
        self._chosen.setdefault(redaction.place, []).append(redaction)

    def offered(self, place: str) -> list[tuple[Redaction, bool]]:
        """Return the passages of a value, those put back too, each with whether it is taken out."""
        taken = [(each, True) for each in self._chosen.get(place, ())]
        back = [(each, False) for each in self._back.get(place, ())]
        return sorted([*taken, *back], key=lambda told: told[0].start)

    def excerpt(self, row: ReviewRow) -> str:
        """Return what is taken out of a row, or how what it tells begins."""
        taken = [told.text[each.start : each.end] for told in row.fields for each in self.of(told.place)]
        words = ", ".join(dict.fromkeys(" ".join(text.split()) for text in taken))
        return words or row.excerpt

    def give_reason(self, redaction: Redaction, reason: RedactionReason) -> None:
        """Change why a passage is taken out."""
        kept = [
            replace(each, reason=reason) if each == redaction else each for each in self.of(redaction.place)
        ]
        self._chosen[redaction.place] = kept

    def content(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        taken = [[r.place, r.start, r.end, r.reason.value, r.locked] for r in self.redactions]
        return {"fingerprint": self.held.fingerprint, "taken": taken, "seen": sorted(self._seen)}

    def resume(self, content: Mapping[str, Any]) -> bool:
        """Go on from a draft; say whether it was of the same state of the file."""
        if content.get("fingerprint") != self.held.fingerprint:
            return False
        taken = [Redaction(p, s, e, RedactionReason(r), bool(k)) for p, s, e, r, k in content["taken"]]
        self._chosen, self._seen = by_place(taken), set(content["seen"])
        back = [each for each in self.proposals if not each.locked and each not in taken]
        self._back = by_place(each for each in back if not any(_same(each, kept) for kept in taken))
        return True


def _key(row: HeldRow) -> str:
    return f"{row.table}:{row.fields[0].place.partition(':')[2]}"


def _start(redaction: Redaction) -> int:
    return redaction.start


def _same(one: Redaction, other: Redaction) -> bool:
    """Say whether two take the same words out, whatever the reason."""
    return (one.place, one.start, one.end) == (other.place, other.start, other.end)
