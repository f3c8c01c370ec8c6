"""What a diary entry may hold, and how visits are put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caseworker_app.features.diary.domain import entry, visit
from caseworker_app.features.diary.domain.entry import (
    Attendance,
    DiaryEntry,
    EntryState,
    EntryZone,
    FactTopic,
    NewEntry,
    NewFact,
    ShareableFact,
)
from caseworker_app.features.diary.domain.gathering import Parts, gather_visits
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    AppointmentState,
    NewAppointment,
    NewPromise,
    NewReview,
    NewRoom,
    NewVisit,
    Promise,
    PromiseReview,
    PromiseState,
)
from caseworker_app.features.goals.domain.goal import Actor
from caseworker_app.kernel.errors import InvalidEntry

TODAY = date(2026, 11, 24)
AT_TWO = datetime(2026, 11, 24, 14, 0)  # noqa: DTZ001 - the hour on the office's wall
ENTRY = NewEntry("h", EntryKind.HOME_VISIT, AT_TWO, 55, observed="Logement aéré.")
VISIT = NewVisit(ENTRY)


def stored(entry_id: str, refers_to: str | None = None) -> DiaryEntry:
    kind = EntryKind.ADDITION if refers_to else EntryKind.HOME_VISIT
    return DiaryEntry(
        entry_id, "v", "h", None, kind, Attendance.PRESENT, AT_TWO, None, None, None, None, "w", "Vu.", None,
        None,
        EntryState.CONFIRMED, None, refers_to, TODAY,
    )  # fmt: skip


def a_promise(promise_id: str, entry_id: str, due_on: date | None = None) -> Promise:
    return Promise(
        promise_id,
        "v",
        "h",
        entry_id,
        0,
        "Envoyer",
        Actor.HOUSEHOLD,
        None,
        due_on,
        False,
        PromiseState.WAITING,
        None,
    )


@pytest.mark.parametrize(
    "new",
    [
        replace(ENTRY, started_at=AT_TWO + timedelta(days=1)),
        replace(ENTRY, duration_minutes=-1),
        replace(ENTRY, duration_minutes=24 * 60 + 1),
        replace(ENTRY, observed=" \n"),
        replace(ENTRY, place="x" * 301),
        replace(ENTRY, attendance=Attendance.ABSENT),
        replace(ENTRY, kind=EntryKind.MISSED_VISIT, attendance=Attendance.PRESENT),
    ],
)
def test_entries_that_cannot_be_are_refused(new: NewEntry) -> None:
    entry.check_entry(ENTRY, TODAY)
    with pytest.raises(InvalidEntry):
        entry.check_entry(new, TODAY)


def test_a_missed_visit_needs_no_text_and_is_an_absence() -> None:
    missed = NewEntry("h", EntryKind.MISSED_VISIT, AT_TWO)
    entry.check_entry(missed, TODAY)
    assert entry.attendance_of(missed) is Attendance.ABSENT
    assert entry.attendance_of(ENTRY) is Attendance.PRESENT


def test_an_hour_with_a_time_zone_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="wall"):
        entry.check_entry(replace(ENTRY, started_at=AT_TWO.replace(tzinfo=UTC)), TODAY)


@pytest.mark.parametrize(
    "new",
    [
        replace(VISIT, facts=(NewFact(EntryZone.SAID, FactTopic.VISITS, " "),)),
        replace(VISIT, rooms=(NewRoom(" "),)),
        replace(VISIT, promises=(NewPromise(""),)),
        replace(VISIT, promises=(NewPromise("Envoyer", due_on=TODAY - timedelta(days=1)),)),
        replace(VISIT, promises=(NewPromise("Envoyer", state=PromiseState.LATE),)),
        replace(VISIT, reviews=(NewReview("p", PromiseState.LATE),)),
        replace(VISIT, next_appointment=NewAppointment(AT_TWO)),
        replace(VISIT, next_appointment=NewAppointment(AT_TWO.replace(year=2062))),
    ],
)
def test_visits_that_cannot_be_are_refused(new: NewVisit) -> None:
    visit.check_visit(VISIT, TODAY)
    with pytest.raises(InvalidEntry):
        visit.check_visit(new, TODAY)


def test_a_promise_is_late_the_day_after_and_only_while_it_is_open() -> None:
    promise = a_promise("p", "e", TODAY)
    assert promise.state_on(TODAY) is PromiseState.WAITING
    assert promise.state_on(TODAY + timedelta(days=1)) is PromiseState.LATE
    kept = replace(promise, state=PromiseState.KEPT)
    assert kept.state_on(TODAY + timedelta(days=1)) is PromiseState.KEPT
    assert a_promise("p", "e").state_on(TODAY + timedelta(days=900)) is PromiseState.WAITING


def test_an_appointment_becomes_what_its_visit_tells() -> None:
    assert visit.outcome_of(EntryKind.HOME_VISIT, cancelled=False) is AppointmentState.DONE
    assert visit.outcome_of(EntryKind.MISSED_VISIT, cancelled=False) is AppointmentState.MISSED
    assert visit.outcome_of(EntryKind.MISSED_VISIT, cancelled=True) is AppointmentState.CANCELLED


def test_every_kind_state_and_zone_has_its_french_word() -> None:
    pairs = (
        (EntryKind, entry.ENTRY_KIND_LABELS), (Attendance, entry.ATTENDANCE_LABELS),
        (EntryState, entry.ENTRY_STATE_LABELS),
        (EntryZone, entry.ENTRY_ZONE_LABELS), (FactTopic, entry.FACT_TOPIC_LABELS),
        (visit.RoomState, visit.ROOM_STATE_LABELS), (PromiseState, visit.PROMISE_STATE_LABELS),
        (AppointmentState, visit.APPOINTMENT_STATE_LABELS),
    )  # fmt: skip
    assert all(set(kind) == set(labels) for kind, labels in pairs)


def test_each_visit_gets_its_own_parts() -> None:
    first, second = stored("e1"), stored("e2")
    parts = Parts(
        facts=[ShareableFact("f", "v", "h", "e2", 0, EntryZone.SAID, FactTopic.VISITS, "Présente.")],
        goals=[],
        rooms=[],
        promises=[a_promise("p", "e1")],
        reviews=[
            PromiseReview("r", "v", "h", "e2", "p", PromiseState.KEPT, "le 5"),
            # Its promise has not been received yet: nothing to show, nothing lost.
            PromiseReview("s", "v", "h", "e2", "unknown", PromiseState.KEPT, None),
        ],
        additions=[stored("a", "e1")],
        appointments=[],
    )
    newer, older = gather_visits([second, first], parts)
    assert [fact.id for fact in newer.facts] == ["f"]
    assert [(each.promise.id, each.review.note) for each in newer.reviewed] == [("p", "le 5")]
    assert (older.facts, [p.id for p in older.promises], [a.id for a in older.additions]) == (
        (),
        ["p"],
        ["a"],
    )
    assert newer.next_appointment is None


def test_a_zone_reads_by_its_name() -> None:
    assert stored("e").zone(EntryZone.OBSERVED) == "Vu."
    assert stored("e").zone(EntryZone.ANALYSIS) == ""
