"""What was chosen of a list and not imported yet, kept as a draft: found again after a lock, a crash or a night."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.features.intake.domain.choices import Choices, read_choices, write_choices
from caseworker_app.features.intake.domain.decision import OnDuplicate
from caseworker_app.features.intake.screens.assistant import Assistant
from caseworker_app.storage.drafts import Drafts
from caseworker_app.ui_kit.draft_keeper import DraftKeeper
from caseworker_app.ui_kit.tasks import Tasks

DRAFT_KEY = "import"


@dataclass(frozen=True, slots=True)
class Kept:
    """A list that was being prepared: its file, and everything chosen."""

    path: Path
    choices: Choices
    on_duplicate: OnDuplicate | None = None


class Preparation(QObject):
    """Keeps the choices of an assistant as they are made. `offered(Kept or None)`: what was left last time."""

    offered = Signal(object)

    def __init__(self, page: QWidget, assistant: Assistant, drafts: Drafts, tasks: Tasks) -> None:
        """Keep nothing yet."""
        super().__init__(page)
        self._assistant, self._drafts, self._tasks = assistant, drafts, tasks
        self._keeper = DraftKeeper(
            page, tasks, self._content, lambda content: drafts.keep(DRAFT_KEY, content)
        )

    def touch(self) -> None:
        """Say that something was chosen."""
        if self._assistant.path is not None:
            self._keeper.touch()

    def leave(self) -> None:
        """Keep what was chosen, before the page goes."""
        self._keeper.keep_before_leaving()

    def forget(self) -> None:
        """Forget it: the list was imported, or given up."""
        self._keeper.rest()
        self._tasks.run(lambda: self._drafts.forget(DRAFT_KEY), owner=self, words="Brouillon")

    def look(self) -> None:
        """Read what was left last time."""
        self._tasks.read(self._read, self.offered.emit, owner=self, words="Brouillon")

    def _read(self) -> Kept | None:
        draft = self._drafts.find(DRAFT_KEY)
        if draft is None:
            return None
        path = Path(draft.content["path"])
        if not path.is_file():
            return None
        policy = draft.content.get("on_duplicate")
        return Kept(path, read_choices(draft.content["choices"]), OnDuplicate(policy) if policy else None)

    def _content(self) -> dict[str, Any]:
        path = self._assistant.path
        return {
            "path": str(path) if path else "",
            "choices": write_choices(self._assistant.choices),
            "on_duplicate": self._assistant.on_duplicate or "",
        }
