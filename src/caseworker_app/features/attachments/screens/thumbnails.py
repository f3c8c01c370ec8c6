"""Small pictures of attachments, made on a thread of their own and kept in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import Attachment
from caseworker_app.features.attachments.screens.decoding import shown_inside, thumbnail
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Task, Tasks
from caseworker_app.ui_kit.work import Progress


class Thumbnails(QObject):
    """Makes them one after the other. `made(id, QImage)`; `failed(id, str)`: why there is none."""

    made = Signal(str, QImage)
    failed = Signal(str, str)

    def __init__(self, file: EncryptedFile, who: Who, tasks: Tasks, parent: QObject) -> None:
        """Make none yet."""
        super().__init__(parent)
        self._file, self._who, self._tasks = file, who, tasks
        self._known: dict[str, QImage] = {}
        self._task: Task | None = None
        self.made.connect(self._keep)

    def known(self, attachment_id: str) -> QImage | None:
        """Return the one made before, if any."""
        return self._known.get(attachment_id)

    def ask(self, wanted: Sequence[Attachment], side: int) -> None:
        """Make those that are not known yet, `side` points at most; what was asked before is given up."""
        self._give_up()
        missing = [each for each in wanted if each.id not in self._known and shown_inside(each.media_type)]
        if missing:
            self._task = self._tasks.background(
                lambda progress: self._make(progress, missing, side),
                owner=self, words="Vignettes", matters=False,
            )  # fmt: skip

    def forget(self) -> None:
        """Drop every picture: another household is shown."""
        self._give_up()
        self._known.clear()

    def _keep(self, attachment_id: str, image: QImage) -> None:
        self._known[attachment_id] = image

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def _make(self, progress: Progress, wanted: Sequence[Attachment], side: int) -> None:
        for each in wanted:
            if progress.cancelled:
                return
            # RuntimeError: the tab went meanwhile.
            with suppress(RuntimeError):
                try:
                    _found, content = attachments.content_of(self._file, self._who, each.id)
                    self.made.emit(each.id, thumbnail(content, each.media_type, side))
                except CaseworkerError as error:
                    self.failed.emit(each.id, error.sentence)
