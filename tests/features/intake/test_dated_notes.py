"""Cells of notes cut at their dates: nothing is lost, nothing to come enters the diary."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.intake.domain.dated_notes import kind_of, split_notes

TODAY = date(2026, 11, 22)


def cut(text: str, **more: object) -> list[tuple[date, EntryKind, str]]:
    return [(note.day, note.kind, note.text) for note in split_notes(text, TODAY, **more).dated]  # type: ignore[arg-type]


def test_notes_on_one_line_are_cut_at_each_date_that_a_colon_follows() -> None:
    assert cut("12/03/2026 : VAD, le chauffe-eau est réparé. 02/04/26 : tel CAF\n15/04 RDV bureau") == [
        (date(2026, 3, 12), EntryKind.HOME_VISIT, "VAD, le chauffe-eau est réparé."),
        (date(2026, 4, 2), EntryKind.CALL, "tel CAF"),
        (date(2026, 4, 15), EntryKind.OFFICE, "RDV bureau"),
    ]


def test_the_act_may_stand_before_the_date() -> None:
    assert cut("VAD du 12/03 : RAS\nTel 15/03: laisse message\n- 20/03 – absente à la VAD") == [
        (date(2026, 3, 12), EntryKind.HOME_VISIT, "VAD\u00a0: RAS"),
        (date(2026, 3, 15), EntryKind.CALL, "Tel\u00a0: laisse message"),
        (date(2026, 3, 20), EntryKind.MISSED_VISIT, "absente à la VAD"),
    ]


def test_a_date_inside_a_sentence_cuts_nothing() -> None:
    for text in ("suivi depuis le 12/03/2025, tout va bien", "plan 12/24 mois : ok", "dette de 12/03 euros"):
        notes = split_notes(text, TODAY)
        assert (notes.dated, notes.free) == ((), text)


def test_what_is_to_come_stays_out_of_the_diary() -> None:
    notes = split_notes("10/11/2026 : VAD\n15/12/2026 : VAD prévue", TODAY)
    assert [note.day for note in notes.dated] == [date(2026, 11, 10)]
    assert notes.free == "15/12/2026 : VAD prévue"


def test_a_day_that_is_not_told_is_said_in_the_note() -> None:
    assert cut("mars 26 : courrier au bailleur") == [
        (date(2026, 3, 1), EntryKind.LETTER, "(jour non précisé\u00a0: 01/03/2026) courrier au bailleur")
    ]


def test_dates_without_a_year_take_that_of_their_neighbours() -> None:
    assert [day for day, _, _ in cut("12/11 : vad\n03/12 : appel\n10/01/26 : mail")] == [
        date(2025, 11, 12),
        date(2025, 12, 3),
        date(2026, 1, 10),
    ]


def test_a_date_alone_is_a_date_of_its_column() -> None:
    assert cut("12/03/2026", title="Dernière VAD") == [
        (date(2026, 3, 12), EntryKind.HOME_VISIT, "Dernière VAD")
    ]


def test_a_day_that_does_not_exist_stays_in_the_text() -> None:
    notes = split_notes("VAD du 31/02/2026 : absente", TODAY)
    assert (notes.dated, notes.free) == ((), "VAD du 31/02/2026 : absente")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("VAD, logement bien tenu", EntryKind.HOME_VISIT),
        ("appel pour fixer une VAD", EntryKind.CALL),
        ("VAD : absente", EntryKind.MISSED_VISIT),
        ("porte close", EntryKind.MISSED_VISIT),
        ("réunion tripartite avec le bailleur", EntryKind.THREE_PARTY_MEETING),
        ("synthèse avec le CCAS", EntryKind.PARTNER_MEETING),
        ("accompagnement à la préfecture", EntryKind.ACCOMPANIMENT),
        ("mail à la CAF", EntryKind.EMAIL),
        ("SMS de rappel", EntryKind.SMS),
        ("dossier FSL déposé", EntryKind.NOTE),
    ],
)
def test_what_happened_is_read_from_the_words(text: str, kind: EntryKind) -> None:
    assert kind_of(text) is kind


words = st.text("abcdefghij éàç,.", min_size=1, max_size=30).filter(
    lambda text: any(c.isalpha() for c in text)
)


@given(st.lists(st.tuples(st.dates(date(2024, 1, 1), TODAY), words), min_size=1, max_size=6))
def test_every_dated_line_becomes_one_note(lines: list[tuple[date, str]]) -> None:
    text = "\n".join(f"{day:%d/%m/%Y} : {told}" for day, told in lines)
    notes = split_notes(text, TODAY)
    assert [note.day for note in notes.dated] == [day for day, _ in lines]
    assert notes.free == ""


@given(st.text(max_size=300))
def test_no_word_is_lost_whatever_the_cell(text: str) -> None:
    notes = split_notes(text, TODAY)
    kept = " ".join([notes.free, *(note.text for note in notes.dated)])
    for word in text.split():
        # Dates and the marks around them become the day of the note.
        if word.isalpha() and len(word) > 9:
            assert word in kept
    assert all(note.day <= TODAY for note in notes.dated)
