"""Reused sentences: their places filled in, what is left told before an entry ends, the library kept in the file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.features.diary import service
from caseworker_app.features.diary.domain.entry import EntryTexts, EntryZone, NewEntry
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.reused_sentences import (
    PLACES,
    FillingIn,
    NewSentence,
    checked_sentence,
    filled,
    matching,
    offered_sentences,
    starter_sentences,
    unfilled,
)
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.page import VisitPage
from caseworker_app.features.diary.screens.sentences_section import SentencesSection
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.kernel.french import typeset
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Route

DAY = date(2026, 11, 24)
AT_TWO = datetime(2026, 11, 24, 14, 0)  # noqa: DTZ001 - the hour on the office's wall


def _read(file: Any, who: Any) -> list[Any]:
    with file.reading() as connection:
        return service.reused_sentences(connection, who)


@pytest.fixture
def desk(file, who, drafts, tasks) -> VisitDesk:
    return VisitDesk(file, who, drafts, tasks, ChangeBroadcast(), Navigator(), take_back_last)


@given(st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=4), st.text("ab é,.", max_size=8))
def test_what_is_known_is_filled_in_and_only_the_rest_is_left(names: list[str], between: str) -> None:
    known = names[0]
    text = between.join(f"{{{name}}}" for name in names)
    result = filled(text, {known: "Solène"})
    assert f"{{{known}}}" not in result
    assert unfilled(result) == tuple(dict.fromkeys(f"{{{n}}}" for n in names if n != known))


@given(st.text(max_size=60))
def test_text_without_a_place_of_ours_is_left_alone(text: str) -> None:
    if not unfilled(text):
        assert filled(text, dict.fromkeys(PLACES, "x")) == text


def test_places_are_read_whatever_their_accents_and_an_unknown_one_is_refused() -> None:
    new = checked_sentence(NewSentence(" Visite ", "{Prenom} le {DATE}."))
    assert new == NewSentence("Visite", "{prénom} le {date}.")
    with pytest.raises(InvalidEntry) as refused:
        checked_sentence(NewSentence("Visite", "Voir {humeur}."))
    assert refused.value.field == "text"
    for blank in (NewSentence("", "Bonjour."), NewSentence("Visite", "  ")):
        with pytest.raises(InvalidEntry):
            checked_sentence(blank)


def test_the_sentences_proposed_are_clean_typeset_and_all_their_places_are_known() -> None:
    proposed = starter_sentences(DAY)
    assert len(proposed) >= 15
    for each in proposed:
        assert checked_sentence(each) == each
        assert typeset(each.text) == each.text
    assert {"{prénom}", "{date}", "{prochain rendez-vous}"} <= {p for s in proposed for p in unfilled(s.text)}


def test_every_place_has_a_value_when_everything_is_known() -> None:
    told = FillingIn("Solène", "Mme Solène M", "M", "Claire", "Domicile", AT_TWO, AT_TWO, DAY).values()
    assert set(told) == set(PLACES)
    assert told["prochain rendez-vous"] == "24\u00a0novembre\u00a02026 à 14\u00a0h"
    assert all(told.values())
    assert not any(FillingIn().values().values())


def test_words_find_a_sentence_by_its_category_or_its_text() -> None:
    found = matching(offered_sentences(DAY), "paiement echeance")
    assert found
    assert all(each.category == "Paiement" for each in found)


def test_the_library_is_added_to_changed_and_taken_back(file, who) -> None:
    added, _ = service.add_sentence(file, who, NewSentence("Visite", "Vu {prénom}."))
    with pytest.raises(InvalidEntry):
        service.add_sentence(file, who, NewSentence("Autre", "vu {prenom}."))
    service.change_sentence(file, who, added, NewSentence("Visite", "Vu {prénom} le {date}."))
    assert [each.text for each in _read(file, who)] == ["Vu {prénom} le {date}."]
    service.remove_sentence(file, who, added)
    assert _read(file, who) == []
    action, _ = take_back_last(file, who)
    assert action == "phrase réutilisée retirée"
    assert len(_read(file, who)) == 1
    number, _ = service.add_starter_sentences(file, who)
    assert number == len(starter_sentences(DAY))
    assert service.add_starter_sentences(file, who)[0] == 0


def test_an_entry_with_a_place_left_is_not_signed(file, who, household) -> None:
    new = NewEntry(household, EntryKind.OFFICE, AT_TWO, observed="Revu {prénom}.")
    entry_id, _ = service.add_note(file, who, new)
    with pytest.raises(InvalidEntry) as refused:
        service.sign_entry(file, who, entry_id)
    assert "{prénom}" in refused.value.sentence
    service.correct_entry(file, who, entry_id, EntryTexts(AT_TWO, observed="Revue."))
    assert service.sign_entry(file, who, entry_id).tables


def test_a_sentence_is_put_in_by_keys_and_what_is_left_is_chosen_then_told(
    qtbot, desk, household, file, who
) -> None:
    service.add_sentence(file, who, NewSentence("Suite", "{prénom} rappelle le {prochain rendez-vous}."))
    page = VisitPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.enter(Route("visit", household))
    qtbot.waitUntil(lambda: page.material is not None)
    zone = page.body.zones[EntryZone.OBSERVED]
    zone.insert("Tout va bien.")
    page.form.sentences.open(zone)
    picker = page.form.sentences.picker
    qtbot.keyClicks(picker.search, "rappelle")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert zone.text() == "Tout va bien. Solène rappelle le {prochain rendez-vous}."
    assert zone.editor.textCursor().selectedText() == "{prochain rendez-vous}"
    page.finish()
    assert "{prochain rendez-vous}" in zone.error.sentence
    assert page.material is not None, "nothing is written while a place is left"
    page.body.appointment.day.setText("08/12/2026")
    page.body.appointment.hour.setText("10:00")
    page.form.sentences.open(zone)
    qtbot.keyClick(page.form.sentences.picker.search, Qt.Key.Key_Return)
    assert "8\u00a0décembre\u00a02026 à 10\u00a0h" in zone.text()
    page.keeper.rest()


def test_the_section_adds_a_sentence_beside_those_there(qtbot, desk, file, who) -> None:
    section = SentencesSection(desk)
    qtbot.addWidget(section)
    section.show()
    section.show_section()
    qtbot.waitUntil(section.none.isVisible)
    section.begin_new()
    section.entries["category"].setText("Visite")
    section.entries["text"].setText("Vu {humeur}.")
    section.entries["text"].textEdited.emit("")
    section.keep()
    qtbot.waitUntil(section.save.isEnabled)
    assert _read(file, who) == []
    section.entries["text"].setText("Vu {prénom}.")
    section.keep()
    qtbot.waitUntil(lambda: section.list.rows.rowCount() == 1)
    section.adopt.click()
    qtbot.waitUntil(lambda: section.list.rows.rowCount() > 10)
    section.show_card(_read(file, who)[0].id)
    section.remove()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    QApplication.processEvents()
    assert len(_read(file, who)) == len(starter_sentences(DAY))
