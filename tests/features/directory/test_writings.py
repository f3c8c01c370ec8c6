"""Searching one's writings on a real file: words, filters, protection, archive, what is logged."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.entry import EntryTexts, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.visit import (
    NewPromise,
    NewRoom,
    NewVisit,
    RoomState,
)
from caseworker_app.features.directory import service
from caseworker_app.features.directory.domain.writings import (
    EXTRACT_LETTERS,
    KIND_GROUPS,
    KindGroup,
    Lately,
    extract,
    first_day,
    kinds_chosen,
)
from caseworker_app.features.directory.service import WritingsSought
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import (
    ContactKind,
    NewAddress,
    NewContact,
    NewHousehold,
    NewMember,
)
from caseworker_app.features.team import service as team
from caseworker_app.features.team.domain import NotAllowed, Role, Who
from caseworker_app.kernel.folding import fold
from caseworker_app.kernel.marking import marks_in
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.storage.tables import access_line


def note(file: EncryptedFile, who: Who, household: str, text: str, at: str, kind=EntryKind.CALL) -> str:
    new = NewEntry(household, kind, datetime.fromisoformat(at), 10, said=text)
    return diary.add_note(file, who, new)[0]


def met(household: str, at: str, text: str) -> NewEntry:
    return NewEntry(household, EntryKind.HOME_VISIT, datetime.fromisoformat(at), 45, observed=text)


def found(file: EncryptedFile, who: Who, words: str, **narrowed) -> list[tuple[str, str]]:
    with file.reading() as connection:
        lines = service.search_writings(connection, who, WritingsSought(words, **narrowed)).lines
    return [(line.key, line.extract.text) for line in lines]


def keys(file: EncryptedFile, who: Who, words: str, **narrowed) -> list[str]:
    return [key for key, _ in found(file, who, words, **narrowed)]


@pytest.fixture
def protected(file: EncryptedFile, who: Who) -> str:
    new = NewHousehold(
        (NewMember("Kabinda", "Ruth"),),
        (NewAddress("3 impasse du Moulin", city="Wattrelos"),),
        (NewContact(ContactKind.PHONE, "06 39 98 77 31", safe=True),),
        protected=True,
    )
    return households.create_household(file, who, new)[0]


@pytest.mark.parametrize(
    "words", ["chaudiere", "CHAUDIÈRE", "chaud", "chaudiere panne", '"en panne"', "« en panne »"]
)
def test_words_are_found_without_accents_or_ends(file, who, household, words) -> None:
    entry = note(file, who, household, "La chaudière est en panne depuis lundi.", "2026-11-16T09:00")
    note(file, who, household, "Le loyer est réglé.", "2026-11-17T09:00")
    assert keys(file, who, words) == [entry]


def test_an_expression_asks_for_words_that_follow_one_another(file, who, household) -> None:
    note(file, who, household, "En retard, puis une panne.", "2026-11-16T09:00")
    assert keys(file, who, "en panne") != []
    assert keys(file, who, '"en panne"') == []


def test_no_word_finds_nothing(file, who, household) -> None:
    note(file, who, household, "Le loyer est réglé.", "2026-11-16T09:00")
    for words in ("", "  ", '"', "«  »", "*", "zorglub"):
        assert found(file, who, words) == []


def test_the_latest_meeting_comes_first_whenever_it_was_typed(file, who, household) -> None:
    late = note(file, who, household, "Le loyer est payé.", "2026-11-20T09:00")
    early = note(file, who, household, "Le loyer attend.", "2026-10-02T09:00")
    assert keys(file, who, "loyer") == [late, early]


def test_what_a_visit_holds_besides_its_texts_leads_to_it(file, who, household) -> None:
    visit = NewVisit(
        met(household, "2026-11-12T14:00", "Rien à signaler."),
        rooms=(NewRoom("Salle d’eau", RoomState.WATCH, "Tache sous le lavabo."),),
        promises=(NewPromise("Demander un échéancier"),),
    )
    entry = diary.confirm_visit(file, who, visit)[0]
    assert keys(file, who, "lavabo") == [entry]
    assert keys(file, who, "echeancier") == [entry]
    # Found by two of its parts, it is one line.
    both = diary.confirm_visit(
        file,
        who,
        NewVisit(
            met(household, "2026-11-13T14:00", "Le four."),
            rooms=(NewRoom("Cuisine", RoomState.WATCH, "Four hors d’usage."),),
        ),
    )[0]
    assert keys(file, who, "four") == [both]


def test_an_addition_opens_the_entry_it_completes(file, who, household) -> None:
    entry = note(file, who, household, "Appel bref.", "2026-11-16T09:00")
    diary.add_addition(file, who, entry, "Il rappelle pour le préavis.")
    assert keys(file, who, "preavis") == [entry]


def test_kinds_days_households_and_authors_narrow(file, who, household, protected) -> None:
    call = note(file, who, household, "Le loyer.", "2026-11-16T09:00")
    message = note(file, who, household, "Le loyer.", "2026-09-01T09:00", EntryKind.NOTE)
    other = note(file, who, protected, "Le loyer.", "2026-11-20T23:59")
    team.add_worker(file, who, "Hugo Pradier", Role.CASEWORKER)
    assert keys(file, who, "loyer", kinds=frozenset({EntryKind.NOTE})) == [message]
    assert keys(file, who, "loyer", since=date(2026, 11, 1)) == [other, call]
    assert keys(file, who, "loyer", since=date(2026, 11, 16), until=date(2026, 11, 16)) == [call]
    assert keys(file, who, "loyer", until=date(2026, 11, 20)) == [other, call, message]
    assert keys(file, who, "loyer", since=date(2026, 11, 20), until=date(2026, 11, 1)) == []
    assert keys(file, who, "loyer", household="kabinda") == [other]
    assert keys(file, who, "loyer", household="personne") == []
    assert len(keys(file, who, "loyer", own=True)) == 3
    with file.reading() as connection:
        colleague = next(w for w in team.list_workers(connection, who) if w.name == "Hugo Pradier")
    assert keys(file, Who(colleague.id, colleague.name, Role.CASEWORKER), "loyer", own=True) == []


def test_a_household_is_narrowed_to_by_who_it_is_not_by_who_speaks_of_it(
    file, who, household, protected
) -> None:
    note(file, who, household, "Le loyer de Kabinda.", "2026-11-16T09:00")
    mine = note(file, who, protected, "Le loyer.", "2026-11-16T09:00")
    assert keys(file, who, "loyer", household="Kabinda") == [mine]


def test_where_a_protected_household_lives_is_masked(file, who, protected) -> None:
    note(
        file,
        who,
        protected,
        "Elle reste au 3 impasse du Moulin, joignable au 06 39 98 77 31.",
        "2026-11-16T09:00",
    )
    ((_, text),) = found(file, who, "joignable")
    assert "joignable" in text
    assert "Moulin" not in text
    assert "77 31" not in text
    with file.reading() as connection:
        (line,) = service.search_writings(connection, who, WritingsSought("joignable")).lines
    assert line.protected
    assert "protégé" in line.spoken


def test_what_is_archived_is_not_found(file, who, household) -> None:
    note(file, who, household, "Le loyer.", "2026-11-16T09:00")
    with file.unit_of_work(who.worker_id, "archive") as uow:
        households.set_archived(uow, household, uow.today)
    assert found(file, who, "loyer") == []


def test_a_corrected_text_is_found_by_its_new_words_only(file, who, household) -> None:
    entry = note(file, who, household, "La chaudière.", "2026-11-16T09:00")
    with file.reading() as connection:
        texts = diary.visit(connection, who, entry).entry
    diary.correct_entry(
        file,
        who,
        entry,
        EntryTexts(texts.started_at, texts.duration_minutes, None, None, None, said="Le chauffage."),
    )
    assert found(file, who, "chaudiere") == []
    assert keys(file, who, "chauffage") == [entry]


def test_more_than_is_shown_is_said(file, who, household) -> None:
    for day in range(1, 8):
        note(file, who, household, "Le loyer.", f"2026-11-0{day}T09:00")
    with file.reading() as connection:
        few = service.search_writings(connection, who, WritingsSought("loyer"), most=5)
        all_of_them = service.search_writings(connection, who, WritingsSought("loyer"), most=7)
    assert (len(few.lines), few.more) == (5, True)
    assert (len(all_of_them.lines), all_of_them.more) == (7, False)


def test_who_may_not_read_files_may_not_search(file, who) -> None:
    figures = Who(who.worker_id, "Lou", Role.COORDINATOR)
    with file.reading() as connection:
        with pytest.raises(NotAllowed):
            service.search_writings(connection, figures, WritingsSought("loyer"))
        with pytest.raises(NotAllowed):
            service.note_extracts(connection, figures, ["x"])


def test_lines_shown_are_logged_apart_from_the_opening_of_the_file(file, who, household) -> None:
    entry = note(file, who, household, "Le loyer.", "2026-11-16T09:00")
    with file.reading() as connection:
        service.note_extracts(connection, who, [household, household])
        service.note_extracts(connection, who, [household])
        diary.visit(connection, who, entry)
        diary.visit(connection, who, entry)
    file.keep_accesses()
    with file.reading() as connection:
        rows = connection.execute(access_line.select()).mappings().all()
    details = [row["detail"] for row in rows if row["household_id"] == household and row["kind"] == "opened"]
    assert details == ["extract", ""]


def test_an_extract_shows_the_words_with_their_marks() -> None:
    text = "Début. " * 80 + "La chaudière est tombée en panne. " + "Suite. " * 80
    told = extract(text, ("chaud", "panne"))
    assert told.text.startswith("… ")
    assert told.text.endswith(" …")
    assert [told.text[a:b] for a, b in told.marks] == ["chaud", "panne"]
    assert extract("Court.", ("absent",)).marks == ()
    # In a narrow window too, the first word found is within the two lines shown.
    short = extract("Un mot. " * 40 + "La fuite.", ("fuite",))
    assert 0 < short.marks[0][0] < 80


@given(st.text(max_size=900), st.lists(st.text("abcdé ", min_size=1, max_size=4), max_size=3))
def test_the_marks_of_an_extract_stand_on_the_words(text: str, words: list[str]) -> None:
    sought = [fold(word) for word in words if fold(word).strip() and " " not in fold(word)]
    told = extract(text, sought)
    assert len(told.text) <= EXTRACT_LETTERS + 4
    for first, last in told.marks:
        assert 0 <= first < last <= len(told.text)
    if marks_in(" ".join(text.split()), sought) and sought and len(text) < 200:
        assert told.marks


def test_kinds_are_each_in_one_group() -> None:
    listed = [kind for kinds in KIND_GROUPS.values() for kind in kinds]
    assert sorted(listed) == sorted(EntryKind)
    assert kinds_chosen("") == frozenset()
    assert kinds_chosen(KindGroup.MEETINGS) >= {EntryKind.HOME_VISIT}
    assert kinds_chosen(EntryKind.SMS) == {EntryKind.SMS}
    assert first_day(Lately.QUARTER, date(2026, 11, 30)) == date(2026, 8, 30)
