"""Quick notes: what is written, in which files, in how many transactions; drafts that lose nothing."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import CONTACT_KINDS, ENTRY_KIND_LABELS, VISIT_KINDS, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.note import (
    NOTE_KINDS,
    NewNote,
    blank_note,
    draft_of_note,
    note_from_draft,
    reach_sentence,
    written_words,
)
from caseworker_app.features.diary.domain.visit import NewAppointment, NewPromise
from caseworker_app.features.dossier.domain.thread_diary import ENTRY_ICONS
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import ContactKind, NewContact, NewHousehold, NewMember
from caseworker_app.features.team.domain import Role, Who
from caseworker_app.kernel.errors import InvalidEntry, NotAllowed, NotFound
from caseworker_app.storage.changesets import read_envelopes

NOW = datetime(2026, 11, 24, 14, 0)  # noqa: DTZ001 - the hour on the office's wall
TEXT = "Rappel de l’échéance du 5."


@pytest.fixture
def another(file, who) -> str:
    return households.create_household(file, who, NewHousehold((NewMember("Brindejonc"),)))[0]


def note(*ids: str, text: str = TEXT, kind: EntryKind = EntryKind.CALL, **more: object) -> NewNote:
    return NewNote(NewEntry("", kind, NOW, 10, observed=text), ids, **more)  # type: ignore[arg-type]


def envelopes(file) -> list:
    with file.reading() as connection:
        return list(read_envelopes(connection))


def test_a_note_is_written_once_in_each_file_by_one_transaction(file, who, household, another) -> None:
    before = len(envelopes(file))
    ids, changes = diary.write_note(file, who, note(household, another, household))
    assert len(ids) == 2
    assert changes.households == {household, another}
    assert len(envelopes(file)) == before + 1
    with file.reading() as connection:
        for each in (household, another):
            (entry,) = diary.entries_of(connection, who, each)
            assert (entry.observed, entry.kind, entry.number) == (TEXT, EntryKind.CALL, None)


def test_files_in_two_spaces_take_one_changeset_each_and_one_undo(file, who, household, another) -> None:
    from caseworker_app.kernel.ids import new_id
    from caseworker_app.storage.declarations import declaration_of

    with file.unit_of_work(who.worker_id, "set_protected") as uow:
        uow.update(declaration_of("household").table, another, {"space_id": new_id()})
    before = len(envelopes(file))
    diary.write_note(file, who, note(household, another))
    made = envelopes(file)[before:]
    assert len({each.space_id for each in made}) == len(made) == 2
    assert len({each.lamport for each in made}) == 1
    take_back_last(file, who)
    with file.reading() as connection:
        assert [diary.entries_of(connection, who, each) for each in (household, another)] == [[], []]


@given(
    st.integers(1, 12),
    st.none() | st.integers(0, 600),
    st.none() | st.integers(0, 300),
    st.none() | st.integers(0, 90_000),
)
def test_an_hour_with_several_households_stays_an_hour(
    count: int, minutes: int | None, travel: int | None, metres: int | None
) -> None:
    entry = NewEntry(
        "", EntryKind.CALL, NOW, minutes, travel_minutes=travel, travel_metres=metres, observed=TEXT
    )
    written = [each.entry for each in NewNote(entry, tuple(map(str, range(count)))).visits()]
    for field in ("duration_minutes", "travel_minutes", "travel_metres"):
        parts = [getattr(each, field) for each in written]
        if getattr(entry, field) is None:
            assert set(parts) == {None}
        else:
            assert sum(parts) == getattr(entry, field)
            assert max(parts) - min(parts) <= 1
    whole = NewNote(entry, tuple(map(str, range(count))), each_whole=True).visits()
    assert {each.entry.duration_minutes for each in whole} == {minutes}
    assert note_from_draft(draft_of_note(NewNote(entry, ("1", "2"), each_whole=True)), "", NOW).each_whole


def test_what_was_agreed_goes_with_it(file, who, household) -> None:
    promise = NewPromise("Envoyer l’attestation", due_on=date(2026, 12, 1))
    meeting = NewAppointment(datetime(2026, 12, 3, 10, 0), "Association")  # noqa: DTZ001
    diary.write_note(file, who, note(household, promises=(promise,), next_appointment=meeting))
    with file.reading() as connection:
        assert [each.text for each in diary.open_promises(connection, who, household)] == [promise.text]
        (planned,) = diary.appointments_of(connection, who, household)
        assert planned.starts_at == meeting.starts_at


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (note(), "households"),
        (note("x", text=" "), "observed"),
        (note("x", promises=(NewPromise("Payer", due_on=date(2026, 1, 1)),)), "promises"),
        (note("x", next_appointment=NewAppointment(NOW)), "starts_at"),
        (NewNote(NewEntry("", EntryKind.SMS, NOW.replace(day=25), observed="x"), ("x",)), "started_at"),
    ],
)
def test_what_no_note_can_hold_is_refused_and_nothing_is_written(file, who, household, wrong, field) -> None:
    named = NewNote(
        wrong.entry, (household,) if wrong.household_ids else (), wrong.promises, wrong.next_appointment
    )
    before = len(envelopes(file))
    with pytest.raises(InvalidEntry) as refused:
        diary.write_note(file, who, named)
    assert refused.value.field == field
    assert len(envelopes(file)) == before


def test_one_household_that_is_gone_refuses_the_whole_note(file, who, household) -> None:
    with pytest.raises(NotFound):
        diary.write_note(file, who, note(household, "gone"))
    with file.reading() as connection:
        assert diary.entries_of(connection, who, household) == []


def test_figures_alone_are_not_for_writing_notes(file, household) -> None:
    with pytest.raises(NotAllowed):
        diary.write_note(file, Who("x", "Camille Roux", Role.COORDINATOR), note(household))


def test_a_call_nobody_answered_needs_no_word_and_is_no_contact(file, who, household) -> None:
    diary.write_note(file, who, note(household, text="", kind=EntryKind.UNANSWERED_CALL))
    with file.reading() as connection:
        assert diary.last_contacts(connection, who, [household]) == {}
    diary.write_note(file, who, note(household, kind=EntryKind.VIDEO_CALL))
    with file.reading() as connection:
        assert diary.last_contacts(connection, who, [household]) == {household: NOW.date()}


def test_every_kind_has_its_words_and_its_icon_and_none_of_them_is_a_visit() -> None:
    assert set(ENTRY_KIND_LABELS) == set(ENTRY_ICONS) == set(EntryKind)
    assert not VISIT_KINDS & set(NOTE_KINDS)
    assert EntryKind.UNANSWERED_CALL not in CONTACT_KINDS


@given(
    st.text(max_size=60),
    st.sampled_from(NOTE_KINDS),
    st.lists(st.text("abcdef", min_size=1, max_size=4), max_size=4, unique=True),
    st.none() | st.integers(0, 600),
)
def test_a_draft_gives_back_what_was_typed(text, kind, ids, minutes) -> None:
    typed = NewNote(NewEntry("", kind, NOW, minutes, observed=text), tuple(ids))
    assert note_from_draft(draft_of_note(typed), "", datetime(2020, 1, 1)) == typed  # noqa: DTZ001


@pytest.mark.parametrize("damaged", [{}, {"households": 3}, {"households": [1, None]}, {"entry": "x"}])
def test_a_damaged_draft_is_still_a_note_about_the_household(damaged) -> None:
    found = note_from_draft(damaged, "a", NOW)
    assert found.household_ids == ("a",)
    assert found.entry.kind in NOTE_KINDS
    assert blank_note(("a",), NOW).entry.kind is EntryKind.CALL


def test_what_is_safe_is_said_before_anybody_calls(file, who, household) -> None:
    with file.reading() as connection:
        people = households.open_household(connection, who, household)
    assert (
        reach_sentence(people)
        == "Mme\u00a0Solène Marchadier\u00a0: 06\u00a039\u00a098\u00a012\u00a047 (SMS après 17 h)"
    )


def test_nobody_is_safe_to_call_until_somebody_says_so(file, who) -> None:
    new = NewHousehold((NewMember("Petit"),), contacts=(NewContact(ContactKind.PHONE, "06 39 98 00 01"),))
    made, _ = households.create_household(file, who, new)
    households.set_protected(file, who, made, protected=True)
    with file.reading() as connection:
        sentence = reach_sentence(households.open_household(connection, who, made))
    assert "aucun contact sûr connu" in sentence
    assert sentence.startswith("Dossier protégé")


def test_the_window_says_where_a_note_went() -> None:
    assert written_words(("A", "B")) == "Note enregistrée\u00a0: A et B"
    assert written_words(("A", "B", "C")) == "Note enregistrée dans 3\u00a0dossiers"
