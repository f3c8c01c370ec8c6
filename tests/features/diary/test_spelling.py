"""Spelling on the visit page: slips underlined while one writes, names never, words added kept for everybody."""

from __future__ import annotations

from typing import Any

import pytest

from caseworker_app.features.diary import service
from caseworker_app.features.diary.domain.entry import EntryZone
from caseworker_app.features.diary.domain.spelling_words import checked_word
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.page import VisitPage
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.spelling import ZoneSpelling

TEXT = "Solène Marchadier trouve le logment clair ; Lila dort bien."


@pytest.fixture
def page(qtbot, file, who, drafts, tasks, household) -> VisitPage:
    made = VisitPage(VisitDesk(file, who, drafts, tasks, ChangeBroadcast(), Navigator(), take_back_last))
    qtbot.addWidget(made)
    made.show()
    made.enter(Route("visit", household))
    qtbot.waitUntil(lambda: made.material is not None)
    return made


def _words(file: Any, who: Any) -> list[str]:
    with file.reading() as connection:
        return [each.word for each in service.spelling_words(connection, who)]


def test_a_slip_is_underlined_replaced_or_added_and_a_name_is_right(qtbot, page, file, who) -> None:
    zone = page.body.zones[EntryZone.OBSERVED]
    page.keeper.rest()
    zone.set_text(TEXT)
    page.speller.look()
    marks = zone.findChild(ZoneSpelling)
    qtbot.waitUntil(lambda: bool(marks.wrong()))
    assert [each.word for each in marks.wrong()] == ["logment"]
    assert [each.cursor.selectedText() for each in zone.editor.extraSelections()] == ["logment"]
    assert not page.keeper.touched, "underlining is no typing"
    (slip,) = marks.wrong()
    found: list[tuple[str, ...]] = []
    page.speller.suggest(slip.word, found.append, page)
    qtbot.waitUntil(lambda: bool(found))
    menu = marks.make_menu(slip, found[0])
    named = {action.text(): action for action in menu.actions()}
    assert "&Ajouter au dictionnaire" in named
    named["logement"].trigger()
    assert zone.text() == TEXT.replace("logment", "logement")
    zone.editor.undo()
    marks.make_menu(slip, ()).actions()[-1].trigger()
    qtbot.waitUntil(lambda: _words(file, who) == ["logment"])
    assert marks.wrong() == []
    assert zone.editor.extraSelections() == []
    page.keeper.rest()


def test_words_are_added_once_and_taken_back(file, who) -> None:
    service.add_spelling_word(file, who, "AVDL-glissant")
    assert not service.add_spelling_word(file, who, "AVDL-glissant").tables
    with file.reading() as connection:
        (known,) = service.spelling_words(connection, who)
    service.remove_spelling_word(file, who, known.id)
    assert _words(file, who) == []
    assert take_back_last(file, who)[0] == "mot retiré du dictionnaire"
    assert _words(file, who) == ["AVDL-glissant"]


@pytest.mark.parametrize("typed", ["", "deux mots", "a,b", "?!", "x" * 61])
def test_what_is_no_single_word_is_refused(typed: str) -> None:
    with pytest.raises(InvalidEntry):
        checked_word(typed)
    assert checked_word("aujourd'hui") == "aujourd’hui"
