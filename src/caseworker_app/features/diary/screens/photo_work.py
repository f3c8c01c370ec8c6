"""Keeping the photos of a visit as they are dropped: their contents first, then the draft that holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from caseworker_app.features.attachments import service as attachments
from caseworker_app.features.attachments.domain.attachment import KeptContent, check_count
from caseworker_app.features.attachments.domain.file_types import IMAGE_TYPES
from caseworker_app.features.diary.domain.draft import visit_draft_key, with_photos
from caseworker_app.features.team.domain import Who
from caseworker_app.kernel.errors import CaseworkerError
from caseworker_app.storage.drafts import Drafts
from caseworker_app.storage.encrypted_file import EncryptedFile
from caseworker_app.ui_kit.tasks import Tasks
from caseworker_app.ui_kit.work import Progress

Kept = Callable[[str, str, tuple[KeptContent, ...]], bool]


@dataclass(frozen=True, slots=True)
class _Taken:
    kept: tuple[KeptContent, ...]
    refused: tuple[str, ...]


class PhotoWork:
    """Keeps photos. `kept(household, room, photos)` shows them, or says that the visit is no longer on the page."""

    def __init__(
        self, file: EncryptedFile, who: Who, drafts: Drafts, tasks: Tasks, owner: QWidget, kept: Kept
    ) -> None:
        """Do nothing yet."""
        self._file, self._who, self._drafts, self._tasks = file, who, drafts, tasks
        self._owner, self._kept, self._under_way = owner, kept, 0

    @property
    def busy(self) -> bool:
        """Say whether photos are still on their way: a visit confirmed now would lack them."""
        return self._under_way > 0

    def take(self, household: str, room: str, paths: Sequence[Path]) -> None:
        """Keep photos of a room."""
        try:
            check_count(len(paths))
        except CaseworkerError as error:
            self._tasks.refused.emit(error.sentence)
            return
        self._under_way += 1
        task = self._tasks.background(
            lambda progress: self._keep(paths, progress),
            lambda taken: self._done(household, room, taken), owner=self._owner, words="Ajout de photos",
        )  # fmt: skip
        task.ended.connect(self._ended)

    def _ended(self) -> None:
        self._under_way -= 1

    def _keep(self, paths: Sequence[Path], progress: Progress) -> _Taken:
        kept, refused = list[KeptContent](), list[str]()
        for number, path in enumerate(paths, 1):
            progress.report(number - 1, len(paths), f"{number} sur {len(paths)}")
            try:
                photo, _told_place = attachments.keep_path(self._file, self._who, path)
            except CaseworkerError as error:
                refused.append(f"«\u00a0{path.name}\u00a0»\u00a0: {error.sentence}")
                continue
            if photo.media_type in IMAGE_TYPES:
                kept.append(photo)
            else:
                refused.append(
                    f"«\u00a0{path.name}\u00a0» n’est pas une photo\u00a0: ajoutez-le dans l’onglet Pièces du dossier."
                )
        return _Taken(tuple(kept), tuple(refused))

    def _done(self, household: str, room: str, taken: _Taken) -> None:
        for sentence in dict.fromkeys(taken.refused):
            self._tasks.refused.emit(sentence)
        if taken.kept and not self._kept(household, room, taken.kept):
            # Another household is shown meanwhile: its draft is where the photos go.
            self._tasks.read(lambda: self._into_draft(household, room, taken.kept), words="Brouillon")

    def _into_draft(self, household: str, room: str, photos: tuple[KeptContent, ...]) -> None:
        key = visit_draft_key(household)
        draft = self._drafts.find(key)
        content = with_photos(draft.content if draft else {}, room, photos)
        self._drafts.keep(key, {**content, "household": household}, household)
