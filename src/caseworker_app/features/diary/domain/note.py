"""A quick note (« note rapide »): a call, a message, a passage, for one or several households; all *interne*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from caseworker_app.features.diary.domain.draft import draft_of_visit, visit_from_draft
from caseworker_app.features.diary.domain.entry import NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind, KindPage, kinds_typed_on
from caseworker_app.features.diary.domain.reused_sentences import FillingIn
from caseworker_app.features.diary.domain.visit import NewAppointment, NewPromise, NewVisit
from caseworker_app.features.diary.domain.visit_sheet import safe_contact
from caseworker_app.features.households.domain import HouseholdFile
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import join_words, plural

NOTE_KINDS = tuple(row.kind for row in kinds_typed_on(KindPage.NOTE, date.max))
# By which the household is reached at home: the reminder of what is safe stands before them.
REACHING_KINDS = frozenset(
    {
        EntryKind.CALL, EntryKind.UNANSWERED_CALL, EntryKind.SMS, EntryKind.EMAIL, EntryKind.LETTER,
        EntryKind.DROP_IN, EntryKind.VIDEO_CALL,
    }
)  # fmt: skip
# Minutes offered at one click.
USUAL_MINUTES = (5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note about to be written in the diary of each household; `entry.household_id` is not looked at.

    The entry's duration, journey and distance are those of the worker's day: shared among the households, so that an
    hour with three of them stays one hour. `each_whole`: whoever writes says that they count whole in each.
    """

    entry: NewEntry
    household_ids: tuple[str, ...]
    promises: tuple[NewPromise, ...] = ()
    next_appointment: NewAppointment | None = None
    each_whole: bool = False

    def visits(self) -> list[NewVisit]:
        """Return what is written, one a household, each household once."""
        return [
            NewVisit(entry, promises=self.promises, next_appointment=self.next_appointment)
            for entry in self._entries()
        ]

    def _entries(self) -> list[NewEntry]:
        households = list(dict.fromkeys(self.household_ids))
        entry = self.entry
        each = [replace(entry, household_id=household) for household in households]
        if self.each_whole or len(households) < 2:
            return each
        lengths = (entry.duration_minutes, entry.travel_minutes, entry.travel_metres)
        shares = zip(*(_shared(length, len(households)) for length in lengths), strict=True)
        return [
            replace(one, duration_minutes=minutes, travel_minutes=travel, travel_metres=metres)
            for one, (minutes, travel, metres) in zip(each, shares, strict=True)
        ]


def _shared(whole: int | None, among: int) -> list[int | None]:
    """Return whole parts that differ by one at most and add up to `whole`; None where nobody said."""
    if whole is None:
        return [None] * among
    least, more = divmod(whole, among)
    return [least + (number < more) for number in range(among)]


def sharing_words(households: int, *, each_whole: bool) -> str:
    """Say how the time of a note is counted among several households, empty for one."""
    if households < 2:
        return ""
    if each_whole:
        return f"La durée et le trajet comptent en entier dans chacun des {households} dossiers."
    return f"La durée et le trajet sont partagés entre les {households} ménages\u00a0: une heure reste une heure."


def blank_note(household_ids: tuple[str, ...], now: datetime) -> NewNote:
    """Return a note before anything is typed: a call, now."""
    entry = NewEntry("", EntryKind.CALL, now.replace(second=0, microsecond=0))
    return NewNote(entry, household_ids)


def check_households(note: NewNote) -> None:
    """Refuse a note about nobody. Raises InvalidEntry."""
    if not note.household_ids:
        raise InvalidEntry("Choisissez au moins un ménage.", "households")


def filling_of_note(note: NewNote, people: Sequence[HouseholdFile], worker: str) -> FillingIn:
    """Return what a reused sentence is filled in from; of several households none is named."""
    coming = note.next_appointment
    alone = people[0] if len(people) == 1 else None
    return FillingIn(
        (alone.reference_person.first_name or "") if alone else "",
        alone.reference_person.full_name() if alone else "",
        alone.household.name if alone else "",
        worker,
        note.entry.place or "",
        note.entry.started_at,
        coming.starts_at if coming else None,
    )


def note_draft_key(household_id: str) -> str:
    """Return the key of the note begun from a household's file (empty: from elsewhere) in the file of drafts."""
    return f"note:{household_id}"


def draft_of_note(note: NewNote) -> dict[str, Any]:
    """Return what the file of drafts keeps of a note."""
    visit = NewVisit(note.entry, promises=note.promises, next_appointment=note.next_appointment)
    return {
        **draft_of_visit(visit),
        "households": list(note.household_ids),
        "each_whole": note.each_whole,
    }


def note_from_draft(content: Mapping[str, Any], household_id: str, opened_at: datetime) -> NewNote:
    """Return the note a draft holds. Never refuses one: what was typed must come back."""
    visit = visit_from_draft(content, household_id, opened_at)
    kept = content.get("households")
    names = [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []
    kind = visit.entry.kind if visit.entry.kind in NOTE_KINDS else EntryKind.NOTE
    entry = replace(visit.entry, kind=kind)
    households = tuple(names) if names or not household_id else (household_id,)
    whole = content.get("each_whole") is True
    return NewNote(entry, households, visit.promises, visit.next_appointment, whole)


def reach_sentence(people: HouseholdFile) -> str:
    """Return how a household is reached without danger, before anybody calls or writes."""
    name = people.household.name
    if people.household.protected:
        return (
            f"Dossier protégé, {name}. Contact sûr\u00a0: {safe_contact(people)}. Ne laissez aucun message."
        )
    return f"{name}\u00a0: {safe_contact(people)}"


def written_words(names: tuple[str, ...]) -> str:
    """Return what the window says once a note is written."""
    if len(names) <= 2:
        return f"Note enregistrée\u00a0: {join_words(list(names))}"
    return f"Note enregistrée dans {plural(len(names), 'dossier')}"
