"""The write-ahead log is folded by itself while a window is open, on the writer's thread."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from caseworker_app.bootstrap import file_window
from caseworker_app.features.households import service as households
from caseworker_app.features.households.domain import NewHousehold, NewMember
from caseworker_app.features.team.domain import Who
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_a_long_log_is_folded_behind_the_window(
    qtbot: Any, file: EncryptedFile, who: Who, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_window, "_FOLD_EVERY_MS", 10)
    window = QWidget()
    qtbot.addWidget(window)
    file_window._keep_log_short(window, SimpleNamespace(office=SimpleNamespace(file=file), tasks=tasks))  # type: ignore[arg-type]
    for number in range(10):
        households.create_household(file, who, NewHousehold((NewMember(f"Okonski {number}"),)))
    assert file.log_is_long
    qtbot.waitUntil(lambda: not file.log_is_long and not tasks.busy)
