"""The first-run window: three ways in, a strong passphrase, a recovery key that nobody can skip by
accident.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.pdf.logo_picture import logo_from_file
from caseworker_app.shell.first_run import (
    PASSPHRASE,
    RECOVERY,
    WELCOME,
    WHO,
    FirstRun,
    FirstRunDoors,
    FirstRunWindow,
)
from caseworker_app.ui_kit.buttons import Button
from caseworker_app.ui_kit.choices import ActionRow
from caseworker_app.ui_kit.tasks import Tasks
from tests.ui_kit.inspection import bring_up, cut_words, nameless, unreachable

KEY = "7K2QX-4HT9A-0M3RW-ZP8C5-QJ6VN-E1D4S-8YB2F-GX5T0"
STRONG = "cheval lune agrafe ciel"


class Office:
    """What the doors of a test open on."""

    def __init__(self) -> None:
        self.created: list[FirstRun] = []
        self.saved: list[tuple[Path, str]] = []
        self.printed: list[str] = []
        self.refusal = ""

    def create(self, asked: FirstRun) -> str:
        if self.refusal:
            raise CaseworkerError(self.refusal)
        self.created.append(asked)
        return KEY

    def doors(self) -> FirstRunDoors:
        return FirstRunDoors(
            self.create,
            lambda: "démonstration",
            lambda folder: f"fichier de {folder.name}",
            lambda path, key: self.saved.append((path, key)),
            self.printed.append,
            logo_from_file,
        )


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def window(qtbot, dressed, tasks: Tasks, office: Office):
    made = FirstRunWindow(office.doors(), tasks)
    qtbot.addWidget(made)
    yield made
    made.recovery.show_key("")  # or it refuses to close


def named(window, words: str):
    return next(w for kind in (Button, ActionRow) for w in window.findChildren(kind) if words in w.text())


def to_passphrase(qtbot, window) -> None:
    bring_up(qtbot, window)
    window.show_step(WHO)
    qtbot.keyClicks(window.association.editor, "Les  Amarres ")
    qtbot.keyClicks(window.worker.editor, "Claire Lenoir")
    qtbot.keyClick(window.worker.editor, Qt.Key.Key_Return)
    assert window.steps.currentIndex() == PASSPHRASE


def to_recovery(qtbot, window) -> None:
    to_passphrase(qtbot, window)
    qtbot.keyClicks(window.new.first, STRONG)
    qtbot.keyClicks(window.new.again, STRONG)
    qtbot.keyClick(window.new.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.steps.currentIndex() == RECOVERY)


def group_asked(window) -> str:
    return KEY.split("-")[window.recovery.asked_group - 1]


def test_a_file_is_created_from_the_keyboard_alone(qtbot, window, office) -> None:
    to_recovery(qtbot, window)
    assert office.created == [FirstRun("Les Amarres", "Claire Lenoir", STRONG)]
    assert (window.new.first.text(), window.new.again.text()) == ("", "")
    shown = [label.text() for label in window.recovery._groups]
    assert "-".join(shown) == KEY
    window.recovery.go_on.click()
    assert window.recovery.group.hasFocus()
    assert not any(label.isVisible() for label in window.recovery._groups)
    qtbot.keyClicks(window.recovery.group, group_asked(window).lower())
    with qtbot.waitSignal(window.created):
        qtbot.keyClick(window.recovery.group, Qt.Key.Key_Return)
    assert all(not label.text() for label in window.recovery._groups)


def test_tab_goes_from_the_passphrase_to_its_repetition_never_to_what_would_show_it(qtbot, window) -> None:
    bring_up(qtbot, window)
    window.show_step(PASSPHRASE)
    qtbot.waitUntil(window.new.first.hasFocus)
    qtbot.keyClicks(QApplication.focusWidget(), "cheval lune")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "cheval lune")
    assert (window.new.first.text(), window.new.again.text()) == ("cheval lune", "cheval lune")
    assert {each.echoMode() for each in (window.new.first, window.new.again)} == {QLineEdit.EchoMode.Password}


def test_the_key_comes_with_the_cursor_on_what_puts_it_on_paper(qtbot, window) -> None:
    bring_up(qtbot, window)
    to_recovery(qtbot, window)
    assert window.recovery.first is not None
    qtbot.waitUntil(window.recovery.first.hasFocus)
    assert window.recovery.first.text() == "&Imprimer"


def test_a_passphrase_never_shows_in_a_log() -> None:
    assert STRONG not in repr(FirstRun("Les Amarres", "Claire Lenoir", STRONG))


def test_names_are_asked_for(qtbot, window) -> None:
    bring_up(qtbot, window)
    window.show_step(WHO)
    window.end_who()
    assert window.association.sentence
    assert window.worker.sentence
    assert window.association.editor.hasFocus()
    assert window.steps.currentIndex() == WHO


@pytest.mark.parametrize(
    ("first", "again", "field"),
    [
        ("", "", "passphrase"),
        ("court", "court", "passphrase"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "passphrase"),
        ("Claire Lenoir Amarres", "Claire Lenoir Amarres", "passphrase"),
        (STRONG, "cheval lune agrafe", "repeated"),
    ],
)
def test_a_passphrase_is_refused_beside_its_field(qtbot, window, office, first, again, field) -> None:
    to_passphrase(qtbot, window)
    window.new.first.setText(first)
    window.new.again.setText(again)
    window.create_file()
    assert getattr(window.new, field).sentence
    assert office.created == []


def test_strength_is_told_in_words_as_one_types(qtbot, window) -> None:
    to_passphrase(qtbot, window)
    window.new.first.setText("soleil")
    assert window.new.strength_word.state.words == "Facile à deviner"
    window.new.first.setText(STRONG)
    assert window.new.strength_word.state.words == "Solide"
    assert window.new.strength_bar.value() > 60


def test_a_file_that_cannot_be_made_says_why_and_can_be_tried_again(qtbot, window, office) -> None:
    office.refusal = "Ce dossier ne peut pas être écrit\u00a0: choisissez-en un autre."
    to_passphrase(qtbot, window)
    window.new.first.setText(STRONG)
    window.new.again.setText(STRONG)
    window.create_file()
    qtbot.waitUntil(lambda: window.new.line.sentence == office.refusal)
    assert window.new.line.isVisible()
    assert window.steps.isEnabled()
    office.refusal = ""
    window.create_file()
    qtbot.waitUntil(lambda: window.steps.currentIndex() == RECOVERY)


def test_one_cannot_leave_before_the_key_is_noted(qtbot, window) -> None:
    to_recovery(qtbot, window)
    window.close()
    assert window.isVisible()
    assert "recopiez le groupe" in window.recovery.line.sentence
    window.recovery.go_on.click()
    window.close()
    assert window.isVisible()
    assert "recopiez le groupe" in window.recovery.group_field.sentence
    window.recovery.group.setText(group_asked(window))
    window.recovery.end.click()
    with qtbot.waitSignal(window.left):
        window.close()


def test_a_wrong_group_is_not_taken_and_the_key_may_be_seen_again(qtbot, window) -> None:
    to_recovery(qtbot, window)
    window.recovery.go_on.click()
    asked = window.recovery.asked_group
    window.recovery.group.setText(KEY.split("-")[asked % 8])
    window.recovery.end.click()
    assert window.recovery.group_field.sentence
    assert not window.recovery.noted
    window.recovery.look_again.click()
    assert all(label.isVisible() for label in window.recovery._groups)
    assert not window.recovery.noted


def test_the_key_is_printed_saved_and_copied(qtbot, window, office, monkeypatch, tmp_path) -> None:
    target = tmp_path / "cle.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), "PDF (*.pdf)"))
    to_recovery(qtbot, window)
    named(window, "Imprimer").click()
    named(window, "PDF").click()
    qtbot.waitUntil(lambda: (office.printed, office.saved) == ([KEY], [(target, KEY)]))
    named(window, "opier").click()
    assert QApplication.clipboard().text() == KEY
    window.recovery.go_on.click()
    window.recovery.group.setText(group_asked(window))
    window.recovery.end.click()
    assert QApplication.clipboard().text() == ""


def test_the_demonstration_opens_without_any_question(qtbot, window) -> None:
    bring_up(qtbot, window)
    with qtbot.waitSignal(window.opened) as signal:
        named(window, "démonstration").click()
    assert signal.args == ["démonstration"]


def test_a_file_one_already_has_can_be_opened(qtbot, window, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    bring_up(qtbot, window)
    with qtbot.waitSignal(window.opened) as signal:
        named(window, "existant").click()
    assert signal.args == [f"fichier de {tmp_path.name}"]


@pytest.mark.parametrize("step", [WELCOME, WHO, PASSPHRASE, RECOVERY])
@pytest.mark.parametrize(
    ("appearance", "scale"), [("light", 100), ("dark", 100), ("light", 150), ("dark", 150)]
)
def test_every_step_shows_every_word(qtbot, dressed, tasks, office, appearance, scale, step) -> None:
    dressed(appearance, scale)
    window = FirstRunWindow(office.doors(), tasks)
    qtbot.addWidget(window)
    window.new.first.setText("cheval lune")
    window.recovery.show_key(KEY)
    window.show_step(step)
    window.show()
    assert window.width() <= 1366
    assert window.height() <= 690
    assert (cut_words(window), nameless(window), unreachable(window)) == ([], [], [])
    if step == RECOVERY:
        window.recovery.go_on.click()
        assert (cut_words(window), nameless(window), unreachable(window)) == ([], [], [])
    window.recovery.show_key("")


def test_the_logo_goes_with_the_new_file_and_may_be_removed(qtbot, window, office, tmp_path) -> None:
    Image.new("RGB", (300, 120), "navy").save(tmp_path / "logo.png")
    (tmp_path / "texte.png").write_text("texte")
    to_passphrase(qtbot, window)
    window.show_step(WHO)
    window.logo.chosen.emit(tmp_path / "logo.png")
    qtbot.waitUntil(lambda: window.logo_png is not None)
    window.logo.chosen.emit(tmp_path / "texte.png")
    qtbot.waitUntil(lambda: bool(window.logo.line.sentence))
    assert window.logo_png is not None, "the logo of before stays"
    window.logo.remove.click()
    assert window.logo_png is None
    window.logo.chosen.emit(tmp_path / "logo.png")
    qtbot.waitUntil(lambda: window.logo_png is not None)
    window.show_step(PASSPHRASE)
    window.new.first.setText(STRONG)
    window.new.again.setText(STRONG)
    window.create_file()
    qtbot.waitUntil(lambda: bool(office.created))
    assert office.created[0].logo_png == window.logo_png
