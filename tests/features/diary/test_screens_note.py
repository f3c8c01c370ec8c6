"""The quick note on a real file: written by keyboard, kept as a draft, for several households, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.diary import service as diary
from caseworker_app.features.diary.domain.kinds import EntryKind
from caseworker_app.features.diary.domain.note import note_draft_key
from caseworker_app.features.diary.domain.reused_sentences import NewSentence
from caseworker_app.features.diary.screens.desk import VisitDesk
from caseworker_app.features.diary.screens.quick_note import QuickNote
from caseworker_app.features.diary.screens.quick_note_households import FoundName
from caseworker_app.features.directory import service as directory
from caseworker_app.features.dossier.service import take_back_last
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.theme import colour
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

TEXT = "Rappel de l’échéance, elle paiera 60\u00a0€ le 5."
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def another(file, who) -> str:
    return households.create_household(file, who, NewHousehold((NewMember("Brindejonc", "Ali"),)))[0]


@pytest.fixture
def window(qtbot, qapp) -> QWidget:
    dress(qapp, "light")
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 690)
    bring_up(qtbot, made)
    return made


@pytest.fixture
def make(file, who, drafts, tasks, window) -> Callable[[], QuickNote]:
    """Make a note of its own over the window, as after a start of the program."""
    keep: list[object] = []

    def find(words: str) -> list[FoundName]:
        with file.reading() as connection:
            found = directory.search(connection, who, words, 10)
        return [FoundName(hit.household_id, hit.name, hit.reference, hit.protected) for hit in found]

    def made() -> QuickNote:
        navigator = Navigator()
        desk = VisitDesk(file, who, drafts, tasks, ChangeBroadcast(), navigator, take_back_last)
        keep.append(desk)
        note = QuickNote(desk, find)
        note.show_over(window)
        note.hide()
        return note

    return made


def opened(qtbot, note: QuickNote, household: str) -> QuickNote:
    note.begin(household)
    qtbot.waitUntil(note.save.isEnabled)
    return note


def write(widget: QWidget, words: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def entries(file, who, household: str) -> list:
    with file.reading() as connection:
        return diary.entries_of(connection, who, household)


def confirmed(qtbot, note: QuickNote, act: Callable[[], object]) -> list:
    with qtbot.waitSignal(note.desk.navigator.confirmed) as told:
        act()
    return told.args


def test_a_call_is_written_without_touching_the_mouse(qtbot, file, who, household, make) -> None:
    note = opened(qtbot, make(), household)
    assert note.form.zone.editor.hasFocus()
    write(note.form.zone.editor, TEXT)
    sentence, _ = confirmed(
        qtbot, note, lambda: qtbot.keyClick(note.form.zone.editor, Qt.Key.Key_Return, CTRL)
    )
    (entry,) = entries(file, who, household)
    assert (entry.kind, entry.observed, entry.number) == (EntryKind.CALL, TEXT, None)
    assert "Marchadier" in sentence
    assert not note.isVisible()


def test_the_household_one_stands_on_is_proposed_and_how_to_reach_it_is_said(qtbot, household, make) -> None:
    note = opened(qtbot, make(), household)
    assert note.form.households.ids == (household,)
    reminders = [note.form.households._reach.itemAt(n).widget().accessibleName() for n in range(1)]
    assert "SMS après 17 h" in reminders[0]
    note.form.kinds._chips[EntryKind.NOTE.value].click()
    assert note.form.households._reach.count() == 0


def test_kind_length_and_several_households_are_a_few_actions(
    qtbot, file, who, household, another, make
) -> None:
    note = opened(qtbot, make(), household)
    note.form.kinds._chips[EntryKind.SMS.value].click()
    search = note.form.households.search
    search.setFocus()
    qtbot.keyClicks(search, "brinde")
    qtbot.waitUntil(note.form.households.found.isVisible)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: note.form.households.ids == (household, another))
    note.form.minutes._chips["15"].click()
    write(note.form.zone.editor, TEXT)
    sentence, _ = confirmed(qtbot, note, note.save.click)
    written = [entries(file, who, each)[0] for each in (household, another)]
    assert [(each.kind, each.duration_minutes) for each in written] == [
        (EntryKind.SMS, 8),
        (EntryKind.SMS, 7),
    ]
    assert len({each.version for each in written}) == 1
    assert "et" in sentence


def test_enter_pressed_at_once_adds_the_household_typed(qtbot, household, another, make) -> None:
    note = opened(qtbot, make(), "")
    search = note.form.households.search
    search.setFocus()
    qtbot.keyClicks(search, "brindejonc")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: note.form.households.ids == (another,))
    assert search.text() == ""


def test_a_household_is_taken_off_the_note(qtbot, household, make) -> None:
    note = opened(qtbot, make(), household)
    note.form.households._chips[household].click()
    assert note.form.households.ids == ()
    write(note.form.zone.editor, TEXT)
    note.finish()
    qtbot.waitUntil(lambda: note.form.households.line.sentence == "Choisissez au moins un ménage.")
    assert note.form.households.search.hasFocus()
    assert note.isVisible()


def test_an_empty_note_is_refused_beside_the_text(qtbot, household, make) -> None:
    note = opened(qtbot, make(), household)
    note.finish()
    qtbot.waitUntil(lambda: bool(note.form.line.sentence))
    assert note.form.zone.editor.hasFocus()
    write(note.form.zone.editor, "x")
    assert not note.form.line.isVisible()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("hour", "25:80"), ("day", "31/02/2026"), ("length", "long"), ("travel", "vite"), ("distance", "loin")],
)
def test_what_cannot_be_read_is_said_where_it_stands(qtbot, household, make, name, typed) -> None:
    note = opened(qtbot, make(), household)
    write(note.form.zone.editor, TEXT)
    getattr(note.form, name).setText(typed)
    note.finish()
    assert note.form.line.sentence
    assert getattr(note.form, name).hasFocus()


def test_a_promise_and_an_appointment_go_with_it(qtbot, file, who, household, make) -> None:
    note = opened(qtbot, make(), household)
    write(note.form.zone.editor, TEXT)
    note.form.more.click()
    note.form.promises.lines[0].text.setText("Envoyer la quittance")
    note.form.promises.lines[0].due.setText("01/12/2026")
    note.form.appointment.day.setText("03/12/2026")
    note.form.appointment.hour.setText("10:00")
    confirmed(qtbot, note, note.finish)
    with file.reading() as connection:
        assert [p.text for p in diary.open_promises(connection, who, household)] == ["Envoyer la quittance"]
        assert len(diary.appointments_of(connection, who, household)) == 1


def test_what_is_typed_is_kept_within_two_seconds_and_offered_again(qtbot, household, make, drafts) -> None:
    first = opened(qtbot, make(), household)
    write(first.form.zone.editor, TEXT)
    first.form.hour.setText("9 h trente")
    with qtbot.waitSignal(first.keeper.kept, timeout=4000):
        pass
    assert "Brouillon enregistré" in first.kept.text()
    again = opened(qtbot, make(), household)
    assert again.form.zone.text() == TEXT
    assert again.form.hour.text() == "9 h trente"
    assert again.again.isVisible()


def test_escape_puts_it_away_and_keeps_the_draft(qtbot, household, make, drafts) -> None:
    note = opened(qtbot, make(), household)
    write(note.form.zone.editor, TEXT)
    qtbot.keyClick(note.form.zone.editor, Qt.Key.Key_Escape)
    assert not note.isVisible()
    qtbot.waitUntil(lambda: drafts.find(note_draft_key(household)) is not None)
    assert opened(qtbot, note, household).form.zone.text() == TEXT


def test_escape_in_the_list_of_households_only_folds_it(qtbot, household, another, make) -> None:
    note = opened(qtbot, make(), household)
    search = note.form.households.search
    search.setFocus()
    qtbot.keyClicks(search, "brinde")
    qtbot.waitUntil(note.form.households.found.isVisible)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not note.form.households.found.isVisible()
    assert note.isVisible()


def test_a_draft_thrown_away_can_be_brought_back(qtbot, household, make, drafts) -> None:
    note = opened(qtbot, make(), household)
    write(note.form.zone.editor, TEXT)
    note.dismiss()
    qtbot.waitUntil(lambda: drafts.find(note_draft_key(household)) is not None)
    opened(qtbot, note, household)
    _, undo = confirmed(qtbot, note, note.again.click)
    qtbot.waitUntil(lambda: note.save.isEnabled() and note.form.zone.text() == "")
    with qtbot.waitSignal(note.reopen_asked):
        undo()
    draft = drafts.find(note_draft_key(household))
    assert draft is not None
    assert draft.content["entry"]["observed"] == TEXT


def test_a_note_taken_back_is_a_draft_again(qtbot, file, who, household, make, drafts) -> None:
    note = opened(qtbot, make(), household)
    write(note.form.zone.editor, TEXT)
    _, undo = confirmed(qtbot, note, note.finish)
    assert len(entries(file, who, household)) == 1
    qtbot.waitUntil(lambda: drafts.find(note_draft_key(household)) is None)
    with qtbot.waitSignal(note.reopen_asked) as asked:
        undo()
    assert asked.args == [household]
    assert entries(file, who, household) == []
    assert opened(qtbot, note, household).form.zone.text() == TEXT


def test_two_clicks_write_one_note(qtbot, file, who, household, make) -> None:
    note = opened(qtbot, make(), household)
    write(note.form.zone.editor, TEXT)
    confirmed(qtbot, note, lambda: (note.finish(), note.finish()))
    assert len(entries(file, who, household)) == 1


def test_a_household_that_is_gone_leaves_the_draft_of_the_others(qtbot, household, make, drafts) -> None:
    drafts.keep(note_draft_key(""), {"households": ["gone", household], "entry": {"observed": TEXT}}, None)
    note = opened(qtbot, make(), "")
    assert note.form.households.ids == (household,)
    assert note.form.zone.text() == TEXT


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize(("size", "scale"), [((1366, 690), 100), ((1920, 1080), 100), ((1366, 690), 150)])
def test_it_shows_every_word_and_is_reached_by_keyboard(
    qtbot, qapp, window, household, make, appearance, size, scale
) -> None:
    dress(qapp, appearance, scale)
    window.resize(*size)
    note = opened(qtbot, make(), household)
    note.form.more.click()
    for _ in range(5):
        qapp.processEvents()
    assert (cut_words(note), nameless(note)) == ([], [])
    # Found households are chosen with the arrows while one types.
    assert [each for each in unreachable(note) if each != "Ménages à ajouter"] == []
    assert note.geometry().bottom() < window.height()
    assert note.x() >= 0
    dress(qapp, "light")


def test_the_way_there_goes_with_it_and_comes_back_from_a_draft(qtbot, file, who, household, make) -> None:
    note = opened(qtbot, make(), household)
    note.form.kinds._chips[EntryKind.DROP_IN.value].click()
    write(note.form.zone.editor, TEXT)
    note.form.travel.setText("35")
    note.form.distance.setText("12,5")
    note.keeper.touch()
    note.dismiss()
    again = opened(qtbot, make(), household)
    assert (again.form.travel.text(), again.form.distance.text()) == ("35", "12,5")
    confirmed(qtbot, again, again.finish)
    (entry,) = entries(file, who, household)
    assert (entry.travel_minutes, entry.travel_metres) == (35, 12_500)


def test_a_reused_sentence_is_put_in_with_what_is_known_of_the_one_household(
    qtbot, file, who, household, another, make
) -> None:
    diary.add_sentence(file, who, NewSentence("Appels", "{prénom} rappelle le {prochain rendez-vous}."))
    note = opened(qtbot, make(), household)
    note.form.sentences.open(note.form.zone)
    picker = note.form.sentences.picker
    assert picker is not None
    picker.search.setText("rappelle le")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert note.form.zone.text() == "Solène rappelle le {prochain rendez-vous}."
    # What is left to complete is said, and chosen so that typing replaces it.
    note.finish()
    assert "{prochain rendez-vous}" in note.form.line.sentence
    assert note.form.zone.editor.textCursor().selectedText() == "{prochain rendez-vous}"
    write(note.form.zone.editor, "5 mai")
    note._add(another)
    qtbot.waitUntil(lambda: note.form.households.ids == (household, another))
    assert note.form._filling().first_name == ""
    confirmed(qtbot, note, note.finish)
    assert entries(file, who, another)[0].observed == "Solène rappelle le 5 mai."


def test_the_time_with_two_households_is_shared_unless_the_person_says_so(
    qtbot, file, who, household, another, make
) -> None:
    note = opened(qtbot, make(), household)
    assert not note.form.shared.isVisible()
    with file.reading() as connection:
        note.form.households.add(households.open_household(connection, who, another))
    assert note.form.shared.isVisible()
    assert "une heure reste une heure" in note.form.shared.words.text()
    write(note.form.zone.editor, TEXT)
    note.form.length.setText("1 h")
    note.form.travel.setText("25")
    confirmed(qtbot, note, note.save.click)
    told = [entries(file, who, each)[0] for each in (household, another)]
    assert [each.duration_minutes for each in told] == [30, 30]
    assert sorted(each.travel_minutes for each in told) == [12, 13]
    again = opened(qtbot, note, household)
    with file.reading() as connection:
        again.form.households.add(households.open_household(connection, who, another))
    again.form.shared.whole.click()
    assert "en entier" in again.form.shared.words.text()
    write(again.form.zone.editor, TEXT)
    again.form.length.setText("60")
    confirmed(qtbot, again, again.save.click)
    assert [entries(file, who, each)[0].duration_minutes for each in (household, another)] == [60, 60]


def test_its_ground_is_one_from_edge_to_edge(qtbot, make, household) -> None:
    note = make()
    note.begin(household)
    qtbot.waitUntil(note.isVisible)
    picture, middle = note.grab().toImage(), note.height() // 2
    assert (
        picture.pixelColor(5, middle) == picture.pixelColor(picture.width() - 5, middle) == colour("surface")
    )
