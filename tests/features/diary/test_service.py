"""Visits, notes, promises and appointments written into a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from caseworker_app.features.diary import service, store
from caseworker_app.features.diary.domain.entry import (
    Attendance,
    EntryState,
    EntryTexts,
    EntryZone,
    FactTopic,
    NewEntry,
    NewFact,
)
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    Appointment,
    AppointmentState,
    NewAppointment,
    NewGoalTouched,
    NewPromise,
    NewReview,
    NewRoom,
    NewVisit,
    Promise,
    PromiseState,
    RoomState,
    Visit,
)
from caseworker_app.features.goals import service as goals
from caseworker_app.features.goals.domain.goal import Actor, GoalState, GoalWithSteps, NewGoal, NewStep
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.dates import Period
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.declarations import declared_tables
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.search import find_households
from caseworker_app.storage.undo import undo_last

TODAY = date(2026, 11, 24)
AT_TWO = datetime(2026, 11, 24, 14, 0)  # noqa: DTZ001 - the hour on the office's wall


def body(household: str, days_ago: int = 0, text: str = "Logement aéré, chauffé à 19 °C.") -> NewEntry:
    at = AT_TWO - timedelta(days=days_ago)
    return NewEntry(
        household, EntryKind.HOME_VISIT, at, 55, "Domicile", "Mme Marchadier", "visite mensuelle", text
    )


def read(file: EncryptedFile, who: Who, entry_id: str) -> Visit:
    with file.reading() as connection:
        return service.visit(connection, who, entry_id)


def promises(file: EncryptedFile, who: Who, household: str) -> list[Promise]:
    with file.reading() as connection:
        return service.open_promises(connection, who, household)


def appointments(file: EncryptedFile, who: Who, household: str) -> list[Appointment]:
    with file.reading() as connection:
        return service.appointments_of(connection, who, household)


def a_goal(file: EncryptedFile, who: Who, household: str) -> GoalWithSteps:
    steps = (NewStep("Bouche d’aération nettoyée"), NewStep("Mur sec"))
    goals.add_goal(
        file, who, NewGoal(household, "Assainir la salle de bains", "upkeep", steps, state=GoalState.PLANNED)
    )
    with file.reading() as connection:
        return goals.goals_of(connection, who, household)[0]


def full_visit(household: str, goal: GoalWithSteps) -> NewVisit:
    return NewVisit(
        replace(body(household), said="« J’ai payé le 5. »", analysis="Le plan tient."),
        facts=(
            NewFact(EntryZone.OBSERVED, FactTopic.DWELLING, "Logement aéré et chauffé."),
            NewFact(EntryZone.SAID, FactTopic.PAYMENT, "Loyer de novembre payé."),
        ),
        goals=(NewGoalTouched(goal.goal.id, goal.steps[0].id, "faite seule"),),
        rooms=(
            NewRoom("Séjour", RoomState.GOOD, shareable=True),
            NewRoom(
                "Salle d’eau", RoomState.WATCH, "Humidité au plafond", True, "Recherche de fuite", "bailleur"
            ),
        ),
        promises=(
            NewPromise("Envoyer l’attestation", Actor.HOUSEHOLD, "Mme Marchadier", TODAY + timedelta(days=8)),
        ),
        next_appointment=NewAppointment(AT_TWO + timedelta(days=14), "Domicile"),
    )


def test_a_visit_is_confirmed_whole_in_one_transaction(file: EncryptedFile, who: Who, household: str) -> None:
    goal = a_goal(file, who, household)
    entry_id, changes = service.confirm_visit(file, who, full_visit(household, goal))
    found = read(file, who, entry_id)
    assert changes.households == {household}
    assert {"diary_entry", "shareable_fact", "goal_touched", "goal_step", "appointment"} <= changes.tables
    assert found.entry.number is not None
    assert found.entry.number.startswith("VIS-2026-")
    assert (found.entry.started_at, found.entry.worker_id, found.entry.made_on) == (
        AT_TWO,
        who.worker_id,
        TODAY,
    )
    assert [fact.topic for fact in found.facts] == [FactTopic.DWELLING, FactTopic.PAYMENT]
    assert [(room.room, room.state, room.shareable) for room in found.rooms] == [
        ("Séjour", RoomState.GOOD, True), ("Salle d’eau", RoomState.WATCH, True),
    ]  # fmt: skip
    assert [promise.actor_name for promise in found.promises] == ["Mme Marchadier"]
    assert found.next_appointment is not None
    assert found.next_appointment.starts_at == datetime(2026, 12, 8, 14, 0)  # noqa: DTZ001 - the same


def test_the_steps_ticked_are_done_that_day(file: EncryptedFile, who: Who, household: str) -> None:
    goal = a_goal(file, who, household)
    new = full_visit(household, goal)
    service.confirm_visit(
        file, who, replace(new, entry=replace(new.entry, started_at=AT_TWO - timedelta(days=1)))
    )
    with file.reading() as connection:
        (after,) = goals.goals_of(connection, who, household)
    assert [step.done_on for step in after.steps] == [date(2026, 11, 23), None]
    assert after.goal.state is GoalState.IN_PROGRESS


def test_words_of_every_zone_are_found(file: EncryptedFile, who: Who, household: str) -> None:
    service.confirm_visit(file, who, full_visit(household, a_goal(file, who, household)))
    with file.reading() as connection:
        for words in ("chauffe", "paye le 5", "plan tient", "humidite plafond", "attestation"):
            assert [hit.household_id for hit in find_households(connection, words)] == [household], words


def test_a_refused_visit_leaves_nothing_behind(file: EncryptedFile, who: Who, household: str) -> None:
    goal = a_goal(file, who, household)
    wrong = replace(full_visit(household, goal), reviews=(NewReview("ab" * 16, PromiseState.KEPT),))
    with pytest.raises(NotFound):
        service.confirm_visit(file, who, wrong)
    with file.reading() as connection:
        assert service.entries_of(connection, who, household) == []
        assert goals.goals_of(connection, who, household)[0].done == 0


def test_a_confirmed_visit_is_taken_back_whole(file: EncryptedFile, who: Who, household: str) -> None:
    goal = a_goal(file, who, household)
    service.confirm_visit(file, who, full_visit(household, goal))
    undo_last(file, who.worker_id)
    with file.reading() as connection:
        assert service.entries_of(connection, who, household) == []
        assert goals.goals_of(connection, who, household)[0].done == 0
        assert goals.goals_of(connection, who, household)[0].goal.state is GoalState.PLANNED
    assert appointments(file, who, household) == []


def test_promises_of_last_time_are_brought_up_to_date(file: EncryptedFile, who: Who, household: str) -> None:
    made = tuple(NewPromise(text) for text in ("Nettoyer la bouche", "Passage du plombier"))
    service.confirm_visit(file, who, NewVisit(body(household, 28), promises=made))
    first, second = promises(file, who, household)
    reviews = (
        NewReview(first.id, PromiseState.KEPT, "vu"),
        NewReview(second.id, PromiseState.PARTLY, "date prise"),
    )
    entry_id, _ = service.confirm_visit(file, who, NewVisit(body(household), reviews=reviews))
    assert [promise.id for promise in promises(file, who, household)] == [second.id]
    found = read(file, who, entry_id)
    assert {(each.promise.text, each.review.state, each.review.note) for each in found.reviewed} == {
        ("Nettoyer la bouche", PromiseState.KEPT, "vu"),
        ("Passage du plombier", PromiseState.PARTLY, "date prise"),
    }  # fmt: skip
    service.settle_promise(file, who, second.id, PromiseState.DROPPED)
    assert promises(file, who, household) == []
    # What the visit found stays what it found.
    assert {each.review.state for each in read(file, who, entry_id).reviewed} == {
        PromiseState.KEPT,
        PromiseState.PARTLY,
    }


def test_open_promises_come_by_date(file: EncryptedFile, who: Who, household: str) -> None:
    made = (
        NewPromise("sans date"),
        NewPromise("plus tard", due_on=TODAY + timedelta(days=9)),
        NewPromise("bientôt", due_on=TODAY),
        NewPromise("déjà fait", state=PromiseState.KEPT),
    )
    service.confirm_visit(file, who, NewVisit(body(household), promises=made))
    assert [promise.text for promise in promises(file, who, household)] == [
        "bientôt",
        "plus tard",
        "sans date",
    ]


@pytest.mark.parametrize(
    ("kind", "attendance", "state"),
    [
        (EntryKind.HOME_VISIT, None, AppointmentState.DONE),
        (EntryKind.MISSED_VISIT, None, AppointmentState.MISSED),
        (EntryKind.MISSED_VISIT, Attendance.EXCUSED, AppointmentState.MISSED),
        (EntryKind.MISSED_VISIT, Attendance.POSTPONED, AppointmentState.CANCELLED),
    ],
)
def test_a_visit_answers_its_appointment_once(
    file: EncryptedFile,
    who: Who,
    household: str,
    kind: EntryKind,
    attendance: Attendance | None,
    state: AppointmentState,
) -> None:
    with file.unit_of_work(who.worker_id, "fill") as uow:
        (planned,) = service.add_appointments(uow, [(household, NewAppointment(AT_TWO))])
    new = NewVisit(replace(body(household), kind=kind, attendance=attendance), appointment_id=planned)
    entry_id, _ = service.confirm_visit(file, who, new)
    (found,) = appointments(file, who, household)
    assert (found.state, found.entry_id) == (state, entry_id)
    assert read(file, who, entry_id).kept_appointment == found
    with pytest.raises(InvalidEntry):
        service.confirm_visit(file, who, new)


def test_the_agenda_holds_planned_appointments_of_the_period(
    file: EncryptedFile, who: Who, household: str
) -> None:
    hours = [AT_TWO + timedelta(days=days) for days in (1, 3, 30)]
    ids = [service.plan_appointment(file, who, household, NewAppointment(hour))[0] for hour in hours]
    service.change_appointment_state(file, who, ids[1], AppointmentState.CANCELLED)
    week = Period(TODAY, TODAY + timedelta(days=6))
    with file.reading() as connection:
        assert [each.id for each in service.agenda(connection, who, week)] == [ids[0]]
        assert [each.id for each in service.agenda(connection, who, week, who.worker_id)] == [ids[0]]
        assert service.agenda(connection, who, week, "ab" * 16) == []
        assert [each.id for each in service.agenda(connection, who, Period(TODAY))] == [ids[0], ids[2]]
    with pytest.raises(InvalidEntry):
        service.plan_appointment(file, who, household, NewAppointment(AT_TWO - timedelta(days=1)))


def test_visits_of_a_period_hold_the_missed_ones_and_no_calls(
    file: EncryptedFile, who: Who, household: str
) -> None:
    for days in (0, 31, 200):
        service.confirm_visit(file, who, NewVisit(body(household, days)))
    missed = NewEntry(
        household, EntryKind.MISSED_VISIT, AT_TWO - timedelta(days=60), attendance=Attendance.EXCUSED
    )
    service.confirm_visit(file, who, NewVisit(missed))
    service.add_note(file, who, NewEntry(household, EntryKind.CALL, AT_TWO, 8, said="Rappellera."))
    period = Period(date(2026, 9, 1), TODAY)
    with file.reading() as connection:
        visits = service.visits_of(connection, who, household, period)
        entries = service.entries_of(connection, who, household)
        newest = service.entries_of(connection, who, household, limit=2)
        last = service.last_visit(connection, who, household)
    assert [(visit.entry.started_at.date(), visit.entry.held) for visit in visits] == [
        (TODAY, True), (date(2026, 10, 24), True), (date(2026, 9, 25), False),
    ]  # fmt: skip
    assert [entry.number is None for entry in entries if entry.kind is EntryKind.CALL] == [True]
    assert (len(entries), len(newest)) == (5, 2)
    assert last is not None
    assert last.entry.started_at == AT_TWO


def test_both_ends_of_a_period_count(file: EncryptedFile, who: Who, household: str) -> None:
    late = replace(body(household), started_at=datetime(2026, 10, 31, 23, 59))  # noqa: DTZ001 - the same
    service.confirm_visit(file, who, NewVisit(late))
    day = date(2026, 10, 31)
    with file.reading() as connection:
        assert len(service.visits_of(connection, who, household, Period(day, day))) == 1
        assert (
            service.visits_of(connection, who, household, Period(date(2026, 10, 1), date(2026, 10, 30))) == []
        )


def test_the_last_contact_of_a_page_of_households(file: EncryptedFile, who: Who, household: str) -> None:
    silent, _ = households.create_household(file, who, NewHousehold((NewMember("Ozanne"),)))
    service.confirm_visit(file, who, NewVisit(body(household, 40)))
    service.add_note(
        file, who, NewEntry(household, EntryKind.CALL, AT_TWO - timedelta(days=3), said="Rappellera.")
    )
    service.add_note(file, who, NewEntry(household, EntryKind.NOTE, AT_TWO, purpose="Dossier relu"))
    with file.reading() as connection:
        assert service.last_contacts(connection, who, [household, silent]) == {household: date(2026, 11, 21)}


def test_a_household_without_visit_has_no_last_one(file: EncryptedFile, who: Who, household: str) -> None:
    with file.reading() as connection:
        assert service.last_visit(connection, who, household) is None
        assert service.visits_of(connection, who, household) == []


def test_an_entry_is_corrected_until_it_is_signed(file: EncryptedFile, who: Who, household: str) -> None:
    entry_id, _ = service.confirm_visit(file, who, NewVisit(body(household)))
    service.correct_entry(file, who, entry_id, EntryTexts(AT_TWO, 50, observed="Corrigé."))
    service.sign_entry(file, who, entry_id)
    assert service.sign_entry(file, who, entry_id).tables == frozenset()
    with pytest.raises(service.EntrySigned):
        service.correct_entry(file, who, entry_id, EntryTexts(AT_TWO, observed="Encore."))
    found = read(file, who, entry_id).entry
    assert (found.observed, found.state, found.signed_on) == ("Corrigé.", EntryState.SIGNED, TODAY)


def test_a_signed_entry_is_completed_by_dated_additions(
    file: EncryptedFile, who: Who, household: str
) -> None:
    entry_id, _ = service.confirm_visit(file, who, NewVisit(body(household)))
    service.sign_entry(file, who, entry_id)
    first, _ = service.add_addition(file, who, entry_id, "La chaudière avait été vue.")
    service.add_addition(file, who, first, "Relu ensemble.", EntryZone.ANALYSIS)
    found = read(file, who, entry_id)
    assert [(each.observed, each.analysis) for each in found.additions] == [
        ("La chaudière avait été vue.", None), (None, "Relu ensemble."),
    ]  # fmt: skip
    assert {each.refers_to for each in found.additions} == {entry_id}
    with pytest.raises(InvalidEntry):
        service.add_addition(file, who, entry_id, "  ")


def test_facts_are_marked_and_withdrawn_later(file: EncryptedFile, who: Who, household: str) -> None:
    entry_id, _ = service.confirm_visit(file, who, NewVisit(body(household)))
    fact_id, _ = service.mark_fact(
        file, who, entry_id, NewFact(EntryZone.OBSERVED, FactTopic.INSURANCE, "Assurance vue.")
    )
    service.mark_fact(file, who, entry_id, NewFact(EntryZone.SAID, FactTopic.VISITS, "Présente."))
    assert [(fact.position, fact.text) for fact in read(file, who, entry_id).facts] == [
        (0, "Assurance vue."), (1, "Présente."),
    ]  # fmt: skip
    service.withdraw_fact(file, who, fact_id)
    assert [fact.text for fact in read(file, who, entry_id).facts] == ["Présente."]


def test_one_note_is_written_for_several_households(file: EncryptedFile, who: Who, household: str) -> None:
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Ozanne"),)))
    note = NewEntry(household, EntryKind.SMS, AT_TWO, purpose="Réunion de l’immeuble")
    ids, changes = service.add_group_note(file, who, note, [household, other, household])
    assert len(ids) == 2
    assert changes.households == {household, other}


def test_nothing_of_another_household_is_touched(file: EncryptedFile, who: Who, household: str) -> None:
    other, _ = households.create_household(file, who, NewHousehold((NewMember("Ozanne"),)))
    goal = a_goal(file, who, other)
    service.confirm_visit(file, who, NewVisit(body(other), promises=(NewPromise("Envoyer"),)))
    (promise,) = promises(file, who, other)
    for wrong in (
        NewVisit(body(household), goals=(NewGoalTouched(goal.goal.id),)),
        NewVisit(body(household), reviews=(NewReview(promise.id, PromiseState.KEPT),)),
    ):
        with pytest.raises(InvalidEntry):
            service.confirm_visit(file, who, wrong)


def test_a_volunteer_writes_the_diary_and_a_coordinator_does_not(
    file: EncryptedFile, who: Who, household: str
) -> None:
    service.add_note(file, Who(who.worker_id, who.name, Role.VOLUNTEER), body(household))
    with pytest.raises(NotAllowed):
        service.confirm_visit(file, Who(who.worker_id, who.name, Role.COORDINATOR), NewVisit(body(household)))
    with pytest.raises(NotFound):
        service.confirm_visit(file, who, NewVisit(body("ab" * 16)))


def test_many_entries_are_added_at_once_with_numbers_of_their_own(
    file: EncryptedFile, who: Who, household: str
) -> None:
    with file.unit_of_work(who.worker_id, "fill") as uow:
        service.add_entries(uow, [body(household, days) for days in range(300)])
    with file.reading() as connection:
        entries = service.entries_of(connection, who, household)
    assert len({entry.number for entry in entries}) == 300
    assert entries == sorted(entries, key=lambda entry: entry.started_at, reverse=True)


def test_everything_typed_in_the_zones_is_internal_and_keeps_both_edits() -> None:
    fields = declared_tables()["diary_entry"].fields()
    for zone in EntryZone:
        assert fields[zone.value].internal
        assert fields[zone.value].merge.value == "keep_both"
    assert not declared_tables()[store.fact.name].fields()["text"].internal
