"""Language, preferences, crash notice, dialogs and the judgement of passphrases."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from caseworker_app.shell.crash_notice import CrashNotice, CrashWatch
from caseworker_app.shell.dialogs import StillWorking
from caseworker_app.shell.language import speak_french
from caseworker_app.shell.preferences import Preferences, keep_preferences, read_preferences
from caseworker_app.shell.strength import bits, bits_of_habits, bits_of_words, judge
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


def test_a_figure_turned_over_in_the_preferences_gives_the_usual_ones(tmp_path) -> None:
    keep_preferences(tmp_path, Preferences(lock_after=10))
    kept = (tmp_path / "window.json").read_text(encoding="utf-8")
    (tmp_path / "window.json").write_text(kept.replace("10,", "60,", 1), encoding="utf-8")
    assert read_preferences(tmp_path) == Preferences()
    (tmp_path / "window.json").write_text('{"lock_after": 5}', encoding="utf-8")  # of a former version
    assert read_preferences(tmp_path) == Preferences(lock_after=5)


def test_preferences_that_cannot_be_kept_stop_nothing(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    keep_preferences(tmp_path / "file", Preferences("dark"))
    assert (tmp_path / "file").read_text() == ""


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


def test_a_fault_between_two_windows_is_told_too(qtbot, dressed, tasks) -> None:
    watch = CrashWatch(tasks)
    watch.parent = gone = QWidget()
    delete(gone)
    report = fault("x")
    tasks.crashed.emit(report)
    (notice,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, CrashNotice) and each.isVisible()
    ]
    assert notice.report == report
    notice.close()


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
     "loulou loulou loulou", "Les Amarres 2026", "Claire Lenoir 1987", "Cl@ire Len0ir 1987!", "lesamarres-clairelenoir",
     "qsdfghjklmwxcvbn,;:", "14/07/1989 14/07/1989", "iloveyouiloveyouiloveyou", "P@ssw0rd!P@ssw0rd!"],
)  # fmt: skip
def test_what_is_tried_first_is_not_enough(weak: str) -> None:
    assert not judge(weak, known=("Les Amarres", "Claire Lenoir")).enough


@pytest.mark.parametrize(
    "good", ["cheval lune agrafe ciel", "Tr0mb1-vélo-42-cactus", "été&hiver=printemps!automne"]
)
def test_words_without_link_are_enough(good: str) -> None:
    assert judge(good).enough


@given(st.text(max_size=200), st.text(max_size=20))
def test_typing_more_never_makes_the_words_of_a_passphrase_easier(start: str, end: str) -> None:
    assert bits_of_words(f"{start} {end}") >= bits_of_words(start) - 1e-9


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=2))
def test_anything_typed_is_judged_by_the_lower_of_both(typed: str, known: list[str]) -> None:
    names = tuple(known)
    assert judge(typed, known=names).share in range(101)
    assert 0 <= bits(typed, known=names) <= bits_of_words(typed, known=names)
    assert bits(typed, known=names) <= bits_of_habits(typed, known=names)


def test_each_judgement_sees_what_the_other_does_not() -> None:
    assert bits_of_habits("cerise") > bits_of_words("cerise"), "zxcvbn knows no French"
    assert bits_of_words("Tr0ub4dor&3 P@ssw0rd1") > bits_of_habits("Tr0ub4dor&3 P@ssw0rd1")


def test_a_name_counts_for_little_with_or_without_accents_and_is_not_kept() -> None:
    from zxcvbn.matching import RANKED_DICTIONARIES

    with_name, without = (
        bits_of_habits("Maïwenn Kerdraon", known=known) for known in (("Maïwenn Kerdraon",), ())
    )
    assert with_name < without - 20
    assert "user_inputs" not in RANKED_DICTIONARIES


def test_a_very_long_passphrase_is_judged_at_once() -> None:
    assert judge("4@8({[<369&1!|70$5+%2 cheval lune agrafe " * 25).enough
