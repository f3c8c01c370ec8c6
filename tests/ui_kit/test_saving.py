"""Where a file goes: the ending it must have is added, that of the kind chosen where several are offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from caseworker_app.ui_kit.saving import PDF, ask_place

LISTS = "Classeur Excel (*.xlsx);;Tableau CSV (*.csv)"


@pytest.mark.parametrize(
    ("kind", "name", "typed", "picked", "expected"),
    [
        (PDF, "a.pdf", "/x/b", PDF, "/x/b.pdf"),
        (PDF, "a.pdf", "/x/b.PDF", PDF, "/x/b.PDF"),
        (LISTS, "a.xlsx", "/x/b", "Tableau CSV (*.csv)", "/x/b.csv"),
        (LISTS, "a.xlsx", "/x/b.csv", "Classeur Excel (*.xlsx)", "/x/b.csv"),
        (LISTS, "a.xlsx", "/x/b.v2", "Classeur Excel (*.xlsx)", "/x/b.v2.xlsx"),
    ],
)
def test_the_ending_is_that_of_the_kind_chosen(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, kind: str, name: str, typed: str, picked: str, expected: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (typed, picked))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_place(parent, "Enregistrer", name, kind) == Path(expected)


def test_giving_up_writes_nowhere(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    parent = QWidget()
    qtbot.addWidget(parent)
    assert ask_place(parent, "Enregistrer", "a.pdf") is None
