"""The import page in front of a person, with lists as people keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from xlsxwriter import Workbook

from caseworker_app.bootstrap.apart import Apart
from caseworker_app.features.households import service as households
from caseworker_app.features.intake.screens import assistant
from caseworker_app.features.intake.screens.page import ImportPage
from caseworker_app.features.intake.service import importing
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.clock import FixedClock
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.page import Navigator, Route
from caseworker_app.ui_kit.tasks import Tasks
from tests.features.intake.screens.walk import HEADER, PATIENCE, Listed, Make, Row
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)  # so that three rows can be stopped in the middle
    monkeypatch.setattr(assistant, "CHECK_AGAIN_MS", 20)


@pytest.fixture(scope="session")
def shared_tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Other processes take a second to begin: all pages share them."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def tasks(dressed: None, qtbot: Any, shared_tasks: Tasks) -> Iterator[Tasks]:
    yield shared_tasks
    qtbot.waitUntil(lambda: not shared_tasks.busy, timeout=PATIENCE)


@pytest.fixture
def drafts(tmp_path: Path, clock: FixedClock) -> Iterator[Drafts]:
    with Drafts(tmp_path, KEY, clock) as opened:
        yield opened


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """Write a list as CSV, with a header and rows."""

    def write(*rows: Row, header: Row = HEADER, name: str = "locataires.csv") -> Path:
        path = tmp_path / name
        path.write_text("".join(";".join(row) + "\n" for row in (header, *rows)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook, a sheet a keyword."""

    def write(name: str, **sheets: Sequence[Row]) -> Path:
        path = tmp_path / name
        with Workbook(str(path)) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return write


@pytest.fixture
def page(
    qtbot: Any,
    file: EncryptedFile,
    who: Who,
    drafts: Drafts,
    tasks: Tasks,
    changes: ChangeBroadcast,
    navigator: Navigator,
) -> Make:
    def make(size: tuple[int, int] = (1174, 716), watch: Any = None) -> ImportPage:
        made = ImportPage(file, who, drafts, tasks, Apart(file, tasks), changes, navigator, watch)
        qtbot.addWidget(made)
        made.resize(*size)
        bring_up(qtbot, made)
        made.enter(Route("import"))
        qtbot.waitUntil(lambda: not tasks.busy, timeout=PATIENCE)
        return made

    return make


@pytest.fixture
def said(navigator: Navigator) -> list[tuple[str, Any]]:
    """What the confirmation line said, each with its way to undo."""
    told: list[tuple[str, Any]] = []
    navigator.confirmed.connect(lambda words, undo: told.append((words, undo)))
    return told


@pytest.fixture
def count(file: EncryptedFile, who: Who) -> Callable[[], int]:
    def count_them() -> int:
        with file.reading() as connection:
            return households.count_households(connection, who)

    return count_them
