"""Words an association adds to the second check: shown or spared at once, kept in the file, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from caseworker_app.bootstrap.settings import OwnWordsDesk, OwnWordsSection
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.handover.domain.hits import HitKind, KnownPeople
from caseworker_app.features.handover.domain.own_words import (
    OWN_KINDS,
    NewOwnWord,
    OwnWord,
    checked_own_word,
)
from caseworker_app.features.handover.domain.word_check import check_words
from caseworker_app.features.handover.service import own_words as service
from caseworker_app.kernel.errors import InvalidEntry
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.tasks import Tasks

DAY = date(2026, 11, 24)
STOP = NewOwnWord("foyer des Tilleuls", HitKind.HEALTH, False, "lieu de soins du quartier")
SPARED = NewOwnWord("hôpital de jour du bâtiment", HitKind.HEALTH, True, "nom donné à un local technique")


def _own(new: NewOwnWord, key: str = "a") -> OwnWord:
    return OwnWord(key, "", new.phrase, new.kind, new.harmless, new.reason, DAY, "w")


def _found(text: str, *own: OwnWord) -> list[tuple[HitKind, str]]:
    return [(hit.kind, hit.excerpt) for hit in check_words("t", text, KnownPeople(), DAY, own)]


def test_a_word_to_show_is_found_whatever_its_accents_and_capitals() -> None:
    assert _found("Elle vit au FOYER des tilleuls depuis mai.", _own(STOP)) == [
        (HitKind.HEALTH, "FOYER des tilleuls")
    ]
    assert _found("Elle vit au FOYER des tilleuls depuis mai.") == []


def test_a_star_takes_every_word_that_begins_so() -> None:
    own = _own(NewOwnWord("tilleul*", HitKind.JUSTICE, False, "surnom d’un service"))
    assert _found("Rendez-vous aux Tilleuls.", own) == [(HitKind.JUSTICE, "Tilleuls")]


def test_a_harmless_word_spares_its_own_kind_only() -> None:
    text = "Il y a un hôpital de jour du bâtiment."
    assert HitKind.HEALTH in [kind for kind, _ in _found(text)]
    assert _found(text, _own(SPARED)) == []
    other = _own(NewOwnWord(SPARED.phrase, HitKind.JUSTICE, True, "essai"))
    assert _found(text, other) == _found(text)


def _accepted(new: NewOwnWord) -> NewOwnWord | None:
    try:
        return checked_own_word(new)
    except InvalidEntry:
        return None


@given(st.text(max_size=90), st.sampled_from(sorted(HitKind)), st.booleans())
def test_what_is_accepted_is_always_found_where_it_stands(phrase: str, kind: HitKind, harmless: bool) -> None:
    new = _accepted(NewOwnWord(phrase, kind, harmless, "essai"))
    if new is None:
        return
    assert new.kind in OWN_KINDS
    if not harmless:
        # Another find over it, a name or a number say, may be the one shown there.
        assert _found(f"On dit {new.phrase.rstrip('*')} ici", _own(new))


@pytest.mark.parametrize(
    "phrase", ["", "  ", "???", "ab*", "un deux trois quatre cinq six sept", "a|b", "<pays>"]
)
def test_what_cannot_be_looked_for_is_refused(phrase: str) -> None:
    with pytest.raises(InvalidEntry) as refused:
        checked_own_word(NewOwnWord(phrase, HitKind.HEALTH, False, "essai"))
    assert refused.value.field == "phrase"


def _read(file: Any, who: Any) -> list[OwnWord]:
    with file.reading() as connection:
        return service.own_words(connection, who)


def test_words_are_kept_in_the_file_and_taken_back(file, who) -> None:
    key, _ = service.add_own_word(file, who, STOP)
    with pytest.raises(InvalidEntry):
        service.add_own_word(file, who, NewOwnWord("FOYER DES TILLEULS", HitKind.HEALTH, True, "double"))
    service.change_own_word(file, who, key, SPARED)
    assert [(each.phrase, each.harmless) for each in _read(file, who)] == [(SPARED.phrase, True)]
    service.remove_own_word(file, who, key)
    assert _read(file, who) == []
    assert take_back_last(file, who)[0] == "mot retiré de la relecture avant envoi"
    assert [each.reason for each in _read(file, who)] == [SPARED.reason]
    assert _found("hôpital de jour du bâtiment", *_read(file, who)) == []


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_the_section_asks_for_each_thing_beside_its_field(qtbot, file, who, tasks) -> None:
    told: list[str] = []
    desk = OwnWordsDesk(file, who, tasks, ChangeBroadcast(), lambda _answer, words: told.append(words))
    section = OwnWordsSection(desk)
    qtbot.addWidget(section)
    section.show()
    section.show_section()
    qtbot.waitUntil(section.none.isVisible)
    section.begin_new()
    section.entries["phrase"].setText("foyer des Tilleuls")
    section.entries["phrase"].textEdited.emit("")
    section.keep()
    qtbot.waitUntil(section.save.isEnabled)
    section.choices["harmless"].choose("stop")
    section.choices["kind"].choose("health")
    section.keep()
    qtbot.waitUntil(section.save.isEnabled)
    assert _read(file, who) == [], "without a reason nothing is added"
    section.entries["reason"].setText("lieu de soins")
    section.keep()
    qtbot.waitUntil(lambda: section.list.rows.rowCount() == 1)
    assert told == ["Mot ajouté à la relecture"]
