"""A list read whole in another process and compared with the file, in front of the person or behind the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from caseworker_app.features.intake.domain.checked import Checked
from caseworker_app.features.intake.domain.choices import Choices
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.screens.foreground import Foreground, RunApart
from caseworker_app.features.intake.service.checking import check_list
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.tasks import Task


@dataclass(frozen=True, slots=True)
class _Asked:
    """One reading asked for: only the last is answered."""

    number: int
    quiet: bool


class WholeReading(QObject):
    """`done(Checked, quiet)`; `refused(CaseworkerError, quiet)`. Of several readings only the last is answered."""

    done = Signal(object, bool)
    refused = Signal(object, bool)

    def __init__(self, who: Who, apart: RunApart, foreground: Foreground, parent: QObject) -> None:
        """Begin at rest."""
        super().__init__(parent)
        self._who, self._apart, self._foreground = who, apart, foreground
        self._number = 0
        self._task: Task | None = None

    @property
    def under_way(self) -> bool:
        """Say whether a list is read behind the page."""
        return self._task is not None

    def drop(self) -> None:
        """Forget what was asked: something else is chosen since."""
        self._number += 1
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def begin(self, path: Path, choices: Choices, on_duplicate: OnDuplicate | None, *, quiet: bool) -> None:
        """Read a list; unless `quiet`, the person waits for it and may stop it."""
        self.drop()
        asked = _Asked(self._number, quiet)
        task = self._apart(
            check_list, self._who, path, choices, on_duplicate, then=lambda checked: self._answer(asked, checked),
            failed=lambda error: self._refuse(asked, error), owner=self, words="Vérification de la liste",
        )  # fmt: skip
        if quiet:
            self._task = task
        else:
            self._foreground.begin(f"Vérification de «\u00a0{path.name}\u00a0»", task)

    def _answer(self, asked: _Asked, checked: Checked) -> None:
        self._end(asked, lambda: self.done.emit(checked, asked.quiet))

    def _refuse(self, asked: _Asked, error: CaseworkerError) -> None:
        self._end(asked, lambda: self.refused.emit(error, asked.quiet))

    def _end(self, asked: _Asked, tell: Callable[[], None]) -> None:
        if asked.number == self._number:
            self._task = None
            tell()
