"""Writes the tab's changes one after the other, and says when all of them are in the file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from caseworker_app.kernel.changes import Changes
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.ui_kit.changes import ChangeBroadcast
from caseworker_app.ui_kit.tasks import Tasks

Work = Callable[[], Changes]


class Writing(QObject):
    """`settled()` once nothing waits to be written: what was typed faster than it is written must not be
    shown as it was before.
    """

    settled = Signal()

    def __init__(self, tasks: Tasks, changes: ChangeBroadcast, owner: QObject) -> None:
        """Write for a tab."""
        super().__init__(owner)
        self._tasks, self._changes = tasks, changes
        self._waiting = 0

    @property
    def busy(self) -> bool:
        """Say whether something waits to be written."""
        return self._waiting > 0

    def run(
        self,
        work: Work,
        then: Callable[[], None] | None = None,
        failed: Callable[[CaseworkerError], None] | None = None,
    ) -> None:
        """Write, announce the change, then call `then`; or `failed` with why not (None: the window says it)."""
        self._waiting += 1

        def written(changes: Changes) -> None:
            self._waiting -= 1
            self._changes.announce(changes)
            if then is not None:
                then()
            self._settle()

        def refused(error: CaseworkerError) -> None:
            self._waiting -= 1
            if failed is not None:
                failed(error)
            else:
                self._tasks.refused.emit(error.sentence)
            self._settle()

        self._tasks.run(work, written, refused, owner=self)

    def _settle(self) -> None:
        if not self._waiting:
            self.settled.emit()
