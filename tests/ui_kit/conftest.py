"""Dresses the application for tests that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.ui_kit.dress import dress
from caseworker_app.ui_kit.tasks import Tasks

Dress = Callable[..., None]


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[Dress]:
    """Dress as asked (light, 100 % to begin with), and come back to that after the test."""

    def again(appearance: str = "light", scale: int = 100) -> None:
        dress(qapp, appearance, scale)

    again()
    yield again
    again()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
