"""Language, preferences, crash notice, dialogs and the judgement of passphrases."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QApplication

from caseworker_app.shell.crash_notice import CrashNotice, CrashWatch
from caseworker_app.shell.dialogs import StillWorking
from caseworker_app.shell.language import speak_french
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.shell.strength import bits, judge
from caseworker_app.ui_kit.crash import CrashReport
from tests.ui_kit.inspection import cut_words, nameless, unreachable


def test_qt_itself_speaks_french(qapp) -> None:
    assert speak_french(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    assert QLocale().toString(QDate(2026, 11, 24), "d MMMM yyyy") == "24 novembre 2026"


@pytest.mark.parametrize("kept", [Preferences(), Preferences("dark", 150), Preferences("light", 110)])
def test_preferences_are_found_again(tmp_path, kept) -> None:
    keep_preferences(tmp_path / "new", kept)
    assert read_preferences(tmp_path / "new") == kept


@pytest.mark.parametrize(
    "damaged", ["", "[]", "{", '{"appearance": "pink", "text_scale": 9000}', "\x00", '{"text_scale": null}']
)
def test_damaged_preferences_are_the_usual_ones(tmp_path, damaged: str) -> None:
    (tmp_path / "window.json").write_text(damaged, encoding="utf-8")
    assert read_preferences(tmp_path) == Preferences()


def test_preferences_that_cannot_be_kept_stop_nothing(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    keep_preferences(tmp_path / "file", Preferences("dark"))


def fault(message: str) -> CrashReport:
    try:
        raise RuntimeError(message)
    except RuntimeError as error:
        return CrashReport.of(error)


def test_a_crash_notice_shows_and_copies_its_report(qtbot, dressed) -> None:
    notice = CrashNotice(fault("Marchadier"))
    qtbot.addWidget(notice)
    notice.show()
    assert (cut_words(notice), nameless(notice), unreachable(notice)) == ([], [], [])
    next(b for b in notice.findChildren(type(notice.add_button("x", 0))) if "Copier" in b.text()).click()
    assert QApplication.clipboard().text() == notice.report.words
    assert "Marchadier" not in notice.report.words


def test_the_same_fault_is_told_once(qtbot, dressed, tasks, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(CrashNotice, "open", lambda self: shown.append(self.report.code))
    watch = CrashWatch(tasks)
    report = fault("x")
    tasks.crashed.emit(report)
    tasks.crashed.emit(report)
    assert shown == [report.code]
    assert watch.parent is None


def test_what_nobody_caught_becomes_a_notice(qtbot, dressed, tasks, monkeypatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    monkeypatch.setattr(CrashNotice, "open", lambda self: None)
    CrashWatch(tasks).install()
    with qtbot.waitSignal(tasks.crashed) as signal:
        try:
            raise KeyError("x")
        except KeyError as error:
            sys.excepthook(KeyError, error, error.__traceback__)
    assert signal.args[0].kind == "KeyError"


@pytest.mark.parametrize("scale", [100, 150])
def test_dialogs_show_every_word(qtbot, dressed, scale: int) -> None:
    dressed("light", scale)
    dialog = StillWorking("Import de la liste")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == "Passerelle"
    assert (cut_words(dialog), nameless(dialog), unreachable(dialog)) == ([], [], [])


@pytest.mark.parametrize(
    "weak",
    ["", "a", "azerty", "motdepasse", "12345678", "abcdefgh", "Soleil2024", "aaaa bbbb cccc",
     "loulou loulou loulou", "Les Amarres 2026", "Claire Lenoir 1987"],
)  # fmt: skip
def test_what_is_tried_first_is_not_enough(weak: str) -> None:
    assert not judge(weak, known=("Les Amarres", "Claire Lenoir")).enough


@pytest.mark.parametrize(
    "good", ["cheval lune agrafe ciel", "Tr0mb1-vélo-42-cactus", "été&hiver=printemps!automne"]
)
def test_words_without_link_are_enough(good: str) -> None:
    assert judge(good).enough


@given(st.text(max_size=200), st.text(max_size=20))
def test_typing_more_never_makes_a_passphrase_easier_by_a_whole_step(start: str, end: str) -> None:
    assert judge(start).share in range(101)
    assert bits(start) >= 0
    assert bits(f"{start} {end}") >= bits(start) - 1e-9
