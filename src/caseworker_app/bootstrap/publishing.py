"""Writes the calendar that phones read again, when the window opens and at each change that shows in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from caseworker_app.features.team.domain import Right

if TYPE_CHECKING:
    from caseworker_app.bootstrap.office import Office
    from caseworker_app.kernel.changes import Changes
    from caseworker_app.kernel.errors import CaseworkerError
    from caseworker_app.ui_kit.changes import ChangeBroadcast
    from caseworker_app.ui_kit.tasks import Tasks

_TABLES = ("appointment", "household", "address", "processing_restriction")
# Once the first page is there: nobody waits for a phone.
_FIRST_MS = 4000


class AgendaPublisher(QObject):
    """Listens to what changes. A place that can no longer be written is told once, until it can again."""

    def __init__(self, office: Office, tasks: Tasks, changes: ChangeBroadcast, parent: QObject) -> None:
        """Begin with the window; without any calendar chosen it does nothing."""
        super().__init__(parent)
        self._office, self._tasks, self._told = office, tasks, False
        if office.who.may(Right.PRINT) and office.who.may(Right.READ_FILES):
            changes.announced.connect(self._changed)
            QTimer.singleShot(_FIRST_MS, self, self.publish)

    def publish(self) -> None:
        """Write the calendar, where one is chosen."""
        # Loaded with the first look, not with the window.
        from caseworker_app.features.agenda import service

        office = self._office
        if service.read_settings(office.file.folder).published:
            self._tasks.read(
                lambda: service.publish(office.file, office.who),
                self._published,
                self._refused,
                owner=self,
                words="Publication de l’agenda",
            )

    def _changed(self, changes: Changes) -> None:
        if any(changes.concerns(table=table) for table in _TABLES):
            self.publish()

    def _published(self, _count: int) -> None:
        self._told = False

    def _refused(self, error: CaseworkerError) -> None:
        if not self._told:
            self._told = True
            self._tasks.refused.emit(f"L’agenda n’est plus publié. {error.sentence}")
