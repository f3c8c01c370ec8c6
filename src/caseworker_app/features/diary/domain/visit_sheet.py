"""What the visit page shows beside the text, put in words: rooms, goals, promises, budget, who was there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from caseworker_app.features.budget.domain.indicators import (
    NOT_COMPUTABLE,
    Explained,
    balance,
    net_housing_cost_ratio,
    residual_per_day,
)
from caseworker_app.features.budget.domain.sheet import BudgetSheet
from caseworker_app.features.diary.domain.entry import (
    Attendance,
    DiaryEntry,
    EntryState,
    NewEntry,
    ShareableFact,
    attendance_of,
)
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.reused_sentences import FillingIn, ReusedSentence
from caseworker_app.features.diary.domain.visit import (
    Appointment,
    AppointmentState,
    GoalTouched,
    NewRoom,
    NewVisit,
    Promise,
    PromiseReview,
    PromiseState,
    ReviewedPromise,
    RoomCondition,
    RoomState,
    Visit,
)
from caseworker_app.features.goals.domain.goal import GoalWithSteps
from caseworker_app.features.households.domain import ContactKind, HouseholdFile
from caseworker_app.features.housing.domain.shown_housing import ShownHome
from caseworker_app.kernel.dates import format_date, format_long_date, format_month
from caseworker_app.kernel.french import join_words, plural
from caseworker_app.kernel.money import format_euros, format_percent
from caseworker_app.kernel.phones import format_phone

HOME = "Domicile"
_BASE_ROOMS = ("Séjour", "Cuisine", "Salle de bains")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f]+|\n+")
_TYPOLOGY = re.compile(r"T\s?(\d)")


@dataclass(frozen=True, slots=True)
class VisitMaterial:
    """What is known of a household when a visit is written; `now` is the hour on the office's wall.

    `promises`: those still waited for; `appointment`: the one planned for that day, None without;
    `sentences`: those the association reuses; `worker`: the name of who writes;
    `spelling`: the words the association added to the dictionary; `home`: where it lives, with its accounts.
    """

    now: datetime
    people: HouseholdFile
    goals: tuple[GoalWithSteps, ...] = ()
    last: Visit | None = None
    promises: tuple[Promise, ...] = ()
    appointment: Appointment | None = None
    budget: BudgetSheet | None = None
    typology: str | None = None
    sentences: tuple[ReusedSentence, ...] = ()
    worker: str = ""
    spelling: tuple[str, ...] = ()
    home: ShownHome | None = None

    @property
    def right_words(self) -> tuple[str, ...]:
        """What is never underlined: the household's names, the worker's, the words of the association."""
        people = self.people
        names = [name for each in people.members for name in (each.first_name, each.last_name) if name]
        return (*names, people.household.name, self.worker, *self.spelling)

    @property
    def day(self) -> date:
        """The day the page is opened."""
        return self.now.date()

    @property
    def open_goals(self) -> tuple[GoalWithSteps, ...]:
        """The goals still worked on."""
        return tuple(each for each in self.goals if each.goal.open)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A figure to remember: label, value in words, unit, and how it was made with its source."""

    label: str
    value: str
    unit: str
    explanation: str


def blank_visit(material: VisitMaterial) -> NewVisit:
    """Return the visit as the page offers it before anything is typed: today's appointment, or now."""
    planned = material.appointment
    now = material.now.replace(second=0, microsecond=0)
    started_at = planned.starts_at if planned else now.replace(minute=now.minute - now.minute % 5)
    entry = NewEntry(
        material.people.household.id,
        EntryKind.HOME_VISIT,
        started_at,
        place=(planned.place if planned else None) or HOME,
        present=material.people.reference_person.full_name(),
        purpose=planned.purpose if planned else None,
        attendance=Attendance.PRESENT,
    )
    return NewVisit(entry, rooms=usual_rooms(material), appointment_id=planned.id if planned else None)


def filling_of(material: VisitMaterial, typed: NewVisit) -> FillingIn:
    """Return what a reused sentence is filled in from, as the visit is typed so far."""
    person, coming = material.people.reference_person, typed.next_appointment
    return FillingIn(
        person.first_name or "",
        person.full_name(),
        material.people.household.name,
        material.worker,
        typed.entry.place or "",
        typed.entry.started_at,
        coming.starts_at if coming else None,
        material.last.entry.started_at.date() if material.last else None,
    )


def visit_as_typed(new: NewVisit, promises: Iterable[Promise], worker_id: str, day: date) -> Visit:
    """Return a visit not confirmed yet as if it were, to show how it would print.

    `promises`: those waited for; `day`: when it is typed.
    """
    known = {promise.id: promise for promise in promises}
    typed = without_blanks(new)
    head = ("", "", typed.entry.household_id, "")
    entry = typed.entry
    return Visit(
        DiaryEntry(
            "", "", entry.household_id, None, entry.kind, attendance_of(entry), entry.started_at,
            entry.duration_minutes, entry.place, entry.present, entry.purpose, worker_id,
            entry.observed, entry.said, entry.analysis, EntryState.CONFIRMED, None, None, day,
        ),
        tuple(ShareableFact(*head, n, f.zone, f.topic, f.text) for n, f in enumerate(typed.facts)),
        tuple(GoalTouched(*head, g.goal_id, g.step_id, g.note) for g in typed.goals),
        tuple(
            RoomCondition(*head, n, r.room, r.state, r.observation, r.shareable, r.follow_up, r.follow_up_by)
            for n, r in enumerate(typed.rooms)
        ),
        tuple(
            Promise(*head, n, p.text, p.actor, p.actor_name, p.due_on, p.shareable, p.state, None)
            for n, p in enumerate(typed.promises)
        ),
        tuple(
            ReviewedPromise(known[r.promise_id], PromiseReview(*head, r.promise_id, r.state, r.note))
            for r in typed.reviews
            if r.promise_id in known
        ),
        next_appointment=_as_made(typed, worker_id),
    )  # fmt: skip


def _as_made(typed: NewVisit, worker_id: str) -> Appointment | None:
    new = typed.next_appointment
    if new is None:
        return None
    household = typed.entry.household_id
    planned = AppointmentState.PLANNED
    return Appointment(
        "", "", household, new.starts_at, new.place, new.purpose, worker_id, planned, None, None
    )


def appointment_of_day(appointments: Iterable[Appointment], now: datetime) -> Appointment | None:
    """Return the planned appointment of this day nearest to now that nobody has answered yet."""
    due = [
        each
        for each in appointments
        if each.starts_at.date() == now.date()
        and each.state is AppointmentState.PLANNED
        and each.entry_id is None
    ]
    return min(due, key=lambda each: abs(each.starts_at - now), default=None)


def usual_rooms(material: VisitMaterial) -> tuple[NewRoom, ...]:
    """Return the rooms to look at, not seen yet: those of the last visit, else the usual ones."""
    if material.last is not None and material.last.rooms:
        return tuple(NewRoom(each.room) for each in material.last.rooms)
    found = _TYPOLOGY.search(material.typology or "")
    bedrooms = max(0, int(found[1]) - 1) if found else 1
    numbered = [f"Chambre {number}" for number in range(1, bedrooms + 1)] if bedrooms > 1 else ["Chambre"]
    return tuple(NewRoom(name) for name in (*_BASE_ROOMS, *(numbered if bedrooms else ())))


def rooms_as_last(rooms: Sequence[NewRoom], last: Visit) -> tuple[NewRoom, ...]:
    """Give the rooms not looked at today what was seen at the last visit (« Tout est comme le… »)."""
    before = {
        each.room: NewRoom(
            each.room, each.state, each.observation, each.shareable, each.follow_up, each.follow_up_by
        )
        for each in last.rooms
    }
    known = {room.room for room in rooms}
    return (
        *(before.get(room.room, room) if room.state is RoomState.NOT_SEEN else room for room in rooms),
        *(each for name, each in before.items() if name not in known),
    )


def rooms_seen(rooms: Iterable[NewRoom]) -> tuple[NewRoom, ...]:
    """Keep the rooms of which something is said."""
    return tuple(
        room for room in rooms if room.state is not RoomState.NOT_SEEN or (room.observation or "").strip()
    )


def seen_words(rooms: Sequence[NewRoom]) -> str:
    """Return « 4 pièces vues sur 5 »."""
    seen = sum(room.state is not RoomState.NOT_SEEN for room in rooms)
    return f"{plural(seen, 'pièce vue', 'pièces vues')} sur {len(rooms)}" if rooms else ""


def step_words(goal: GoalWithSteps) -> str:
    """Return « étape 2 sur 4 », « 4 étapes faites », or « sans étape »."""
    if not goal.counted:
        return "sans étape"
    if goal.done == goal.counted:
        return plural(goal.done, "étape faite", "étapes faites")
    return f"étape\u00a0{goal.done + 1} sur {goal.counted}"


def promises_title(material: VisitMaterial) -> str:
    """Return « Promis le 27 octobre » where all come from the last visit, else « Promis auparavant »."""
    last = material.last
    if last is not None and all(each.entry_id == last.entry.id for each in material.promises):
        return f"Promis le {short_day(last.entry.started_at.date())}"
    return "Promis auparavant"


def short_day(day: date) -> str:
    """Return « 27 octobre », without the year."""
    return format_long_date(day).rsplit("\u00a0", 1)[0]


def added_title(addition: DiaryEntry) -> str:
    """Return « Complément du 27 octobre 2026 »."""
    return f"Complément du {format_long_date(addition.started_at.date())}"


def due_words(promise: Promise, day: date) -> str:
    """Return « pour le 8 décembre », « dû le 3 novembre » once late, empty without a date."""
    if promise.due_on is None:
        return ""
    late = promise.state_on(day) is PromiseState.LATE
    return f"{'dû' if late else 'pour'} le {short_day(promise.due_on)}"


def present_words(names: Sequence[str], others: str) -> str:
    """Return who was there: « Mme Solène Marchadier, Lila Marchadier et une voisine »."""
    return join_words([*names, *([others.strip()] if others.strip() else [])])


def split_present(present: str, names: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the members named among who was there, and the words left."""
    found, rest = [], present
    for name in names:
        if name in rest:
            found.append(name)
            rest = rest.replace(name, "", 1)
    left = re.sub(r"^(?:\s|,|\bet\b)+|(?:\s|,|\bet\b)+$", "", rest)
    return tuple(found), left


def kind_of_meeting(kind: EntryKind, attendance: Attendance) -> EntryKind:
    """Return the kind to write: a meeting that did not take place is a missed visit."""
    return kind if attendance is Attendance.PRESENT else EntryKind.MISSED_VISIT


def sentence_at(text: str, position: int) -> str:
    """Return the sentence a cursor stands in or just after, empty where nothing is written."""
    chosen, start = "", 0
    for stop in [*_SENTENCE_END.finditer(text), None]:
        sentence = text[start : stop.start() if stop else len(text)].strip()
        if sentence and (start <= position or not chosen):
            chosen = sentence
        start = stop.end() if stop else len(text)
    return chosen


def safe_contact(people: HouseholdFile) -> str:
    """Return how the household may be reached without danger, « aucun contact sûr connu » without one."""
    ways = [
        f"{format_phone(c.value) if c.kind is ContactKind.PHONE else c.value}"
        + (f" ({c.instructions})" if c.instructions else "")
        for c in people.contacts
        if c.safe
    ]
    return join_words(ways) or "aucun contact sûr connu"


def protection_sentence(people: HouseholdFile) -> str:
    """Return the sentence of the lock band of a protected household."""
    return (
        f"Dossier protégé. Contact sûr\u00a0: {safe_contact(people)}. "
        "L’adresse et les téléphones sont masqués dans tout ce qui s’imprime."
    )


def budget_reminders(sheet: BudgetSheet) -> tuple[Reminder, ...]:
    """Return the three figures to keep in mind: per day and person, what is left, housing cost ratio."""
    per_day, left, ratio = residual_per_day(sheet), balance(sheet), net_housing_cost_ratio(sheet)
    return (
        Reminder("Reste à vivre", _euros(per_day), "/\u202fj\u202f/\u202fpers.", _explained(per_day)),
        Reminder("Solde du mois", _euros(left), "", _explained(left)),
        Reminder(
            "Taux d’effort net",
            NOT_COMPUTABLE if ratio.value is None else format_percent(ratio.value),
            "",
            _explained(ratio),
        ),
    )


def budget_month(sheet: BudgetSheet) -> str:
    """Return « novembre 2026 »."""
    return format_month(sheet.month.month)


def without_blanks(visit: NewVisit) -> NewVisit:
    """Return what is worth writing: rooms that were seen, promises that say something."""
    promises = tuple(each for each in visit.promises if each.text.strip())
    return replace(visit, rooms=rooms_seen(visit.rooms), promises=promises)


def _euros(figure: Explained[int]) -> str:
    return NOT_COMPUTABLE if figure.value is None else format_euros(figure.value)


def _explained(figure: Explained[int] | Explained[Decimal]) -> str:
    lines = (
        figure.label,
        figure.formula,
        figure.definition,
        f"{figure.source}, {format_date(figure.source_date)}",
    )
    return "\n".join(line for line in lines if line)
