"""Diary entries (« journal »): visits, calls, notes, in three zones that stay in the association."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caseworker_app.features.diary.domain.kinds import EntryKind, kind_rows, kinds_that
from caseworker_app.kernel.errors import InvalidEntry

MAX_MINUTES = 24 * 60
# There and back across the country and more is a typing mistake.
MAX_METRES = 3_000_000
MAX_SHORT_TEXT = 300
# What the purpose of a note says that was brought in from a table somebody kept before.
IMPORTED = "Repris du tableau de suivi"


# What each kind is called: its words of today.
ENTRY_KIND_LABELS = {row.kind: row.label for row in kind_rows()}
# Meetings with the household: they have a number, and count as visits of a period.
MEETING_KINDS = kinds_that(lambda row: row.meeting)
VISIT_KINDS = MEETING_KINDS | {EntryKind.MISSED_VISIT}
# What counts as having been in touch with the household: a call nobody answered does not.
CONTACT_KINDS = kinds_that(lambda row: row.contact)
# What says enough by itself: nobody was there, nobody answered.
WORDLESS_KINDS = kinds_that(lambda row: row.wordless)


class Attendance(StrEnum):
    """How a planned meeting went (« présence »)."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


ATTENDANCE_LABELS = {
    Attendance.PRESENT: "présence",
    Attendance.EXCUSED: "absence prévenue",
    Attendance.ABSENT: "absence",
    Attendance.POSTPONED: "reporté",
    Attendance.CANCELLED: "annulé par l’association",
}


class EntryState(StrEnum):
    """A confirmed entry can still be corrected; a signed one only completed by an addition."""

    CONFIRMED = "confirmed"
    SIGNED = "signed"


ENTRY_STATE_LABELS = {EntryState.CONFIRMED: "terminée", EntryState.SIGNED: "signée"}


class EntryZone(StrEnum):
    """The three zones of a visit; all *interne*."""

    OBSERVED = "observed"
    SAID = "said"
    ANALYSIS = "analysis"


ENTRY_ZONE_LABELS = {
    EntryZone.OBSERVED: "constaté",
    EntryZone.SAID: "dit par le ménage",
    EntryZone.ANALYSIS: "analyse",
}


class FactTopic(StrEnum):
    """What a proposable fact is about: what a landlord may hear of, with the household's agreement."""

    PAYMENT = "payment"
    INSURANCE = "insurance"
    DWELLING = "dwelling"
    VISITS = "visits"
    GOALS = "goals"


FACT_TOPIC_LABELS = {
    FactTopic.PAYMENT: "paiement du loyer",
    FactTopic.INSURANCE: "assurance",
    FactTopic.DWELLING: "état du logement",
    FactTopic.VISITS: "présence aux rencontres",
    FactTopic.GOALS: "objectifs liés au logement",
}


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One entry of a household's diary.

    `number`: `VIS-2026-B7K4-0012` for visits, None for the rest; `started_at`: date and hour on the office's
    wall; `present`: who was there, in words; `observed`, `said`, `analysis`: the three zones, *interne*;
    `refers_to`: the entry that an addition completes; `made_on`: the day it was typed; `travel_minutes`,
    `travel_metres`: the way there and back (« trajet »), None when not told.
    """

    id: str
    version: str
    household_id: str
    number: str | None
    kind: EntryKind
    attendance: Attendance
    started_at: datetime
    duration_minutes: int | None
    place: str | None
    present: str | None
    purpose: str | None
    worker_id: str
    observed: str | None
    said: str | None
    analysis: str | None
    state: EntryState
    signed_on: date | None
    refers_to: str | None
    made_on: date
    travel_minutes: int | None = None
    travel_metres: int | None = None

    @property
    def held(self) -> bool:
        """Say whether this is a meeting with the household that took place."""
        return self.kind in MEETING_KINDS

    @property
    def imported(self) -> bool:
        """Say whether it was brought in from a table kept before, and not rewritten since."""
        return self.purpose == IMPORTED

    def zone(self, zone: EntryZone) -> str:
        """Return the text of a zone, empty when nothing was written."""
        text: str | None = getattr(self, zone.value)
        return text or ""


@dataclass(frozen=True, slots=True)
class ShareableFact:
    """A fact that may be proposed for an outside document, in words written for it."""

    id: str
    version: str
    household_id: str
    entry_id: str
    position: int
    zone: EntryZone
    topic: FactTopic
    text: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry about to be written: a call, a note, or the body of a visit.

    `worker_id` None: whoever writes it. `attendance` None: present, or absent for a missed visit.
    """

    household_id: str
    kind: EntryKind
    started_at: datetime
    duration_minutes: int | None = None
    place: str | None = None
    present: str | None = None
    purpose: str | None = None
    observed: str = ""
    said: str = ""
    analysis: str = ""
    attendance: Attendance | None = None
    worker_id: str | None = None
    travel_minutes: int | None = None
    travel_metres: int | None = None


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact about to be marked as proposable, in words written for outside."""

    zone: EntryZone
    topic: FactTopic
    text: str


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """What may be corrected of an entry that is not signed."""

    started_at: datetime
    duration_minutes: int | None = None
    place: str | None = None
    present: str | None = None
    purpose: str | None = None
    observed: str = ""
    said: str = ""
    analysis: str = ""
    travel_minutes: int | None = None
    travel_metres: int | None = None


def attendance_of(new: NewEntry) -> Attendance:
    """Return how a meeting went: as told, else present, or absent for a missed visit."""
    if new.attendance is not None:
        return new.attendance
    return Attendance.ABSENT if new.kind is EntryKind.MISSED_VISIT else Attendance.PRESENT


def check_entry(new: NewEntry, today: date) -> None:
    """Refuse an entry of a day to come, without a word, or whose presence contradicts its kind.

    Raises InvalidEntry.
    """
    check_texts(
        EntryTexts(
            new.started_at,
            new.duration_minutes,
            new.place,
            new.present,
            new.purpose,
            new.observed,
            new.said,
            new.analysis,
            new.travel_minutes,
            new.travel_metres,
        ),
        new.kind,
        today,
    )
    missed = new.kind is EntryKind.MISSED_VISIT
    if missed == (attendance_of(new) is Attendance.PRESENT):
        raise InvalidEntry(
            "Une visite non tenue dit pourquoi (absence, report), une rencontre tenue dit qui était là.",
            "attendance",
        )


def check_texts(texts: EntryTexts, kind: EntryKind, today: date) -> None:
    """Refuse a day to come, an impossible duration, or an entry without a word. Raises InvalidEntry."""
    if texts.started_at.tzinfo is not None:
        raise ValueError("the diary keeps the hour on the office's wall, without time zone")
    if texts.started_at.date() > today:
        raise InvalidEntry("Cette rencontre est à venir\u00a0: notez-la comme rendez-vous.", "started_at")
    if texts.duration_minutes is not None and not 0 <= texts.duration_minutes <= MAX_MINUTES:
        raise InvalidEntry("Une durée s’écrit en minutes, 24 heures au plus.", "duration_minutes")
    check_travel(texts.travel_minutes, texts.travel_metres)
    if any(len(text or "") > MAX_SHORT_TEXT for text in (texts.place, texts.present, texts.purpose)):
        raise InvalidEntry(
            f"Le lieu, les présents et l’objet ont {MAX_SHORT_TEXT} caractères au plus.", "purpose"
        )
    written = (texts.observed, texts.said, texts.analysis, texts.purpose)
    if kind not in WORDLESS_KINDS and not any((text or "").strip() for text in written):
        raise InvalidEntry("Écrivez au moins une phrase avant d’enregistrer.", "observed")


def check_travel(minutes: int | None, metres: int | None) -> None:
    """Refuse a way there and back nobody makes for one meeting. Raises InvalidEntry."""
    if minutes is not None and not 0 <= minutes <= MAX_MINUTES:
        raise InvalidEntry("Un trajet s’écrit en minutes, 24 heures au plus.", "travel_minutes")
    if metres is not None and not 0 <= metres <= MAX_METRES:
        raise InvalidEntry(
            f"Un trajet s’écrit en kilomètres aller-retour, {MAX_METRES // 1000} au plus.", "travel_metres"
        )


def check_fact(fact: NewFact) -> None:
    """Refuse a fact without text. Raises InvalidEntry."""
    if not fact.text.strip():
        raise InvalidEntry("Écrivez le fait tel qu’il pourra être proposé à l’extérieur.", "facts")
