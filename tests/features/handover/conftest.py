"""What the pages of documents share in tests: threads and processes that last, and a page opened on a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.bootstrap.renderers import renderers
from caseworker_app.features.handover.screens.review_work import DocumentDesk
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.page import Navigator
from caseworker_app.ui_kit.tasks import Tasks
from tests.ground import KEY
from tests.ui_kit.inspection import bring_up

# A process that lays pages out takes seconds to begin on a slow machine.
PATIENCE = 30_000


@pytest.fixture(scope="module")
def lasting_tasks(qapp_cls: Any) -> Iterator[Tasks]:
    """One set of threads and processes for the tests of a file: each process takes a second to begin."""
    QApplication.instance() or qapp_cls([])
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def open_page(
    qtbot: Any, qapp: QApplication, file: Any, who: Any, clock: Any, lasting_tasks: Tasks, tmp_path: Path
) -> Iterator[Callable[[type[Any]], Any]]:
    """Open a page of documents, of the class told, at the size of a small window."""
    dress(qapp, "light")
    drafts = Drafts(tmp_path, KEY, clock)
    desk = DocumentDesk(file, who, drafts, lasting_tasks, ChangeBroadcast(), Navigator(), renderers())

    def opened(kind: type[Any]) -> Any:
        made: QWidget = kind(desk)
        qtbot.addWidget(made)
        made.resize(1174, 638)
        bring_up(qtbot, made)
        return made

    yield opened
    qtbot.waitUntil(lambda: not lasting_tasks.busy, timeout=PATIENCE)
    drafts.close()
