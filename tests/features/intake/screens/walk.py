"""Walks through the import page as a person would, waiting for what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.features.intake.domain.decision import Action
from caseworker_app.features.intake.domain.report_lines import ReportLine
from caseworker_app.features.intake.screens.page import ImportPage
from caseworker_app.features.intake.screens.steps import Stage

HEADER = ("Nom", "Prénom", "Né(e) le", "Téléphone", "Adresse", "Code postal", "Ville")
LEFEVRE = ("Lefèvre", "Gaël", "14/03/1979", "06 39 98 22 10", "6 rue des Fileuses", "59510", "Hem")
KOWAL = ("Kowal", "Élise", "02/07/1985", "06 39 98 31 07", "9 rue de la Filature", "59100", "Roubaix")
MASUREL = ("Masurel", "Corentin", "23/02/1987", "06 39 98 40 11", "1 quai du Sartel", "59100", "Roubaix")
# A process that begins takes seconds on a busy machine; nothing here is about speed.
PATIENCE = 30_000
Row = Sequence[str]
Make = Callable[..., ImportPage]
Listed = Callable[..., Path]


def to_columns(qtbot: Any, page: ImportPage, path: Path) -> None:
    """Read a list, up to its columns."""
    page.read_list(path)
    qtbot.waitUntil(lambda: page.stage is Stage.COLUMNS, timeout=PATIENCE)


def to_check(qtbot: Any, page: ImportPage, path: Path) -> None:
    """Read a list and go on, up to its verification."""
    to_columns(qtbot, page, path)
    page.foot.primary.click()
    qtbot.waitUntil(lambda: page.stage is Stage.CHECK, timeout=PATIENCE)
    settle(qtbot, page)


def to_done(qtbot: Any, page: ImportPage, path: Path) -> None:
    """Import a list as it is understood."""
    to_check(qtbot, page, path)
    page.foot.primary.click()
    qtbot.waitUntil(lambda: page.stage is Stage.DONE, timeout=PATIENCE)


def settle(qtbot: Any, page: ImportPage) -> None:
    """Wait until the list was compared again and counted."""
    qtbot.waitUntil(lambda: not page.assistant.pending and not page._tasks.busy, timeout=PATIENCE)
    QApplication.processEvents()


def tallied(page: ImportPage) -> dict[str, int]:
    """Return the counts of the foot, by their words."""
    return {tally.words: tally.count for tally in page.foot.counts.tallies}


def write_in(widget: QWidget, text: str) -> None:
    """Type a text, accents included, where the widget stands."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def settled_rows(page: ImportPage) -> dict[int, Action]:
    """Return what was decided of duplicates one by one, by row."""
    return dict(page.assistant.settled().rows)


def report(page: ImportPage) -> list[ReportLine]:
    """Return the lines of the report."""
    assert page.done.imported is not None
    return list(page.done.imported.lines)
